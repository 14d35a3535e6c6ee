"""Chance from a seed, and the paths of moving targets."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surefoot.core import DrillError
from surefoot.training.chance import Chance
from surefoot.training.path import PATHS, path_of
from surefoot.training.task import Follow


def test_the_numbers_are_those_of_splitmix64() -> None:
    """The published first numbers for the seed 1234567."""
    chance = Chance(1234567)
    assert [chance.bits() for _ in range(5)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


@given(st.integers(), st.floats(-1e3, 1e3), st.floats(0, 1e3))
def test_a_number_lies_where_it_was_asked_for(seed, low, width) -> None:
    x = Chance(seed).uniform(low, low + width)
    assert low <= x <= low + width
    assert x == Chance(seed).uniform(low, low + width)


def test_numbers_and_items_are_spread_evenly() -> None:
    chance = Chance(5)
    x = [chance.uniform() for _ in range(4000)]
    assert abs(sum(x) / 4000 - 0.5) < 0.02
    picked = [chance.one_of("ab") for _ in range(4000)]
    assert abs(picked.count("a") / 4000 - 0.5) < 0.03
    with pytest.raises(IndexError):
        chance.one_of(())


@pytest.mark.parametrize("kind", PATHS)
@given(seed=st.integers(0, 999), period=st.floats(3, 20), t=st.floats(0, 60))
def test_a_path_is_smooth_and_never_beyond_its_size(kind, seed, period, t) -> None:
    path = path_of(Follow(kind, 0.1, period), 60.0, seed)
    x, y = path.at(t)
    assert hypot(x, y) <= 0.1 + 1e-12
    # never faster than a step that takes a quarter of the period: 2 size * 1.875 / it
    later = path.at(t + 0.01)
    way = hypot(later[0] - x, later[1] - y)
    assert way <= 0.2 * 1.875 / (0.25 * period) * 0.01 * 1.01


@pytest.mark.parametrize("kind", PATHS)
def test_a_path_begins_in_the_middle(kind) -> None:
    path = path_of(Follow(kind, 0.1, 8.0), 30.0, 3)
    assert path.at(0.0) == pytest.approx((0.0, 0.0), abs=1e-12)
    assert path.at(-1.0) == path.at(0.0)


def test_known_places() -> None:
    sine = path_of(Follow("sine-ap", 0.1, 8.0), 30.0, 0)
    assert sine.at(2.0) == pytest.approx((0.0, 0.1))
    assert sine.at(6.0) == pytest.approx((0.0, -0.1))
    circle = path_of(Follow("circle", 0.1, 8.0), 30.0, 0)
    assert circle.at(8.0) == pytest.approx((0.0, 0.1))  # forward
    assert circle.at(10.0) == pytest.approx((0.1, 0.0))  # then right
    steps = path_of(Follow("steps-ml", 0.1, 8.0), 30.0, 0)
    assert steps.at(1.0) == pytest.approx((0.05, 0.0))  # half-way from the middle
    assert [steps.at(t)[0] for t in (2, 3, 4)] == pytest.approx([0.1] * 3)
    assert [steps.at(t)[0] for t in (6, 7, 8)] == pytest.approx([-0.1] * 3)
    assert steps.at(9.0) == pytest.approx((0.0, 0.0))
    assert len(steps.ahead(0.0)) == 20
    assert steps.ahead(1.0)[-1] == steps.at(3.0)


def test_a_walk_wanders_and_keeps_to_the_axis_of_its_drill() -> None:
    walk = path_of(Follow("walk", 0.1, 8.0), 60.0, 1)
    places = [walk.at(t) for t in range(3, 60)]
    assert max(hypot(*p) for p in places) > 0.05
    assert {p[0] > 0 for p in places} == {p[1] > 0 for p in places} == {True, False}
    other = path_of(Follow("walk", 0.1, 8.0), 60.0, 2)
    assert [other.at(t) for t in range(3, 60)] != places
    line = path_of(Follow("walk", 0.1, 8.0), 60.0, 1, "ml")
    assert [line.at(t) for t in range(3, 60)] == [(x, 0.0) for x, _ in places]


@pytest.mark.parametrize(
    "task", [Follow("zigzag"), Follow(size=0.0), Follow(period=-1.0)]
)
def test_a_path_that_is_none_is_refused(task) -> None:
    with pytest.raises(DrillError, match=r"path: expected one of .* mend the drill"):
        path_of(task, 30.0, 0)
