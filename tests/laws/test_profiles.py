"""Encoding and decoding are inverses for every stream of every shipped profile."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surefoot.core import Block, DecodeError, Packet
from surefoot.devices import (
    ProfileDecoder,
    ProfileEncoder,
    load_profile,
    shipped_profiles,
)
from surefoot.devices.packet_format import PacketFormat

STREAMS = [(p.id, s.id) for p in shipped_profiles().values() for s in p.streams]
every_stream = pytest.mark.parametrize(("profile_id", "stream_id"), STREAMS)
Channels = dict[str, Any]


class Pair:
    """Encoder of one stream, and a fresh decoder for each packet."""

    def __init__(self, profile_id: str, stream_id: str) -> None:
        self.profile = load_profile(profile_id)
        self.encoder = ProfileEncoder(self.profile, stream_id)
        self.stream = self.encoder.stream
        self.source = f"board/{self.stream.endpoint}"
        self.info = ProfileDecoder(self.profile, "board", 0).infos[stream_id]

    def decode(self, payload: bytes) -> Block:
        found = ProfileDecoder(self.profile, "board", 0).decode(
            Packet(self.source, 0, payload)
        )
        return next(b for b in found if b.info.name == self.info.name)

    def channels(self, data: np.ndarray) -> Channels:
        """Return the columns by channel, as the encoder takes them."""
        found: Channels = {}
        for name in dict.fromkeys(c.rpartition("_")[0] for c in self.info.channels):
            own = [c for c in self.info.channels if c.rpartition("_")[0] == name]
            found[name] = data[:, self.info.columns(*own)]
        return found

    def resolution(self) -> float | None:
        """Return the largest step of an integer stream, None where it is floats."""
        if self.stream.columns or self.stream.sample[0].kind == "f":
            return None
        smallest = {
            "m/s^2": 9.80665,
            "rad/s": np.pi / 180,
            "rad": np.pi / 180,
            "raw": 1,
        }
        return max(
            abs(c.scale) * smallest[u]
            for c, u in zip(self.stream.channels, self.info.units[::3], strict=True)
        )

    def count(self, data: st.DataObject) -> int:
        return 1 if self.stream.repeat == 1 else data.draw(st.integers(1, 8))


@every_stream
@settings(max_examples=60, deadline=None)
@given(data=st.data(), tick=st.integers(0, 2**45), counter=st.integers(0, 2**20))
def test_samples_to_bytes_to_samples(
    profile_id: str, stream_id: str, data: st.DataObject, tick: int, counter: int
) -> None:
    pair = Pair(profile_id, stream_id)
    n, width = pair.count(data), len(pair.info.channels)
    limit = 30.0 if pair.info.units[0] != "rad" else 3.0
    values = data.draw(
        st.lists(st.floats(-limit, limit), min_size=n * width, max_size=n * width)
    )
    sent = np.reshape(values, (n, width))
    if "rad/s" in pair.info.units:
        sent[:, pair.info.units.index("rad/s") :] /= 2  # within 1000 deg/s
    payload = pair.encoder.encode(pair.channels(sent), tick, counter)
    got = pair.decode(payload).data
    step = pair.resolution()
    if step is None:
        assert got == pytest.approx(sent, rel=1e-6, abs=1e-30)
    else:
        assert np.abs(got - sent).max() <= 0.5001 * step
    # and what was decoded is encoded to the same bytes
    assert pair.encoder.encode(pair.channels(got), tick, counter) == payload


@every_stream
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_bytes_to_samples_to_bytes(
    profile_id: str, stream_id: str, data: st.DataObject
) -> None:
    pair = Pair(profile_id, stream_id)
    payload = _any_packet(pair, data)
    try:
        got = pair.decode(payload)
    except DecodeError:
        assume(False)  # floats that are not numbers
        raise
    tick, seq = 0, 0
    if not pair.stream.columns:
        content = PacketFormat(pair.stream).read(payload, "x")
        tick = round(content.tick * 1e9 / pair.stream.timing.tick_hz)
        seq = content.seq
        if pair.stream.timing.stamp == "last":
            tick -= (len(got) - 1) * round(1e9 / pair.encoder.rate)
    assert pair.encoder.encode(pair.channels(got.data), tick, seq) == payload


def _any_packet(pair: Pair, data: st.DataObject) -> bytes:
    """Return a packet of any bytes where the stream has numbers of its own."""
    n = pair.count(data)
    width = len(pair.info.channels)
    counter, tick = (
        data.draw(st.integers(0, 2**16 - 1)),
        data.draw(st.integers(0, 2**31)),
    )
    payload = pair.encoder.encode(
        pair.channels(np.zeros((n, width))), tick * 1000, counter
    )
    if pair.stream.columns:
        cells = data.draw(
            st.lists(
                st.lists(st.integers(-32768, 32767), min_size=width, max_size=width),
                min_size=1,
                max_size=5,
            )
        )
        return "\n".join(",".join(map(str, row)) for row in cells).encode()
    used = {channel.field for channel in pair.stream.channels}
    at = pair.stream.header_size
    body = bytearray(payload)
    for _ in range(1 if pair.stream.planar else n):
        for field in pair.stream.sample:
            size = field.size * (n if pair.stream.planar else 1)
            if field.name in used:
                body[at : at + size] = data.draw(
                    st.binary(min_size=size, max_size=size)
                )
            at += size
    return bytes(body)


@pytest.mark.parametrize(
    ("profile_id", "stream_id"), [s for s in STREAMS if s[0] != "wobbleboard-json"]
)
def test_a_packet_cut_short_gives_no_sample(profile_id: str, stream_id: str) -> None:
    pair = Pair(profile_id, stream_id)
    ones = np.ones((pair.encoder.samples_per_packet, len(pair.info.channels)))
    payload = pair.encoder.encode(pair.channels(ones), 0, 0)
    size, head = pair.stream.sample_size, pair.stream.header_size
    for end in range(len(payload)):
        if pair.stream.repeat == "rest" and end > head and (end - head) % size == 0:
            continue  # the very bytes of a packet with fewer samples
        decoder = ProfileDecoder(pair.profile, "board", 0)
        try:
            found = decoder.decode(Packet(pair.source, 0, payload[:end]))
        except DecodeError:
            found = []
        assert found == []


@settings(max_examples=60, deadline=None)
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
