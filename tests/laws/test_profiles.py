"""Encoding and decoding are inverses for every stream of every shipped profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
from surefoot.devices.encoder import encoders_of, told_by
from surefoot.devices.formats import format_of
from surefoot.devices.layout import Framing, Lines
from surefoot.devices.limits import limits
from surefoot.devices.probing import probe_packet
from surefoot.devices.units import si

if TYPE_CHECKING:
    from surefoot.devices.layout import Channel, Field

STREAMS = [
    (p.id, s.id)
    for p in shipped_profiles().values()
    for s in p.streams
    if not s.combine
]
every_stream = pytest.mark.parametrize(("profile_id", "stream_id"), STREAMS)
Channels = dict[str, Any]
FULL = {"u": (0, 1), "i": (-0.5, 0.5)}
"""Ends of the integers of a type, in parts of their number."""


class Pair:
    """Encoder of one stream, and a fresh decoder for each packet."""

    def __init__(self, profile_id: str, stream_id: str) -> None:
        self.profile = load_profile(profile_id)
        told = next(s for s in self.profile.streams if s.id == stream_id)
        self.params = {name: values[0] for name, values in told.when}
        self.encoder = ProfileEncoder(self.profile, stream_id, self.params)
        self.stream = self.encoder.stream
        self.source = f"board/{self.stream.endpoint}"
        self.info = self.decoder().infos[stream_id]

    def decoder(self) -> ProfileDecoder:
        """Return a decoder that was told what the device tells at the start."""
        made = ProfileDecoder(self.profile, "board", 0, self.params)
        for probe in self.profile.probes:
            if probe.virtual:
                told = Packet(f"board/{probe.endpoint}", 0, probe_packet(probe))
                assert made.decode(told) == []
        return made

    def decode(self, payload: bytes) -> Block:
        found = self.decoder().decode(Packet(self.source, 0, payload))
        return next(b for b in found if b.info.name == self.info.name)

    def channels(self, data: np.ndarray) -> Channels:
        """Return the columns by channel, as the encoder takes them."""
        if self.stream.columns:
            names = self.info.channels
            return {name: data[:, i] for i, name in enumerate(names)}
        found: Channels = {}
        counts = {field.name: field.count for field in self.stream.sample}
        at = 0
        for channel in self.stream.channels:
            end = at + counts[channel.field]
            found[channel.name] = data[:, at:end]
            at = end
        return found

    def numbers(self, data: st.DataObject, n: int) -> np.ndarray:
        """Draw samples that the device can send, as they decode from raw numbers."""
        columns: list[np.ndarray] = []
        if self.stream.columns:
            cells = st.lists(st.integers(-999, 999), min_size=n, max_size=n)
            return np.array([data.draw(cells) for _ in self.info.channels], float).T
        fields = {field.name: field for field in self.stream.sample}
        for channel in self.stream.channels:
            field = fields[channel.field]
            columns += [self._column(data, channel, field, n)] * 1
        return np.concatenate(columns, axis=1)

    def _column(
        self, data: st.DataObject, channel: Channel, field: Field, n: int
    ) -> np.ndarray:
        factor = channel.scale * si(channel.unit)[1]
        shift = channel.offset * si(channel.unit)[1]
        low, high = limits(channel)
        if channel.curve or channel.scale_by:
            low, high, factor, shift = low / 100, high / 100, 1.0, 0.0
            low = max(low, 0.0) if field.kind == "u" else low
        ends = sorted(((low - shift) / factor, (high - shift) / factor))
        many = {"min_size": n * field.count, "max_size": n * field.count}
        if field.kind == "f":
            small, large = (float(np.float32(end * 0.99)) for end in ends)
            cell = st.floats(small, large, width=32, allow_subnormal=False)
        else:
            parts = 2 ** (8 * field.width)
            full = [round(end * parts) for end in FULL[field.kind]]
            full[1] -= 1
            small, large = (round(end * 0.99) for end in ends)
            cell = st.integers(max(small, full[0]), min(large, full[1]))
        raw = np.array(data.draw(st.lists(cell, **many)), float)
        return raw.reshape(n, field.count) * factor + shift

    def resolution(self) -> np.ndarray:
        """Return the step of every column."""
        steps: list[float] = []
        fields = {field.name: field for field in self.stream.sample}
        for channel in self.stream.channels:
            field = fields[channel.field]
            step = abs(channel.scale) * si(channel.unit)[1]
            step = 0.0 if field.kind == "f" else step
            told = 0.2 if channel.curve or channel.scale_by else 0.0
            steps += [step + told] * field.count
        return np.array(steps or [1e-12])

    def count(self, data: st.DataObject) -> int:
        many = self.stream.repeat != 1 or self.stream.codec == "delta"
        return data.draw(st.integers(1, 8)) if many else 1


@every_stream
@settings(max_examples=20, deadline=None)
@given(data=st.data(), tick=st.integers(0, 2**45), counter=st.integers(0, 2**20))
def test_samples_to_bytes_to_samples(
    profile_id: str, stream_id: str, data: st.DataObject, tick: int, counter: int
) -> None:
    pair = Pair(profile_id, stream_id)
    n = pair.count(data)
    if isinstance(pair.stream.repeat, int) and pair.stream.repeat > 1:
        n = pair.stream.repeat
    sent = pair.numbers(data, n)
    payload = pair.encoder.encode(pair.channels(sent), tick, counter)
    got = pair.decode(payload).data
    bound = 0.5001 * pair.resolution() + 1e-6 * np.abs(sent) + 1e-30
    assert np.all(np.abs(got - sent) <= bound)
    # and what was decoded is encoded to the same bytes
    assert pair.encoder.encode(pair.channels(got), tick, counter) == payload


@every_stream
def test_a_packet_cut_short_gives_no_sample(profile_id: str, stream_id: str) -> None:
    pair = Pair(profile_id, stream_id)
    if pair.stream.columns or pair.stream.codec == "text":
        return  # a row or line cut short may be one of other numbers
    n, size = pair.encoder.samples_per_packet, pair.stream.sample_size
    ones = np.ones((n, len(pair.info.channels)))
    payload = pair.encoder.encode(pair.channels(ones), 0, 0)
    head = pair.stream.header_size
    for end in range(len(payload)):
        even = end > head and (end - head) % size == 0
        if even and (pair.stream.repeat == "rest" or pair.stream.codec == "delta"):
            continue  # the very bytes of a packet with fewer samples
        if pair.stream.codec == "events" and end % 24 == 0:
            continue  # whole events, which tell fewer axes
        try:
            found = pair.decoder().decode(Packet(pair.source, 0, payload[:end]))
        except DecodeError:
            found = []
        assert found == []


@every_stream
@settings(max_examples=20, deadline=None)
@given(tick=st.integers(0, 2**45), counter=st.integers(0, 2**20))
def test_clock_and_counter_stand_in_the_packet(
    profile_id: str, stream_id: str, tick: int, counter: int
) -> None:
    pair = Pair(profile_id, stream_id)
    if pair.stream.columns:
        return
    n = pair.encoder.samples_per_packet
    ones = np.ones((n, len(pair.info.channels)))
    packets, timing = format_of(pair.stream), pair.stream.timing
    payload = pair.encoder.encode(pair.channels(ones), tick, counter)
    payload = payload.strip() if pair.stream.codec == "text" else payload
    assert packets.fits(payload)
    content = packets.read(payload, "x")
    if timing.field:
        last = (n - 1) * round(1e9 / pair.encoder.rate) * (timing.stamp == "last")
        expected = round((tick + last) * timing.tick_hz / 1e9) % (1 << timing.bits)
        assert content.tick == expected
    if timing.counter:
        bits = timing.counter_bits or next(
            8 * f.width for f in pair.stream.header if f.name == timing.counter
        )
        assert content.seq == counter % (1 << bits)


@settings(max_examples=25, deadline=None)
@pytest.mark.parametrize("profile_id", sorted(shipped_profiles()))
@given(payloads=st.lists(st.binary(max_size=120), max_size=12))
def test_any_bytes_are_samples_or_refused(
    profile_id: str, payloads: list[bytes]
) -> None:
    profile = load_profile(profile_id)
    decoder = ProfileDecoder(profile, "board", 0)
    last = -np.inf
    for i, payload in enumerate(payloads):
        for endpoint in {stream.endpoint for stream in profile.streams}:
            try:
                found = decoder.decode(
                    Packet(f"board/{endpoint}", i * 50_000_000, payload)
                )
            except DecodeError:
                continue
            for block in found:
                assert np.isfinite(block.data).all()
                if block.info is decoder.info:
                    assert block.t[0] > last
                    assert np.all(np.diff(block.t) > 0)
                    last = block.t[-1]


FRAMED = [
    (p.id, s.id)
    for p in shipped_profiles().values()
    for s in p.streams
    if isinstance(s.framing, (Framing, Lines)) and not s.like
]


@pytest.mark.parametrize(("profile_id", "stream_id"), FRAMED)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_how_a_link_cuts_its_bytes_is_no_matter(
    profile_id: str, stream_id: str, data: st.DataObject
) -> None:
    pair = Pair(profile_id, stream_id)
    sent = pair.numbers(data, 6)
    rows = [pair.channels(sent[k : k + 1]) for k in range(6)]
    payloads = [pair.encoder.encode(r, k * 20_000_000, k) for k, r in enumerate(rows)]
    whole = b"".join(payloads)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(whole) - 1), max_size=9)))
    pieces = [whole[a:b] for a, b in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    sync = getattr(pair.stream.framing, "sync", ())
    summed = getattr(pair.stream.framing, "checksum", "") or not sync
    if not summed and any(p.startswith(sync) for p in pieces if p not in payloads):
        return  # a frame without checksum that begins inside another cannot be told
    one, other = pair.decoder(), pair.decoder()
    straight = [b for p in payloads for b in one.decode(Packet(pair.source, 0, p))]
    found = [b for p in pieces for b in other.decode(Packet(pair.source, 0, p))]
    name = pair.info.name
    before = Block.concat([b for b in straight if b.info.name == name]).data
    after = Block.concat([b for b in found if b.info.name == name]).data
    assert after.tolist() == before.tolist()
    assert one.counts.refused == other.counts.refused == 0


@pytest.mark.parametrize("profile_id", sorted(shipped_profiles()))
def test_the_same_packets_give_the_same_blocks_to_the_bit(profile_id: str) -> None:
    profile = load_profile(profile_id)
    rng = np.random.default_rng(3)
    packets = [
        Packet(f"board/{endpoint}", 0, payload)
        for endpoint, payload in told_by(profile)
    ]
    for k in range(40):
        for encoder in encoders_of(profile):
            n = encoder.samples_per_packet
            some = {c: rng.uniform(0, 0.5, (n, m)) for c, m in encoder.channels.items()}
            t = round(k * n / encoder.rate * 1e9)
            late = t + int(rng.integers(0, 30_000_000))
            source = f"board/{encoder.source_endpoint}"
            packets.append(Packet(source, late, encoder.encode(some, t, k)))
    twice = [ProfileDecoder(profile, "board", 0) for _ in range(2)]
    one, other = ([b for p in packets for b in d.decode(p)] for d in twice)
    assert len(one) == len(other) > 30
    for mine, its in zip(one, other, strict=True):
        assert mine.info == its.info
        assert mine.t.tobytes() == its.t.tobytes()
        assert mine.data.tobytes() == its.data.tobytes()
