"""Recordings to read, harm and mend: many small chunks, in no time."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from surefoot.core import Packet
from surefoot.recording import Header
from surefoot.recording._file import RecordingFile

HEADER = Header(
    {"virtual": True, "person": "p-07", "drill": "rocker-hold-level"},
    {"board": 'id = "movesense"\n'},
    {"board": "gyr_bias = [0.0, 0.0, 0.01]\n"},
    'name = "rocker-hold-level"\n',
)
PER_CHUNK = 40

Build = Callable[..., Path]


@pytest.fixture
def header() -> Header:
    return HEADER


@pytest.fixture
def trials() -> int:
    """How often to harm a file."""
    return 1000 if os.environ.get("SUREFOOT_SOAK") == "1" else 60


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Wait for another thread's work, at most ten seconds."""

    def wait(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10.0
        while not condition():
            assert time.monotonic() < deadline, "it never came to that"
            time.sleep(0.005)

    return wait


@pytest.fixture
def packets() -> list[Packet]:
    chance = random.Random(7)
    start = 123_456_789_012
    sources = ["clock/start"] + ["board/data", "trunk/data", "clock/tick"] * 333
    return [
        Packet(source, start + 10_000_000 * n, chance.randbytes(20 + n % 30))
        for n, source in enumerate(sources)
    ]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Write a recording of many chunks; unfinished if so wished."""

    def make(
        packets: Sequence[Packet], *, sources: Sequence[str] = (), finish: bool = True
    ) -> Path:
        file = RecordingFile(tmp_path / "a.mcap", HEADER, sources)
        for n, packet in enumerate(packets):
            file.put(n, packet)
            if n % PER_CHUNK == PER_CHUNK - 1:
                file.flush()
        if not finish:
            file.flush()
            file.release()
            return file.part
        file.finish(b'{"time_in_zone": 0.7}')
        return file.path

    return make
