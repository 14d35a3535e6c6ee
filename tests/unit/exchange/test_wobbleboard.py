"""Wobble-board JSON: what is kept and refused, on real files where there are."""

import json
from pathlib import Path

import numpy as np
import pytest

from surefoot.core import TableError
from surefoot.devices import ProfileDecoder
from surefoot.exchange import import_file
from surefoot.recording import open_recording, verify

REAL = Path(__file__).parents[4] / "shared" / "data" / "wobbleboard"


def told(**changes):
    facts = {
        "class": "B",
        "samples": 4,
        "frequency": 100,
        "datetime": "20211028-184359",
        "note": None,
        "data": {"x": [8, -4, 0, 1], "y": [0, 2, 3, 4], "z": [999, 1001, 1000, 998]},
    }
    return json.dumps(facts | changes)


def decoded(path):
    recording = open_recording(path)
    packets = [p for p in recording.packets() if p.source == "board/rows"]
    from surefoot.devices import parse_profile

    profile = parse_profile(recording.header.profiles["board"], "in the recording")
    decoder = ProfileDecoder(profile, "board", recording.t0_ns)
    return [block for packet in packets for block in decoder.decode(packet)]


def test_rows_become_samples_in_si_at_the_nominal_times(tmp_path):
    source = tmp_path / "one.json"
    source.write_text(told())
    blocks = decoded(import_file(source, tmp_path / "one.mcap"))
    data = np.concatenate([block.data for block in blocks])
    expected = np.array([[8, 0, 999], [-4, 2, 1001], [0, 3, 1000], [1, 4, 998]])
    np.testing.assert_allclose(data, expected * 9.80665e-3, rtol=1e-12)
    t = np.concatenate([block.t for block in blocks])
    np.testing.assert_allclose(t, [0, 0.01, 0.02, 0.03], atol=1e-12)


def test_the_recording_says_where_it_comes_from(tmp_path):
    source = tmp_path / "one.json"
    source.write_text(told())
    before = source.read_bytes()
    session = open_recording(import_file(source, tmp_path / "r.mcap")).header.session
    imported = session["imported"]
    assert imported["from"] == "one.json"
    assert imported["label"] == "B"
    assert imported["format"] == "wobbleboard"
    assert len(imported["sha256"]) == 64
    assert session["started"].startswith("2021-10-28T18:43:59")
    assert source.read_bytes() == before


def test_another_rate_is_taken_from_the_file(read):
    rows = read(told(frequency=50))
    assert [t for t, _ in rows] == [0, 20_000_000, 40_000_000, 60_000_000]
    assert rows.profile.primary.rate == 50


def test_a_gyroscope_beside_it_is_left_out(read):
    data = json.loads(told())["data"]
    rows = read(told(data=[data, data]))
    assert next(iter(rows))[1] == b"8,0,999"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{", "expected JSON"),
        ("[1, 2]", "a JSON object"),
        (told(frequency=0), "frequency: expected 1 to 1000 Hz, got 0"),
        (told(frequency=True), "frequency"),
        (told(samples=5), "samples: expected 4"),
        (told(data={}), "data.x"),
        (told(data=[]), "lists x, y and z"),
        (told(data={"x": [1], "y": [1], "z": [1000]}), "2 or more"),
        (told(data={"x": [1, 2], "y": [1, 2], "z": [1000]}), "data.z"),
        (told(data={"x": [1, 2], "y": [1, 2, 3], "z": [9, 9, 9]}), "of one length"),
        (told(data={"x": [1, "a"], "y": [1, 2], "z": [9, 9]}), "data.x[1]"),
        (told(data={"x": [1, None], "y": [1, 2], "z": [9, 9]}), "data.x[1]"),
        (
            told(data={"x": [0, 0], "y": [0, 0], "z": [1, 1]}).replace("1]", "NaN]"),
            "data.z[1]: expected a finite number, got nan",
        ),
        (told(samples=2, data={"x": [0, 0], "y": [0, 0], "z": [1, 1]}), "the unit"),
    ],
)
def test_what_does_not_fit_is_named(read, text, what):
    with pytest.raises(TableError) as refused:
        read(text, "wobbleboard", name="f.json")
    assert what in str(refused.value)
    assert str(refused.value).startswith("f.json: ")
    assert "\n" not in str(refused.value)


@pytest.mark.skipif(
    not REAL.is_dir(), reason="the open wobble-board files are not here"
)
def test_real_files_come_through_whole_and_gravity_long(tmp_path):
    for source in sorted(REAL.glob("*/*.json"))[::3]:
        path = import_file(source, tmp_path / f"{source.stem}.mcap")
        assert verify(path).ok
        data = np.concatenate([block.data for block in decoded(path)])
        raw = json.loads(source.read_text())["data"]
        columns = np.array([raw["x"], raw["y"], raw["z"]]).T * 9.80665e-3
        np.testing.assert_allclose(data, columns, rtol=1e-12)
        length = np.linalg.norm(data, axis=1).mean()
        assert 9.0 < length < 10.6
