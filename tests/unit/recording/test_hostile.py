"""Files made to hurt, and files that are something else: one line, little memory."""

from __future__ import annotations

import json
import struct
import tracemalloc
import zlib

import pytest
import zstandard
from mcap.writer import Writer

from surefoot.core import RecordingError
from surefoot.recording import open_recording, verify

MAGIC = b"\x89MCAP0\r\n"


def attachment(name: str, data: bytes) -> bytes:
    fields = bytes(16)
    for text in (name.encode(), b"application/json"):
        fields += struct.pack("<I", len(text)) + text
    fields += struct.pack("<Q", len(data)) + data
    fields += struct.pack("<I", zlib.crc32(fields))
    return struct.pack("<BQ", 9, len(fields)) + fields


def session(**changes: object) -> bytes:
    facts = {"schema": 1, "anchor_ns": 0, "channels": {"1": "board/data"}} | changes
    return MAGIC + attachment("session.json", json.dumps(facts).encode())


def chunk(packed: bytes, size: int, crc: int = 0) -> bytes:
    body = struct.pack("<QQQII4sQ", 0, 0, size, crc, 4, b"zstd", len(packed)) + packed
    return struct.pack("<BQ", 6, len(body)) + body


def message(length: int, payload: bytes = b"") -> bytes:
    return struct.pack("<BQHIQQ", 5, length, 1, 0, 0, 0) + payload


def proven(raw: bytes) -> bytes:
    return chunk(zstandard.compress(raw), len(raw), zlib.crc32(raw))


BOMB = zstandard.ZstdCompressor().compress(bytes(1 << 27))

HOSTILE = {
    "a chunk longer than any file": session()
    + struct.pack("<BQ", 6, 2**63)
    + bytes(99),
    "an attachment longer than any file": session() + struct.pack("<BQ", 9, 2**64 - 1),
    "a bomb that says so": session() + chunk(BOMB, 1 << 27),
    "a bomb that says it is small": session() + chunk(BOMB, 100),
    "packed bytes that are none": session() + chunk(b"nothing of the kind", 100),
    "a message longer than its chunk": session() + proven(message(2**60)),
    "a message shorter than its head": session()
    + proven(struct.pack("<BQ", 5, 12) + bytes(12) + message(25, b"abc")),
    "a message cut off": session() + proven(message(22)[:20]),
    "a chunk of a single byte": session() + proven(b"\x05"),
    "a channel that is not text": session()
    + proven(struct.pack("<BQHHI", 4, 30, 1, 0, 2) + b"\xff\xfe" + bytes(20)),
    "a thousand starts of chunks": session()
    + (b"\x06" * 37 + b"\x04\0\0\0zstd") * 1000,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_gives_no_packet_and_takes_little_memory(tmp_path, case):
    path = tmp_path / "a.mcap"
    path.write_bytes(HOSTILE[case])
    tracemalloc.start()
    try:
        recording = open_recording(path)
        assert list(recording.packets()) == []
        assert recording.damage
        assert not verify(path).ok
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()


def test_the_walls_of_these_tests_let_a_good_chunk_through(tmp_path):
    path = tmp_path / "a.mcap"
    path.write_bytes(session() + proven(message(25, b"abc")))
    assert [p.payload for p in open_recording(path).packets()] == [b"abc"]


def test_a_packet_of_no_known_source_is_told(tmp_path):
    path = tmp_path / "a.mcap"
    path.write_bytes(session(channels={}) + proven(message(25, b"abc")))
    recording = open_recording(path)
    assert list(recording.packets()) == []
    assert "1 packets are of an unknown source" in recording.damage[0]


def other_mcap() -> bytes:
    import io

    stream = io.BytesIO()
    writer = Writer(stream)
    writer.start("ros2")
    writer.finish()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "expected a recording"),
        (b"time,x,y\n0,1,2\n", "got another file: check the name"),
        (MAGIC, "without a usable session.json"),
        (other_mcap(), "another program's"),
        (session(schema=2), "got 2: update Surefoot"),
        (session(anchor_ns="soon"), "without a usable session.json"),
        (session(channels=[]), "without a usable session.json"),
    ],
)
def test_what_is_no_recording_of_ours_is_refused_in_one_line(tmp_path, content, words):
    path = tmp_path / "a.mcap"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=words) as caught:
        open_recording(path)
    assert "\n" not in str(caught.value)
    assert not verify(path).ok


@pytest.mark.parametrize("name", ["absent.mcap", "."])
def test_what_is_no_file_is_refused_in_one_line(tmp_path, name):
    with pytest.raises(RecordingError, match="check the name"):
        open_recording(tmp_path / name)
