"""Check and calibrate, with sensors in virtual hands."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest

from surefoot.analysis import Calibration
from surefoot.core import CalibrationError, Packet, RadioError
from surefoot.core.control import control
from surefoot.session import calibrating
from surefoot.session.bench import Bench
from surefoot.session.calibrating_board import calibrate_board, calibrate_force
from surefoot.session.setup import sensor
from surefoot.virtual import Firmware
from surefoot.virtual.handled import HandledSource, Handling


class Hands:
    """A bench with one sensor, or two, in virtual hands."""

    def __init__(self, handling: Handling, *roles: str) -> None:
        self.handling = handling
        profiles = {
            "board": "surefoot-sketch",
            "trunk": "movesense",
            "plate": "surefoot-board",
        }
        units = {role: Firmware(profiles[role]) for role in roles or ("board",)}
        source = HandledSource(handling, units)
        sensors = {role: sensor(profiles[role]) for role in units}
        self.bench = Bench(sensors, source.packets())
        self.bench.ready()
        self.asked: list[str] = []

    def ask(self, sentence: str, do: str) -> None:
        self.asked.append(sentence)
        self.handling.follow(do)


def apart(a: np.ndarray, b: np.ndarray) -> float:
    return math.degrees(math.acos(min(1.0, (np.trace(a @ b.T) - 1) / 2)))


def test_the_bias_of_the_gyroscope_is_found() -> None:
    hands = Hands(Handling(4))
    made = calibrating.calibrate_gyro(hands.bench, "board", Calibration(), hands.ask)
    found = np.array(made.calibration.gyr_bias) - hands.handling.mount.gyr_bias
    assert np.degrees(np.abs(found)).max() < 0.03


def test_a_bias_that_moved_is_remarked() -> None:
    hands = Hands(Handling(4))
    known = Calibration(gyr_bias=(0.05, 0.0, 0.0))
    made = calibrating.calibrate_gyro(hands.bench, "board", known, hands.ask)
    assert "since the last time" in made.remarks[0]


def test_a_trembling_hand_is_no_rest() -> None:
    hands = Hands(Handling(4, trembling=0.05))
    with pytest.raises(CalibrationError, match="scatter at rest"):
        calibrating.calibrate_gyro(hands.bench, "board", Calibration(), hands.ask)


def test_scale_and_bias_of_the_accelerometer_are_found() -> None:
    hands = Hands(Handling(5))
    known = Calibration(gyr_bias=(0.001, 0.0, 0.0))
    made = calibrating.calibrate_accelerometer(hands.bench, "board", known, hands.ask)
    told, true = made.calibration, hands.handling.errors
    assert np.abs(np.array(told.acc_bias) - true.bias).max() < 0.01
    assert np.abs(np.array(told.acc_matrix) - true.matrix).max() < 0.002
    assert told.gyr_bias == known.gyr_bias
    assert len(hands.asked) == 18


def test_lying_still_eighteen_times_is_no_calibration() -> None:
    hands = Hands(Handling(5))
    with pytest.raises(CalibrationError):
        calibrating.calibrate_accelerometer(
            hands.bench, "board", Calibration(), lambda _text, _do: None
        )


@pytest.mark.parametrize("axis", ["ml", "ap"])
def test_the_mounting_is_found(axis) -> None:
    hands = Hands(Handling(6))
    made = calibrating.calibrate_mounting(
        hands.bench, "board", Calibration(), hands.ask, axis
    )
    true = hands.handling.mount.rotation
    # the unit's own errors are not taken out here: half a degree
    assert apart(np.array(made.calibration.mounting), true) < 1.5


def test_a_board_that_only_lay_there_gives_no_mounting() -> None:
    hands = Hands(Handling(6))
    with pytest.raises(CalibrationError, match="movement"):
        calibrating.calibrate_mounting(
            hands.bench, "board", Calibration(), lambda _text, _do: None
        )


class TestBoard:
    def hands(self, seed: int = 3) -> Hands:
        return Hands(Handling(seed), "plate")

    def test_zero_and_scale_of_the_corners_are_found(self) -> None:
        hands = self.hands()
        made = calibrate_force(hands.bench, "plate", Calibration(), hands.ask, 25.0)
        told, true = made.calibration, hands.handling
        assert told.cell_zero == pytest.approx(tuple(true.cell_zero), abs=0.1)
        assert told.cell_scale == pytest.approx(tuple(true.cell_scale), rel=2e-3)

    def test_the_map_of_the_board_is_found_and_keeps_the_rest(self) -> None:
        hands = self.hands()
        force = calibrate_force(hands.bench, "plate", Calibration(), hands.ask, 25.0)
        made = calibrate_board(hands.bench, "plate", force.calibration, hands.ask, 25.0)
        assert made.calibration.cop_gain == pytest.approx((1.0, 1.0), abs=0.01)
        assert made.calibration.cop_offset == pytest.approx((0.0, 0.0), abs=1e-3)
        assert made.calibration.cell_scale == force.calibration.cell_scale

    def test_a_span_measured_wrong_shows_as_a_gain(self) -> None:
        hands = self.hands()
        force = calibrate_force(hands.bench, "plate", Calibration(), hands.ask, 25.0)
        wrong = dataclasses.replace(force.calibration, cell_span=(0.433, 0.228))
        made = calibrate_board(hands.bench, "plate", wrong, hands.ask, 25.0)
        gain = made.calibration.cop_gain
        assert gain == pytest.approx((1.0, 0.238 / 0.228), rel=5e-3)

    def test_a_mass_left_in_one_corner_is_refused(self) -> None:
        hands = self.hands()

        def lazy(sentence: str, do: str) -> None:
            if "corner" not in do or do.endswith("corner 0"):
                hands.ask(sentence, do)

        with pytest.raises(CalibrationError, match="one after the other"):
            calibrate_force(hands.bench, "plate", Calibration(), lazy, 25.0)

    def test_another_mass_than_was_told_is_noticed_in_the_middle(self) -> None:
        hands = self.hands()

        def lighter(sentence: str, do: str) -> None:
            hands.ask(sentence, do.replace("25.0 at", "23.0 at"))

        with pytest.raises(CalibrationError, match="within 1%"):
            calibrate_force(hands.bench, "plate", Calibration(), lighter, 25.0)

    def test_a_light_mass_and_a_sensor_without_cells_are_refused(self) -> None:
        hands = self.hands()
        with pytest.raises(CalibrationError, match="20 kg or more"):
            calibrate_force(hands.bench, "plate", Calibration(), hands.ask, 5.0)
        imu = Hands(Handling(3))
        with pytest.raises(CalibrationError, match="four load cells"):
            calibrate_force(imu.bench, "board", Calibration(), imu.ask, 25.0)


def test_a_stretch_holds_what_came_in_it_and_nothing_older() -> None:
    hands = Hands(Handling(1), "board", "trunk")
    first = hands.bench.listen(2.0)
    second = hands.bench.listen(2.0)
    for role in ("board", "trunk"):
        assert first[role].samples.t[-1] < second[role].samples.t[0]
        assert np.ptp(second[role].samples.t) == pytest.approx(2.0, abs=0.15)
        assert len(second[role].ends) == len(second[role].arrivals) > 20


def test_a_sensor_that_sends_nothing_is_named() -> None:
    ticks = (
        control("clock/tick", i * 200_000_000) if i else Packet("clock/start", 0, b"{}")
        for i in range(500)
    )
    bench = Bench({"board": sensor("movesense")}, iter(ticks))
    with pytest.raises(RadioError, match="board: expected samples, got none"):
        bench.ready()
