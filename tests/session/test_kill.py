"""kill -9 while recording: at most one second is lost, and the rest is exact."""

from __future__ import annotations

import os
import random
import signal
import struct
import subprocess
import sys
import time

import pytest

from surefoot.recording import open_recording, recover, verify

TRIALS = 50 if os.environ.get("SUREFOOT_SOAK") == "1" else 2

# 200 packets a second in real time; each is told on the pipe after it was handed over
CHILD = """
import os, struct, sys, time
from pathlib import Path
from surefoot.core import Packet
from surefoot.recording import Header, Recorder
recorder = Recorder(Path(sys.argv[1]), Header({}, {}, {}, ""), ["board/data"])
start = time.monotonic_ns()
for n in range(4000):
    time.sleep(max(0.0, (start + n * 5_000_000 - time.monotonic_ns()) / 1e9))
    now = time.monotonic_ns()
    recorder.write(Packet("board/data", now, n.to_bytes(4, "little") * 10))
    os.write(1, struct.pack("<Iq", n, now))
"""


def record_and_kill(path, seconds) -> list[tuple[int, int]]:
    """Return the number and the time of every packet the child handed over."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(path)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    with child, child.stdout as pipe:
        told = pipe.read(12)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            told += pipe.read(12)
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        told += pipe.read()
    assert child.returncode != 0
    return list(struct.iter_unpack("<Iq", told[: len(told) // 12 * 12]))


@pytest.mark.parametrize("trial", range(TRIALS))
def test_a_killed_recording_loses_less_than_a_second(tmp_path, trial):
    seconds = random.Random(trial).uniform(1.0, 3.0)
    told = record_and_kill(tmp_path / "a.mcap", seconds)
    recording = open_recording(tmp_path / "a.mcap.part")
    kept = list(recording.packets())
    for n, packet in enumerate(kept):
        assert packet.payload == n.to_bytes(4, "little") * 10
    assert [(n, p.t_ns) for n, p in enumerate(kept[: len(told)])] == told[: len(kept)]
    assert (told[-1][1] - kept[-1].t_ns) / 1e9 <= 1.0
    assert recording.state == "unfinished"
    assert verify(recover(recording.path)).ok
