"""Loads and centre of pressure of a board with known cells."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis.wii_board import (
    cell_loads,
    centre_of_pressure,
    check_points,
    fit_board,
    tare,
)
from surefoot.core import CalibrationError, SignalError

POINTS = [
    [4000, 5200, 7000, 2100],
    [5730, 6950, 8720, 3840],
    [7470, 8710, 10450, 5590],
]
GRID = np.stack(np.meshgrid([-0.15, 0.0, 0.15], [-0.08, 0.0, 0.08]), axis=-1).reshape(
    -1, 2
)


def test_the_three_points_give_0_17_and_34_kg() -> None:
    assert cell_loads(POINTS, POINTS) == pytest.approx(
        np.array([[0.0] * 4, [17.0] * 4, [34.0] * 4])
    )


def test_loads_go_straight_on_beyond_both_ends() -> None:
    below, above = cell_loads(np.array(POINTS)[[0, 2]] + [[-173.0], [174.0]], POINTS)
    assert below[0] == pytest.approx(-1.7)  # not clamped at zero
    assert above[0] == pytest.approx(35.7)


@settings(max_examples=50)
@given(ml=st.floats(-0.2, 0.2), ap=st.floats(-0.11, 0.11), kg=st.floats(10.5, 150))
def test_a_weight_is_found_where_it_stands(ml: float, ap: float, kg: float) -> None:
    right, front = 0.5 + ml / 0.433, 0.5 + ap / 0.238
    shares = [right * front, right * (1 - front), (1 - right) * front]
    loads = kg * np.array([[*shares, 1 - sum(shares)]])  # TR BR TL BL
    assert centre_of_pressure(loads)[0] == pytest.approx((ml, ap), abs=1e-12)


def test_signs_right_and_forward_are_positive() -> None:
    tr, br, tl, bl = 20 * np.eye(4)
    assert centre_of_pressure((tr + br)[None])[0] == pytest.approx((0.2165, 0.0))
    assert centre_of_pressure((tr + tl)[None])[0] == pytest.approx((0.0, 0.119))
    assert centre_of_pressure((tl + bl)[None])[0, 0] < 0
    wide = centre_of_pressure((tr + tl)[None], width=0.228)[0]
    assert wide[1] == pytest.approx(0.114)


def test_nobody_on_the_board_has_no_centre() -> None:
    empty = np.array([[0.0] * 4, [2.4] * 4, [math.nan] * 4, [5.0, -5.0, 0.0, 0.0]])
    assert np.isnan(centre_of_pressure(empty)).all()
    assert np.isnan(centre_of_pressure(empty[:1], least=-math.inf)).all()
    assert centre_of_pressure(np.empty((0, 4))).shape == (0, 2)


def test_tare_takes_the_mean_and_warns_of_a_strange_cell() -> None:
    noise = 0.02 * np.random.default_rng(0).standard_normal((200, 4))
    found = tare(np.add(noise, [0.5, -12.0, 0.0, 0.1]), 100.0)
    assert found.offset == pytest.approx([0.5, -12.0, 0.0, 0.1], abs=0.01)
    assert found.warnings == ("BR reads -12.0 kg empty",)


@pytest.mark.parametrize(
    "loads",
    [
        np.zeros((150, 4)),
        np.cumsum(np.full((200, 4), 0.01), axis=0),
        np.full((200, 4), math.nan),
    ],
    ids=["short", "moving", "nan"],
)
def test_a_bad_tare_is_refused(loads: np.ndarray) -> None:
    with pytest.raises(CalibrationError, match="step off"):
        tare(loads, 100.0)


def test_the_linear_calibration_finds_gain_and_offset_of_each_axis() -> None:
    rng = np.random.default_rng(1)
    raw = (GRID - [0.004, -0.002]) / [1.05, 0.96]
    found = fit_board(raw, GRID)
    assert found.gain == pytest.approx([1.05, 0.96], rel=1e-9)
    assert found.offset == pytest.approx([0.004, -0.002], abs=1e-12)
    assert found.apply(raw) == pytest.approx(GRID, abs=1e-12)
    rough = fit_board(raw + 0.0005 * rng.standard_normal(raw.shape), GRID)
    assert 0 < rough.residual < 0.002


def test_a_bad_grid_is_refused() -> None:
    rng = np.random.default_rng(2)
    with pytest.raises(CalibrationError, match="left over"):
        fit_board(GRID + 0.005 * rng.standard_normal(GRID.shape), GRID)
    with pytest.raises(CalibrationError, match="9 places"):
        fit_board(GRID[:8], GRID[:8])
    with pytest.raises(CalibrationError, match="grid"):
        fit_board(GRID * [1, 0], GRID)
    with pytest.raises(SignalError, match="expected"):
        fit_board(GRID, GRID[:8])


def test_points_that_do_not_rise_and_wrong_shapes_are_refused() -> None:
    for points in (POINTS[::-1], [POINTS[0]] * 3, POINTS[:2]):
        with pytest.raises(CalibrationError, match="rising"):
            check_points(points)
    with pytest.raises(SignalError, match="four cells"):
        cell_loads([1.0, 2.0], POINTS)
    with pytest.raises(SignalError, match="four cells"):
        centre_of_pressure(np.zeros((9, 3)))
