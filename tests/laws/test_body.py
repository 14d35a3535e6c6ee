"""The cutting law for what finds a pose and follows a body: cut anyhow, the same."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.core import Block, StreamInfo
from surefoot.stream import Orientation
from surefoot.stream.body import Bend, Turn
from surefoot.stream.bow import Bow
from surefoot.stream.stood import Stood

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

RATE = 100.0
_AXES = tuple(f"{quantity}_{axis}" for quantity in ("acc", "gyr") for axis in "xyz")
IMU = StreamInfo("trunk/imu", _AXES, ("m/s^2",) * 3 + ("rad/s",) * 3, RATE)
PLACE = StreamInfo("board/cop", ("cop_ml", "cop_ap", "force_v"), ("m", "m", "N"), RATE)


def bowing(seconds: float = 8.0) -> Block:
    """Return somebody still, leaning forward and back at 3 s, and still."""
    t = np.arange(0, seconds, 1 / RATE)
    part = np.clip((t - 3.0) / 2.5, 0, 1)
    lean = math.radians(25) * np.sin(np.pi * part) ** 2
    rate = np.gradient(lean, t)
    rng = np.random.default_rng(1)
    data = 0.01 * rng.standard_normal((len(t), 6))
    data[:, 1] += -9.81 * np.sin(lean)
    data[:, 2] += 9.81 * np.cos(lean)
    data[:, 3] += -rate
    return Block(IMU, t, data)


def standing(seconds: float = 6.0) -> Block:
    t = np.arange(1.0, 1.0 + seconds, 1 / RATE)
    rng = np.random.default_rng(2)
    data = np.column_stack(
        [
            0.02 + 0.002 * rng.standard_normal(len(t)),
            -0.01 + 0.002 * rng.standard_normal(len(t)),
            700 + 2 * rng.standard_normal(len(t)),
        ]
    )
    data[:90, 2] = np.linspace(100, 700, 90)  # stepping on
    return Block(PLACE, t, data)


def parts(block: Block, cuts: list[int]) -> list[Block]:
    edges = [0, *sorted({c % len(block) for c in cuts} - {0}), len(block)]
    return [block[a:b] for a, b in pairwise(edges)]


CUTS = st.lists(st.integers(0, 10_000), max_size=40)


@given(CUTS)
@settings(max_examples=15, deadline=None)
@pytest.mark.parametrize(
    "make", [lambda: Bend((0.1, 0.0, 9.8)), lambda: Turn((0.001, -0.002, 0.003))]
)
def test_an_angle_does_not_depend_on_the_cuts(
    make: Callable[[], Bend | Turn], cuts: list[int]
) -> None:
    clean = bowing()
    up = Orientation(RATE).feed(clean)

    def fed(pieces: list[Block]) -> NDArray[np.float64]:
        operator, at, found = make(), 0, []
        for piece in pieces:
            found.append(operator.feed(piece, up[at : at + len(piece)]).data)
            at += len(piece)
        return np.concatenate(found)

    assert np.array_equal(fed([clean]), fed(parts(clean, cuts)))


@given(CUTS)
@settings(max_examples=15, deadline=None)
def test_a_bow_is_found_at_the_same_instant(cuts: list[int]) -> None:
    def found(pieces: list[Block]) -> tuple[float | None, bytes]:
        bow = Bow(1.0)
        for piece in pieces:
            bow.feed(piece)
        return bow.end, bow.turning.tobytes()

    whole = found([bowing()])
    assert whole[0] is not None
    assert 5.0 < whole[0] < 7.5
    assert found(parts(bowing(), cuts)) == whole


@given(CUTS)
@settings(max_examples=15, deadline=None)
def test_quiet_standing_is_found_at_the_same_instant(cuts: list[int]) -> None:
    def found(pieces: list[Block]) -> tuple[float | None, tuple[float, float]]:
        stood = Stood(1.0)
        for piece in pieces:
            stood.feed(piece)
        return stood.end, stood.centre

    end, centre = found([standing()])
    assert end == pytest.approx(4.0)
    assert centre == pytest.approx((0.02, -0.01), abs=1e-3)
    assert found(parts(standing(), cuts)) == (end, centre)


def test_a_bend_is_the_angle_from_rest_whichever_way() -> None:
    up = StreamInfo("trunk/up", ("u_x", "u_y", "u_z"), ("1",) * 3, RATE)
    t = np.array([0.0, 0.01, 0.02])
    angles = np.radians([0.0, 30.0, 90.0])
    ups = np.column_stack([np.zeros(3), -np.sin(angles), np.cos(angles)])
    clean = Block(IMU, t, np.zeros((3, 6)))
    bent = Bend((0.0, 0.0, 9.81)).feed(clean, Block(up, t, ups)).data[:, 0]
    assert np.degrees(bent) == pytest.approx([0.0, 30.0, 90.0])


def test_a_turn_to_the_right_counts_up_and_a_gap_counts_nothing() -> None:
    up = StreamInfo("trunk/up", ("u_x", "u_y", "u_z"), ("1",) * 3, RATE)
    t = np.concatenate([np.arange(0, 1, 0.01), np.arange(4, 5, 0.01)])
    data = np.zeros((len(t), 6))
    data[:, 5] = -0.5 + 0.02  # to the right, with a bias of 0.02 rad/s
    ups = np.tile([0.0, 0.0, 1.0], (len(t), 1))
    turned = Turn((0.0, 0.0, 0.02)).feed(Block(IMU, t, data), Block(up, t, ups))
    assert turned.data[-1, 0] == pytest.approx(0.5 * 1.98, rel=1e-6)


def test_nobody_moving_is_said_and_nobody_standing_too() -> None:
    bow = Bow(0.0, limit=2.0)
    still = bowing(2.5)
    assert not bow.feed(still)
    assert bow.refusal == "no movement"
    stood = Stood(0.0, limit=3.0)
    assert stood.expire(3.1) == "nobody stands on the board"
