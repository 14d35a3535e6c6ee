"""Meters of the last seconds: exactly the samples of the window, and what is said."""

from __future__ import annotations

import math

import numpy as np
import pytest

from surefoot.analysis import sway
from surefoot.analysis.trunk_sway import tilt_corrected, trunk_sway
from surefoot.core import Block, StreamInfo
from surefoot.stream import PhaseMeter, SwayMeter, TrunkMeter, WindowMeter
from surefoot.stream.trunk_meter import TRUNK_UNITS

RATE = 100.0
COP = StreamInfo("board/cop", ("cop_ml", "cop_ap", "force_v"), ("m", "m", "N"), RATE)
ACC = StreamInfo("trunk/imu", ("acc_x", "acc_y", "acc_z"), ("m/s^2",) * 3, RATE)
SWUNG = StreamInfo(
    "trunk/angle", ("ml", "gyr_x", "gyr_y", "gyr_z"), ("rad", *("rad/s",) * 3), RATE
)


def block(info: StreamInfo, data: np.ndarray, first: float = 0.0) -> Block:
    """Return even samples."""
    return Block(info, first + np.arange(len(data)) / RATE, np.ascontiguousarray(data))


def swaying(seconds: float, seed: int = 1) -> np.ndarray:
    """Return a slow random walk about the middle [m], with the load."""
    n = round(seconds * RATE)
    steps = np.random.default_rng(seed).standard_normal((n, 2)) * 2e-4
    return np.column_stack([np.cumsum(steps, axis=0), np.full(n, 700.0)])


class TestWindow:
    """What is in a window, when it is due and what is said about it."""

    def meter(self, window: float = 3.0, start: float = -math.inf) -> WindowMeter:
        def ends(part: Block) -> dict[str, float]:
            return {"first": float(part.t[0]), "n": float(len(part))}

        return WindowMeter(ends, {"first": "s", "n": "1"}, window, start)

    def test_it_holds_exactly_the_last_seconds_every_second(self) -> None:
        told = self.meter().feed(block(COP, swaying(6.02)))
        assert [m.t1 for m in told if m.name == "n"] == [3.0, 4.0, 5.0, 6.0]
        assert {m.value for m in told if m.name == "n"} == {300.0}
        assert [m.value for m in told if m.name == "first"] == [0.0, 1.0, 2.0, 3.0]
        assert {m.flags for m in told} == {("PROVISIONAL",)}
        assert {m.t1 - m.t0 for m in told} == {3.0}

    def test_seconds_count_from_the_start_of_a_run(self) -> None:
        told = self.meter(2.0, 1.25).feed(block(COP, swaying(6.0)))
        assert [m.t1 for m in told if m.name == "n"] == [3.25, 4.25, 5.25]

    def test_a_start_that_no_float_tells_exactly_is_no_trouble(self) -> None:
        told = self.meter(1.0, 0.3).feed(block(COP, swaying(60.0)))
        assert len(told) == 2 * 58 or len(told) == 2 * 59

    def test_a_gap_is_flagged_until_it_left_the_window(self) -> None:
        whole = block(COP, swaying(9.02))
        holed = Block.concat([whole.between(0, 4.2), whole.between(4.6, 99)])
        told = {m.t1: m for m in self.meter().feed(holed) if m.name == "n"}
        assert told[4.0].flags == ("PROVISIONAL",)
        for second in (5.0, 6.0, 7.0):
            assert told[second].flags == ("PROVISIONAL", "GAP")
            assert told[second].value == 260.0
        assert told[8.0].flags == ("PROVISIONAL",)

    def test_less_than_half_a_window_gives_no_value(self) -> None:
        whole = block(COP, swaying(12.0))
        holed = Block.concat([whole.between(0, 5), whole.between(9, 99)])
        told = {m.t1: m for m in self.meter().feed(holed) if m.name == "n"}
        assert 7.0 not in told  # nobody was there to say so
        assert math.isnan(told[10.0].value)
        assert told[10.0].flags == ("PROVISIONAL", "GAP", "TOO_SHORT")
        assert told[11.0].value == 200.0

    def test_memory_is_bounded(self) -> None:
        meter = self.meter()
        whole = block(COP, swaying(60.0))
        for i in range(0, len(whole), 7):
            meter.feed(whole[i : i + 7])
            assert meter.samples <= 4 * RATE + 7


