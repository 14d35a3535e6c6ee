"""Many recordings: what is counted, what stands out and where."""

import json
from pathlib import Path

import numpy as np
import pytest

from surefoot.core import SurefootError
from surefoot.report.batch import batch_page, gathered, outliers, sources

SAMPLES = sorted((Path(__file__).parents[3] / "recordings").glob("*.mcap"))


def row(file, value, **more):
    told = dict.fromkeys(
        ("key", "profiles", "calibration", "options", "error", "flags"), ""
    )
    about = {"name": "tilt_rms", "unit": "rad", "t0": 12.5, "virtual": True}
    measured = {"status": "measured", "file": file, "value": value}
    return {**told, **about, **measured, **more}


def part(folder, rows, name="part-a-1.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(one) + "\n" for one in rows))
    return path


@pytest.fixture
def folder(tmp_path):
    values = 0.05 + np.sin(np.arange(200)) / 500
    rows = [row(f"/r/{n}.mcap", float(v)) for n, v in enumerate(values)]
    rows[77]["value"] = 0.4
    rows[5]["flags"] = "GAP TRIMMED"
    failed = {"status": "failed", "error": "/r/x.mcap: no recording", "name": None}
    rows.append(row("/r/x.mcap", None, **failed))
    rows.append(row("/r/y.mcap", None, name=None))
    part(tmp_path, rows[:100])
    part(tmp_path, rows[100:], "part-a-2.jsonl")
    return tmp_path


def test_what_stands_out_is_found_with_its_second(folder, say, words):
    found = gathered(sources(folder))
    (one,) = outliers(found)
    assert (one.file, one.value, one.t) == ("/r/77.mcap", 0.4, 12.5)
    html = batch_page(found, folder, say).html(say)
    assert 'href="file:///r/77.mcap#t=12.5"' in html
    told = words(html)
    assert "202" in told
    assert "no recording 1" in told
    assert "values flagged GAP 1" in told
    assert "nobody trained" in told


def test_a_damaged_part_is_said_and_the_others_are_read(folder, say, words):
    (folder / "part-a-3.parquet").write_bytes(b"PAR1 not really")
    (folder / "part-a-4.jsonl").write_text('{"file": ')
    found = gathered(sources(folder))
    assert len(found.unreadable) == 2
    assert len(found.files) == 202
    assert "part-a-3.parquet" in words(batch_page(found, folder, say).html(say))


def test_ways_of_measuring_are_not_mixed_without_a_word(folder, say, words):
    part(folder, [row("/r/z.mcap", 0.05, key="other")], "part-b-1.jsonl")
    told = words(batch_page(gathered(sources(folder)), folder, say).html(say))
    assert "Measured in 2 ways" not in told  # one of them is not told at all
    part(folder, [row("/r/w.mcap", 0.05, key="third")], "part-c-1.jsonl")
    told = words(batch_page(gathered(sources(folder)), folder, say).html(say))
    assert "Measured in 2 ways" in told


def test_half_equal_values_have_no_outliers(tmp_path):
    part(tmp_path, [row(f"/r/{n}", 1.0 + (n == 3)) for n in range(20)])
    assert outliers(gathered(sources(tmp_path))) == []


def test_recordings_are_told_by_the_results_beside_them(tmp_path, say, words):
    from surefoot.session.analyse import analyse
    from surefoot.session.final import store

    for path in SAMPLES[:2]:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    copied = tmp_path / SAMPLES[0].name
    store(analyse(copied), copied)
    found = gathered(sources(tmp_path))
    assert found.status == {"measured": 1, "not measured": 1}
    assert "analyze --store" in words(batch_page(found, tmp_path, say).html(say))


def test_a_folder_with_nothing_is_refused(tmp_path):
    with pytest.raises(SurefootError, match="expected results or recordings"):
        sources(tmp_path)


def test_memory_grows_with_values_not_with_rows_of_text(tmp_path):
    import tracemalloc

    rows = [row(f"/r/{n // 40}.mcap", n / 1e5, name=f"m{n % 40}") for n in range(8000)]
    part(tmp_path, rows)
    gathered(sources(tmp_path))
    tracemalloc.start()
    found = gathered(sources(tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.files) == 200
    assert peak < 8000 * 100
