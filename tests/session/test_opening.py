"""Which sensors a session gets: told, remembered or virtual, with calibrations."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from surefoot.core import CalibrationError, RadioError
from surefoot.devices.ble import Known, known_sensors
from surefoot.session.opening import Seating, open_live, remember_sensors

if TYPE_CHECKING:
    from pathlib import Path

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
