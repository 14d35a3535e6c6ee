"""What must not change a measure of sway dynamics, and what must, by how much."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import signal

from surefoot.analysis.sway_dynamics import (
    boundary_times,
    centre_of_mass,
    dfa,
    sample_entropy,
    stabilogram_diffusion,
    sway_density,
    sway_density_curve,
)

RATE = 50.0
few = settings(max_examples=25, deadline=None)
SQUARE = np.array([[-0.1, -0.1], [0.1, -0.1], [0.1, 0.1], [-0.1, 0.1]])
seeds = st.integers(0, 10_000)
angles = st.floats(-math.pi, math.pi)
moves = st.floats(-0.5, 0.5)
scales = st.sampled_from([1e-3, 0.5, 2.0, 1e3])


def _sway(seed, n=1200):
    """A person's kind of sway, some millimetres, smooth."""
    noise = np.random.default_rng(seed).standard_normal((n + 400, 2))
    slow = signal.lfilter([0.03], [1, -0.97], noise, axis=0)
    return 0.04 * signal.lfilter([0.2], [1, -0.8], slow, axis=0)[400:]


def _turned(cop, angle):
    c, s = math.cos(angle), math.sin(angle)
    return cop @ np.array([[c, s], [-s, c]])


@few
@given(seeds, angles, moves)
def test_turning_and_moving_leaves_the_plane_alone(seed, angle, move):
    cop = _sway(seed)
    other = _turned(cop, angle) + move
    first, second = (stabilogram_diffusion(x, RATE) for x in (cop, other))
    assert first == pytest.approx(second, rel=1e-6)
    first, second = (sway_density(x, RATE) for x in (cop, other))
    # a sample at the very edge may fall to the other side
    assert first.mean_peak == pytest.approx(second.mean_peak, rel=1e-3)


@few
@given(seeds, moves, scales)
def test_shape_does_not_know_the_unit(seed, move, scale):
    x = _sway(seed)[:, 0]
    other = x * scale + move
    assert dfa(other, RATE) == pytest.approx(dfa(x, RATE), rel=1e-6)
    assert sample_entropy(other) == pytest.approx(sample_entropy(x), rel=1e-3)


@few
@given(seeds, scales)
def test_diffusion_grows_with_the_square(seed, scale):
    cop = _sway(seed)
    first, second = (stabilogram_diffusion(x, RATE) for x in (cop, cop * scale))
    assert second.short == pytest.approx(first.short * scale**2, rel=1e-6)
    assert second.critical_time == pytest.approx(first.critical_time, rel=1e-6)
    assert second.short_exponent == pytest.approx(first.short_exponent, rel=1e-6)


@few
@given(seeds)
def test_time_backwards(seed):
    cop = _sway(seed)
    back = cop[::-1]
    assert stabilogram_diffusion(back, RATE) == pytest.approx(
        stabilogram_diffusion(cop, RATE), rel=1e-6
    )
    curve = sway_density_curve(back, RATE)[::-1]
    assert (curve == sway_density_curve(cop, RATE)).all()
    mass = centre_of_mass(back, RATE, 1.7)[::-1]
    assert mass == pytest.approx(centre_of_mass(cop, RATE, 1.7), abs=1e-12)


@few
@given(seeds, st.floats(0.5, 3.0))
def test_density_grows_with_the_circle_as_with_the_unit(seed, scale):
    cop = _sway(seed)
    first = sway_density(cop, RATE, 0.003)
    second = sway_density(cop * scale, RATE, 0.003 * scale)
    assert second.mean_peak == pytest.approx(first.mean_peak, rel=1e-3)


@few
@given(seeds, st.sampled_from([2, 4]))
def test_fewer_samples_tell_nearly_the_same_diffusion(seed, every):
    cop = _sway(seed)
    first = stabilogram_diffusion(cop, RATE)
    second = stabilogram_diffusion(cop[::every], RATE / every)
    assert second.short == pytest.approx(first.short, rel=0.1)
    assert second.long == pytest.approx(first.long, rel=0.1, abs=0.02 * first.short)


@few
@given(seeds, angles, moves, st.sampled_from(["linear", "quadratic"]))
def test_time_to_boundary_turns_and_moves_with_it(seed, angle, move, motion):
    cop = _sway(seed, 300)
    times = boundary_times(cop, RATE, SQUARE, motion)
    turned = boundary_times(
        _turned(cop, angle) + move, RATE, _turned(SQUARE, angle) + move, motion
    )
    assert turned == pytest.approx(times, rel=1e-5)
    assert boundary_times(cop, RATE, SQUARE[::-1], motion) == pytest.approx(
        times, rel=1e-9
    )


@few
@given(seeds, st.floats(1.2, 2.1))
def test_mass_keeps_the_mean_and_moves_less(seed, height):
    cop = _sway(seed)
    mass = centre_of_mass(cop, RATE, height)
    assert mass.mean(axis=0) == pytest.approx(cop.mean(axis=0), abs=5e-4)
    assert (mass.std(axis=0) < cop.std(axis=0)).all()
    assert np.abs(np.diff(mass, axis=0)).sum() < np.abs(np.diff(cop, axis=0)).sum()
