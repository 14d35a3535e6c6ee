"""Torn, flipped and overwritten files: never a wrong packet, never silence about it."""

from __future__ import annotations

import random
import re

import pytest

from surefoot.core import RecordingError
from surefoot.recording import open_recording, verify

PER_CHUNK = 40


def spoil(path, at, data):
    with path.open("r+b") as stream:
        stream.seek(at)
        stream.write(data)


def place(path, mark, nth=0):
    return [m.start() for m in re.finditer(re.escape(mark), path.read_bytes())][nth]


def chunk_starts(path):
    return [m.start() - 37 for m in re.finditer(b"\x04\0\0\0zstd", path.read_bytes())]


def read_or_refuse(path):
    """Return the packets by number, or None if the file says it is of no use."""
    try:
        return dict(open_recording(path).numbered())
    except RecordingError:
        return None


def test_a_flipped_bit_is_noticed_and_costs_one_chunk_at_most(build, packets, trials):
    path = build(packets, sources=["clock/start", "board/data", "trunk/data"])
    whole = path.read_bytes()
    chance = random.Random(11)
    for _ in range(trials):
        at = chance.randrange(len(whole))
        spoil(path, at, bytes([whole[at] ^ (1 << chance.randrange(8))]))
        assert not verify(path).ok, f"byte {at}"
        found = read_or_refuse(path)
        assert found is not None, f"byte {at}: one bit took the whole file"
        assert all(packets[n] == packet for n, packet in found.items()), f"byte {at}"
        assert len(found) >= len(packets) - PER_CHUNK, f"byte {at}"
        spoil(path, at, whole[at : at + 1])
    assert verify(path).ok


def test_a_torn_file_gives_all_whole_chunks_before_the_tear(build, packets, trials):
    path = build(packets, sources=["clock/start", "board/data", "trunk/data"])
    whole = path.read_bytes()
    starts = chunk_starts(path)
    bounds = [*starts[1:], starts[-1]]
    chance = random.Random(12)
    cuts = {0, 1, 8, len(whole) - 1, *bounds}
    for cut in sorted(cuts | {chance.randrange(len(whole)) for _ in range(trials)}):
        path.write_bytes(whole[:cut])
        found = read_or_refuse(path)
        assert not verify(path).ok, f"cut at {cut}"
        if cut > starts[0]:
            assert found is not None
            assert list(found.values()) == packets[: len(found)], f"cut at {cut}"
            before = sum(bound <= cut for bound in bounds)
            assert len(found) >= min(before * PER_CHUNK, len(packets) - PER_CHUNK)
            assert open_recording(path).state == "unfinished"


def test_an_unfinished_file_is_whole_up_to_its_end(build, packets):
    recording = open_recording(build(packets, finish=False))
    assert (recording.state, recording.damage) == ("unfinished", ())
    assert list(recording.packets()) == packets


def test_a_tail_of_zeros_is_a_tear(build, packets):
    path = build(packets, finish=False)
    path.write_bytes(path.read_bytes() + bytes(5000))
    recording = open_recording(path)
    assert recording.state == "unfinished"
    assert list(recording.packets()) == packets


def test_damage_is_told_with_place_and_cost(build, packets):
    path = build(packets)
    at = chunk_starts(path)[3]
    spoil(path, at + 60, b"\xff\xff\xff\xff")
    recording = open_recording(path)
    lost = [line for line in recording.damage if f"byte {at}:" in line]
    assert len(lost) == 1
    assert "40 packets after 1.2 s are lost" in lost[0]
    assert (recording.state, recording.missing) == ("damaged", PER_CHUNK)


def test_a_hole_over_several_chunks_costs_only_these(build, packets):
    path = build(packets)
    starts = chunk_starts(path)
    spoil(path, starts[5], bytes(starts[8] - starts[5]))
    found = read_or_refuse(path)
    assert sorted(found) == [n for n in range(1000) if not 200 <= n < 320]
    assert all(packets[n] == packet for n, packet in found.items())


def test_a_source_nobody_foresaw_survives_the_chunk_that_defined_it(build, packets):
    path = build(packets, sources=[])
    spoil(path, chunk_starts(path)[0] + 60, bytes(20))
    assert sorted(read_or_refuse(path)) == list(range(PER_CHUNK, 1000))


def test_the_copy_of_the_header_is_used_if_the_first_is_damaged(build, packets):
    path = build(packets)
    before = open_recording(path).header
    for name in (b"session.json", b"profiles.json", b"drill.toml"):
        spoil(path, place(path, name) + 30, b"~")
    recording = open_recording(path)
    assert recording.state == "damaged"
    assert recording.header == before
    assert list(recording.packets()) == packets


def test_a_chunk_that_comes_twice_is_used_once(build, packets):
    path = build(packets, finish=False)
    whole = path.read_bytes()
    starts = chunk_starts(path)
    path.write_bytes(whole[: starts[4]] + whole[starts[3] :])
    recording = open_recording(path)
    assert list(recording.packets()) == packets
    assert recording.state == "damaged"
    assert "repeats" in recording.damage[0]


@pytest.mark.parametrize("finish", [True, False])
def test_what_is_appended_while_reading_is_not_read(build, packets, finish):
    path = build(packets, finish=finish)
    recording = open_recording(path)
    with path.open("ab") as stream:
        stream.write(path.read_bytes())
    assert list(recording.packets()) == packets
