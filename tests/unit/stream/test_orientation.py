"""Tilt from samples, live and final, against the tilt that made them."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from surefoot.analysis import offline_tilt, offline_up
from surefoot.core import Block, StreamInfo
from surefoot.stream import Chain, Orientation, ToBoard

Build = Callable[..., Any]


def _error(tilt: Block, ml: np.ndarray, after: float = 6.0) -> float:
    late = tilt.t >= after
    apart = np.stack([tilt.data[:, 0] - ml, tilt.data[:, 1]], axis=1)[late]
    return math.degrees(float(np.sqrt(np.mean(np.sum(apart * apart, axis=1)))))


def _acc_only(imu: Block) -> Block:
    info = StreamInfo("board/imu", imu.info.channels[:3], ("m/s^2",) * 3, 100.0)
    return Block(info, imu.t, imu.data[:, :3].copy())


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("compiled", "limit"), [(True, 0.15), (False, 0.25)])
def test_live_tilt_of_a_rocking_board(
    rocking: Build, seed: int, compiled: bool, limit: float
) -> None:
    made = rocking(seed)
    live = Chain([Orientation(100.0, compiled=compiled), ToBoard(made.rotation)])
    tilt = live.feed(made.imu)
    assert (tilt.info.name, tilt.info.frame) == ("board/tilt", "board")
    assert _error(tilt, made.ml) < limit


@pytest.mark.parametrize("seed", range(3))
def test_final_tilt_is_closer_than_live(rocking: Build, seed: int) -> None:
    made = rocking(seed)
    assert _error(offline_tilt(made.imu, made.rotation), made.ml) < 0.1


def test_without_the_compiled_filter_both_still_work(
    rocking: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rocking(1)
    best = offline_tilt(made.imu, made.rotation).data
    monkeypatch.setitem(sys.modules, "vqf", None)
    live = Chain([Orientation(100.0), ToBoard(made.rotation)]).feed(made.imu)
    final = offline_tilt(made.imu, made.rotation)
    assert not np.array_equal(final.data, best)
    assert _error(live, made.ml) < 0.25
    assert _error(final, made.ml) < 0.25


def test_a_gyroscope_bias_is_found_at_rest(rocking: Build) -> None:
    made = rocking(gyr_bias=math.radians(0.5))
    live = Chain([Orientation(100.0), ToBoard(made.rotation)])
    assert _error(live.feed(made.imu), made.ml, after=10.0) < 0.25


def test_without_a_gyroscope_slow_tilt_is_still_told(rocking: Build) -> None:
    made = rocking(hz=0.2)
    acc = _acc_only(made.imu)
    live = Chain([Orientation(100.0), ToBoard(made.rotation)]).feed(acc)
    assert live.info.channels == ("ml", "ap")
    assert _error(live, made.ml) < 1.0  # mostly its delay
    assert _error(offline_tilt(acc, made.rotation), made.ml) < 0.15


def test_after_a_long_gap_it_starts_anew_and_keeps_the_bias(rocking: Build) -> None:
    """Elsewhere than before: turned over by 60 degrees while nobody looked."""
    made = rocking(gyr_bias=math.radians(0.5), seconds=20.0)
    live = Orientation(100.0)
    live.feed(made.imu)
    rng = np.random.default_rng(9)
    n = 300
    bias = made.imu.data[:400, 3:].mean(axis=0)
    data = np.concatenate(
        [np.tile([0.0, 9.81 * 0.8, 9.81 * 0.6], (n, 1)), np.tile(bias, (n, 1))], axis=1
    )
    data += rng.normal(0, 1e-3, data.shape)
    for gap, kept in ((1.5, True), (0.5, False)):
        late = Block(made.imu.info, made.imu.t[-1] + gap + np.arange(n) / 100, data)
        live.reset()
        live.feed(made.imu)
        up = live.feed(late).data
        off = np.degrees(np.arccos(np.clip(up @ [0.0, 0.8, 0.6], -1, 1)))
        assert (off.max() < 0.5) == kept  # a short gap keeps the state, right or wrong


def test_a_dead_accelerometer_gives_no_direction(rocking: Build) -> None:
    acc = _acc_only(rocking(seconds=2.0).imu)
    dead = acc.with_data(np.zeros_like(acc.data))
    assert not Orientation(100.0).feed(dead).data.any()


def test_final_up_restarts_after_each_gap_and_takes_empty_blocks(
    rocking: Build,
) -> None:
    made = rocking()
    keep = (made.imu.t < 15.0) | (made.imu.t >= 15.3)
    holed = Block(made.imu.info, made.imu.t[keep], made.imu.data[keep])
    tilt = offline_tilt(holed, made.rotation)
    assert len(tilt) == len(holed)
    assert _error(tilt, made.ml[keep]) < 0.5
    empty = offline_up(Block.empty(made.imu.info))
    assert (len(empty), empty.info.name) == (0, "board/up")


def test_trunk_tilt_is_in_the_frame_of_a_segment() -> None:
    info = StreamInfo("trunk/up", ("u_x", "u_y", "u_z"), ("1",) * 3, 50.0)
    block = Block(info, np.zeros(1), np.array([[0.0, 0.0, 1.0]]))
    tilt = ToBoard(np.eye(3)).feed(block)
    assert (tilt.info.name, tilt.info.frame) == ("trunk/tilt", "segment")
