"""Clocks fitted through a simulated radio, whose truth is known."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis.clock_fit import (
    ClockLine,
    fit_clock,
    huber_line,
    lower_envelope,
    pauses,
)
from surefoot.core import SignalError

PERIOD = 0.01
INTERVAL = 0.03


def radio(seed: int, seconds: float = 600.0, ppm: float = 60.0):
    """Packets of four samples over BLE; counter, reception, truth, true period.

    30 ms intervals, 8 % sent again, four stalls of 0.2 to 0.6 s, 0.5 % lost.
    """
    rng = np.random.default_rng(seed)
    n = np.arange(0, int(seconds / PERIOD), 4) + 3
    period = PERIOD * (1 + ppm * 1e-6)
    true = 5.0 + n * period
    air = np.ceil(true / INTERVAL) * INTERVAL
    air += INTERVAL * (rng.geometric(0.92, len(n)) - 1)
    air += 0.004 + rng.exponential(0.0015, len(n))
    for start in rng.uniform(20, seconds - 20, 4):
        end = start + rng.uniform(0.2, 0.6)
        held = (air > start) & (air < end)
        air[held] = end + rng.uniform(0, 0.005, held.sum())
    kept = rng.random(len(n)) > 0.005
    return n[kept], np.maximum.accumulate(air)[kept], true[kept], period


@pytest.mark.parametrize("seed", range(4))
def test_both_lines_are_steady_and_differ_in_their_delay(seed: int) -> None:
    n, arrival, true, period = radio(seed)
    usual, least = huber_line(n, arrival), lower_envelope(n, arrival)
    for line, delay, ppm in ((usual, (0.018, 0.027), 3.0), (least, (0.003, 0.006), 2)):
        error = line.at(n) - true
        assert delay[0] < error.mean() < delay[1]
        assert error.std() < 0.0005
        assert line.period / period == pytest.approx(1.0, abs=ppm * 1e-6)
    assert (arrival - true).std() > 0.010  # what the line is for
    assert (arrival - least.at(n)).min() > -1e-9


def test_losses_that_are_not_counted_bend_the_line() -> None:
    n, arrival, true, _ = radio(1)
    ignored = huber_line(np.arange(len(n)) * 4 + 3, arrival)
    assert (ignored.at(np.arange(len(n)) * 4 + 3) - true).std() > 0.005


@settings(max_examples=40, deadline=None)
@given(
    offset=st.floats(-1e5, 1e5),
    period=st.floats(0.001, 0.1),
    seed=st.integers(0, 999),
)
def test_a_line_is_itself_and_late_packets_do_not_lift_the_envelope(
    offset: float, period: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    n = np.cumsum(rng.integers(1, 9, 200))
    arrival = offset + period * n
    late = arrival + np.where(rng.random(200) < 0.3, rng.exponential(0.1, 200), 0.0)
    late[[0, -1]] = arrival[[0, -1]]
    for line in (
        huber_line(n, arrival),
        lower_envelope(n, arrival),
        lower_envelope(n, late),
    ):
        assert line.at(n) == pytest.approx(arrival, abs=1e-6)
        assert line.rate == pytest.approx(1 / period, rel=1e-6)
    lifted = np.polyval(np.polyfit(n, late - offset, 1), n) - period * n
    assert (huber_line(n, late).at(n) - arrival).mean() < 0.5 * lifted.mean()


def test_a_stopped_clock_is_a_pause_and_a_stalled_radio_is_not() -> None:
    n, arrival, _, _ = radio(3)
    assert pauses(n, arrival, PERIOD) == []
    stalled = arrival.copy()
    late = (stalled > 100) & (stalled < 105.3)  # four seconds, then catching up
    stalled[late] = 104 + (stalled[late] - 100) / 4
    assert pauses(n, stalled, PERIOD) == []
    first = int(np.argmax(arrival > 100))
    behind = arrival + np.where((arrival > 100) & (arrival < 110), 2.5, 0.0)
    assert pauses(n, np.maximum.accumulate(behind), PERIOD) == [first]
    stopped = arrival.copy()
    stopped[1500:] += 2.5
    assert pauses(n, stopped, PERIOD) == [1500]
    anew = n.copy()
    anew[4000:] -= n[4000]
    assert pauses(anew, arrival, PERIOD) == [4000]


@pytest.mark.parametrize("method", ["huber", "envelope"])
def test_each_run_has_its_own_line(method) -> None:
    n, arrival, true, _ = radio(4)  # each run too short for the beat to average out
    stopped, truth = arrival.copy(), true.copy()
    stopped[3000:] += 7.0
    truth[3000:] += 7.0
    runs = fit_clock(n, stopped, PERIOD, method)
    assert [run for run, _ in runs] == [slice(0, 3000), slice(3000, len(n))]
    for run, line in runs:
        assert (line.at(n[run]) - truth[run]).std() < 0.004
    whole = huber_line(n, stopped)
    assert (whole.at(n) - truth).std() > 0.5


def test_a_line_that_is_no_clock_is_nan() -> None:
    n = np.arange(0, 400, 4)
    runs = fit_clock(n, 5.0 + 1.05 * PERIOD * n, PERIOD)
    assert math.isnan(runs[0][1].period)
    assert fit_clock([], [], PERIOD) == []


def test_too_little_is_nan_and_misuse_is_told() -> None:
    for line in (huber_line, lower_envelope):
        assert math.isnan(line([], []).period)
        assert math.isnan(line([3], [1.0]).period)
        assert math.isnan(line([3, 3], [1.0, 2.0]).period)
        assert math.isnan(line([3, 4], [1.0, math.nan]).period)
        with pytest.raises(SignalError, match="one shape"):
            line([3, 4], [1.0])
    with pytest.raises(SignalError, match="positive period"):
        pauses([1], [1.0], 0.0)
    assert ClockLine(1.0, 0.5).at([0, 2]).tolist() == [1.0, 2.0]
