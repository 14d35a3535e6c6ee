"""Delivery by radio: late, in bursts, never early and never out of order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from surefoot.virtual import Air
from surefoot.virtual.airtime import Adapter, AirTime, on_air

CALM = Air(retransmit=0.0, jitter=0.0, stall=0.0)


def arrivals(air: Air, every: float = 0.01, n: int = 2000) -> np.ndarray:
    airtime = AirTime(air, 1, "board")
    return np.array([airtime.arrivals(k * every)[0] for k in range(n)])


def test_nothing_arrives_before_it_was_ready_or_before_its_predecessor():
    late = arrivals(Air()) - 0.01 * np.arange(2000)
    assert late.min() > 0
    assert np.diff(arrivals(Air())).min() >= 0


def test_packets_wait_for_the_next_connection_event():
    gaps = np.diff(np.unique(arrivals(CALM)))
    assert gaps == pytest.approx(0.03, abs=1e-9)
    late = arrivals(CALM) - 0.01 * np.arange(2000)
    assert late.max() <= 0.031 + 1e-9


def test_a_poor_link_is_later():
    poor = replace(CALM, retransmit=0.4)
    assert arrivals(poor).mean() > arrivals(CALM).mean() + 0.01


def test_some_are_delivered_twice():
    airtime = AirTime(replace(CALM, twice=0.5), 1, "board")
    counts = [len(airtime.arrivals(k * 0.01)) for k in range(400)]
    assert 140 < counts.count(2) < 260
    assert len(airtime.arrivals(9.0, twice=0.0)) == 1


def beside(
    links: int, others: int, *, size: int = 80, every: float = 0.06
) -> np.ndarray:
    """Return the arrivals of one connection of an adapter that has others too."""
    adapter = Adapter(links, {f"other {k}" for k in range(others)} | {"board"})
    airtime = AirTime(Air(adapter=adapter), 1, "board")
    return np.array([airtime.arrivals(k * every, size=size)[0] for k in range(2000)])


def test_up_to_four_connections_of_an_adapter_do_not_notice_each_other():
    alone = beside(4, 0)
    assert (beside(4, 3) == alone).all()
    assert (beside(4, 5) != alone).any()


def test_six_connections_of_an_adapter_wait_half_as_long_again():
    ready = 0.06 * np.arange(2000)
    waits = [(beside(4, others) - ready).mean() for others in (3, 5)]
    assert waits[1] > 1.3 * waits[0]
    assert (np.diff(beside(4, 5)) >= 0).all()
    # and still all of them arrive: none waits ever longer
    assert (beside(4, 5) - ready).max() < 0.4


def test_an_event_carries_as_many_packets_as_there_is_time_for():
    assert on_air(80) == pytest.approx(0.001156)
    room = Adapter(4).room(0.03, 80)
    assert room == 6
    every = 0.03 / (room + 2)  # two more than there is room for
    late = beside(4, 0, every=every) - every * np.arange(2000)
    assert late[-1] > 1.0
    every = 0.03 / (room - 1)
    late = beside(4, 0, every=every) - every * np.arange(2000)
    assert late[-200:].mean() < 0.1


def test_who_comes_or_goes_changes_the_pace_and_loses_nothing():
    adapter = Adapter(4, {"board"})
    airtime = AirTime(Air(adapter=adapter), 1, "board")
    found = []
    for k in range(600):
        if k % 100 == 0:
            adapter.open ^= {f"other {n}" for n in range(5)}
        found.append(airtime.arrivals(k * 0.06)[0])
    late = np.array(found) - 0.06 * np.arange(600)
    assert late.min() > 0
    assert late.max() < 0.4
