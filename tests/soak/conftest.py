"""Long counts: `make soak` runs them in full and prints what came out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from surefoot.recording._file import RecordingFile
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.virtual import VirtualSource, hold_level

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from surefoot.core import Packet

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
FLUSH_NS = 500_000_000
FIGURES: list[str] = []


@pytest.fixture
def count() -> Callable[[int, int], int]:
    """How often: in full, or few."""
    return lambda full, few: full if SOAK else few


@pytest.fixture
def say() -> Callable[[str], None]:
    """Print a figure at the end of the run."""
    return FIGURES.append


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.write_sep("=", "counts" if SOAK else "counts, scaled down")
        for line in FIGURES:
            terminalreporter.write_line(line)


class Session:
    """A virtual session of two sensors and what its file must give back."""

    def __init__(self, folder: Path, trial_s: float, seconds: float = 1e9) -> None:
        source = VirtualSource(hold_level(trial_s=trial_s), person="unsteady", seed=3)
        sensors = {role: sensor(told) for role, told in source.profiles.items()}
        setup = Setup(sensors, load_drill("rocker-hold-level"), virtual=True)
        packets = list(source.packets())
        end = packets[0].t_ns + seconds * 1e9
        self.packets: list[Packet] = [p for p in packets if p.t_ns < end]
        self.ends: list[int] = []
        """How many packets are in the file after each chunk."""
        file = RecordingFile(folder / "session.mcap", setup.header(), setup.sources)
        due = self.packets[0].t_ns + FLUSH_NS
        for n, packet in enumerate(self.packets):
            if packet.t_ns >= due:
                due += FLUSH_NS
                file.flush()
                self.ends.append(n)
            file.put(n, packet)
        self.ends.append(len(self.packets))
        file.finish(b'{"measures": [], "events": []}')
        self.path = file.path
        self.header = file.header
        self.content = file.path.read_bytes()


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A session of about a minute, cut into chunks as a live one is."""
    return Session(tmp_path_factory.mktemp("session"), 30.0)


@pytest.fixture(scope="module")
def short_session(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """The first seconds of one: quick to read a hundred thousand times."""
    return Session(tmp_path_factory.mktemp("short"), 1.0, 4.0)
