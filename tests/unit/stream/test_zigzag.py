"""The live count of repetitions: right, in time, and close to the final one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from surefoot.analysis.repetitions import find_repetitions
from surefoot.core import Block, StreamInfo
from surefoot.stream import ZigZag

RATE = 100.0
INFO = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), RATE, "board")
TARGET = math.radians(30)


def moved(n: int, sign: float = 1.0, seed: int = 0) -> Block:
    """A still start and n raised cosines of 30 degrees, 3 s each, with wander."""
    t = np.arange(round((n * 3.0 + 4.0) * RATE)) / RATE
    phase = np.clip((t - 2.0) / 3.0, 0.0, n)
    angle = TARGET / 2 * (1 - np.cos(2 * np.pi * phase))
    wander = np.random.default_rng(seed).standard_normal(len(t)) * 0.002
    data = np.stack([np.zeros(len(t)), sign * (angle + wander)], axis=1)
    return Block(INFO, t, data)


def named(events, name: str):
    return [event for event in events if event.name == name]


@pytest.mark.parametrize("sign", [1, -1])
def test_counts_what_was_done_either_way(sign: int) -> None:
    zigzag = ZigZag(TARGET, "ap", outward=sign)
    events = zigzag.feed(moved(5, sign))
    assert zigzag.count == 5
    told = named(events, "repetition")
    assert [event.detail["count"] for event in told] == [1, 2, 3, 4, 5]
    for event in told:
        assert event.detail["deg"] == pytest.approx(30, abs=1.0)
    for event in told[1:]:  # the first includes the rest before it
        assert event.detail["seconds"] == pytest.approx(1.5, abs=0.15)


def test_a_turn_is_told_after_it_and_within_a_second_and_a_half() -> None:
    events = named(ZigZag(TARGET, "ap").feed(moved(5)), "turn")
    assert len(events) == 10  # the last low is confirmed by nothing
    late = [event.t - event.detail["at"] for event in events]
    assert min(late) > 0.0
    assert np.median(late) < 1.5
    assert [event.detail["end"] for event in events[:3]] == ["in", "out", "in"]


def test_the_return_is_told_before_its_turn_is_known() -> None:
    events = ZigZag(TARGET, "ap").feed(moved(4))
    back = named(events, "returned")
    lows = [event for event in named(events, "turn") if event.detail["end"] == "in"]
    assert [event.detail["count"] for event in back] == [1, 2, 3, 4]
    for told, known in zip(back[:-1], lows[1:], strict=True):
        assert told.t < known.t


def test_live_and_final_agree_on_the_number_and_nearly_on_the_range() -> None:
    block = moved(6)
    live = named(ZigZag(TARGET, "ap").feed(block), "repetition")
    final = find_repetitions(np.array(block.data[:, 1]), RATE, TARGET)
    assert len(live) == len(final) == 6
    for event, rep in zip(live, final, strict=True):
        assert event.detail["deg"] == pytest.approx(math.degrees(rep.extent), abs=1.0)


def test_small_movements_do_not_count() -> None:
    zigzag = ZigZag(math.radians(120), "ap")
    zigzag.feed(moved(3))
    assert zigzag.count == 0


def test_only_the_trial_counts() -> None:
    zigzag = ZigZag(TARGET, "ap", start=5.0)
    zigzag.until(11.5)
    zigzag.feed(moved(6))
    assert zigzag.count == 2


def test_a_long_gap_keeps_the_count_and_joins_nothing_over_it() -> None:
    block = moved(4)
    hole = (block.t > 6.4) & (block.t < 9.6)  # from one top to the next
    rest = Block(INFO, block.t[~hole], block.data[~hole])
    zigzag = ZigZag(TARGET, "ap")
    told = named(zigzag.feed(rest), "repetition")
    assert zigzag.count == 2
    assert [event.detail["deg"] for event in told] == pytest.approx([30, 30], abs=1.0)
    assert all(event.detail["seconds"] < 3.0 for event in told)


def test_an_unknown_channel_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in"):
        ZigZag(TARGET, "yaw").feed(moved(1))
