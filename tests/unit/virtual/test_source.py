"""Scripts played faster than time: packets in order, true to what was disturbed."""

from __future__ import annotations

import struct
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.core import LinkState
from surefoot.core.control import fields, is_control
from surefoot.devices import ProfileDecoder, load_profile, shipped_profiles
from surefoot.virtual import Fault, Firmware, Say, Script, VirtualSource, hold_level

if TYPE_CHECKING:
    from surefoot.core import Block, Packet
    from surefoot.virtual.script import Action

DEVICES = [p.id for p in shipped_profiles().values() if p.transport != "table"]


def idle(seconds: float, *faults: tuple[float, Action]) -> Script:
    return Script("idle", seconds, faults)


def decoded(
    source: VirtualSource, packets: list[Packet], role: str = "board"
) -> tuple[ProfileDecoder, list[Block]]:
    profile = load_profile(source.profiles[role])
    decoder = ProfileDecoder(profile, role, packets[0].t_ns)
    blocks: list[Block] = []
    for packet in packets:
        if packet.role == role:
            blocks += decoder.decode(packet)
    return decoder, [b for b in blocks if b.info is decoder.info]


def states(packets: list[Packet], role: str = "board") -> list[tuple[float, str]]:
    told = [
        ((p.t_ns - packets[0].t_ns) * 1e-9, fields(p).get("state"))
        for p in packets
        if p.source == f"link/{role}"
    ]
    return [(t, str(state)) for t, state in told if state]


@pytest.fixture(scope="module")
def played() -> tuple[VirtualSource, list[Packet]]:
    source = VirtualSource(hold_level(trial_s=5), "steady", seed=1)
    return source, list(source.packets())


def test_a_whole_drill_decodes_without_loss(played):
    source, packets = played
    for role in ("board", "trunk"):
        decoder, blocks = decoded(source, packets, role)
        counts = decoder.counts
        t = np.concatenate([block.t for block in blocks])
        assert (counts.lost, counts.duplicates, counts.refused) == (0, 0, 0)
        assert counts.packets == source.feeds[role].sensor.sent
        assert np.diff(t).min() > 0.5 / 104
        assert np.diff(t).max() < 2 / 104


def test_reception_never_goes_back(played):
    _, packets = played
    assert all(a.t_ns <= b.t_ns for a, b in pairwise(packets))


def test_it_begins_and_ends_as_every_session(played):
    _, packets = played
    assert packets[0].source == "clock/start"
    assert packets[-1].source == "clock/end"
    assert [state for _, state in states(packets)] == [
        LinkState.SCANNING,
        LinkState.CONNECTING,
        LinkState.STREAMING,
        LinkState.CLOSED,
    ]


def test_the_clock_ticks_five_times_a_second(played):
    source, packets = played
    ticks = [p.t_ns for p in packets if p.source == "clock/tick"]
    assert set(np.diff(ticks)) == {200_000_000}
    assert len(ticks) == pytest.approx(5 * source.script.seconds, abs=1)


def test_the_session_hears_what_the_script_says(played):
    source, packets = played
    heard = [fields(p) for p in packets if p.source == "person/command"]
    told = [a for _, a in source.script.actions if isinstance(a, Say)]
    assert heard == [{"do": action.do, **action.detail} for action in told]


def test_playing_again_gives_the_same_packets(played):
    source, packets = played
    assert list(source.packets()) == packets


def test_another_seed_gives_other_packets(played):
    _, packets = played
    other = VirtualSource(hold_level(trial_s=5), "steady", seed=2)
    assert list(other.packets()) != packets


def test_the_packet_number_wraps_and_nothing_is_counted_as_lost():
    units = {
        "board": Firmware(first_counter=2**16 - 20, first_tick_ns=2**32 * 1000 - 1)
    }
    source = VirtualSource(idle(4.0), units=units)
    packets = list(source.packets())
    numbers = [struct.unpack_from("<H", p.payload, 2)[0] for p in data(packets)]
    assert numbers[0] == 2**16 - 20
    assert min(numbers) == 0
    assert decoded(source, packets)[0].counts.lost == 0


def test_what_is_lost_is_counted():
    source = VirtualSource(idle(20.0, (2.0, Fault("board", "loss", share=0.1))))
    packets = list(source.packets())
    lost = source.feeds["board"].sensor.lost
    assert lost > 10
    # packets lost after the last one that came cannot be seen
    assert decoded(source, packets)[0].counts.lost in range(lost - 3, lost + 1)


def test_what_comes_twice_is_counted():
    source = VirtualSource(idle(20.0, (2.0, Fault("board", "twice", share=0.2))))
    packets = list(source.packets())
    payloads = Counter(p.payload for p in data(packets))
    twice = sum(count - 1 for count in payloads.values())
    assert twice > 20
    assert decoded(source, packets)[0].counts.duplicates == twice


@pytest.mark.parametrize("kind", ["drop", "restart"])
def test_a_broken_link_is_lost_at_once_and_back_after_a_while(kind):
    source = VirtualSource(idle(12.0, (4.0, Fault("board", kind, seconds=3.0))))
    packets = list(source.packets())
    changes = {state: t for t, state in states(packets)[:-1]}
    decoder, blocks = decoded(source, packets)
    t = np.concatenate([block.t for block in blocks])
    assert changes[LinkState.LOST] == pytest.approx(4.0)
    assert changes[LinkState.STREAMING] == pytest.approx(7.0)
    assert np.diff(t).max() == pytest.approx(3.0, abs=0.15)
    assert decoder.counts.refused == 0
    first = next(p for p in data(packets) if p.t_ns - packets[0].t_ns > 5e9)
    number = struct.unpack_from("<H", first.payload, 2)[0]
    assert (number == 0) == (kind == "restart")


def test_silence_is_noticed_after_three_seconds():
    source = VirtualSource(idle(12.0, (4.0, Fault("board", "silent"))))
    packets = list(source.packets())
    newest = (data(packets)[-1].t_ns - packets[0].t_ns) * 1e-9
    assert 3.8 < newest <= 4.0
    assert (pytest.approx(7.0), LinkState.LOST) in states(packets)
    assert data(packets, "trunk")[-1].t_ns > data(packets)[-1].t_ns + 7e9


def test_a_short_silence_loses_no_link():
    source = VirtualSource(idle(8.0, (3.0, Fault("board", "silent", seconds=1.5))))
    packets = list(source.packets())
    assert LinkState.LOST not in {state for _, state in states(packets)}
    t = np.array([p.t_ns for p in data(packets)])
    assert np.diff(t).max() == pytest.approx(1.5e9, rel=0.1)


@pytest.mark.parametrize("profile", DEVICES)
def test_every_device_can_be_played(profile):
    units = {"board": Firmware(profile)}
    source = VirtualSource(idle(4.0), units=units)
    packets = list(source.packets())
    decoder, blocks = decoded(source, packets)
    values = np.concatenate([block.data for block in blocks])
    assert decoder.counts.refused == 0
    assert len(values) >= 3.0 * decoder.info.rate
    if "acc_x" in decoder.info.channels:
        acc = values[:, decoder.info.columns("acc_x", "acc_y", "acc_z")]
        assert np.linalg.norm(acc, axis=1) == pytest.approx(9.8, abs=0.3)
    else:
        assert set(decoder.info.units) == {"N"}


def data(packets: list[Packet], role: str = "board") -> list[Packet]:
    return [p for p in packets if p.role == role and not is_control(p)]
