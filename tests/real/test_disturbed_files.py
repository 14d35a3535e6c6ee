"""What lost, repeated, late and wild samples do to measures of real recordings.

Nothing is filled in silently: a measure survives on the samples that there are, or is
not given, or the samples are refused in words.
"""

import math

import numpy as np
import pytest

from surefoot.analysis import (
    mean_speed,
    percentile,
    stability_indices,
    sway,
    tilt_rms,
    time_in_zone,
)
from surefoot.analysis.resampling import swarii
from surefoot.analysis.sway_dynamics import (
    dfa,
    sample_entropy,
    stabilogram_diffusion,
    sway_density,
)
from surefoot.core import SignalError

ZONE = math.radians(5.0)


def few(n: int, share: float) -> np.ndarray:
    """Return which samples are kept: not the first, not the last."""
    kept = np.random.default_rng(11).random(n) >= share
    kept[[0, -1]] = True
    return kept


# how far a measure may go from the whole recording when 5 % of the rows are lost
LOST = {
    "mean_distance": 0.01,
    "rms_distance": 0.01,
    "sway_range": 0.01,
    "prediction_ellipse_area": 0.01,
    "hull_area": 0.01,
    "path_length": 0.02,
    "mean_velocity": 0.02,
    "rms_velocity": 0.02,
    "sway_area_rate": 0.02,
    "mean_frequency": 0.03,
    "fractal_dimension": 0.02,
    "phase_plane": 0.02,
}


def test_lost_rows_are_survived_on_their_own_times(quiet):
    whole = sway.core_set(quiet.cop, quiet.rate)
    kept = few(len(quiet.cop), 0.05)
    some = sway.core_set(quiet.cop[kept], quiet.rate, quiet.t[kept])
    for name, rel in LOST.items():
        assert some[name] == pytest.approx(whole[name], rel=rel), name
    # a nominal rate would make the same path faster than it was
    careless = sway.mean_velocity(quiet.cop[kept], quiet.rate)
    assert careless > 1.03 * whole["mean_velocity"]


def test_what_needs_an_even_grid_is_not_given_without_one(quiet):
    kept = few(len(quiet.cop), 0.05)
    some = sway.core_set(quiet.cop[kept], quiet.rate, quiet.t[kept])
    refused = {name for name, value in some.items() if math.isnan(value)}
    expected = [n for n in some if "spectral" in n or "frequency" in n or "cross" in n]
    expected = [n for n in expected if not n.startswith("mean_frequency")]
    expected += [n for n in some if n.startswith(("peak_velocity", "time_constant"))]
    assert refused == set(expected)
    even = swarii(quiet.t[kept], quiet.cop[kept], quiet.rate, window=0.05)
    again = sway.core_set(even.data, quiet.rate)
    whole = sway.core_set(quiet.cop, quiet.rate)  # one sample longer than the grid
    assert not any(math.isnan(value) for value in again.values())
    for axis in ("ml", "ap"):
        for name in ("spectral_power", "spectral_mean_frequency", "time_constant"):
            key = f"{name}_{axis}"
            assert again[key] == pytest.approx(whole[key], rel=0.02), key


def test_a_long_gap_is_neither_path_nor_time(quiet):
    kept = np.ones(len(quiet.cop), dtype=bool)
    kept[2000:2300] = False
    t, cop = quiet.t[kept], quiet.cop[kept]
    first, last = quiet.cop[:2000], quiet.cop[2300:]
    path = sum(sway.path_length(part, quiet.rate) for part in (first, last))
    assert sway.path_length(cop, quiet.rate, t=t) == pytest.approx(path, 1e-9)
    seconds = (len(first) + len(last) - 2) / quiet.rate
    speed = sway.mean_velocity(cop, quiet.rate, t=t)
    assert speed == pytest.approx(path / seconds, 1e-9)
    filled = swarii(t, cop, quiet.rate).filled
    assert filled.sum() == pytest.approx(290, abs=3)


def test_repeated_rows_are_refused_and_harmless_once_dropped(quiet):
    again = np.sort(np.append(np.arange(6000), [5, 6, 700, 700, 5999]))
    with pytest.raises(SignalError, match="drop repeated samples first"):
        sway.core_set(quiet.cop[again], quiet.rate, quiet.t[again])
    t, first = np.unique(quiet.t[again], return_index=True)
    dropped = sway.core_set(quiet.cop[again][first], quiet.rate, t)
    whole = sway.core_set(quiet.cop, quiet.rate, quiet.t)
    assert dropped == pytest.approx(whole, rel=1e-12, nan_ok=True)


