"""Many packets decoded together: the same as one by one, to the last bit."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.core import Block, DecodeError, Packet
from surefoot.devices import (
    ProfileDecoder,
    ProfileEncoder,
    load_profile,
    shipped_profiles,
)
from surefoot.devices.encoder import encoders_of
from surefoot.devices.probing import probe_packet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.devices import Profile

SECOND = 1_000_000_000
TOGETHER = {
    "surefoot-sketch",
    "surefoot-board",
    "movesense",
    "witmotion-ble5",
    "xsens-dot",
}
"""Profiles whose packets must not be decoded one by one: sensors people train with."""


def one_by_one(decoder: ProfileDecoder, packets: Sequence[Packet]) -> list[Block]:
    found: list[Block] = []
    for packet in packets:
        try:
            found += decoder.decode(packet)
        except DecodeError:
            continue
    return found


def together(
    decoder: ProfileDecoder, packets: Sequence[Packet]
) -> tuple[list[Block], bool]:
    """Return the samples of packets from one source, and whether all went at once."""
    if len({len(p.payload) for p in packets}) != 1 or not packets[0].payload:
        return one_by_one(decoder, packets), False
    rows = np.array([list(p.payload) for p in packets], np.uint8)
    t_ns = np.array([p.t_ns for p in packets])
    found = decoder.decode_all(packets[0].source, t_ns, rows)
    if found is None:
        return one_by_one(decoder, packets), False
    assert all(len(b) == found.n * len(found.t_ns) for b in found.blocks)
    assert set(found.t_ns.tolist()) <= set(t_ns.tolist())
    return list(found.blocks), True


def told(blocks: list[Block]) -> dict[str, tuple[bytes, ...]]:
    """Return everything about the samples of each stream, memory layout included."""
    streams: dict[str, list[Block]] = {}
    for block in blocks:
        streams.setdefault(block.info.name, []).append(block)
    wholes = {name: Block.concat(parts) for name, parts in streams.items()}
    return {
        name: (w.t.tobytes(), w.data.tobytes(), str(w.data.strides).encode())
        for name, w in wholes.items()
        if len(w)
    }


def state(decoder: ProfileDecoder) -> tuple[object, ...]:
    return decoder.counts, decoder.residuals, decoder.delay_ms


def cut(packets: Sequence[Packet], cuts: Sequence[int]) -> list[Sequence[Packet]]:
    """Cut where asked, and where the source changes."""
    changes = [
        i for i, (a, b) in enumerate(pairwise(packets), 1) if a.source != b.source
    ]
    edges = sorted({0, len(packets), *changes, *(c for c in cuts if c < len(packets))})
    return [packets[a:b] for a, b in pairwise(edges)]


def sent(profile: Profile) -> list[Packet]:
    """Return a stretch of each stream, then of each again, with losses and repeats."""
    rng = np.random.default_rng(7)
    packets = [
        Packet(f"board/{p.endpoint}", 0, probe_packet(p))
        for p in profile.probes
        if p.virtual
    ]
    for part in range(4):
        for encoder in encoders_of(profile):
            source = f"board/{encoder.source_endpoint}"
            n = encoder.samples_per_packet
            for k in range(part * 20, part * 20 + 20):
                some = {
                    c: rng.uniform(0, 0.5, (n, m)) for c, m in encoder.channels.items()
                }
                t = round(k * n / encoder.rate * 1e9)
                packet = Packet(
                    source,
                    t + int(rng.integers(0, 30_000_000)),
                    encoder.encode(some, t, k),
                )
                packets += [packet] * (rng.random() > 0.1)
                packets += [packet] * (rng.random() > 0.9)
    return packets


@pytest.mark.parametrize("profile_id", sorted(shipped_profiles()))
def test_every_device_is_decoded_alike(profile_id: str) -> None:
    profile = load_profile(profile_id)
    packets = sent(profile)
    one, other = (ProfileDecoder(profile, "board", 0) for _ in range(2))
    expected = one_by_one(one, packets)
    parts = [together(other, part) for part in cut(packets, range(0, 999, 13))]
    assert told([b for blocks, _ in parts for b in blocks]) == told(expected) != {}
    assert state(one) == state(other)
    share = np.mean([once for _, once in parts])  # a part may be of two streams
    assert share > 0.7 or profile_id not in TOGETHER


happenings = st.tuples(
    st.sampled_from(
        [*["send"] * 6, "lose", "again", "restart", "jump", "short", "cut"]
    ),
    st.integers(1, 400),
    st.one_of(st.just(0.0577), st.floats(0.0, 0.2), st.floats(0.0, 90.0)),
)


def lived(profile: Profile, story: list[tuple[str, int, float]]) -> list[Packet | None]:
    """Return what came of a story; None where the link was cut."""
    encoder = ProfileEncoder(profile)
    n = encoder.samples_per_packet
    rng = np.random.default_rng(len(story))
    source = f"board/{encoder.source_endpoint}"
    k, tick, host = 0, 4_294_000_000_000, 10.0  # just before the clock wraps
    found: list[Packet | None] = []
    for what, packets, waited in story:
        host += waited
        step = {"send": 1, "lose": packets}.get(what, 0)
        k, tick = k + step, tick + int(step * n / encoder.rate * SECOND)
        if what == "restart":
            k, tick = packets, packets * 1000
        if what == "jump":
            tick += packets * 1_000_000
        some = {c: rng.uniform(0, 0.5, (n, m)) for c, m in encoder.channels.items()}
        payload = encoder.encode(some, tick, k)
        payload = payload[: len(payload) // 2] if what == "short" else payload
        packet = Packet(source, int(host * SECOND), payload)
        found.append(None if what == "cut" else packet)
    return found


@pytest.mark.parametrize(
    "kind",
    [
        *("clock and counter", "clock", "counter", "counter of 8 bits", "neither"),
        *("clock of 16 bits", "each", "newest first"),
    ],
)
@settings(max_examples=60, deadline=None)
@given(
    story=st.lists(happenings, min_size=2, max_size=60),
    cuts=st.lists(st.integers(1, 60), max_size=8),
)
def test_whatever_a_link_does_is_decoded_alike(
    variants: dict[str, Profile],
    kind: str,
    story: list[tuple[str, int, float]],
    cuts: list[int],
) -> None:
    profile = variants[kind]
    one, other = (ProfileDecoder(profile, "board", 0) for _ in range(2))
    expected: list[Block] = []
    found: list[Block] = []
    run: list[Packet] = []
    for packet in [*lived(profile, story), None]:
        if packet is not None:
            run.append(packet)
            continue
        expected += one_by_one(one, run)
        found += [
            b for part in cut(run, cuts) if part for b in together(other, part)[0]
        ]
        run = []
        one.cut()
        other.cut()
    assert told(found) == told(expected)
    assert state(one) == state(other)


def packets_of(profile: Profile, count: int) -> list[Packet]:
    story = [("send", 1, 0.0577)] * count
    return [packet for packet in lived(profile, story) if packet is not None]


@pytest.mark.parametrize("bad", ["another kind", "another length inside", "no source"])
def test_what_needs_a_look_of_its_own_is_left_alone(bad: str) -> None:
    profile = load_profile("surefoot-sketch")
    packets = packets_of(profile, 9)
    rows = np.array([list(p.payload) for p in packets], np.uint8)
    t_ns = np.array([p.t_ns for p in packets])
    source = packets[0].source
    if bad == "another kind":
        rows[4, 0] = 9
    elif bad == "another length inside":
        rows[4, 1] -= 1
    else:
        source = "board/elsewhere"
    decoder = ProfileDecoder(profile, "board", 0)
    before = state(decoder)
    assert decoder.decode_all(source, t_ns, rows) is None
    assert state(decoder) == before
    assert decoder.decode_all(packets[0].source, t_ns[:0], rows[:0]) is None


def test_one_impossible_value_spoils_only_its_packet() -> None:
    profile = load_profile("xsens-dot")
    packets = packets_of(profile, 30)
    spoilt = bytearray(packets[7].payload)
    spoilt[4:8] = np.float32(np.nan).tobytes()
    packets[7] = Packet(packets[7].source, packets[7].t_ns, bytes(spoilt))
    one, other = (ProfileDecoder(profile, "board", 0) for _ in range(2))
    expected = one_by_one(one, packets)
    found, once = together(other, packets)
    assert not once
    assert told(found) == told(expected)
    assert one.counts.refused == other.counts.refused == 1


@pytest.mark.parametrize("profile_id", ["movesense", "witmotion-ble5"])
def test_what_waits_for_its_rest_is_not_forgotten(profile_id: str) -> None:
    profile = load_profile(profile_id)
    packets = packets_of(profile, 40)
    half = len(packets[0].payload) // 2
    begun = Packet(packets[0].source, 0, packets[0].payload[:half])
    one, other = (ProfileDecoder(profile, "board", 0) for _ in range(2))
    story = [[begun], packets[:20], packets[20:]]
    expected = [b for part in story for b in one_by_one(one, part)]
    found = [together(other, part) for part in story]
    assert told([b for blocks, _ in found for b in blocks]) == told(expected)
    assert state(one) == state(other)
    assert one.counts.refused == 1
    assert found[2][1]