class TestSway:
    """A centre of pressure."""

    def test_values_are_those_of_the_window(self) -> None:
        data = swaying(12.02)
        told = SwayMeter(None).feed(block(COP, data))
        expected = sway.core_set(np.ascontiguousarray(data[200:1200, :2]), RATE)
        last = {m.name: m.value for m in told if m.t1 == 12.0}
        assert len(last) == 20
        assert last == {name: expected[name] for name in last}
        assert all(m.unit == sway.CORE_UNITS[m.name] for m in told)

    def test_a_lowpass_takes_the_noise_of_the_board_away(self) -> None:
        data = swaying(11.0)
        data[:, 0] += np.random.default_rng(2).standard_normal(len(data)) * 1e-3
        paths = [
            next(
                m.value for m in meter.feed(block(COP, data)) if m.name == "path_length"
            )
            for meter in (SwayMeter(), SwayMeter(None))
        ]
        assert paths[0] < 0.5 * paths[1]


class TestTrunk:
    """Accelerations of the trunk."""

    def swayed(self, seconds: float) -> np.ndarray:
        t = np.arange(round(seconds * RATE)) / RATE
        across = 0.2 * np.sin(2 * np.pi * t)
        return np.column_stack([across, 0.5 * across, np.full_like(t, 9.81)])

    def test_a_sine_has_the_jerk_of_the_offline_formula(self) -> None:
        acc = self.swayed(20.02)
        told = {m.name: m for m in TrunkMeter().feed(block(ACC, acc)) if m.t1 == 20.0}
        expected = trunk_sway(tilt_corrected(acc[1000:2000])[:, :2], RATE)
        assert set(told) == set(TRUNK_UNITS)
        assert told["trunk_jerk"].value == pytest.approx(expected.jerk, rel=0.02)
        assert told["trunk_mean_distance"].value == pytest.approx(
            expected.distance, rel=0.01
        )
        assert told["trunk_path"].value == pytest.approx(expected.path, rel=0.01)

    def test_how_the_sensor_sits_does_not_matter(self) -> None:
        acc = self.swayed(11.0)
        upright = TrunkMeter().feed(block(ACC, acc))
        turned = TrunkMeter().feed(block(ACC, acc[:, [1, 2, 0]] * [1.0, -1.0, -1.0]))
        for one, other in zip(upright, turned, strict=True):
            assert other.value == pytest.approx(one.value, rel=1e-6)

    def test_lost_samples_are_bridged_and_a_gap_is_not(self) -> None:
        whole = block(ACC, self.swayed(11.0))
        lost = Block.concat([whole.between(0, 5), whole.between(5.05, 99)])
        gap = Block.concat([whole.between(0, 5), whole.between(5.4, 99)])
        values = [TrunkMeter().feed(part)[0] for part in (whole, lost, gap)]
        assert values[1].value == pytest.approx(values[0].value, rel=0.05)
        assert math.isnan(values[2].value)
        assert "GAP" in values[2].flags


class TestPhases:
    """Ways out and back."""

    def swung(self, seconds: float, size: float = 0.5) -> np.ndarray:
        t = np.arange(round(seconds * RATE)) / RATE
        turn = 2 * np.pi * 0.25
        rate = 0.5 * size * turn * np.sin(turn * t)
        angle = 0.5 * size * (1 - np.cos(turn * t))
        return np.column_stack([angle, rate, 0 * t, 0 * t])

    def test_every_way_is_measured_once_it_is_over(self) -> None:
        meter = PhaseMeter(0.5)
        told = meter.feed(block(SWUNG, self.swung(20.0)))
        ranges = [m.value for m in told if m.name == "repetition_range"]
        assert len(ranges) == meter.count - 1 or len(ranges) == meter.count
        assert ranges == pytest.approx([0.5] * len(ranges), rel=0.05)
        out = [m.value for m in told if m.name == "repetition_time_out"]
        back = [m.value for m in told if m.name == "repetition_time_back"]
        assert [*out, *back] == pytest.approx([2.0] * len([*out, *back]), abs=0.2)
        peaks = [m.value for m in told if m.name == "repetition_peak_rate"]
        assert peaks == pytest.approx([0.393] * len(peaks), rel=0.05)
        smooth = [m.value for m in told if m.name == "sparc"]
        assert len(smooth) == len(out) + len(back) >= 7
        assert all(-1.7 < value < -1.3 for value in smooth)

    def test_shaking_is_less_smooth(self) -> None:
        even = self.swung(12.0)
        shaken = even.copy()
        t = np.arange(len(even)) / RATE
        shaken[:, 2] = 0.3 * np.sin(2 * np.pi * 4 * t)
        least = [
            min(
                m.value
                for m in PhaseMeter(0.5).feed(block(SWUNG, data))
                if m.unit == "1"
            )
            for data in (even, shaken)
        ]
        assert least[1] < least[0] - 0.5

    def test_memory_is_bounded_and_a_long_gap_gives_nothing(self) -> None:
        meter = PhaseMeter(0.5)
        first = meter.feed(block(SWUNG, self.swung(11.0)))
        late = meter.feed(block(SWUNG, self.swung(11.0), first=100.0))
        assert all(m.t0 >= 100.0 or m.t1 < 11.0 for m in (*first, *late))
        assert meter.samples <= 1101
