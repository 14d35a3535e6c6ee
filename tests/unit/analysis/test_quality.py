"""What arrived, counted against the grid of sample times."""

from __future__ import annotations

import numpy as np
import pytest

from surefoot.analysis import quality_of

RATE = 100.0
T = np.arange(0, 30, 1 / RATE)


def test_a_whole_stream_lost_nothing() -> None:
    found = quality_of(T, 0.0, 30.0, RATE)
    assert (found.received, found.missing, found.lost) == (3000, 0, 0.0)
    assert found.longest_gap == pytest.approx(0.01)


@pytest.mark.parametrize("phase", [0.001, 0.0049, 0.0099])
def test_the_grid_need_not_fall_on_the_ends(phase: float) -> None:
    assert quality_of(T + phase, 0.0, 30.0, RATE).missing == 0


@pytest.mark.parametrize("offset", [-0.02, 0.02])
def test_a_rate_two_percent_off_loses_nothing_inside(offset: float) -> None:
    assert quality_of(T * (1 + offset), 1.0, 28.0, RATE).missing == 0


@pytest.mark.parametrize("hole", [(0, 60), (1000, 1060), (2940, 3000)])
def test_a_hole_counts_the_same_wherever_it_is(hole: tuple[int, int]) -> None:
    found = quality_of(np.delete(T, slice(*hole)), 0.0, 30.0, RATE)
    assert found.missing == pytest.approx(60, abs=1)
    assert found.lost == pytest.approx(0.02, abs=5e-4)
    assert found.longest_gap == pytest.approx(0.6, abs=0.011)


def test_single_losses_add_up() -> None:
    found = quality_of(np.delete(T, slice(5, 2995, 10)), 0.0, 30.0, RATE)
    assert found.missing == 299
    assert found.longest_gap == pytest.approx(0.02)


def test_silence_lost_everything() -> None:
    found = quality_of(T[:0], 0.0, 30.0, RATE)
    assert (found.received, found.missing, found.lost) == (0, 3000, 1.0)
    assert found.longest_gap == 30.0
