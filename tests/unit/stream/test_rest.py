"""Finding a still board, and the axis it was rocked about."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from surefoot.analysis import principal_axis, quality_of
from surefoot.core import Block, StreamInfo
from surefoot.stream import QualityMeter, RestWindow, RockAxis

if TYPE_CHECKING:
    from collections.abc import Callable

AXES = tuple(f"{quantity}_{axis}" for quantity in ("acc", "gyr") for axis in "xyz")
INFO = StreamInfo("board/imu", AXES, ("m/s^2",) * 3 + ("rad/s",) * 3, 100.0)


def _samples(
    seconds: float,
    acc: tuple[float, float, float] = (1.7, 0.0, 9.65),
    gyr: tuple[float, float, float] = (0.01, 0.0, 0.0),
    start: float = 0.0,
) -> Block:
    n = round(100 * seconds)
    noise = np.random.default_rng(n).normal(0, 1.0, (n, 6))
    data = np.array([*acc, *gyr]) + noise * ([0.02] * 3 + [1e-3] * 3)
    return Block(INFO, start + np.arange(n) / 100, data)


def _waving(seconds: float, start: float = 0.0) -> Block:
    block = _samples(seconds, start=start)
    data = block.data.copy()
    data[:, 4] += 0.5 * np.sin(2 * np.pi * block.t)
    data[:, 0] += 2.0 * np.sin(2 * np.pi * block.t)
    return block.with_data(data)


def test_rest_is_known_after_the_time_needed() -> None:
    window = RestWindow(1.0)
    assert window.feed(_samples(2.49)) is None
    rest = window.feed(_samples(1.0, start=2.49))
    assert rest is not None
    assert (rest.t0, rest.t1) == (1.0, 2.5)
    assert rest.acc == pytest.approx((1.7, 0.0, 9.65), abs=0.01)
    assert rest.gyr == pytest.approx((0.01, 0.0, 0.0), abs=1e-3)
    assert rest.acc_sd == pytest.approx(0.02, rel=0.2)
    assert window.feed(_samples(1.0, start=3.49)) is None  # once


def test_movement_first_only_delays_it() -> None:
    window = RestWindow(0.0)
    rest = window.feed(Block.concat([_waving(3.1), _samples(3.0, start=3.1)]))
    assert rest is not None
    assert (rest.t0, rest.t1) == (3.25, 4.75)


def test_a_board_that_never_rests_is_given_up() -> None:
    window = RestWindow(0.0)
    assert window.feed(_waving(12.5)) is None
    assert window.refusal == "the board kept moving"
    assert window.done
    assert window.feed(_samples(5.0, start=12.5)) is None


def test_a_slow_turn_is_not_a_rest() -> None:
    """2 degrees a second: each cell alone looks still."""
    block = _samples(14.0)
    slope = np.radians(2.0) * block.t
    data = block.data.copy()
    data[:, 0], data[:, 2] = 9.81 * np.sin(slope), 9.81 * np.cos(slope)
    window = RestWindow(0.0)
    assert window.feed(block.with_data(data)) is None
    assert window.refusal == "the board kept moving"


def test_a_gyroscope_that_turns_is_not_a_bias() -> None:
    window = RestWindow(0.0)
    window.feed(_samples(13.0, gyr=(math.radians(6), 0.0, 0.0)))
    assert window.refusal == "the board kept moving"


def test_gravity_must_be_felt() -> None:
    window = RestWindow(0.0)
    window.feed(_samples(13.0, acc=(0.0, 0.0, 1.0)))
    assert window.refusal.startswith("the sensor feels 1.0 m/s^2")


def test_holes_do_not_count_as_stillness() -> None:
    block = _samples(14.0)
    keep = block.t % 1.0 < 0.8
    window = RestWindow(0.0)
    window.feed(Block(INFO, block.t[keep], block.data[keep]))
    assert window.rest is None
    assert window.refusal == "too many samples were lost"


def test_silence_ends_by_the_clock() -> None:
    window = RestWindow(5.0)
    assert window.expire(16.9) == ""
    assert window.expire(17.0) == "no samples came"


def test_without_a_gyroscope_the_accelerometer_decides() -> None:
    info = StreamInfo("board/imu", AXES[:3], ("m/s^2",) * 3, 100.0)
    block = _samples(3.0)
    rest = RestWindow(0.0).feed(Block(info, block.t, block.data[:, :3].copy()))
    assert rest is not None
    assert (rest.gyr, rest.gyr_sd) == (None, 0.0)


def test_the_rock_axis_is_found_through_bias_and_mounting(
    rocking: Callable[..., Any],
) -> None:
    bias = math.radians(3.0)
    made = rocking(seed=3, gyr_bias=bias)
    rock = RockAxis(5.0)
    rock.feed(made.imu)
    still = made.imu.data[:400, 3:].mean(axis=0)
    moment = rock.moment(still)
    assert moment is not None
    w = made.imu.data[500:, 3:] - still
    np.testing.assert_allclose(moment, w.T @ w, rtol=1e-9, atol=1e-9)
    axis, share = principal_axis(moment)
    assert share > 0.99
    assert abs(axis @ made.rotation[1]) > 0.9999
    assert RockAxis().moment() is None


@pytest.mark.parametrize("hole", [(0, 0), (0, 60), (1000, 1060), (1950, 2000)])
def test_live_quality_equals_the_final_one(hole: tuple[int, int]) -> None:
    block = _samples(20.0)
    keep = np.ones(2000, dtype=bool)
    keep[slice(*hole)] = False
    meter = QualityMeter(0.0, 100.0, end=20.0)
    meter.feed(Block(INFO, block.t[keep], block.data[keep]))
    assert meter.summary(20.0) == quality_of(block.t[keep], 0.0, 20.0, 100.0)


def test_live_quality_of_silence() -> None:
    assert QualityMeter(1.0, 100.0).summary(3.0).lost == 1.0
