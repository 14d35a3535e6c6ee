"""The live measures: the final rules, told every second."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from surefoot.analysis import Target, tilt_measures
from surefoot.core import Block, StreamInfo
from surefoot.stream import TiltMeter

INFO = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), 100.0, "board")
T = np.arange(0, 12, 0.01)


def _walk(seed: int, keep: np.ndarray | None = None) -> Block:
    steps = np.random.default_rng(seed).standard_normal((len(T), 2)) * 0.01
    data = np.cumsum(steps, axis=0)
    keep = np.ones(len(T), dtype=bool) if keep is None else keep
    return Block(INFO, T[keep], data[keep])


@pytest.mark.parametrize("axis", ["ml", "ap", "both"])
@pytest.mark.parametrize("hole", [None, (3.0, 3.15), (3.0, 3.9), (11.5, 12.0)])
def test_live_equals_final_on_the_same_tilt(
    axis: str, hole: tuple[float, float] | None
) -> None:
    keep = None if hole is None else (hole[0] > T) | (hole[1] <= T)
    target = Target(0.08, axis, (-0.15, 0.15))  # type: ignore[arg-type]
    tilt = _walk(3, keep)
    meter = TiltMeter(2.005, target, end=11.8)
    meter.feed(tilt)
    live = meter.final(11.8)
    final = tilt_measures(tilt, 2.005, 11.8, target)
    for a, b in zip(live, final, strict=True):
        assert (a.name, a.t0, a.t1, a.unit) == (b.name, b.t0, b.t1, b.unit)
        assert a.value == pytest.approx(b.value, rel=1e-12), a.name
        assert a.flags == (*b.flags, "PROVISIONAL")


def test_measures_are_due_every_whole_second() -> None:
    meter = TiltMeter(2.0, Target(0.1), end=6.5)
    told = meter.feed(_walk(1))
    assert sorted({m.t1 for m in told}) == [3.0, 4.0, 5.0, 6.0]
    assert all(m.t0 == 2.0 and "PROVISIONAL" in m.flags for m in told)
    first = [m for m in told if m.t1 == 3.0]
    again = TiltMeter(2.0, Target(0.1), end=3.0)
    again.feed(_walk(1))
    assert [m.value for m in first] == [m.value for m in again.final(3.0)]


def test_a_long_run_is_told_less_often_so_that_it_does_not_cost_its_square() -> None:
    meter = TiltMeter(0.0, Target(0.1))
    t = np.arange(0, 3600, 0.5)
    told = meter.feed(Block(INFO, t, np.zeros((len(t), 2))))
    ends = [measure.t1 for measure in told if measure.name == "tilt_rms"]
    assert ends[:200] == [float(second) for second in range(1, 201)]
    assert len(ends) < 600
    assert all(b - a <= 0.01 * b + 1 for a, b in itertools.pairwise(ends))


def test_a_silent_second_is_not_told() -> None:
    meter = TiltMeter(0.0, Target(0.1))
    told = meter.feed(_walk(1, (T < 2.0) | (T >= 5.0)))
    assert sorted({m.t1 for m in told}) == [1.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]
    assert all("GAP" in m.flags for m in told if m.t1 >= 5.0)


def test_until_ends_it_early() -> None:
    meter = TiltMeter(0.0, Target(0.1))
    meter.feed(_walk(1)[:500])
    meter.until(6.0)
    meter.feed(_walk(1)[500:])
    assert meter.samples == 600


def test_what_the_live_picture_shows() -> None:
    meter = TiltMeter(0.0, Target(0.1, "ml", (-0.3, 0.3)))
    assert (meter.inside, meter.share, meter.contacts) == (None, None, 0)
    assert math.isnan(meter.percentile(80))
    data = np.zeros((101, 2))
    data[50:, 0] = 0.3
    meter.feed(Block(INFO, T[:101], data))
    assert meter.inside is False
    assert meter.share == pytest.approx(0.5)
    assert meter.contacts == 1
    assert meter.percentile(100) == 0.3


def test_without_samples_values_are_nan_and_say_so() -> None:
    for measure in TiltMeter(0.0, Target(0.1)).final(5.0):
        assert math.isnan(measure.value)
        assert measure.flags == ("GAP", "TOO_SHORT", "PROVISIONAL")
