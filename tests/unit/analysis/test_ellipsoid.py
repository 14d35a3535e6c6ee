"""Calibrating accelerometers whose errors are known."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis import Calibration, rotate
from surefoot.analysis.ellipsoid import calibrated, fit_ellipsoid, still_poses
from surefoot.core import CalibrationError, SignalError

G = 9.80665
FACES = np.vstack([np.eye(3), -np.eye(3)])
EDGES = np.array([[1, 1, 0], [-1, 0, 1], [0, -1, 1], [1, 0, -1], [-1, 1, 0], [0, 1, 1]])
TWELVE = np.vstack([FACES, EDGES / math.sqrt(2)])
MATRIX = np.array([[1.01, 0.006, -0.004], [0.0, 0.985, 0.008], [0.0, 0.0, 1.02]])
BIAS = np.array([0.15, -0.1, 0.2])


def read(up: np.ndarray, matrix=MATRIX, bias=BIAS, seed=None, noise=0.0) -> np.ndarray:
    """What a sensor with these errors reads in these poses, placed to a few degrees."""
    poses = up
    if seed is not None:
        rng = np.random.default_rng(seed)
        poses = up + math.radians(5) * rng.standard_normal(up.shape)
        noise = noise * rng.standard_normal(up.shape)
    poses = G * poses / np.linalg.norm(poses, axis=1, keepdims=True)
    return poses @ np.linalg.inv(matrix).T + bias + noise


def test_exact_poses_give_exact_errors() -> None:
    fit = fit_ellipsoid(read(TWELVE))
    assert fit.matrix == pytest.approx(MATRIX, abs=1e-10)
    assert fit.bias == pytest.approx(BIAS, abs=1e-9)
    assert fit.rms < 1e-9
    assert fit.refusals == ()


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 9999),
    scale=st.tuples(*[st.floats(0.96, 1.04)] * 3),
    skew=st.tuples(*[st.floats(-0.02, 0.02)] * 3),
    bias=st.tuples(*[st.floats(-0.25, 0.25)] * 3),
)
def test_placing_by_hand_does_not_matter(seed, scale, skew, bias) -> None:
    matrix = np.diag(scale)
    matrix[np.triu_indices(3, 1)] = skew
    fit = fit_ellipsoid(read(TWELVE, matrix, np.array(bias), seed))
    assert fit.matrix == pytest.approx(matrix, abs=1e-8)
    assert fit.bias == pytest.approx(bias, abs=1e-7)


def test_inclination_after_calibration_is_good_to_hundredths_of_a_degree() -> None:
    up = np.random.default_rng(5).standard_normal((200, 3))
    true = up / np.linalg.norm(up, axis=1, keepdims=True)
    worst = []
    for seed in range(10):
        known = calibrated(read(TWELVE, seed=seed, noise=0.002))
        acc = rotate(known.acc_matrix, read(true) - np.array(known.acc_bias))
        cosine = (acc * true).sum(axis=1) / np.linalg.norm(acc, axis=1)
        worst.append(np.degrees(np.arccos(np.minimum(cosine, 1.0))).mean())
    raw = read(true)
    cosine = (raw * true).sum(axis=1) / np.linalg.norm(raw, axis=1)
    assert np.degrees(np.arccos(cosine)).mean() > 0.8
    assert np.mean(worst) < 0.05


def test_a_calibration_keeps_what_was_known() -> None:
    before = Calibration(gyr_bias=(0.01, 0.02, 0.03), serial="A1")
    after = calibrated(read(TWELVE), before)
    assert (after.gyr_bias, after.serial) == (before.gyr_bias, "A1")
    assert after.acc_bias == pytest.approx(tuple(BIAS), abs=1e-9)
    assert after.residual == pytest.approx(0.0, abs=1e-6)


def moved(poses: np.ndarray) -> np.ndarray:
    out = poses.copy()
    out[3] *= 1.03  # somebody moved the sensor in this one
    return out


REFUSED = {
    "poses": read(TWELVE[:11]),
    "one way": read(
        np.vstack([TWELVE[TWELVE[:, 2] > -0.1], [[1, 2, 2], [2, 1, 2]] * 3])
    ),
    "alike": read([0, 0, 1] + 0.15 * np.random.default_rng(3).standard_normal((14, 3))),
    "one pose alone": read(
        np.vstack([TWELVE[TWELVE[:, 2] > -0.1], [[0.2, 0.3, -1.0]]]),
        seed=1,
        noise=0.02,
    ),
    "disagree": moved(read(TWELVE)),
    "scale": read(TWELVE, 0.9 * MATRIX),
    "bias": read(TWELVE, MATRIX, np.array([0.6, 0.0, 0.0])),
}


@pytest.mark.parametrize(("reason", "poses"), REFUSED.items(), ids=REFUSED.keys())
def test_a_bad_set_is_refused_with_its_reason(reason: str, poses: np.ndarray) -> None:
    assert any(reason in told for told in fit_ellipsoid(poses).refusals)
    with pytest.raises(CalibrationError, match="take the poses again"):
        calibrated(poses)


def test_poses_that_determine_nothing_are_an_error() -> None:
    with pytest.raises(CalibrationError, match="do not determine"):
        fit_ellipsoid(np.tile(read(FACES), (2, 1)))
    with pytest.raises(CalibrationError, match="expected 12 poses, got 6"):
        fit_ellipsoid(read(FACES))
    with pytest.raises(SignalError, match="expected finite"):
        fit_ellipsoid(np.full((12, 3), math.nan))
    with pytest.raises(SignalError, match=r"\(n, 3\)"):
        fit_ellipsoid(np.zeros((12, 2)))


def test_poses_are_found_in_a_recording_and_the_way_between_is_not() -> None:
    rng = np.random.default_rng(0)
    rate, poses = 50.0, read(TWELVE)
    parts = [np.tile(poses[0], (250, 1))]
    for a, b in pairwise(poses):
        share = np.linspace(0, 1, 83)[:, None]
        parts += [a + share * (b - a), np.tile(b, (260, 1))]
    acc = np.vstack(parts)
    acc += 0.01 * rng.standard_normal(acc.shape)
    found = still_poses(acc, rate)
    assert found == pytest.approx(poses, abs=0.01)
    assert calibrated(found).acc_bias == pytest.approx(tuple(BIAS), abs=0.01)
    assert still_poses(np.empty((0, 3)), rate).shape == (0, 3)
    assert still_poses(np.full((500, 3), math.nan), rate).shape == (0, 3)
    with pytest.raises(SignalError, match="expected"):
        still_poses(np.zeros(9), rate)
