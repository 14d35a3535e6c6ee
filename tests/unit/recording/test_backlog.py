"""What waits for a disk that does not answer: bounded, counted, marked by a gap."""

from __future__ import annotations

import io
import threading
import time
import tracemalloc
from itertools import count

import pytest

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.recording import Recorder, _backlog, _file, _recorder, open_recording
from surefoot.recording._backlog import OVERHEAD, Backlog


def never() -> bool:
    return False


class Gate(io.FileIO):
    """A file whose disk answers while it is open."""

    open_now = threading.Event()
    hangs = threading.Event()

    def write(self, data, /) -> int:
        if not self.open_now.is_set():
            self.hangs.set()
        assert self.open_now.wait(30)
        return super().write(data)


@pytest.fixture
def gate(monkeypatch):
    Gate.open_now, Gate.hangs = threading.Event(), threading.Event()
    Gate.open_now.set()

    def create(_path, part):
        return io.BufferedWriter(Gate(part, "xb"))

    monkeypatch.setattr(_file, "_create", create)
    yield Gate.open_now
    Gate.open_now.set()


def stalled(tmp_path, header, gate, until) -> Recorder:
    """Return a recorder whose writing thread hangs in the disk, with nothing to do."""
    recorder = Recorder(tmp_path / "a.mcap", header, ["board/data"], flush_s=0.01)
    gate.clear()
    recorder.write(Packet("board/data", 0, b"first"))
    until(lambda: Gate.hangs.is_set() and "has not answered" in recorder.error)
    return recorder


def test_a_disk_that_hangs_costs_bounded_memory_and_says_what_is_lost(
    tmp_path, header, gate, monkeypatch, until
):
    monkeypatch.setattr(_recorder, "_STALL_S", 0.05)
    limit = 200_000
    monkeypatch.setattr(_recorder, "LIMIT", limit)
    recorder = stalled(tmp_path, header, gate, until)
    tracemalloc.start()
    try:
        for n in range(1, 20_001):
            recorder.write(Packet("board/data", n, bytes(100)))
        assert tracemalloc.get_traced_memory()[1] < 3 * limit
    finally:
        tracemalloc.stop()
    kept = limit // (100 + OVERHEAD)
    assert abs(recorder.backlog - kept) <= 1
    assert recorder.lost == 20_000 - recorder.backlog
    assert f"packets wait in memory, {recorder.lost} are lost" in recorder.error
    gate.set()
    until(lambda: recorder.backlog == 0 and not recorder.error)
    recorder.write(Packet("board/data", 30_000, b"last"))
    lost = recorder.lost
    assert f"{lost} because the disk was too slow" in recorder.alarm, "it stays told"
    recording = open_recording(recorder.close())
    numbers = [n for n, _ in recording.numbered()]
    assert numbers == [*range(20_001 - lost), 20_001]
    assert recording.missing == lost


def test_the_sender_never_waits_for_a_disk_that_hangs(
    tmp_path, header, gate, monkeypatch, until
):
    monkeypatch.setattr(_recorder, "_STALL_S", 0.05)
    monkeypatch.setattr(_recorder, "LIMIT", 10_000)
    recorder = stalled(tmp_path, header, gate, until)
    begun = time.monotonic()
    for n in range(5000):
        recorder.write(Packet("board/data", n, bytes(100)))
    assert time.monotonic() - begun < 2.0
    gate.set()
    recorder.close()


def test_what_is_sent_faster_than_time_waits_for_the_writer(
    tmp_path, header, monkeypatch
):
    monkeypatch.setattr(_recorder, "LIMIT", 50_000)
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    for n in range(1000):
        recorder.write(Packet("board/data", n, bytes(100)))
    assert (recorder.lost, recorder.alarm) == (0, "")
    assert open_recording(recorder.close()).missing == 0


def test_a_live_sender_waits_for_no_disk_not_even_a_slow_one(
    tmp_path, header, gate, monkeypatch
):
    monkeypatch.setattr(_recorder, "LIMIT", 10_000)
    recorder = Recorder(tmp_path / "a.mcap", header, [], patient=False)
    gate.clear()
    begun = time.monotonic()
    for n in range(1000):
        recorder.write(Packet("board/data", n, bytes(100)))
    assert time.monotonic() - begun < 2.0, "it waited five seconds"
    assert recorder.lost > 900
    gate.set()
    assert open_recording(recorder.close()).missing == recorder.lost


def test_what_people_say_has_room_where_samples_have_none():
    backlog = Backlog(10 * (OVERHEAD + 10))
    for n in range(20):
        backlog.put(Packet("board/data", n, bytes(10)), never)
    assert (len(backlog), backlog.crowded) == (10, 10)
    backlog.put(control("person/command", 21, do="marker"), never)
    assert (len(backlog), backlog.crowded) == (11, 10)
    for n in count(22):
        if backlog.crowded > 10:
            break
        backlog.put(control("clock/tick", n), never)
        assert n < 60, "no bound"
    assert 15 < len(backlog) < 25


def test_room_is_made_only_when_what_was_taken_is_dealt_with():
    backlog = Backlog(OVERHEAD + 10)
    backlog.put(Packet("a/b", 0, bytes(10)), never)
    taking = backlog.take(5)
    assert next(taking)[0] == 0
    backlog.put(Packet("a/b", 1, bytes(10)), never)
    assert backlog.crowded == 1
    assert list(taking) == []
    backlog.put(Packet("a/b", 2, bytes(10)), never)
    assert [n for n, _ in backlog.take(5)] == [2]


def test_after_the_end_packets_are_numbered_and_not_kept():
    backlog = Backlog()
    backlog.put(Packet("a/b", 0, b""), never)
    backlog.shut()
    backlog.put(Packet("a/b", 1, b""), never)
    assert (backlog.taken, len(backlog), backlog.left_out) == (2, 1, 0)
    assert _backlog.LIMIT <= 128_000_000
