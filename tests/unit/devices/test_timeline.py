"""Sample times: close to the truth, never back, and losses where they were."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.core import Packet
from surefoot.devices import ProfileDecoder, ProfileEncoder, load_profile

if TYPE_CHECKING:
    from surefoot.core import Block
    from surefoot.devices import Profile

SECOND = 1_000_000_000
KINDS = (
    "clock and counter",
    "clock",
    "counter",
    "counter of 8 bits",
    "neither",
    "clock of 16 bits",
    "each",
    "newest first",
)


class Device:
    """Sends packets of six still samples when told."""

    def __init__(self, profile: Profile) -> None:
        self.encoder = ProfileEncoder(profile)
        self.decoder = ProfileDecoder(profile, "board", 0)
        n = self.encoder.samples_per_packet
        self.still = {"acc": np.ones((n, 3)), "gyr": np.zeros((n, 3))}
        self.packet = n / self.encoder.rate
        self.k = 0
        self.tick = 4_294_000_000_000  # just before 32 bits of microseconds wrap
        self.host = 10.0

    def payload(self) -> bytes:
        return self.encoder.encode(self.still, self.tick, self.k)

    def advance(self, packets: int, host: float | None = None) -> None:
        self.k += packets
        self.tick += int(packets * self.packet * SECOND)
        self.host += packets * self.packet if host is None else host

    def send(self, late: float = 0.0) -> list[Block]:
        arrival = int((self.host + self.packet + late) * SECOND)
        endpoint = self.encoder.source_endpoint
        return self.decoder.decode(Packet(f"board/{endpoint}", arrival, self.payload()))

    def run(self, packets: int) -> np.ndarray:
        found: list[float] = []
        for _ in range(packets):
            found += [t for block in self.send() for t in block.t]
            self.advance(1)
        return np.array(found)


@pytest.mark.parametrize("ppm", [-60.0, 0.0, 60.0])
@pytest.mark.parametrize("profile_id", ["surefoot-sketch", "movesense", "xsens-dot"])
def test_live_stamps_with_a_device_clock(air, profile_id: str, ppm: float) -> None:
    errors, mean = _errors(air(ppm=ppm), load_profile(profile_id))
    assert np.std(errors) < 0.0015
    assert np.ptp(errors) < 0.006
    assert 0 < mean < 0.006  # the smallest delay, which nobody can know


@pytest.mark.parametrize("kind", ["counter", "counter of 8 bits"])
def test_live_stamps_with_a_counter_only(air, variants, kind: str) -> None:
    errors, _ = _errors(air(ppm=60.0), variants[kind])
    assert np.std(errors) < 0.004


def test_live_stamps_with_neither(air) -> None:
    errors, _ = _errors(air(ppm=-60.0), load_profile("witmotion-ble5"))
    assert np.std(errors) < 0.007  # half a percent of the samples is lost unseen


def _errors(air, profile: Profile) -> tuple[np.ndarray, float]:
    """Return errors of sample times after the first ten seconds, and their mean [s]."""
    decoder = ProfileDecoder(profile, "board", int(air.start * SECOND))
    errors: list[float] = []
    last = -np.inf
    for packet, first in air.deliver(profile, 60.0):
        block = decoder.decode(packet)[0]
        assert block.t[0] > last
        last = block.t[-1]
        if first > air.start + 10:
            errors.append(block.t[0] + air.start - first)
    return np.array(errors) - np.mean(errors), float(np.mean(errors))


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[str, int, float]]:
    """What may happen to a device: (what, packets, host seconds until reception)."""
    happenings = st.tuples(
        st.sampled_from(["send", "send", "send", "lose", "again", "restart", "jump"]),
        st.integers(1, 400),
        st.one_of(st.just(0.0), st.floats(0.0, 0.2), st.floats(0.0, 90.0)),
    )
    return draw(st.lists(happenings, min_size=2, max_size=40))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(story=stories())
def test_times_never_step_back_or_repeat(
    variants, kind: str, story: list[tuple[str, int, float]]
) -> None:
    device = Device(variants[kind])
    times: list[float] = []
    for what, packets, waited in story:
        device.advance({"send": 1, "lose": packets}.get(what, 0), waited)
        if what == "restart":
            device.k, device.tick = packets, packets * 1000
        if what == "jump":
            device.tick += packets * 1_000_000
        times += [t for block in device.send() for t in block.t]
    assert all(a < b for a, b in pairwise(times))
    assert np.isfinite(times).all()


@pytest.mark.parametrize("kind", KINDS)
def test_samples_are_a_period_apart(variants, kind: str) -> None:
    t = Device(variants[kind]).run(200)
    assert len(t) == 1200
    assert np.diff(t) == pytest.approx(1 / 104, abs=1.1e-3 if "16" in kind else 2e-6)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "neither"])
def test_lost_packets_are_counted_and_leave_a_gap(variants, kind: str) -> None:
    device = Device(variants[kind])
    device.run(50)
    device.advance(7)
    t = device.run(3)
    assert device.decoder.counts.lost == 7
    assert t[0] == pytest.approx(device.host - 3 * device.packet + 1 / 104, abs=2e-3)


def test_a_second_of_silence_is_a_gap_even_without_a_counter(variants) -> None:
    device = Device(variants["neither"])
    before = device.run(50)[-1]
    device.advance(0, 3.0)
    after = device.run(50)
    assert after[0] - before == pytest.approx(3.0, abs=0.15)
    assert device.decoder.counts.lost == pytest.approx(3.0 / device.packet, abs=2)


@pytest.mark.parametrize("kind", [k for k in KINDS if k != "neither"])
def test_a_packet_that_comes_again_is_dropped(variants, kind: str) -> None:
    device = Device(variants[kind])
    device.run(20)
    device.advance(-1, 0.0)
    assert device.send(late=0.01) == []
    assert device.decoder.counts.duplicates == 1
    device.advance(1, 0.0)
    assert len(device.run(5)) == 30
    assert device.decoder.counts.lost == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_restart_goes_on_at_the_time_of_reception(variants, kind: str) -> None:
    device = Device(variants[kind])
    device.run(2000)
    device.k, device.tick = 0, 5_000_000
    device.host += 2.5
    t = device.run(20)
    first = device.host - 20 * device.packet
    assert t[0] == pytest.approx(first + 1 / 104, abs=0.08)
    assert t[-1] == pytest.approx(device.host, abs=0.08)


def test_a_device_clock_that_stood_still_is_noticed(variants) -> None:
    device = Device(variants["clock"])
    device.run(100)
    device.host += 30.0  # asleep: its clock did not move
    t = device.run(100)
    assert t[-1] == pytest.approx(device.host, abs=0.08)


def test_a_stall_of_the_radio_moves_no_sample(variants) -> None:
    device = Device(variants["clock and counter"])
    device.run(100)
    for i in range(10):  # ten packets are held back and come at once
        (block,) = device.send(late=(10 - i) * device.packet)
        assert block.t[-1] == pytest.approx(device.host + device.packet, abs=5e-4)
        device.advance(1)


@pytest.mark.parametrize("kind", ["clock", "counter", "neither"])
def test_a_device_twice_as_fast_as_told_stays_near_the_host(
    variants, kind: str
) -> None:
    device = Device(variants[kind])
    for _ in range(2000):
        found = device.send()
        device.advance(1, device.packet / 2)
        device.tick -= int(device.packet / 2 * SECOND)
    assert found[0].t[-1] == pytest.approx(device.host, abs=0.5)


def test_the_delay_is_told(air) -> None:
    profile = load_profile("surefoot-sketch")
    decoder = ProfileDecoder(profile, "board", 0)
    assert (decoder.delay_ms, decoder.residuals) == (0.0, ())
    for packet, _ in air().deliver(profile, 30.0):
        decoder.decode(packet)
    assert 5 < decoder.delay_ms < 35
    assert len(decoder.residuals) == 256
    assert 0.005 < np.std(decoder.residuals) < 0.03