def test_a_row_that_is_not_a_number_refuses_everything(quiet):
    cop = quiet.cop.copy()
    cop[1234] = math.nan
    assert all(math.isnan(v) for v in sway.core_set(cop, quiet.rate).values())
    x = cop[:, 0]
    assert math.isnan(sample_entropy(x))
    assert math.isnan(dfa(x, quiet.rate))
    assert np.isnan(stabilogram_diffusion(cop, quiet.rate)).all()
    assert sway_density(cop, quiet.rate).peaks == 0


def test_rows_without_force_would_be_jumps_to_the_middle(plate):
    """As a file has them: zeros. They are lost, not positions."""
    gaps = np.flatnonzero(np.diff(plate.t) > 1.5 / plate.rate)
    assert len(gaps) == 1
    right = sway.path_length(plate.cop, plate.rate, t=plate.t)
    at = gaps[0] + 1
    with_zeros = np.insert(plate.cop, [at, at], [0.0, 0.0], axis=0)
    jumped = sway.path_length(with_zeros, plate.rate) - right
    assert jumped > 0.13  # m, there and back: a tenth of all the path of 30 s


@pytest.mark.parametrize("spread", [0.001, 0.003])
def test_jittered_times_change_little_when_they_are_known(quiet, spread):
    """A sample of a smooth sway, taken when it was: the times say so."""
    rng = np.random.default_rng(3)
    t = quiet.t + rng.uniform(-spread, spread, len(quiet.t))
    cop = np.stack([np.interp(t, quiet.t, x) for x in quiet.cop.T], axis=1)
    whole = sway.core_set(quiet.cop, quiet.rate)
    late = sway.core_set(cop, quiet.rate, t)
    for name, rel in LOST.items():
        assert late[name] == pytest.approx(whole[name], rel=rel), name


def test_short_recordings_give_what_they_can(quiet):
    five = sway.core_set(quiet.cop[:500], quiet.rate)
    refused = {name for name, value in five.items() if math.isnan(value)}
    lines = ("spectral", "power_frequency", "peak_freq", "centroid", "frequency_disp")
    assert refused == {name for name in five if name.startswith(lines)}
    assert math.isnan(dfa(quiet.cop[:500, 0], quiet.rate))
    assert np.isnan(stabilogram_diffusion(quiet.cop[:1500], quiet.rate)).all()


def tilt_of(acc: np.ndarray) -> np.ndarray:
    x, y, z = acc.T
    return np.stack([np.arctan2(x, np.hypot(y, z)), np.arctan2(y, np.hypot(x, z))], 1)


def test_boards_are_what_the_sums_say(boards):
    for acc in boards:
        tilt = tilt_of(acc)[500:-500]
        tilt -= np.median(tilt, axis=0)
        square = (tilt * tilt).sum(axis=0) / len(tilt)
        told = stability_indices(tilt, 100.0)
        plain = math.sqrt(square.sum()), *np.sqrt(square)
        assert told == pytest.approx(plain, rel=1e-12)
        inside = np.hypot(*tilt.T) <= ZONE
        assert time_in_zone(tilt, 100.0, ZONE) == pytest.approx(inside.mean(), 1e-12)


def test_picking_a_board_up_is_not_balancing(boards):
    """Handled at its ends, as boards are: without them all is as it was."""
    for acc in boards:
        tilt = tilt_of(acc)
        handled = tilt.copy()
        handled[:400, 0] += np.linspace(math.pi / 2, 0, 400)
        handled[-300:, 1] -= np.linspace(0, math.pi / 2, 300)
        assert tilt_rms(handled, 100.0) > 1.1 * tilt_rms(tilt, 100.0)
        assert percentile(handled, 100.0, 100.0) > math.radians(80)
        middle = handled[500:-500]
        assert tilt_rms(middle, 100.0) == tilt_rms(tilt[500:-500], 100.0)


def test_repeated_samples_of_a_board_are_no_movement(boards):
    """Some came twice. Without the second ones, on their own times, all is equal."""
    for acc in boards:
        tilt, t = tilt_of(acc), np.arange(len(acc)) / 100.0
        new = np.append(True, (np.diff(acc, axis=0) != 0).any(axis=1))
        new[-1] = True
        assert 0.01 < 1 - new.mean() < 0.1
        assert np.diff(t[new]).max() < 0.2
        whole, some = mean_speed(tilt, 100.0), mean_speed(tilt[new], 100.0, t[new])
        assert some == pytest.approx(whole, rel=1e-12)
