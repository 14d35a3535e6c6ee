"""kill -9 while recording: at most one second is lost, and the rest is exact."""

from __future__ import annotations

import random
import signal
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from surefoot.recording import leftovers, open_recording, recover, verify

AT_ONCE = 2
RECORDED = 2.0  # s; then the child closes its recording, which may be killed at, too

# 200 packets a second in real time; each is told on the pipe after it was handed over
CHILD = """
import os, struct, sys, time
from pathlib import Path
from surefoot.core import Packet
from surefoot.recording import Header, Recorder
recorder = Recorder(Path(sys.argv[1]), Header({}, {}, {}, ""), ["board/data"])
start = time.monotonic_ns()
for n in range(int(200 * float(sys.argv[2]))):
    time.sleep(max(0.0, (start + n * 5_000_000 - time.monotonic_ns()) / 1e9))
    now = time.monotonic_ns()
    recorder.write(Packet("board/data", now, n.to_bytes(4, "little") * 10))
    os.write(1, struct.pack("<Iq", n, now))
recorder.close()
time.sleep(60)
"""


def record_and_kill(path, seconds) -> list[tuple[int, int]]:
    """Return the number and the time of every packet the child handed over."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path), str(RECORDED)],
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child, child.stdout as pipe:
        told = pipe.read(12)
        # the moment is not tied to a packet: it may hit a flush, or the close
        time.sleep(seconds)
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        told += pipe.read()
    assert child.returncode != 0
    return list(struct.iter_unpack("<Iq", told[: len(told) // 12 * 12]))


def trial(folder, seconds) -> tuple[float, bool]:
    """Kill one; return how many seconds were lost, and whether it was closed."""
    told = record_and_kill(folder / "a.mcap", seconds)
    if (folder / "a.mcap").exists():
        assert verify(folder / "a.mcap").ok
        assert leftovers(folder) == ()
        assert len(list(open_recording(folder / "a.mcap").packets())) == len(told)
        return 0.0, True
    recording = open_recording(folder / "a.mcap.part")
    kept = list(recording.packets())
    for n, packet in enumerate(kept):
        assert packet.payload == n.to_bytes(4, "little") * 10
    assert [(n, p.t_ns) for n, p in enumerate(kept[: len(told)])] == told[: len(kept)]
    if len(told) < 200 * RECORDED:  # killed at the close, its end may be torn or whole
        assert recording.state == "unfinished"
    assert recording.missing == 0
    assert [one.path for one in leftovers(folder)] == [recording.path]
    assert verify(recover(recording.path)).ok
    last = kept[-1].t_ns if kept else told[0][1]
    return (told[-1][1] - last) / 1e9, False


@pytest.mark.soak
def test_a_killed_recording_loses_less_than_a_second(tmp_path, count, say):
    trials = count(200, 4)
    chance = random.Random(1)
    # every fourth near the close, which is short
    spans = [(0.0, RECORDED)] * 3 + [(RECORDED - 0.02, RECORDED + 0.08)]
    moments = [chance.uniform(*spans[n % 4]) for n in range(trials)]
    folders = [tmp_path / str(n) for n in range(trials)]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = list(pool.map(trial, folders, moments))
    lost = [seconds for seconds, _ in outcomes]
    closed = sum(was for _, was in outcomes)
    say(
        f"{trials} kills at random moments, {closed} after the close: lost "
        f"{max(lost):.2f} s at most, {sum(lost) / trials:.2f} s on average; "
        "every file opened, each an exact prefix"
    )
    assert max(lost) <= 1.0
