"""Delivery by radio: late, in bursts, never early and never out of order."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from surefoot.virtual import Air
from surefoot.virtual.airtime import AirTime

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
