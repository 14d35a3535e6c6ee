"""Stretches drawn by hand, measured."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis.flexibility import (
    between,
    gentle_share,
    hold,
    peak_rate,
    range_of_motion,
)
from surefoot.core import SignalError

RATE = 100.0
T = np.arange(0, 40, 1 / RATE)


def stretch(end: float = 1.0, seconds: float = 5.0, held: float = 20.0) -> np.ndarray:
    """Out in so many seconds, held, back as fast; still before and after."""
    out = np.clip((T - 2.0) / seconds, 0.0, 1.0)
    back = np.clip((T - 2.0 - seconds - held) / seconds, 0.0, 1.0)
    return end * (out - back)


def test_range_hold_and_rate_of_a_stretch() -> None:
    found = range_of_motion(stretch())
    assert found == pytest.approx((0.0, 1.0, 1.0))
    best = hold(stretch(), RATE)
    assert best.start == pytest.approx(6.5, abs=0.02)  # 90 % of the way
    assert best.duration == pytest.approx(21.0, abs=0.03)
    assert peak_rate(stretch(), RATE) == pytest.approx(0.2, rel=1e-6)


def test_creep_is_the_slope_of_the_hold_into_the_stretch() -> None:
    creeping = np.where((T > 5) & (T < 35), 1.0 + 0.002 * T, 0.0)
    for turn in (1.0, -1.0):
        best = hold(turn * creeping, RATE)
        assert best.creep == pytest.approx(0.002, rel=1e-6)
        assert best.duration == pytest.approx(30.0, abs=0.02)


def test_the_longest_of_two_holds_counts() -> None:
    angle = np.where((T > 2) & (T < 5) | (T > 10) & (T < 18), 0.5, 0.1)
    best = hold(angle, RATE, neutral=0.1)
    assert (best.start, best.duration) == pytest.approx((10.0, 8.0), abs=0.02)


@settings(max_examples=30)
@given(shift=st.floats(-3, 3), scale=st.floats(0.05, 3), back=st.booleans())
def test_shift_size_and_reversal(shift: float, scale: float, back: bool) -> None:
    angle = shift + scale * stretch()
    angle = angle[::-1] if back else angle
    assert range_of_motion(angle).extent == pytest.approx(scale, rel=1e-9)
    best = hold(angle, RATE, neutral=shift)
    assert best.duration == pytest.approx(21.0, abs=0.03)
    assert peak_rate(angle, RATE) == pytest.approx(0.2 * scale, rel=1e-6)


def test_gentle_is_a_share_of_the_time() -> None:
    quick = stretch(seconds=2.0)  # 0.5 rad/s, 4 s of 40
    assert gentle_share(quick, RATE) == pytest.approx(0.9, abs=0.01)
    assert gentle_share(quick, RATE, limit=0.6) == 1.0


def test_between_two_segments() -> None:
    assert between(stretch(1.0), stretch(0.4)) == pytest.approx(stretch(0.6))
    with pytest.raises(SignalError, match="expected"):
        between(np.zeros(9), np.zeros(8))


def test_nothing_gives_nan_and_misuse_is_told() -> None:
    for angle in (np.empty(0), np.full(50, math.nan)):
        assert math.isnan(range_of_motion(angle).extent)
        assert math.isnan(hold(angle, RATE).duration)
        assert math.isnan(peak_rate(angle, RATE))
        assert math.isnan(gentle_share(angle, RATE))
    assert math.isnan(hold(np.zeros(50), RATE).duration)
    for call in (hold, peak_rate, gentle_share):
        with pytest.raises(SignalError, match="expected"):
            call(np.zeros((9, 2)), RATE)
        with pytest.raises(SignalError, match="expected"):
            call(np.zeros(9), 0.0)
