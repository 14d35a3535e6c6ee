"""Stillness, steps, an empty board, and repetitions, on made-up samples."""

from __future__ import annotations

from math import radians

import numpy as np
import pytest

from surefoot.core import Block, StreamInfo
from surefoot.stream import RepetitionMeter, StepMeter, Stillness, Unloaded
from surefoot.stream.repetition_meter import slow_part

RATE = 100.0
ANGLE = StreamInfo("trunk/angle", ("angle", "turn"), ("rad", "rad/s"), RATE)
LEAN = StreamInfo("trunk/tilt", ("acc",), ("m/s^2",), RATE)
PLACE = StreamInfo("board/place", ("load",), ("N",), RATE)


def block(info: StreamInfo, *columns, t=None) -> Block:
    data = np.column_stack([np.asarray(c, float) for c in columns])
    t = np.arange(len(data)) / RATE if t is None else t
    return Block(info, t, np.ascontiguousarray(data))


def angles(*pieces, turning=True) -> Block:
    angle = np.concatenate(pieces)
    speed = np.abs(np.gradient(angle) * RATE) if turning else 0 * angle
    return block(ANGLE, angle, speed)


def eased(n):
    u = np.arange(n) / n
    return u**3 * (10 + u * (6 * u - 15))


@pytest.mark.parametrize("turning", [True, False])
def test_stillness_counts_from_the_end_of_a_movement(turning) -> None:
    up = radians(30) * eased(200)
    told = Stillness().feed(
        angles(np.zeros(100), up, np.full(300, radians(30)), turning=turning)
    )
    still = told.data[:, 2]
    assert still[90] == pytest.approx(0.9)
    assert still[200] == 0.0
    assert still[-1] == pytest.approx(3.0, abs=0.25)
    assert told.data[200, 1] == pytest.approx(radians(30) * 1.875 / 2, rel=0.05)


def test_a_blip_does_not_end_a_stay_and_wandering_begins_it_anew() -> None:
    blip = np.zeros(500)
    blip[250:256] = radians(1.0) * np.sin(np.arange(6) / 6 * np.pi)
    assert Stillness().feed(angles(blip)).data[-1, 2] == pytest.approx(4.99)
    creep = radians(1.0) * np.arange(500) / 100  # 1 degree/s
    assert Stillness().feed(angles(creep)).data[-1, 2] == pytest.approx(4.99)
    place = Stillness(radians(2)).feed(angles(creep)).data[:, 2]
    assert place.max() == pytest.approx(2.0, abs=0.05)


def test_a_gap_begins_a_stay_anew() -> None:
    part = angles(np.zeros(300))
    t = part.t.copy()
    t[200:] += 0.5
    told = Stillness().feed(Block(ANGLE, t, part.data))
    assert told.data[199, 2] == pytest.approx(1.99)
    assert told.data[200, 2] == 0.0


def test_steps_are_told_once_each_and_never_too_close() -> None:
    t = np.arange(1000) / RATE
    acc = -0.2 + 0 * t
    for at in (1.0, 2.0, 2.35, 3.5):
        acc += 1.5 * np.exp(-(((t - at) / 0.06) ** 2))
    found = StepMeter().feed(block(LEAN, acc))
    assert len(found) == 3
    assert found == pytest.approx([1.0, 2.0, 3.5], abs=0.1)
    assert StepMeter(1.5).feed(block(LEAN, acc))[0] == pytest.approx(2.0, abs=0.1)
    assert StepMeter().feed(block(LEAN, 0.2 * np.sin(8 * t))) == []


def test_an_empty_board_is_known_after_its_time_and_a_light_person_stays() -> None:
    t = np.arange(1000) / RATE
    gone = Unloaded(0.0)
    assert gone.feed(block(PLACE, np.where(t < 5, 700.0, 10.0))) == pytest.approx(5.7)
    assert gone.since == pytest.approx(5.0)
    assert Unloaded(0.0).feed(block(PLACE, np.where(t < 5, 200.0, 90.0))) is None
    assert Unloaded(0.0).feed(block(PLACE, 0 * t)) == pytest.approx(0.7)
    assert Unloaded(3.0).feed(block(PLACE, np.where(t < 2, 0.0, 700.0))) is None


def test_times_are_put_right_for_the_slow_ends_of_a_movement() -> None:
    assert slow_part(0.05) == pytest.approx(0.0594, abs=1e-4)
    assert slow_part(0.0) == 0.0
    assert slow_part(1.0) == 0.5
    for seconds in (1.5, 3.0, 6.0):
        n = round(seconds * RATE)
        way = radians(30) * eased(n)
        rest = np.zeros(150)
        one = angles(rest, way, np.full(100, way[-1]), way[::-1], rest)
        (rep,) = RepetitionMeter(radians(30)).feed(one)
        assert rep.tempo == pytest.approx((seconds, 1.0, seconds), rel=0.06, abs=0.15)
        assert rep.ruled[0] == pytest.approx(0.88 * rep.tempo[0], rel=0.01)
        assert sum(rep.ruled) == pytest.approx(
            sum(rep.tempo) - 0.0594 * (rep.tempo[0] + rep.tempo[2]), rel=0.01
        )
        assert rep.extent == pytest.approx(radians(30), rel=0.02)
        assert len(rep.curve) == 101
        assert rep.curve[50] == pytest.approx(radians(30), rel=0.02)


def test_a_way_out_without_a_way_back_is_none() -> None:
    way = radians(30) * eased(300)
    meter = RepetitionMeter(radians(30))
    assert meter.feed(angles(np.zeros(100), way, np.full(600, way[-1]))) == []
    assert meter.count == 0


def test_a_long_rest_before_it_does_not_hide_a_repetition() -> None:
    way = radians(30) * eased(300)
    long = angles(np.zeros(9000), way, way[::-1], np.zeros(200))
    (rep,) = RepetitionMeter(radians(30)).feed(long)
    assert rep.start == pytest.approx(90.0, abs=0.1)


def test_what_somebody_sways_before_and_after_is_no_part_of_the_movement() -> None:
    way = radians(30) * eased(400)
    sway = radians(1.2) * np.sin(np.arange(150) / 150 * 2 * np.pi)
    held = way[-1] + sway[:100]
    moved = angles(sway, way, held, way[::-1], sway, np.zeros(100))
    (rep,) = RepetitionMeter(radians(30)).feed(moved)
    assert rep.start == pytest.approx(1.5, abs=0.3)
    out, held_for, back = rep.tempo
    assert out == pytest.approx(4.0, abs=0.5)
    assert held_for == pytest.approx(1.0, abs=0.6)
    assert back == pytest.approx(4.0, abs=0.5)
