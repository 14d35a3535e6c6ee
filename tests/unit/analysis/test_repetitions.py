"""Repetitions of simulated people: found, timed and described."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis import repetition_measures as measures
from surefoot.analysis.repetitions import find_repetitions
from surefoot.analysis.turns import Turns, hysteresis, turning_points
from surefoot.core import SignalError

RATE = 100.0


def way(s: np.ndarray) -> np.ndarray:
    s = np.clip(s, 0.0, 1.0)
    return s**3 * (10 - 15 * s + 6 * s * s)


def clean_set(degs: list[float], out=1.5, held=0.5, back=2.0, rest=1.0) -> np.ndarray:
    """Minimum-jerk repetitions of these ranges; rad."""
    period = out + held + back + rest
    t = np.arange(round((len(degs) * period + 2) * RATE)) / RATE - 1.0
    total = np.zeros(len(t))
    for i, deg in enumerate(degs):
        s = t - i * period
        total += math.radians(deg) * (way(s / out) - way((s - out - held) / back))
    return total


def person(degs, seed, seconds=2.0, pause=0.5, tremor=0.0, noise=0.3, parts=1):
    """Uneven repetitions with wander of posture; angle, rate [rad], times, ranges."""
    rng = np.random.default_rng(seed)
    t, moves, truth = 3.0, [], []
    for deg in degs:
        out, back = seconds * (1 + 0.15 * rng.uniform(-1, 1, 2))
        held, rest = pause * rng.uniform(0.3, 1, 2)
        turn = t + out + held
        moves += [(t, out, deg), (turn, back, -deg)]
        truth.append((t, t + out, turn, turn + back))
        t = turn + back + rest
    time = np.arange(int((t + 3) * RATE)) / RATE
    angle = np.zeros(len(time))
    for start, length, deg in moves:
        long = length / parts * (1.0 if parts == 1 else 1.25)
        for j in range(parts):
            angle += deg / parts * way((time - start - j * length / parts) / long)
    moving = np.abs(np.gradient(angle, 1 / RATE)) > 2
    knots = np.arange(0, time[-1] + 2, 1.5)
    angle += np.interp(time, knots, rng.standard_normal(len(knots)))
    angle += tremor * np.sin(2 * np.pi * 6 * time) * moving
    rate = np.gradient(angle, 1 / RATE) + noise * rng.standard_normal(len(time))
    return np.radians(angle), np.radians(rate), np.array(truth)


PEOPLE = {
    "slow 90": ([90.0] * 8, 90.0, {"seconds": 3.0, "pause": 0.8}),
    "small 12": ([12.0] * 8, 12.0, {"seconds": 1.5, "pause": 0.3}),
    "no pause": ([60.0] * 8, 60.0, {"seconds": 1.5, "pause": 0.0}),
    "growing": ([15.0] * 4 + [30] * 4 + [75] * 4, 15.0, {}),
    "shrinking": ([75.0] * 4 + [15] * 4, 15.0, {}),
    "tremor": ([60.0] * 6, 60.0, {"seconds": 3.0, "tremor": 1.0}),
    "hesitant": ([60.0] * 6, 60.0, {"seconds": 4.0, "parts": 3}),
    "noisy": ([20.0] * 6, 20.0, {"seconds": 3.0, "noise": 1.5}),
}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("degs", "target", "how"), PEOPLE.values(), ids=PEOPLE.keys())
def test_none_missed_none_too_many(degs, target, how, seed) -> None:
    angle, rate, truth = person(degs, seed, **how)
    reps = find_repetitions(angle, RATE, math.radians(target), velocity=rate)
    assert len(reps) == len(degs)
    found = np.degrees(measures.ranges(reps))
    assert np.sqrt(np.mean((found - degs) ** 2)) < 3.0
    times = [(r.out.start, r.out.stop, r.back.start, r.back.stop) for r in reps]
    error = np.abs(np.array(times) / RATE - truth)
    assert np.median(error) < 0.35


def test_a_target_that_follows_the_person_would_lose_the_small_ones() -> None:
    """Why the hysteresis comes from the drill."""
    angle, rate, _ = person([75.0] * 4 + [15.0] * 4, 1)
    assert len(find_repetitions(angle, RATE, math.radians(75), velocity=rate)) == 4
    assert len(find_repetitions(angle, RATE, math.radians(15), velocity=rate)) == 8


def test_tempo_range_and_peak_rate_of_a_clean_set() -> None:
    reps = find_repetitions(clean_set([40.0] * 4), RATE, math.radians(40))
    out, held, back, rest = measures.tempos(reps)[0]
    assert out / 1.5 == pytest.approx(0.882, abs=0.015)  # the 5 % rule
    assert back / 2.0 == pytest.approx(0.882, abs=0.015)
    assert out + held + back + rest == pytest.approx(5.0, abs=0.02)
    assert np.isnan(measures.tempos(reps)[-1, 3])
    assert np.degrees(reps[0].extent) == pytest.approx(40.0, rel=2e-3)
    assert np.degrees(reps[0].peak_rate) == pytest.approx(1.875 * 40 / 1.5, rel=0.01)
    assert reps[0].out.peak_at == pytest.approx(0.5, abs=0.02)


@settings(max_examples=20, deadline=None)
@given(
    shift=st.floats(-1.0, 1.0),
    seed=st.integers(0, 99),
    sign=st.sampled_from([1, -1]),
)
def test_offset_and_direction_do_not_matter(shift: float, seed: int, sign: int) -> None:
    angle, rate, _ = person([30.0] * 4, seed)
    target = math.radians(30)
    here = find_repetitions(angle, RATE, target, velocity=rate)
    there = find_repetitions(
        sign * angle + shift, RATE, target, velocity=sign * rate, outward=sign
    )
    assert [r.out.turns for r in here] == [r.out.turns for r in there]
    assert measures.ranges(there) == pytest.approx(measures.ranges(here), rel=1e-9)


def test_how_far_back_is_a_turn() -> None:
    assert hysteresis(1.0) == pytest.approx(0.3)
    assert hysteresis(0.1) == pytest.approx(math.radians(5.0))
    t = np.arange(1000) / RATE
    for back, turns in ((0.35, 4), (0.25, 2)):  # a hesitation on the way out
        angle = np.interp(t, [0, 3, 5, 9], [0.0, 0.6, 0.6 - back, 1.0])
        assert len(turning_points(angle, RATE, hysteresis(1.0))) == turns


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 9999), delta=st.floats(0.05, 0.5))
def test_turning_points_are_those_of_the_plain_zig_zag(seed: int, delta: float) -> None:
    """Visiting local extrema only must find what visiting every sample finds."""
    rng = np.random.default_rng(seed)
    angle = np.round(np.cumsum(rng.standard_normal(400)) * 0.05, 2)  # with plateaus
    turns = Turns(delta)
    told = [turns.step(i / RATE, a) for i, a in enumerate(angle.tolist())]
    plain = [t for t in (*told, turns.furthest) if t is not None]
    found = turning_points(angle, RATE, delta)
    assert [i for i, _ in found] == [round(t.t * RATE) for t in plain]
    assert all(abs(b - a) > delta for (_, a), (_, b) in pairwise(found[:-1]))


def test_a_way_out_without_a_way_back_is_no_repetition() -> None:
    angle = clean_set([40.0] * 3)
    unfinished = angle[: -round(4.0 * RATE)]  # ends in the last hold
    assert len(find_repetitions(unfinished, RATE, math.radians(40))) == 2
    assert find_repetitions(np.zeros(500), RATE, 0.5) == ()
    assert find_repetitions(np.empty(0), RATE, 0.5) == ()


@pytest.mark.parametrize(
    "call",
    [
        lambda: find_repetitions(np.zeros((9, 2)), RATE, 0.5),
        lambda: find_repetitions(np.zeros(9), RATE, 0.5, velocity=np.zeros(8)),
        lambda: find_repetitions(np.full(9, np.nan), RATE, 0.5),
        lambda: find_repetitions(np.zeros(9), RATE, 0.0),
        lambda: hysteresis(math.nan),
        lambda: measures.trend(np.zeros((3, 3))),
    ],
)
def test_misuse_is_told(call) -> None:
    with pytest.raises(SignalError, match="expected"):
        call()


def test_smoothness_is_taken_for_each_phase() -> None:
    angle = clean_set([40.0] * 3)
    gyr = np.gradient(angle)[:, None] * RATE * [0.6, 0.0, 0.8]
    reps = find_repetitions(angle, RATE, math.radians(40))
    arcs = measures.arc_lengths(gyr, RATE, reps)
    assert arcs == pytest.approx(np.full((3, 2), -1.406), abs=0.02)
    start, stop = reps[0].out.widened()
    assert start < reps[0].out.start
    assert stop > reps[0].out.stop
    assert measures.arc_lengths(gyr, RATE, ()).shape == (0, 2)


def test_plane_deviation_is_that_of_the_repetition_only() -> None:
    angle = clean_set([40.0] * 2)
    rep = find_repetitions(angle, RATE, math.radians(40))[0]
    off = np.full(len(angle), 9.0)
    off[rep.out.start : rep.back.stop] = 0.1
    assert measures.plane_deviation(off, rep) == pytest.approx(0.1)
    both = np.stack([off, off], axis=1)
    assert measures.plane_deviation(both, rep) == pytest.approx(0.1 * math.sqrt(2))


def test_symmetry_and_variation() -> None:
    left, right = [3.0, 3.0, 3.0], [1.0, 1.0, 1.0]
    assert measures.symmetry_index(left, right) == pytest.approx(1.0)
    assert measures.symmetry_index(right, left) == pytest.approx(-1.0)
    assert math.isnan(measures.symmetry_index(left[:2], right))
    assert math.isnan(measures.symmetry_index([0.0] * 3, [0.0] * 3))
    assert measures.coefficient_of_variation([1, 2, 3, 4]) == pytest.approx(
        np.std([1, 2, 3, 4], ddof=1) / 2.5
    )
    assert math.isnan(measures.coefficient_of_variation([1, 2, 3]))


@given(slope=st.floats(-5, 5), level=st.floats(-5, 5), odd=st.floats(-1e6, 1e6))
def test_trend_of_a_line_with_one_odd_repetition(slope, level, odd) -> None:
    values = level + slope * np.arange(10.0)
    assert measures.trend(values) == pytest.approx(slope, abs=1e-9)
    values[4] = math.nan
    assert measures.trend(values) == pytest.approx(slope, abs=1e-9)
    values[7] = odd
    assert abs(measures.trend(values) - slope) < 1e-9 + 0.2 * abs(odd)
    assert math.isnan(measures.trend(values[:3]))


def test_consistency_sees_shape_and_spread_sees_size() -> None:
    angle = clean_set([20.0, 30.0, 40.0])
    reps = find_repetitions(angle, RATE, math.radians(20))
    curves = measures.waveforms(angle, reps)
    assert curves.shape == (3, 101)
    assert measures.consistency(curves) > 0.9999
    assert measures.spread(curves) > math.radians(5)
    assert measures.consistency(np.stack([curves[0], -curves[0]])) == pytest.approx(-1)
    assert math.isnan(measures.consistency(curves[:1]))
    assert math.isnan(measures.spread(curves[:1]))
    assert math.isnan(measures.consistency(np.zeros((2, 101))))
