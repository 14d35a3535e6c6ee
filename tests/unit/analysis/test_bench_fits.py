"""Rest bias, mounting, taps and the check of a sensor: known answers and refusals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from surefoot.analysis import Calibration, parse_calibration
from surefoot.analysis.calibration_text import calibration_text
from surefoot.analysis.mounting import SHARE_BODY, mounting_rotation
from surefoot.analysis.rest_bias import rest_bias
from surefoot.analysis.sensor_check import check_sensor
from surefoot.analysis.tap_test import align_taps
from surefoot.core import Block, CalibrationError, SignalError, StreamInfo

RATE = 100.0
numbers = st.floats(-0.03, 0.03, allow_nan=False)


def noise(n: int, sd: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0.0, sd, (n, 3))


class TestRestBias:
    def test_the_bias_is_the_mean(self) -> None:
        bias = np.radians([0.3, -0.2, 0.1])
        found = rest_bias(bias + noise(400, 0.001), 9.81 * np.eye(3)[[2] * 400], RATE)
        assert found.refusals == ()
        assert found.bias == pytest.approx(tuple(bias), abs=2e-4)

    @pytest.mark.parametrize(
        ("change", "word"),
        [
            (lambda g: g[:150], "2 s of rest"),
            (lambda g: g + noise(len(g), 0.05, 2), "scatter"),
            (lambda g: g + np.linspace(0, 0.02, len(g))[:, None], "halves"),
            (lambda g: g + 0.2, "bias below"),
        ],
        ids=["short", "shaken", "wandering", "turning"],
    )
    def test_what_is_no_rest_is_refused(self, change, word: str) -> None:
        gyr = change(noise(400, 0.001))
        found = rest_bias(gyr, None, RATE)
        assert any(word in why for why in found.refusals)

    def test_a_shaken_accelerometer_is_refused(self) -> None:
        acc = np.array([0, 0, 9.81]) + noise(400, 0.2)
        assert rest_bias(noise(400, 0.001), acc, RATE).refusals

    @pytest.mark.parametrize("bad", [np.zeros((2, 3)), np.full((9, 3), math.nan)])
    def test_what_cannot_be_judged_is_an_error(self, bad: np.ndarray) -> None:
        with pytest.raises(SignalError, match="gyroscope"):
            rest_bias(bad, None, RATE)


class TestMounting:
    def rocking(self, axis: str, first: float = 1.0) -> np.ndarray:
        t = np.arange(0, 10, 1 / RATE)
        speed = first * np.cos(np.pi * t) * 0.7
        turn = np.zeros((len(t), 3))
        # right side down turns about +ap, front side down about -ml (docs/frames.md)
        turn[:, 1 if axis == "ml" else 0] = speed if axis == "ml" else -speed
        return turn

    @given(quat=st.lists(st.floats(-1, 1), min_size=4, max_size=4))
    @pytest.mark.parametrize("axis", ["ml", "ap"])
    def test_any_mounting_is_found(self, axis, quat: list[float]) -> None:
        if np.linalg.norm(quat) < 0.1:
            quat = [1.0, 0.0, 0.0, 0.0]
        true = Rotation.from_quat(quat).as_matrix()  # sensor to board
        still = np.tile(9.81 * np.array([0.0, 0.0, 1.0]) @ true, (200, 1))
        fit = mounting_rotation(still, self.rocking(axis) @ true, axis)
        assert fit.refusals == ()
        np.testing.assert_allclose(fit.rotation, true, atol=1e-9)

    def test_the_other_side_first_turns_it_round(self) -> None:
        still = np.tile([0.0, 0.0, 9.81], (200, 1))
        fit = mounting_rotation(still, self.rocking("ml", -1.0), "ml")
        np.testing.assert_allclose(fit.rotation, np.diag([-1.0, -1.0, 1.0]), atol=1e-9)

    def test_movement_about_two_axes_is_refused_on_a_board_only(self) -> None:
        still = np.tile([0.0, 0.0, 9.81], (200, 1))
        both = self.rocking("ml") + 0.6 * self.rocking("ap")[::-1] ** 3
        both[:, 0] = 0.45 * np.sin(np.arange(len(both)) / 7)
        assert "about one axis" in mounting_rotation(still, both, "ml").refusals[0]
        body = mounting_rotation(still, both, "ml", least_share=SHARE_BODY)
        assert body.refusals == ()

    def test_hardly_any_movement_and_a_leaning_axis_are_refused(self) -> None:
        still = np.tile([0.0, 0.0, 9.81], (200, 1))
        fit = mounting_rotation(still, 0.1 * self.rocking("ml"), "ml")
        assert "of movement or more" in fit.refusals[0]
        leaning = np.tile([0.0, 3.0, 9.3], (200, 1))
        fit = mounting_rotation(leaning, self.rocking("ml"), "ml")
        assert "of level" in fit.refusals[0]

    @pytest.mark.parametrize("turn", [np.zeros((50, 3)), np.eye(3)[[2] * 50]])
    def test_no_turn_and_turning_on_the_spot_are_errors(self, turn) -> None:
        still = np.tile([0.0, 0.0, 9.81], (200, 1))
        with pytest.raises(CalibrationError):
            mounting_rotation(still, turn, "ml")


class TestTaps:
    def signal(
        self, rate: float, delay: float, knocks: int = 3, seed: int = 1
    ) -> tuple[np.ndarray, np.ndarray]:
        t = np.arange(0, 6, 1 / rate)
        acc = np.array([0, 0, 9.81]) + noise(len(t), 0.02, seed)
        for k in range(knocks):
            since = t - delay - 1.0 - 1.2 * k
            on = np.abs(since) < 0.15
            acc[:, 2] += on * 14 * np.cos(np.pi * since / 0.3) * np.cos(30 * since)
        return t, acc

    @pytest.mark.parametrize("delay", [0.0, 0.0123, -0.045, 0.15])
    def test_delays_are_found_to_two_milliseconds(self, delay: float) -> None:
        fit = align_taps([self.signal(104, 0.0), self.signal(52, delay, seed=2)])
        assert fit.taps == 3
        assert fit.delays == pytest.approx((0.0, delay), abs=0.002)
        assert max(fit.residuals) < 0.003

    def test_two_knocks_are_too_few_and_one_sensor_is_none(self) -> None:
        with pytest.raises(CalibrationError, match="3 knocks"):
            align_taps([self.signal(100, 0, 2), self.signal(100, 0, 2)])
        with pytest.raises(SignalError, match="two sensors"):
            align_taps([self.signal(100, 0)])

    def test_a_sensor_that_felt_nothing_is_not_aligned(self) -> None:
        with pytest.raises(CalibrationError, match="felt by all"):
            align_taps([self.signal(100, 0), self.signal(100, 0, knocks=0)])


class TestCheck:
    def lying(
        self, rate: float = 100.0, nominal: float = 100.0, seconds: float = 10.0
    ) -> tuple[Block, np.ndarray, np.ndarray]:
        channels = tuple(f"{q}_{a}" for q in ("acc", "gyr") for a in "xyz")
        units = ("m/s^2",) * 3 + ("rad/s",) * 3
        n = int(seconds * rate)
        t = np.arange(n) / rate
        data = np.hstack(
            [np.array([0, -9.79, 0.3]) + noise(n, 0.02), 0.01 + noise(n, 0.001, 2)]
        )
        block = Block(StreamInfo("board/imu", channels, units, nominal), t, data)
        ends = t[3::4]
        turn = np.random.default_rng(3).uniform(0, 0.03, len(ends))
        arrivals = ends + turn + 0.005
        return block, ends, arrivals

    def test_rate_link_and_axis_are_told(self) -> None:
        found = check_sensor(*self.lying())
        assert found.rate == pytest.approx(100.0, abs=0.05)
        assert (found.up, found.lost) == ("-y", 0.0)
        assert math.degrees(found.up_off) == pytest.approx(1.75, abs=0.05)
        assert found.remarks == ()

    def test_a_clock_is_measured_against_the_computers(self) -> None:
        block, ends, arrivals = self.lying(100.02, seconds=120.0)
        found = check_sensor(block, ends, arrivals)
        assert 2.0 < found.drift_sd < 10.0
        assert found.drift_ppm == pytest.approx(200, abs=4 * found.drift_sd)

    def test_the_interval_of_the_link_is_seen(self) -> None:
        block, ends, _ = self.lying()
        arrivals = np.ceil(ends / 0.03) * 0.03
        found = check_sensor(block, ends, arrivals)
        assert round(found.burst, 6) in {0.03, 0.06}

    def test_lost_samples_are_counted_where_times_are_missing(self) -> None:
        block, ends, arrivals = self.lying()
        keep = np.ones(len(block), dtype=bool)
        keep[400:450] = False
        part = Block(block.info, block.t[keep], block.data[keep])
        found = check_sensor(part, ends, arrivals)
        assert found.lost == pytest.approx(0.05)
        assert found.longest_gap == pytest.approx(0.51)
        assert any("5.0% of samples were lost" in r for r in found.remarks)

    def test_what_is_wrong_is_said(self) -> None:
        block, ends, arrivals = self.lying(90.0)
        assert any("nominal" in r for r in check_sensor(block, ends, arrivals).remarks)
        block, ends, arrivals = self.lying()
        moved = block.with_data(block.data + np.sin(block.t)[:, None])
        assert "it moved" in check_sensor(moved, ends, arrivals).remarks[0]
        heavy = block.with_data(block.data * 1.1)
        assert any("gravity" in r for r in check_sensor(heavy, ends, arrivals).remarks)

    def test_a_handful_of_samples_cannot_be_checked(self) -> None:
        block, ends, arrivals = self.lying()
        with pytest.raises(SignalError, match="listen longer"):
            check_sensor(block[:10], ends, arrivals)


vectors = st.tuples(numbers, numbers, numbers)


@given(vectors, vectors, st.text(max_size=20), st.floats(0, 1))
def test_a_written_calibration_reads_back_the_same(gyr, acc, serial, left) -> None:
    matrix = tuple(
        tuple(float(i == j) + acc[j] * (i < j) for j in range(3)) for i in range(3)
    )
    turned = Rotation.from_rotvec(np.array(gyr) * 50).as_matrix()
    mounting = tuple(tuple(row) for row in turned.tolist())
    made = Calibration(
        gyr,
        acc,
        acc_matrix=matrix,
        mounting=mounting,
        cell_zero=(*acc, 3.25),
        cell_scale=(1.01, 0.98, 1e-4, 2.0),
        cell_span=(0.4, 0.2),
        cop_gain=(1.0 + gyr[0], 1.0),
        cop_offset=(gyr[1], gyr[2]),
        residual=left,
    )
    told = calibration_text(made, ["a remark"])
    assert parse_calibration(told, "x") == made
    named = parse_calibration(calibration_text(Calibration(serial=serial)), "x").serial
    assert named == "".join(c if c.isprintable() else " " for c in serial)
