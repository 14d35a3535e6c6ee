"""Which sensors a session gets: told, remembered or virtual, with calibrations."""

from __future__ import annotations

import queue
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from surefoot.core import CalibrationError, ProfileError, RadioError
from surefoot.devices import (
    ProfileDecoder,
    load_profile,
    shipped_profiles,
)
from surefoot.devices.ble import Known, known_sensors
from surefoot.devices.ble.seat import Taken
from surefoot.devices.layout import Rule
from surefoot.session.asked import asked
from surefoot.session.opening import (
    Seating,
    _air,
    feeding,
    open_live,
    remember_sensors,
)
from surefoot.session.setup import Setup, sensor
from surefoot.virtual.on_air import on_air

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.core import Packet

KNOWN = {"board": Known("movesense", "Movesense 2031", "AA:BB")}


def closed(sensors: object, *, virtual: bool = False) -> SimpleNamespace:
    setup = SimpleNamespace(virtual=virtual)
    return SimpleNamespace(setup=setup, sensors=sensors)


def test_what_was_heard_has_its_role_again() -> None:
    assert remember_sensors(closed(SimpleNamespace(sensors=KNOWN))) == ["board"]
    assert Seating().told() == {"board": "movesense:Movesense 2031"}
    assert Seating({"trunk": "witmotion-ble5"}).told() == {"trunk": "witmotion-ble5"}


def test_virtual_sensors_are_not_remembered() -> None:
    told = closed(SimpleNamespace(sensors=KNOWN), virtual=True)
    assert remember_sensors(told) == []
    assert known_sensors() == {}


def test_without_any_sensor_it_says_what_to_do() -> None:
    with pytest.raises(RadioError, match="--sensor board=PROFILE"):
        Seating().told()


def test_a_calibration_goes_to_its_sensor_and_into_the_recording(
    tmp_path: Path,
) -> None:
    file = tmp_path / "unit.toml"
    file.write_text("schema = 1\ngyr_bias = [0.01, 0.0, 0.0]\n")
    seating = Seating(virtual="steady", calibrations={"board": file})
    session = open_live(seating, "", None)
    assert session.setup.sensors["board"].calibration.gyr_bias == (0.01, 0.0, 0.0)
    assert session.setup.sensors["trunk"].calibration.gyr_bias == (0.0, 0.0, 0.0)
    assert session.setup.header().calibration["board"] == file.read_text()


def test_a_calibration_without_its_sensor_or_damaged_is_refused(
    tmp_path: Path,
) -> None:
    file = tmp_path / "unit.toml"
    file.write_text("schema = 1\ngyr_bias = [9.0, 0.0, 0.0]\n")
    seating = Seating(virtual="steady", calibrations={"head": file})
    with pytest.raises(RadioError, match="calibration of the head"):
        open_live(seating, "", None)
    seating = Seating(virtual="steady", calibrations={"board": file})
    with pytest.raises(CalibrationError, match="gyr_bias"):
        open_live(seating, "", None)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(CalibrationError, match="expected a text in UTF-8"):
        open_live(seating, "", None)


@pytest.mark.parametrize(
    ("told", "parts"),
    [
        ("movesense", ("movesense", "")),
        ("movesense:2031", ("movesense", "2031")),
        ("mobbo-serial:COM3", ("mobbo-serial", "COM3")),
        (r"C:\mine\own.toml", (r"C:\mine\own.toml", "")),
        ("C:/mine/own.toml:12:34", ("C:/mine/own.toml", "12:34")),
    ],
)
def test_the_colon_of_a_drive_is_part_of_the_path(told, parts) -> None:
    assert asked(told) == parts


def test_a_profile_of_ones_own_is_found_the_next_time_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "away").mkdir()
    text = load_profile("surefoot-sketch").text.replace('"surefoot-sketch"', '"mine"')
    (tmp_path / "mine.toml").write_text(text)
    monkeypatch.chdir(tmp_path)
    setup = Setup({"board": sensor("mine.toml")})
    radio = feeding(setup.sensors, {"board": "mine.toml:X"})(lambda _packet: None)
    radio._air.taken["board"] = Taken("X 1", "AA:BB")
    assert remember_sensors(SimpleNamespace(setup=setup, sensors=radio)) == ["board"]
    monkeypatch.chdir(tmp_path / "away")
    profile, name = asked(Seating().told()["board"])
    assert (load_profile(profile).id, name) == ("mine", "X 1")
    (tmp_path / "mine.toml").unlink()
    with pytest.raises(RadioError, match="board: expected its profile of the last"):
        Seating().told()


BOARDS = [
    p.id for p in shipped_profiles().values() if p.transport not in {"ble", "table"}
]


@pytest.mark.parametrize("profile", BOARDS)
def test_a_board_that_is_plugged_in_can_be_virtual_too(profile) -> None:
    seating = Seating({"board": profile}, virtual="steady")
    session = open_live(seating, "", None)
    heard: queue.SimpleQueue[Packet] = queue.SimpleQueue()
    radio = feeding(
        session.setup.sensors, seating.told(), _air("steady", session.setup)
    )(heard.put)
    decoder = ProfileDecoder(load_profile(profile), "board", 0)
    samples = 0
    radio.start()
    try:
        while samples < 20:
            packet = heard.get(timeout=5.0)
            if packet.source == "board/port":
                samples += sum(len(block) for block in decoder.decode(packet))
    finally:
        radio.stop()
    assert session.setup.header().profiles["board"] == load_profile(profile).text


def test_a_virtual_sensor_nobody_would_recognise_is_refused() -> None:
    with pytest.raises(ProfileError, match="use surefoot import"):
        open_live(Seating({"board": "wobbleboard-json"}, "steady"), "", None)
    strange = replace(load_profile("movesense"), rules=(Rule(name="^[A-Z]{5}$"),))
    with pytest.raises(ProfileError, match="name for a virtual one"):
        on_air(strange, "board")


def test_what_was_chosen_to_be_heard_goes_into_the_recording() -> None:
    from surefoot.session.settings import Settings, keep_settings
    from surefoot.session.setup import from_header

    keep_settings(Settings(sound={"on": True, "timbre": "wood", "volume": 0.2}))
    session = open_live(Seating(virtual="steady"), "rocker-hold-level", None)
    heard = session.setup.sound
    assert (heard["timbre"], heard["volume"]) == ("wood", 0.2)
    assert from_header(session.setup.header()).sound == heard
