"""What the commands print, on small recordings made here."""

import json
import threading
import time
from types import SimpleNamespace

import pytest


def document(told):
    """The one JSON document on standard output."""
    assert told.status == 0, told.err
    assert told.out.count("\n") == 1
    return json.loads(told.out)


def test_a_table_becomes_numbers_in_three_steps(run, recording):
    assert run("verify", recording).status == 0
    final = document(run("analyze", recording, "--json"))
    assert set(final) >= {"file", "pipeline", "quality", "measures", "refused"}
    tilt = {m["name"]: m for m in final["measures"]}
    assert set(tilt["tilt_rms"]) == {
        "name",
        "value",
        "unit",
        "t0",
        "t1",
        "stream",
        "flags",
    }
    # the board stands at 0.1 rad on either side, and low-pass filters only its steps
    assert tilt["tilt_rms_ml"]["value"] == pytest.approx(0.1, abs=0.02)
    assert tilt["tilt_rms_ap"]["value"] == pytest.approx(0.0, abs=0.005)


def test_replay_prints_one_document(run, recording):
    told = document(run("replay", recording, "--speed", "max", "--headless", "--json"))
    assert set(told) >= {"file", "quality", "measures", "events"}
    assert told["quality"]["recording"] == "complete"


def test_replay_at_a_pace_gives_the_same(run, recording):
    fast = document(run("replay", recording, "--json"))
    paced = document(run("replay", recording, "--json", "--speed", "100"))
    assert fast == paced


def test_the_text_says_quality_before_numbers(run, recording):
    for command in (["replay", recording, "--headless"], ["analyze", recording]):
        told = run(*command)
        assert told.status == 0
        assert told.err == ""
        assert 0 < told.out.index("Quality") < told.out.index("Typical tilt")
        assert "°" in told.out


def test_analyze_takes_a_folder_and_goes_on_after_a_bad_file(run, recording):
    (recording.parent / "a-letter.mcap").write_text("no recording")
    told = run("analyze", recording.parent, "--json")
    assert told.status == 1
    assert "a-letter.mcap" in told.complaint
    assert [one["file"] for one in json.loads(told.out)] == [str(recording)]


def test_recover_makes_a_whole_recording(run, recording, tmp_path):
    torn = tmp_path / "torn.mcap.part"
    torn.write_bytes(recording.read_bytes()[:-300])
    told = run("recover", torn)
    assert told.status == 0
    assert str(tmp_path / "torn.mcap") in told.out
    assert run("verify", tmp_path / "torn.mcap").status == 0


def test_import_by_numbers_and_told_units(run, tmp_path):
    path = tmp_path / "bare.csv"
    path.write_text("1;0;0;1000\n2;0;0;1000\n")
    columns = "acc_x=2,acc_y=3,acc_z=4"
    to = tmp_path / "bare.mcap"
    told = run(
        *("import", path, "--to", to, "--format", "csv"),
        *("--columns", columns, "--units", "acc=mg", "--rate", "50"),
    )
    assert told.status == 0
    assert told.out.startswith(f"{to}: 2 rows")


def test_devices_are_listed_shown_and_checked(run):
    listed = document(run("devices", "list", "--json"))
    assert {"movesense", "surefoot-sketch"} <= {one["id"] for one in listed}
    text = run("devices", "list").out
    assert len(text.splitlines()) == len(listed)
    assert "not verified on hardware" in text
    for one in listed:
        assert run("devices", "show", one["id"]).out.startswith(f"{one['id']}: ")
    rows = document(run("devices", "check", "--json"))
    assert rows
    assert all(row["ok"] for row in rows)


def test_samples_are_listed_one_a_line(run):
    names = run("replay", "--list").out.splitlines()
    assert names == sorted(set(names))
    assert document(run("replay", "--list", "--json")) == [{"name": n} for n in names]


def test_virtual_sensors_are_heard(run):
    found = document(run("scan", "--virtual", "--seconds", "0.3", "--json"))
    assert {one["profile_id"] for one in found} >= {"surefoot-sketch"}
    assert all("virtual" in one["name"] for one in found)


def test_record_keeps_a_virtual_session(run, tmp_path):
    path = tmp_path / "sitting.mcap"
    told = run("record", "--virtual", "steady", "--seconds", "1.5", "--to", path)
    assert told.status == 0, told.err
    assert f"recording: {path}" in told.out
    assert run("verify", path).status == 0
    again = document(run("replay", path, "--json"))
    assert again["quality"]["virtual"] is True
    assert again["quality"]["sensors"][0]["samples"] > 20
    assert again["same_as_live"] == "to the bit"


def test_ctrl_c_ends_a_recording_in_order(run, tmp_path, monkeypatch):
    looks = iter(range(15))
    wait = threading.Event().wait

    def sleep(seconds):
        if next(looks, None) is None:
            raise KeyboardInterrupt
        wait(seconds)

    monkeypatch.setattr(
        "surefoot.cli.record.time",
        SimpleNamespace(sleep=sleep, monotonic=time.monotonic),
    )
    path = tmp_path / "sitting.mcap"
    told = run("record", "--virtual", "steady", "--to", path)
    assert (told.status, told.err) == (0, "")
    assert f"recording: {path}" in told.out
    assert run("verify", path).status == 0
