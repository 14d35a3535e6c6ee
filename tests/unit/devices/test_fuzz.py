"""Spoilt packets, profiles and answers: samples or a refusal, never a crash."""

from __future__ import annotations

import os
import random
import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.core import Block, DecodeError, Packet, ProfileError
from surefoot.devices import (
    Profile,
    ProfileDecoder,
    ProfileEncoder,
    load_profile,
    parse_profile,
    shipped_profiles,
    steps,
)
from surefoot.devices.commands import reply
from surefoot.devices.encoder import told_by
from surefoot.devices.limits import limits, most_of

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
PROFILES = sorted(shipped_profiles())
PACKETS = (200_000 if SOAK else 4_000) // len(PROFILES) + 1
TEXTS = 2_000 if SOAK else 30
Params = dict[str, float]


def choices(profile: Profile) -> list[Params]:
    """Return every choice of settings that streams hang on."""
    names = sorted({name for s in profile.streams for name, _ in s.when})
    values = product(*(profile.params[name].codes for name in names))
    return [dict(zip(names, chosen, strict=True)) for chosen in values]


def good(profile: Profile, params: Params) -> list[tuple[str, bytes]]:
    """Return packets as the device sends them: endpoint and payload."""
    found = list(told_by(profile))
    for k in range(3):
        for stream in profile.active(params):
            if not stream.combine:
                encoder = ProfileEncoder(profile, stream.id, params)
                n = encoder.samples_per_packet
                some = {c: np.full((n, m), 0.5) for c, m in encoder.channels.items()}
                payload = encoder.encode(some, 20_000_000 * k, k)
                found.append((stream.endpoint, payload))
    return found


def spoil(payload: bytes, other: bytes, rng: random.Random) -> bytes:
    """Return a payload with something wrong: bits, length, order, splices."""
    data = bytearray(payload)
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(7)
        if kind == 0 and data:
            data[at % len(data)] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del data[at:]
        elif kind == 2:
            del data[at : at + rng.randrange(1, 9)]
        elif kind == 3:
            data[at:at] = rng.randbytes(rng.randrange(1, 9))
        elif kind == 4:
            data[at : at + 4] = rng.choice((b"\xff" * 4, b"\0\0\xc0\x7f", b"\0" * 4))
        elif kind == 5:
            data[at:] = other[rng.randrange(len(other) + 1) :]
        else:
            data.extend(bytes(data))
    return bytes(data[:600])


def decodes(decoder: ProfileDecoder, packet: Packet) -> list[Block]:
    try:
        return decoder.decode(packet)
    except DecodeError:
        return []


def largest(profile: Profile) -> dict[str, float]:
    """Return the largest value of any channel by unit, SI."""
    found: dict[str, float] = {}
    for stream in profile.streams:
        for channel in stream.channels:
            unit = channel.unit
            found[unit] = max(found.get(unit, 0.0), *map(abs, limits(channel)))
    return found


