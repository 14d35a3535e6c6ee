"""What `record` says while it keeps what comes, and afterwards."""

import json

from surefoot.archive import open_archive, sessions
from surefoot.core import RadioError
from surefoot.recording import recordings_folder
from surefoot.resources import folder

SIX = {
    "board": "surefoot-sketch",
    "trunk": "movesense",
    "left-shin": "xsens-dot",
    "right-shin": "thingy52",
    "left-thigh": "witmotion-ble5",
    "right-thigh": "wii-balance-board",
}


def test_a_crowded_adapter_is_warned_of_and_every_sample_counted(run, tmp_path):
    path = tmp_path / "six.mcap"
    told = [
        part for role, name in SIX.items() for part in ("--sensor", f"{role}={name}")
    ]
    done = run("record", "--virtual", "steady", *told, "--seconds", "1.5", "--to", path)
    assert done.status == 0, done.err
    assert done.complaint.startswith("6 sensors on one adapter: links may break")
    rows = [line.split() for line in done.out.splitlines()[1:]]
    said = {row[0]: int(row[row.index("samples,") - 1]) for row in rows}
    kept = json.loads(run("replay", path, "--headless", "--json").out)
    assert said == {s["role"]: s["samples"] for s in kept["quality"]["sensors"]}
    assert set(said) == set(SIX)


def recorded(run, path):
    return run("record", "--virtual", "steady", "--seconds", "1.2", "--to", path)


def test_what_was_left_unfinished_is_offered_at_the_start(run, tmp_path):
    whole = (folder("recordings") / "rocker-steady.mcap").read_bytes()
    place = recordings_folder()
    place.mkdir(parents=True, exist_ok=True)
    (place / "torn.mcap.part").write_bytes(whole[: len(whole) // 2])
    done = recorded(run, tmp_path / "new.mcap")
    assert done.status == 0
    assert "A recording was not closed (torn.mcap): `surefoot recover`" in done.err


def test_what_fails_afterwards_keeps_nothing_else_from_being_kept(
    run, tmp_path, monkeypatch
):
    def broken(*_):
        msg = "sensors.json: expected sensors by role, got 3: remove the file"
        raise RadioError(msg)

    open_archive().close()
    monkeypatch.setattr("surefoot.session.opening.remember_sensors", broken)
    monkeypatch.setattr("surefoot.session.final.keep_finals", lambda _: "no finals")
    done = recorded(run, tmp_path / "new.mcap")
    assert done.status == 0
    assert done.err.splitlines() == [
        "the sensors' roles were not kept (sensors.json: expected sensors by role, "
        "got 3: remove the file)",
        "no finals",
    ]
    with open_archive() as archive:
        assert len(sessions(archive)) == 1
