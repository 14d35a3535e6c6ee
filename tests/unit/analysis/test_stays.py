"""Stays in the zone, time on an edge, and both sides of boards that move as told."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surefoot.analysis import Target, edge_contacts
from surefoot.analysis.stays import sides, time_beyond, zone_stays

RATE = 100.0
ZONE = 0.1


def board(*parts: tuple[float, float], axis: int = 0) -> np.ndarray:
    """A board that lies at each tilt for so many seconds."""
    x = np.concatenate([np.full(round(s * RATE), level) for level, s in parts])
    tilt = np.zeros((len(x), 2))
    tilt[:, axis] = x
    return tilt


def test_stays_of_a_board_that_was_told_when_to_move():
    tilt = board((0.2, 0.5), (0, 0.6), (-0.2, 1), (0.05, 2.5), (0.3, 1), (0, 0.4))
    told = zone_stays(tilt, RATE, ZONE)
    assert told.exits == 2
    assert told.longest == pytest.approx(2.5)
    assert told.first == pytest.approx(2.1)
    assert zone_stays(tilt, RATE, ZONE, dwell=0.5).first == pytest.approx(0.5)
    assert math.isnan(zone_stays(tilt, RATE, ZONE, dwell=3.0).first)


def test_the_other_axis_of_a_rocker_does_not_count():
    tilt = board((0, 1), (0.2, 1), axis=1)
    assert zone_stays(tilt, RATE, ZONE, "ml") == (0, pytest.approx(2.0), 0.0)
    assert zone_stays(tilt, RATE, ZONE, "ap").exits == 1


def test_no_stay_goes_on_over_a_gap_and_a_gap_is_no_exit():
    tilt, t = board((0, 3)), np.arange(300) / RATE
    t[100:] += 0.5
    told = zone_stays(tilt, RATE, ZONE, t=t)
    assert told.exits == 0
    assert told.longest == pytest.approx(2.0)
    assert told.first == pytest.approx(1.5)  # the first one is short of a second
    t[100:] -= 0.4  # 0.11 s: no gap
    assert zone_stays(tilt, RATE, ZONE, t=t).longest == pytest.approx(3.1)


def test_stays_of_nothing():
    empty = np.empty((0, 2))
    told = zone_stays(empty, RATE, ZONE)
    assert told[:2] == (0, 0.0)
    assert math.isnan(told.first)
    lost = board((0, 1))
    lost[50] = math.nan
    assert zone_stays(lost, RATE, ZONE)[:2] == (1, pytest.approx(0.5))
    assert zone_stays(board((0.2, 1)), RATE, ZONE)[:2] == (0, 0.0)


def test_an_edge_holds_until_the_board_is_further_in():
    tilt = board((0, 1), (0.2, 1), (0.17, 2), (0.1, 1), (0.17, 1))
    assert time_beyond(tilt, RATE, (0.2, 0.15)) == pytest.approx(3.0)
    assert time_beyond(tilt, RATE, (0.2, 0.19)) == pytest.approx(1.0)
    assert time_beyond(-tilt, RATE, (0.2, 0.15)) == pytest.approx(3.0)
    assert time_beyond(tilt[:0], RATE, (0.2, 0.15)) == 0.0
    tilt[3] = math.nan
    assert math.isnan(time_beyond(tilt, RATE, (0.2, 0.15)))


@given(st.lists(st.sampled_from([0.0, 0.12, 0.16, 0.2]), min_size=1, max_size=40))
def test_somebody_is_on_an_edge_exactly_when_contacts_were_counted(levels):
    tilt = board(*[(level, 0.03) for level in levels])
    target = Target(ZONE, "both", (-0.2, 0.2), 0.0, 0.05, 0.0)
    begin, end = target.levels("left")
    contacts = edge_contacts(tilt, RATE, target)
    seconds = time_beyond(tilt, RATE, (begin, end))
    assert (contacts > 0) == (seconds > 0)
    assert seconds >= 0.03 * contacts - 1e-9


def test_sides_of_a_board_that_was_told_when_to_move():
    tilt = board((0.2, 3), (-0.1, 1), (0.005, 1))
    told = sides(tilt, RATE)
    assert told.high == pytest.approx(0.6)
    assert told.low == pytest.approx(0.2)
    assert told.symmetry == pytest.approx(0.5)
    assert told.weighted == pytest.approx((0.6 - 0.1) / 0.7)
    assert sides(tilt, RATE, "ap").low == 0.0
    assert math.isnan(sides(tilt, RATE, "ap").symmetry)


@given(seed=st.integers(0, 2**32 - 1), scale=st.floats(0.1, 10))
def test_a_mirror_changes_the_sign_and_a_scale_nothing(seed, scale):
    tilt = np.random.default_rng(seed).normal(0.02, 0.1, (300, 2))
    told, mirror = sides(tilt, RATE), sides(-tilt, RATE)
    assert mirror.symmetry == pytest.approx(-told.symmetry)
    assert mirror.weighted == pytest.approx(-told.weighted)
    larger = sides(tilt * scale, RATE, deadband=math.radians(0.5) * scale)
    assert larger == pytest.approx(told, rel=1e-9)
    assert sides(tilt[::-1], RATE) == pytest.approx(told, rel=1e-9)


def test_a_sample_stands_for_its_own_time():
    tilt = np.array([[0.1, 0], [-0.1, 0], [-0.1, 0]])
    told = sides(tilt, 10.0, t=np.array([0.0, 0.1, 0.2]))
    assert (told.low, told.high) == pytest.approx((2 / 3, 1 / 3))
    late = sides(tilt, 10.0, t=np.array([0.0, 5.0, 5.1]))  # a gap is nobody's
    assert (late.low, late.high) == (1.0, 0.0)
    assert np.isnan(sides(tilt[:0], RATE)).all()
