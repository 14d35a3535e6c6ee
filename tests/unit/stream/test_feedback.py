"""When the trainee is told something, and what."""

from __future__ import annotations

import math

import numpy as np
import pytest

from surefoot.analysis import Target
from surefoot.core import Block, StreamInfo
from surefoot.stream import SteppedOff, ZoneCue

INFO = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), 100.0, "board")
ZONE = math.radians(5)
EDGE = math.radians(15)
TARGET = Target(ZONE, "ml", (-EDGE, EDGE))


def _held(*spells: tuple[float, float], ap: float = 0.0) -> Block:
    """Spells of (seconds, degrees ml)."""
    ml = np.concatenate([np.full(round(100 * s), math.radians(d)) for s, d in spells])
    t = np.arange(len(ml)) * 0.01
    return Block(INFO, t, np.stack([ml, np.full(len(ml), math.radians(ap))], axis=1))


def _told(events: list) -> list[tuple[float, str, str]]:
    return [(round(e.t, 2), e.name, e.detail.get("side", "")) for e in events]


def test_a_cue_comes_after_the_dead_time_and_repeats_each_second() -> None:
    events = ZoneCue(0.0, TARGET).feed(_held((1.0, 0), (2.0, -7), (1.0, 0)))
    assert _told(events) == [
        (1.4, "cue", "left"),
        (2.4, "cue", "left"),
        (3.0, "in-zone", ""),
    ]
    assert events[0].detail["deg"] == pytest.approx(7.0)


def test_a_short_excursion_is_not_told() -> None:
    assert ZoneCue(0.0, TARGET).feed(_held((1.0, 0), (0.39, 8), (1.0, 0))) == []


def test_coming_back_for_a_moment_starts_the_dead_time_again() -> None:
    block = _held((0.3, 8), (0.02, 0), (0.3, 8), (0.02, 0), (0.3, 8))
    assert ZoneCue(0.0, TARGET).feed(block) == []


def test_two_cues_are_never_close_together() -> None:
    block = _held((0.5, 8), (0.05, 0), (0.15, -8), (0.05, 0), (1.0, 8))
    events = ZoneCue(0.0, TARGET, after=0.1).feed(block)
    cues = [e.t for e in events if e.name == "cue"]
    assert min(np.diff(cues)) >= 0.3 - 1e-9
    assert len(cues) >= 2


def test_a_gap_breaks_the_stay_outside() -> None:
    block = _held((0.6, 8))
    t = block.t.copy()
    t[30:] += 0.5
    cue = ZoneCue(0.0, TARGET).feed(Block(INFO, t, block.data.copy()))
    assert cue == []


def test_an_edge_contact_is_told_at_once_with_its_side() -> None:
    events = ZoneCue(0.0, TARGET).feed(_held((0.5, 0), (0.2, 14.5), (0.5, 0)))
    assert _told(events) == [(0.5, "edge-contact", "right")]


@pytest.mark.parametrize(
    ("ml", "ap", "side"), [(7, 1, "right"), (1, 7, "front"), (-1, -7, "back")]
)
def test_a_round_board_names_the_lower_side(ml: float, ap: float, side: str) -> None:
    cue = ZoneCue(0.0, Target(ZONE, "both"))
    assert _told(cue.feed(_held((0.5, ml), ap=ap)))[0][2] == side
    assert cue.side == side


def test_nothing_is_told_before_the_start_or_after_the_end() -> None:
    cue = ZoneCue(1.0, TARGET)
    cue.until(1.3)
    assert cue.feed(_held((3.0, 8))) == []


def test_a_board_left_on_its_edge_is_known_after_a_moment() -> None:
    off = SteppedOff(0.0, TARGET)
    assert off.feed(_held((2.0, 3), (2.0, -14.5))) == pytest.approx(3.5)
    assert off.since == pytest.approx(2.0)
    assert off.feed(_held((2.0, -14.5))) is None  # once
    assert off.known == pytest.approx(3.5)


def test_a_foot_that_moves_the_board_is_still_on_it() -> None:
    t = np.arange(0, 10, 0.01)
    ml = EDGE - math.radians(0.7) + math.radians(0.7) * np.sin(2 * np.pi * 0.5 * t)
    block = Block(INFO, t, np.stack([ml, np.zeros(len(t))], axis=1))
    assert SteppedOff(0.0, TARGET).feed(block) is None


@pytest.mark.parametrize("spells", [[(5.0, 0)], [(5.0, 12)], [(1.4, 15), (3.0, 10)]])
def test_a_still_board_elsewhere_is_not_stepped_off(
    spells: list[tuple[float, float]],
) -> None:
    assert SteppedOff(0.0, TARGET).feed(_held(*spells)) is None


def test_stepping_off_needs_known_edges_and_the_trial_started() -> None:
    assert SteppedOff(0.0, Target(ZONE)).feed(_held((3.0, 15))) is None
    assert SteppedOff(2.0, TARGET).feed(_held((4.0, 15))) == pytest.approx(3.5)


def test_a_gap_on_the_edge_begins_the_stay_anew() -> None:
    block = _held((2.0, 15))
    t = block.t.copy()
    t[100:] += 0.3
    assert SteppedOff(0.0, TARGET).feed(Block(INFO, t, block.data.copy())) is None
