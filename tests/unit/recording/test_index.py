"""Seeking and reading many packets at once: the same packets as one by one."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from surefoot.core import Packet
from surefoot.recording import _reader, open_recording
from surefoot.recording._file import RecordingFile

PER_CHUNK = 40
SECONDS = 3 * 3600 if os.environ.get("SUREFOOT_SOAK") == "1" else 540


def test_batches_hold_what_packets_tell(build, packets):
    recording = open_recording(build(packets))
    batches = list(recording.batches())
    assert [p for batch in batches for p in batch.packets()] == packets
    assert [len(batch) for batch in batches] == [PER_CHUNK] * 25
    numbers = np.concatenate([batch.sequence for batch in batches])
    assert numbers.tolist() == [*range(1000)]


def test_a_batch_gives_one_source_and_its_bytes_in_rows(build):
    packets = [
        Packet(source, 10 * n, bytes([n % 256]) * size)
        for n in range(100)
        for source, size in (("a/x", 4), ("b/x", 4 + n % 2))
    ]
    recording = open_recording(build(packets))
    rows = [batch.of("a/x").matrix() for batch in recording.batches()]
    assert np.concatenate(rows).tolist() == [[n] * 4 for n in range(100)]
    odd = next(recording.batches()).of("b/x")
    assert odd.matrix() is None
    assert odd.counts() == {"b/x": 20}
    none = odd.of("c/x")
    assert (len(none), none.matrix(), none.packets()) == (0, None, [])


def test_any_interval_is_what_the_times_say(build):
    chance = random.Random(5)
    # times that jump: file order is the truth, and an interval picks by time alone
    packets = [
        Packet("a/x", 10**12 + n * 10**7 + chance.randrange(10**9), bytes(8))
        for n in range(1000)
    ]
    recording = open_recording(build(packets))
    zero = recording.t0_ns
    for _ in range(60):
        start = chance.uniform(-1, 12)
        end = start + chance.uniform(0, 5)
        wanted = [
            p
            for p in packets
            if zero + round(start * 1e9) <= p.t_ns < zero + round(end * 1e9)
        ]
        assert list(recording.packets(start, end)) == wanted
        assert list(recording.packets(end=end)) == [
            p for p in packets if p.t_ns < zero + round(end * 1e9)
        ]
    assert list(recording.packets(start=-1e12)) == packets
    assert list(recording.packets(5, 5)) == []


def test_seeking_unpacks_what_it_needs_and_no_more(build, packets, monkeypatch):
    recording = open_recording(build(packets))
    assert recording.duration > 9
    asked = []
    chunk_at = _reader.batch_at

    def counted(data, end, at, *rest):
        asked.append(at)
        return chunk_at(data, end, at, *rest)

    monkeypatch.setattr(_reader, "batch_at", counted)
    found = list(recording.packets(5.0, 5.1))
    assert found == [
        p for p in packets if 5.0 <= (p.t_ns - packets[0].t_ns) / 1e9 < 5.1
    ]
    assert len(asked) <= 2
    assert len(recording.index.at) == 25


def test_a_damaged_chunk_is_left_out_of_the_index_and_of_intervals(build, packets):
    path = build(packets)
    at = int(open_recording(path).index.at[12])
    with path.open("r+b") as stream:
        stream.seek(at + 70)
        stream.write(b"\xff\xff\xff")
    recording = open_recording(path)
    assert len(recording.index.at) == 24
    assert list(recording.packets(0, 100)) == list(recording.packets())
    assert len(list(recording.packets(0, 100))) == 1000 - PER_CHUNK


def test_a_chunk_harmed_after_the_index_was_made_gives_nothing(build, packets):
    path = build(packets)
    recording = open_recording(path)
    at = int(recording.index.at[12])
    with path.open("r+b") as stream:
        stream.seek(at + 70)
        stream.write(b"\xff\xff\xff")
    found = list(recording.packets(0, 100))
    assert found == packets[: 12 * PER_CHUNK] + packets[13 * PER_CHUNK :]


def test_a_source_nobody_foresaw_is_named_in_every_interval(build, packets):
    recording = open_recording(build(packets, sources=[]))
    assert list(recording.packets(5, 6)) == [
        p for p in packets if 5 <= (p.t_ns - packets[0].t_ns) / 1e9 < 6
    ]


def test_looking_through_goes_in_steps_that_several_threads_share(build, packets):
    recording = open_recording(build(packets))
    shares = []
    begun = threading.Event()

    def look() -> None:
        for share in recording.indexing():
            shares.append(share)
            begun.set()

    thread = threading.Thread(target=look)
    thread.start()
    assert begun.wait(10)
    assert sum(recording.counts.values()) == 1000  # does the rest itself
    thread.join(10)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert list(recording.indexing()) == [1.0]


def long_recording(folder: Path, seconds: int) -> Path:
    """Write so many seconds of six sensors, ten packets a second each."""
    file = RecordingFile(folder / "long.mcap", _header(), [])
    chance = random.Random(2)
    payloads = [chance.randbytes(160) for _ in range(97)]
    for n in range(seconds * 60):
        source = f"s{n % 6}/data"
        file.put(n, Packet(source, n * 16_666_667, payloads[n % 97]))
        if n % 600 == 599:
            file.flush()
    file.finish()
    return file.path


def _header():
    from surefoot.recording import Header

    return Header({}, {}, {}, "")


READ = """
import resource, sys
from pathlib import Path
from surefoot.recording import open_recording, verify
path = Path(sys.argv[1])
used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
limit = used + path.stat().st_size + 60_000_000
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
recording = open_recording(path)
print(sum(1 for _ in recording.packets()), verify(path).ok)
"""


@pytest.fixture(scope="module")
def hours(tmp_path_factory):
    return long_recording(tmp_path_factory.mktemp("long"), SECONDS)


def test_hours_are_read_in_the_memory_of_a_chunk(hours):
    """Three hours, scaled down: 8 MB of packets in chunks of 0.1 MB."""
    recording = open_recording(hours)
    tracemalloc.start()
    try:
        n = sum(1 for _ in recording.packets())
        length = recording.duration
        assert tracemalloc.get_traced_memory()[1] < 3e6
    finally:
        tracemalloc.stop()
    assert n == SECONDS * 60
    assert length == pytest.approx(SECONDS, abs=1)


@pytest.mark.skipif(
    not Path("/proc/self/statm").exists(), reason="needs Linux to bound the memory"
)
def test_hours_are_read_and_verified_where_memory_is_refused(hours):
    done = subprocess.run(
        [sys.executable, "-c", READ, str(hours)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == [str(SECONDS * 60), "True"]


def test_who_read_all_packets_has_looked_through_the_file(build, packets, monkeypatch):
    path = build(packets)
    expected = open_recording(path)
    recording = open_recording(path)
    half = recording.batches()
    next(half)
    half.close()
    assert sum(1 for _ in recording.packets()) == 1000

    def again(*_):
        msg = "the file was looked through twice"
        raise AssertionError(msg)

    monkeypatch.setattr(_reader, "batches", again)
    told = (recording.counts, recording.state, recording.duration, recording.missing)
    places = recording.index.at.tolist()
    monkeypatch.undo()
    assert told == (
        expected.counts,
        expected.state,
        expected.duration,
        expected.missing,
    )
    assert places == expected.index.at.tolist()
