"""From a packet to a decision and to a file, and back from the file."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from surefoot.recording import Recorder, open_recording
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.player import COALESCE
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.virtual import VirtualSource, hold_level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from surefoot.core import Packet

REPEATS = 5


class Kept:
    """Packets made beforehand, so that only the path is timed."""

    def __init__(self, packets: list[Packet]) -> None:
        self.kept = packets

    def packets(self) -> Iterator[Packet]:
        """Yield them."""
        return iter(self.kept)


def session() -> tuple[Setup, Kept]:
    """Return a two-sensor session of some 55 seconds."""
    source = VirtualSource(hold_level(trial_s=30.0), person="unsteady", seed=3)
    sensors = {role: sensor(told) for role, told in source.profiles.items()}
    setup = Setup(sensors, load_drill("rocker-hold-level"), virtual=True)
    return setup, Kept(list(source.packets()))


def cpu(setup: Setup, kept: Kept, coalesce: int, record: Path | None = None) -> float:
    """Return the processor time of one pass over the session [s]."""
    engine = Engine(setup, coalesce=coalesce)
    recorder = None
    if record is not None:
        record.unlink(missing_ok=True)
        recorder = Recorder(record, setup.header(), setup.sources)
    begun = time.process_time()
    run(kept, engine, recorder.write if recorder else None)
    if recorder is not None:
        recorder.close()
    return time.process_time() - begun


def least(*passes: float) -> float:
    """Return the least disturbed of several passes."""
    return min(passes)


def report(folder: Path) -> None:
    """Print the figures of the path."""
    setup, kept = session()
    file = folder / "bench.mcap"
    live = least(*(cpu(setup, kept, 1) for _ in range(REPEATS)))
    recorded = least(*(cpu(setup, kept, 1, file) for _ in range(REPEATS)))
    blocks = least(*(cpu(setup, kept, COALESCE) for _ in range(REPEATS)))
    begun = time.process_time()
    count = sum(1 for _ in open_recording(file).packets())
    read = time.process_time() - begun
    seconds = (kept.kept[-1].t_ns - kept.kept[0].t_ns) * 1e-9
    samples = [p for p in kept.kept if p.role in {"board", "trunk"}]
    print(f"session: 2 sensors, {seconds:.0f} s, {len(samples)} sensor packets")
    print(f"  live, decided only     {1e6 * live / len(samples):7.0f} us a packet")
    print(f"  live, recorded too     {1e6 * recorded / len(samples):7.0f} us a packet")
    print(f"  share of a core, live  {100 * recorded / seconds:7.2f} %")
    print(f"  reading the file       {1e6 * read / count:7.1f} us a packet")
    fast = seconds / (blocks + read)
    print(f"  replayed               {fast:7.0f} s of session a second")
    print(f"  large blocks cost      {blocks / live:7.2f} of live blocks")
