"""A board frame found from two edges, whatever the mounting of the sensor."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from surefoot.analysis import (
    board_rotation,
    principal_axis,
    rotation_from_up,
    tilt_from_up,
)
from surefoot.core import CalibrationError

G = 9.81
mountings = st.integers(0, 2**32 - 1).map(
    lambda seed: Rotation.random(rng=np.random.default_rng(seed)).as_matrix()
)


def _up(ml: float, ap: float = 0.0) -> np.ndarray:
    """Up in the board frame when its right (front) edge is so far below the horizon."""
    x, y = -math.sin(ml), -math.sin(ap)
    return np.array([x, y, math.sqrt(1 - x * x - y * y)])


def _gyr(axis: str, seed: int = 0) -> np.ndarray:
    """Angular velocity in the board frame while it is rocked by hand."""
    w = np.random.default_rng(seed).normal(0, 0.03, (200, 3))
    w[:, 1 if axis in {"ml", "both"} else 0] += 0.5
    return w


@given(
    mounting=mountings,
    axis=st.sampled_from(["ml", "ap", "both"]),
    edge=st.floats(math.radians(3.5), math.radians(30)),
    use_gyr=st.booleans(),
    ml=st.floats(-0.4, 0.4),
    ap=st.floats(-0.4, 0.4),
)
def test_every_mounting_gives_the_same_tilt(
    mounting: np.ndarray, axis: str, edge: float, use_gyr: bool, ml: float, ap: float
) -> None:
    first, second = (
        (_up(0, edge), _up(0, -edge))
        if axis == "ap"
        else (
            _up(-edge),
            _up(edge),
        )
    )
    # exactly about the axis: the gyroscope must then change nothing
    w = _gyr(axis) * ([0, 1, 0] if axis != "ap" else [1, 0, 0]) @ mounting.T
    fit = board_rotation(
        mounting @ (G * first), mounting @ second, axis, w.T @ w if use_gyr else None
    )
    assert fit.edges == pytest.approx((-edge, edge), abs=1e-6)
    assert fit.crosstalk < 1e-6
    np.testing.assert_allclose(fit.rotation @ mounting, np.eye(3), atol=1e-6)
    seen = tilt_from_up((mounting @ _up(ml, ap))[np.newaxis], fit.rotation)[0]
    np.testing.assert_allclose(np.degrees(seen), np.degrees([ml, ap]), atol=0.1)


@pytest.mark.parametrize(
    ("down", "column", "sign"),
    [
        ("left", 0, -1),
        ("right", 0, 1),
        ("back", 1, -1),
        ("front", 1, 1),
    ],
)
def test_signs_as_written_in_the_docs(down: str, column: int, sign: int) -> None:
    """Not by the helper above: by what an accelerometer lying on the board reads."""
    # at rest it reads g upward; the axis that points down a little reads negative
    reading = {
        "left": [1.7, 0, 9.6],
        "right": [-1.7, 0, 9.6],
        "back": [0, 1.7, 9.6],
        "front": [0, -1.7, 9.6],
    }
    tilt = tilt_from_up(np.array([reading[down]], dtype=float), np.eye(3))[0]
    assert np.sign(tilt[column]) == sign
    assert tilt[1 - column] == 0
    assert abs(tilt[column]) == pytest.approx(math.atan2(1.7, 9.6))


def test_the_order_of_the_edges_fixes_the_sign() -> None:
    right_way = board_rotation(_up(-0.2), _up(0.2), "ml").rotation
    swapped = board_rotation(_up(0.2), _up(-0.2), "ml").rotation
    np.testing.assert_allclose(right_way, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(swapped, np.diag([-1.0, -1.0, 1.0]), atol=1e-12)


def test_the_gyroscope_turns_a_crooked_guess_straight() -> None:
    """Edges 8 degrees apart and 0.5 degrees of error across: 7 degrees of heading."""
    e, err = math.radians(4), math.radians(0.5)
    first, second = _up(-e, err), _up(e, -err)
    w = _gyr("ml")
    crooked = board_rotation(first, second, "ml")
    straight = board_rotation(first, second, "ml", w.T @ w)
    assert math.degrees(math.acos(crooked.rotation[0, 0])) > 5
    assert math.degrees(math.acos(straight.rotation[0, 0])) < 1.0
    assert straight.rocked > 0.95
    assert math.degrees(straight.disagreement) == pytest.approx(7.1, abs=1.0)
    assert math.degrees(straight.crosstalk) == pytest.approx(0.5, abs=0.1)


@given(mounting=mountings, ml=st.floats(-0.2, 0.2), seed=st.integers(0, 1000))
def test_a_constant_accelerometer_bias_cancels(
    mounting: np.ndarray, ml: float, seed: int
) -> None:
    """Bias of 0.15 m/s^2, which is 0.9 degrees of inclination."""
    bias = np.random.default_rng(seed).normal(size=3)
    bias *= 0.15 / np.linalg.norm(bias)
    fit = board_rotation(
        mounting @ (G * _up(-0.2)) + bias, mounting @ (G * _up(0.2)) + bias, "ml"
    )
    felt = mounting @ (G * _up(ml)) + bias
    seen = tilt_from_up(felt[np.newaxis], fit.rotation)[0]
    assert math.degrees(abs(seen[0] - ml)) < 0.2


@pytest.mark.parametrize("axis", ["ml", "ap"])
def test_a_board_that_was_turned_is_refused(axis: str) -> None:
    edges = (_up(-0.2), _up(0.2)) if axis == "ml" else (_up(0, 0.2), _up(0, -0.2))
    lifted = _gyr(axis) + np.array([0.0, 0.0, 0.4])
    shaken = np.random.default_rng(0).normal(0, 0.3, (200, 3))
    for w in (lifted, shaken, np.zeros((200, 3))):
        with pytest.raises(CalibrationError, match="turned, not rocked"):
            board_rotation(*edges, axis, w.T @ w)  # type: ignore[arg-type]


@pytest.mark.parametrize("edge", [0.0, math.radians(2.9), math.radians(41)])
def test_edges_too_close_or_too_far_apart_are_refused(edge: float) -> None:
    with pytest.raises(CalibrationError, match="degrees apart"):
        board_rotation(_up(-edge), _up(edge), "ml")


@pytest.mark.parametrize("bad", [[0.0, 0.0, 0.0], [math.nan, 0.0, 1.0]])
def test_a_rest_without_gravity_is_refused(bad: list[float]) -> None:
    with pytest.raises(CalibrationError, match="feels gravity"):
        board_rotation(bad, _up(0.2), "ml")
    with pytest.raises(CalibrationError, match="feels gravity"):
        rotation_from_up(bad)


@given(mounting=mountings)
def test_rotation_from_up_levels_every_mounting(mounting: np.ndarray) -> None:
    up = mounting[:, 2]
    rotation = rotation_from_up(G * up)
    np.testing.assert_allclose(rotation @ rotation.T, np.eye(3), atol=1e-12)
    assert np.linalg.det(rotation) == pytest.approx(1.0)
    np.testing.assert_allclose(rotation @ up, [0, 0, 1], atol=1e-12)


def test_rotation_from_up_keeps_the_sensors_x_to_the_right() -> None:
    np.testing.assert_allclose(rotation_from_up([0, 0, 9.8]), np.eye(3), atol=1e-12)
    leaning = rotation_from_up([1.0, 2.0, 9.0])
    assert leaning[0, 0] > 0.98


def test_principal_axis_of_nothing_is_no_axis() -> None:
    assert math.isnan(principal_axis(np.zeros((3, 3)))[1])
    axis, share = principal_axis(np.diag([1.0, 0.0, 3.0]))
    assert abs(axis[2]) == pytest.approx(1.0)
    assert share == pytest.approx(0.75)