@pytest.mark.parametrize("profile_id", PROFILES)
def test_spoilt_packets(profile_id: str) -> None:
    profile = load_profile(profile_id)
    rng = random.Random(profile_id)
    for params in choices(profile):
        packets = good(profile, params)
        decoder = ProfileDecoder(profile, "board", 0, params)
        most = max(largest(profile).values(), default=most_of("raw"))
        last, t = -np.inf, 0
        for _ in range(PACKETS // len(choices(profile)) + 1):
            endpoint, payload = rng.choice(packets)
            t += rng.choice((0, 1, 20_000_000, 20_000_000, 5_000_000_000, -1_000_000))
            bad = spoil(payload, rng.choice(packets)[1], rng)
            for block in decodes(decoder, Packet(f"board/{endpoint}", max(t, 0), bad)):
                assert np.isfinite(block.data).all()
                assert np.abs(block.data).max() <= most
                assert np.all(np.diff(block.t) > 0)
                if block.info is decoder.info:
                    assert block.t[0] > last
                    last = block.t[-1]
        # and it still decodes what is right
        clean = sum(
            len(block)
            for k in range(3)
            for endpoint, payload in packets
            for block in decodes(
                decoder, Packet(f"board/{endpoint}", t + (k + 9) * 10**10, payload)
            )
        )
        assert clean > 0


@pytest.mark.parametrize("profile_id", PROFILES)
@settings(max_examples=500 if SOAK else 15, deadline=None)
@given(data=st.data())
def test_any_packets_on_any_endpoint(profile_id: str, data: st.DataObject) -> None:
    profile = load_profile(profile_id)
    decoder = ProfileDecoder(profile, "board", 0)
    endpoints = sorted({*profile.gatt, *(s.endpoint for s in profile.streams)})
    one = st.tuples(st.sampled_from(endpoints), st.binary(max_size=80))
    for k, (endpoint, payload) in enumerate(data.draw(st.lists(one, max_size=8))):
        source = f"board/{endpoint}"
        for block in decodes(decoder, Packet(source, k * 10**7, payload)):
            assert np.isfinite(block.data).all()


@pytest.mark.parametrize("profile_id", PROFILES)
@settings(max_examples=500 if SOAK else 20, deadline=None)
@given(payload=st.binary(max_size=40), cut=st.integers(0, 12), data=st.data())
def test_any_answer_is_an_answer_or_none(
    profile_id: str, payload: bytes, cut: int, data: st.DataObject
) -> None:
    waiting = [s for s in steps(load_profile(profile_id)) if s.expect]
    for step in waiting:
        endpoint = data.draw(st.sampled_from([step.expect_from, "other", ""]))
        assert reply(step, endpoint, payload) in {
            None, "", *(words for _, words in step.refusals),
        }  # fmt: skip
        said = reply(step, step.expect_from, (step.expect + payload)[:cut])
        assert said is None or cut >= len(step.expect)


WRONG = (
    "-1", "0", "1", "3", "99999999999999999999", "1e300", "nan", "inf", '""', '"x"',
    '"<u2"', "[]", "[1]", "{}", "true", '"acc"', "[[]]", "1e-320", '"\\n"',
    "0x7FFFFFFF",
)  # fmt: skip
_VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|\b-?[0-9][0-9A-Za-z_.+-]*\b|\btrue\b')


def mangle(text: str, rng: random.Random) -> str:
    """Return a profile with a mistake somebody, or something, might make."""
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        lines = text.splitlines(keepends=True)
        at = rng.randrange(len(lines))
        kind = rng.randrange(6)
        spots = list(_VALUE.finditer(text))
        if kind == 0:
            del lines[at]
            text = "".join(lines)
        elif kind == 1:
            text = "".join([*lines[:at], lines[at], *lines[at:]])
        elif kind == 2:
            start = rng.randrange(len(text))
            text = text[:start] + text[start + rng.randrange(1, 30) :]
        elif kind == 3:
            one, two = rng.choice(spots), rng.choice(spots)
            text = text[: one.start()] + two[0] + text[one.end() :]
        elif spots:
            one = rng.choice(spots)
            text = text[: one.start()] + rng.choice(WRONG) + text[one.end() :]
    return text


_LINE = re.compile(r"mine\.toml: .*expected .*, got .*: .*")


@pytest.mark.parametrize("profile_id", PROFILES)
def test_spoilt_profiles(profile_id: str) -> None:
    rng = random.Random(profile_id)
    text = load_profile(profile_id).text
    refused = 0
    for _ in range(TEXTS):
        said = ""
        try:
            _use(parse_profile(mangle(text, rng), "mine.toml"), rng)
        except ProfileError as error:
            said = str(error)
            refused += 1
        assert not said or _LINE.fullmatch(said), said
    assert refused > 0


def _use(profile: Profile, rng: random.Random) -> None:
    """Whatever gets through the door must work behind it."""
    for order in ("start", "stop", "identify", "tare", "keepalive"):
        steps(profile, order)
    for params in choices(profile)[:2]:
        packets = good(profile, params)
        decoder = ProfileDecoder(profile, "board", 0, params)
        for k in range(3):
            for endpoint, payload in packets:
                source, t = f"board/{endpoint}", k * 10**9
                decodes(decoder, Packet(source, t, payload))
                decodes(decoder, Packet(source, t, spoil(payload, payload, rng)))
