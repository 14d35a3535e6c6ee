"""What is kept of a batch: whole parts, and nothing measured twice."""

import json
import math
from pathlib import Path

import pytest

from surefoot.core import RecordingError
from surefoot.recording import Change, annotate
from surefoot.resources import folder
from surefoot.session.analyse import Options, analyse
from surefoot.session.batch import Plan, measure_into, runner
from surefoot.session.batch import parts as parts_module
from surefoot.session.batch.parts import COLUMNS, Parts, rows_of
from surefoot.session.batch.work import (
    BROKEN,
    DIED,
    MEASURED,
    REFUSED,
    Mark,
    Outcome,
    work,
)


@pytest.fixture(params=["parquet", "jsonl"])
def form(request, monkeypatch):
    if request.param == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    else:
        monkeypatch.setattr(parts_module, "_arrow", lambda: None)
    return request.param


def rows(top, form):
    found = []
    for path in sorted(top.glob(f"*.{form}")):
        if form == "parquet":
            import pyarrow.parquet as pq

            table = pq.read_table(path)
            assert table.column_names == list(COLUMNS)
            found += table.to_pylist()
        else:
            found += [json.loads(line) for line in path.read_text().splitlines()]
    return found


def test_values_are_those_of_one_file_alone(form, tmp_path):
    file = folder("recordings") / "rocker-steady.mcap"
    tally = measure_into(tmp_path, [file], Plan(), runner())
    assert (tally.files, tally.known, tally.measured, tally.failed) == (1, 0, 1, ())
    found, alone = rows(tmp_path, form), analyse(file)
    told = [{k: r[k] for k in ("name", "value", "unit", "t0", "t1")} for r in found]
    assert told == [{k: m[k] for k in told[0]} for m in alone["measures"]]
    assert [r["flags"].split() for r in found] == [
        m["flags"] for m in alone["measures"]
    ]
    names = [r["name"] for r in found]
    assert names[0] == "tilt_rms"
    assert [r["primary"] for r in found] == [n == alone["primary"] for n in names]
    first = found[0]
    assert (first["id"], first["status"], first["virtual"]) == (
        alone["id"],
        MEASURED,
        True,
    )
    assert first["profiles"] == alone["key"]["profiles"]
    assert Path(first["file"]) == file.resolve()


def test_a_failure_is_a_row_and_stops_nothing(form, three, tmp_path):
    tally = measure_into(tmp_path, three, Plan(), runner())
    assert (tally.measured, len(tally.failed)) == (2, 1)
    assert "none.mcap: expected a recording" in tally.failed[0]
    found = {Path(r["file"]).name: r for r in rows(tmp_path, form)}
    assert len(found) == 3
    assert found["none.mcap"]["status"] == REFUSED
    assert found["none.mcap"]["error"] == tally.failed[0]


@pytest.mark.usefixtures("form")
def test_a_second_run_does_nothing(three, tmp_path, monkeypatch):
    measure_into(tmp_path, three, Plan(), runner())
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    monkeypatch.setattr("surefoot.session.batch.running.work", None)
    told = []
    tally = measure_into(tmp_path, three, Plan(), runner(), told.append)
    assert (tally.known, tally.measured, tally.failed) == (3, 0, ())
    assert told == [3]
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before


def test_files_are_known_by_their_bytes_under_any_name(small, tmp_path):
    files = sorted(small(2, "moved").glob("*.mcap"))
    measure_into(tmp_path, files, Plan(), runner())
    moved = files[0].rename(files[0].with_name("other.mcap"))
    tally = measure_into(tmp_path, [moved, files[1]], Plan(), runner())
    assert (tally.known, tally.measured) == (2, 0)


def test_what_changes_values_is_measured_again(small, tmp_path):
    (file,) = small(1, "changed").glob("*.mcap")
    measure_into(tmp_path, [file], Plan(), runner())
    annotate(file, Change.exclude(0.0, 0.1))
    assert measure_into(tmp_path, [file], Plan(), runner()).measured == 1
    other = Plan(Options(height=1.8))
    assert measure_into(tmp_path, [file], other, runner()).measured == 1
    assert measure_into(tmp_path, [file], Plan(), runner()).known == 1
    calibration = tmp_path / "c.toml"
    for text in ("schema = 1", "schema = 1\nacc_bias = [0.1, 0.0, 0.0]"):
        calibration.write_text(text)
        plan = Plan(Options(calibration=calibration))
        assert measure_into(tmp_path, [file], plan, runner()).measured == 1


@pytest.mark.usefixtures("form")
def test_a_damaged_part_is_told_and_its_files_measured_again(three, tmp_path):
    measure_into(tmp_path, three, Plan(), runner())
    (part,) = tmp_path.iterdir()
    part.write_bytes(part.read_bytes()[:-20])
    tally = measure_into(tmp_path, three, Plan(), runner())
    assert tally.unreadable == (part,)
    assert (tally.known, tally.measured) == (0, 2)
    assert measure_into(tmp_path, three, Plan(), runner()).known == 3


@pytest.mark.usefixtures("form")
def test_half_a_part_counts_for_nothing(three, tmp_path):
    measure_into(tmp_path, three, Plan(), runner())
    (part,) = tmp_path.iterdir()
    part.rename(part.with_name(part.name + ".half"))
    tally = measure_into(tmp_path, three, Plan(), runner())
    assert (tally.known, tally.unreadable) == (0, ())


@pytest.mark.usefixtures("form")
def test_what_a_worker_died_of_is_tried_again(tmp_path):
    parts = Parts(tmp_path, "a1-0")
    mark = Mark("/x.mcap", 1, 2, "ab")
    parts.keep([Outcome(mark, DIED, error="died")])
    assert list(parts.known()) == []
    parts.keep([Outcome(mark, REFUSED, error="no recording")])
    assert list(parts.known()) == [mark]


def test_a_mistake_of_ours_is_a_row_too(three, monkeypatch):
    def wrong(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("surefoot.session.batch.work.analyse", wrong)
    outcomes = work(Plan(), three[:1])
    assert outcomes[0].status == BROKEN
    assert "please report it (ZeroDivisionError())" in outcomes[0].error
    assert rows_of(outcomes[0], "k")[0]["sha256"]


def test_a_file_that_cannot_be_read_is_a_row(tmp_path):
    (outcome,) = work(Plan(), [tmp_path / "gone.mcap"])
    assert (outcome.status, outcome.mark.sha256) == (REFUSED, "")
    assert "No such file" in outcome.error


def test_a_value_that_is_not_defined_is_null(form, tmp_path):
    measure = dict.fromkeys(("name", "unit", "stream"), "x")
    measure |= {"value": None, "t0": 0.0, "t1": math.pi, "flags": ["GAP"]}
    found = {
        "key": {"profiles": "p"},
        "id": "i",
        "quality": {"virtual": False},
        "primary": None,
        "measures": [measure],
    }
    Parts(tmp_path, "k").keep([Outcome(Mark("f"), MEASURED, found)])
    (row,) = rows(tmp_path, form)
    assert (row["value"], row["t1"], row["flags"]) == (None, math.pi, "GAP")


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordingError, match="expected to write results"):
        Parts(tmp_path / "file" / "out", "k")


def test_values_may_be_kept_beside_each_recording(small, tmp_path):
    (file,) = small(1, "beside").glob("*.mcap")
    measure_into(tmp_path, [file], Plan(store=True), runner())
    assert file.with_suffix("").with_suffix(".results.jsonl").is_file()
