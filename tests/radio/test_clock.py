"""How far stamps are from the truth on simulated links, live and afterwards."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np
import pytest

from surefoot.analysis.clock_fit import fit_clock, huber_line, lower_envelope
from surefoot.devices import ProfileDecoder, load_profile
from surefoot.devices.clock import ClockFit
from surefoot.virtual.radio.timing import START_NS, Timing, timed_packets

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
SECONDS, SEEDS = (600.0, range(5)) if SOAK else (150.0, range(1))
NUMBERED = ("surefoot-sketch", "movesense")
LINKS = [Timing(ppm=ppm) for ppm in (60.0, -60.0)]
SETTLED = 10.0  # s


@dataclass
class Stamps:
    """Stamps of one link, and the truth [s]."""

    live: np.ndarray
    true: np.ndarray
    n: np.ndarray
    arrival: np.ndarray
    taken: np.ndarray
    rate: float

    @property
    def late(self) -> np.ndarray:
        """How late the live stamps are, once settled [s]."""
        return (self.live - self.true)[self.true > SETTLED]


def stamped(name: str, timing: Timing, seed: int) -> Stamps:
    profile = load_profile(name)
    decoder = ProfileDecoder(profile, "board", START_NS)
    live, true, n, arrival = [], [], [], []
    for timed in timed_packets(profile, SECONDS, timing, seed):
        live.append(decoder.decode(timed.packet)[0].t)
        true.append(timed.true)
        n.append(timed.n)
        arrival.append((timed.packet.t_ns - START_NS) * 1e-9)
    return Stamps(
        np.concatenate(live),
        np.concatenate(true),
        np.array(n),
        np.array(arrival),
        np.array([t[-1] for t in true]),
        decoder.info.rate,
    )


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("timing", LINKS, ids=["fast", "slow"])
@pytest.mark.parametrize("name", NUMBERED)
def test_with_a_number_in_every_packet(name, timing, seed):
    found = stamped(name, timing, seed)
    assert (np.diff(found.live) > 0).all(), "live time stepped back"
    assert found.late.std() < 0.0015
    # the least delay is unknown to anybody; little comes on top
    assert timing.least_delay < found.late.mean() < timing.least_delay + 0.004
    # beside stamping on arrival, which is what the fit is for
    assert (found.arrival - found.taken).std() > 0.01
    whole = huber_line(found.n, found.arrival)
    assert (whole.at(found.n) - found.taken).std() < 0.0005
    assert abs(whole.rate / found.rate - 1 - timing.ppm * 1e-6) < 5e-6
    least = lower_envelope(found.n, found.arrival).at(found.n) - found.taken
    assert least.mean() == pytest.approx(timing.least_delay, abs=0.001)
    assert [run for run, _ in fit_clock(found.n, found.arrival, 1 / found.rate)] == [
        slice(0, len(found.n))
    ]


@pytest.mark.soak
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("timing", LINKS, ids=["fast", "slow"])
def test_without_number_and_clock(timing, seed):
    found = stamped("witmotion-ble5", timing, seed)
    assert (np.diff(found.live) > 0).all(), "live time stepped back"
    # 0.0029 is the beat of 100 Hz and 30 ms, which nobody can see; the rest is losses
    assert found.late.std() < 0.0045
    assert timing.least_delay < found.late.mean() < timing.least_delay + 0.012


def test_stamping_on_arrival_would_be_noticed(monkeypatch):
    def place(_: ClockFit, first: int, newest: int, arrival: int, floor: int) -> int:
        return max(arrival - (newest - first), floor)

    monkeypatch.setattr(ClockFit, "place", place)
    assert stamped("surefoot-sketch", LINKS[0], 0).late.std() > 0.01
