"""Sensors that a drill cannot be done with are refused before anything opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from surefoot.core import RadioError
from surefoot.session.drill_shelf import load_drill, shipped_drills
from surefoot.session.fitting import check_sensors
from surefoot.session.opening import Seating, open_live
from surefoot.session.setup import sensor
from surefoot.session.usual import usual_sensors

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("drill", "sensors", "said"),
    [
        ("wood-chop", {"board": "movesense"}, "a sensor on the trunk, got board"),
        ("wood-chop", {"trunk": "wii-balance-board"}, "acceleration on the trunk"),
        ("weight-shift", {"board": "movesense"}, "four load cells on the board"),
        ("rocker-hold-level", {"board": "wii-balance-board"}, "acceleration"),
    ],
)
def test_what_cannot_work_is_said_at_once(
    drill: str, sensors: dict[str, str], said: str, tmp_path: Path
) -> None:
    to = tmp_path / "never.mcap"
    with pytest.raises(RadioError, match=said):
        open_live(Seating(sensors, "steady"), drill, to)
    assert not list(tmp_path.iterdir())


def test_the_usual_sensors_fit_all_that_ships() -> None:
    for drill in shipped_drills().values():
        wanted = usual_sensors(drill.roles, drill.signal)
        check_sensors(drill, {role: sensor(told) for role, told in wanted.items()})


def test_more_sensors_than_needed_do_no_harm() -> None:
    wanted = {role: sensor("movesense") for role in ("trunk", "board", "pelvis")}
    check_sensors(load_drill("wood-chop"), wanted)
