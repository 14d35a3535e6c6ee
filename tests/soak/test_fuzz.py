"""Files changed in every way: no crash, no hang, little memory, no wrong packet."""

from __future__ import annotations

import random
import struct
import sys
import time
import zlib

import pytest
import zstandard

from surefoot.core import RecordingError
from surefoot.recording import open_recording, recover, verify

pytestmark = pytest.mark.soak
SLOWEST = 2.0  # s of processor time for one file; a whole one takes milliseconds
EXTREME = [0, 1, 0x7F, 0xFF, 0xFFFF, 2**31 - 1, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1]


def flip(data, chance):
    for _ in range(chance.choice([1, 2, 8, 64])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwrite(data, chance):
    at = chance.randrange(len(data))
    data[at : at + 64] = chance.randbytes(min(64, len(data) - at))


def insert(data, chance):
    at = chance.randrange(len(data))
    data[at:at] = chance.randbytes(chance.randrange(1, 100))


def remove(data, chance):
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 400)]


def repeat(data, chance):
    at, to = (chance.randrange(len(data)) for _ in range(2))
    data[to:to] = data[at : at + chance.randrange(1, 3000)]


def zeros(data, chance):
    at = chance.randrange(len(data))
    n = min(chance.randrange(1, 1000), len(data) - at)
    data[at : at + n] = bytes(n)


def tear(data, chance):
    del data[chance.randrange(1, len(data)) :]


def number(data, chance):
    """Put an extreme number where a length may be."""
    at = chance.randrange(len(data) - 8)
    size, kind = chance.choice([(2, "<H"), (4, "<I"), (8, "<Q")])
    value = chance.choice(EXTREME) % (1 << 8 * size)
    struct.pack_into(kind, data, at, value)


MUTATIONS = [flip, overwrite, insert, remove, repeat, zeros, tear, number]


def read_all(path):
    """Return the packets with their numbers; None if the file is said to be useless."""
    try:
        recording = open_recording(path)
    except RecordingError:
        assert not verify(path).ok
        return None
    found = list(recording.numbered())
    assert sum(1 for _ in recording.packets(0.0, 1e9)) <= len(found)
    assert recording.info()["packets"] == len(found)
    return found


def highest():
    """Return the most memory this process ever used [bytes]."""
    resource = pytest.importorskip("resource", reason="needs POSIX to tell the memory")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def test_mutated_files(short_session, tmp_path, count, say):
    trials = count(200_000, 1000)
    chance = random.Random(31)
    path = tmp_path / "fuzzed.mcap"
    packets = short_session.packets
    slowest, refused, memory = 0.0, 0, highest()
    for trial in range(trials):
        data = bytearray(short_session.content)
        for _ in range(chance.choice([1, 1, 1, 2, 4])):
            if len(data) > 16:
                chance.choice(MUTATIONS)(data, chance)
        path.write_bytes(data)
        begun = time.process_time()
        found = read_all(path)
        slowest = max(slowest, time.process_time() - begun)
        refused += found is None
        for n, packet in found or []:
            assert packets[n] == packet, f"mutation {trial}: packet {n} is wrong"
        if trial % 50 == 0 and found is not None:
            made = recover(path, tmp_path / "made.mcap")
            assert verify(made).ok
            assert [*open_recording(made).numbered()] == found
            made.unlink()
    grown = highest() - memory
    say(
        f"{trials} mutated files: 0 crashes, 0 wrong packets, {refused} refused in "
        f"words; slowest {slowest:.2f} s, {grown / 1e6:.0f} MB more memory"
    )
    assert slowest < SLOWEST
    assert grown < 150e6


def proven(raw):
    """Return a chunk whose checksum holds, whatever is in it."""
    packed = zstandard.compress(raw)
    head = (0, 2**64 - 1, len(raw), zlib.crc32(raw), 4, b"zstd", len(packed))
    body = struct.pack("<QQQII4sQ", *head) + packed
    return struct.pack("<BQ", 6, len(body)) + body


def test_chunks_that_lie_under_a_checksum_that_holds(
    short_session, tmp_path, count, say
):
    """What no accident makes: only that nothing crashes, hangs or grows is asked."""
    trials = count(20_000, 200)
    chance = random.Random(32)
    path = tmp_path / "lying.mcap"
    whole = short_session.content
    places = open_recording(short_session.path).index.at.tolist()
    start, end = places[1], places[2]
    body = whole[start + 9 : end]
    raw = zstandard.decompress(body[44:])
    slowest, memory = 0.0, highest()
    for _ in range(trials):
        data = bytearray(raw)
        for _ in range(chance.choice([1, 2, 4])):
            if len(data) > 16:
                chance.choice(MUTATIONS)(data, chance)
        path.write_bytes(whole[:start] + proven(bytes(data)) + whole[end:])
        begun = time.process_time()
        found = read_all(path)
        slowest = max(slowest, time.process_time() - begun)
        assert found is not None
    grown = highest() - memory
    say(
        f"{trials} lying chunks: 0 crashes; slowest {slowest:.2f} s, "
        f"{grown / 1e6:.0f} MB more memory"
    )
    assert slowest < SLOWEST
    assert grown < 150e6
