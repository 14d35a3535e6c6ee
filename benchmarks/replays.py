"""What it costs to open a recording, to seek in it, and to show two side by side."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from surefoot.recording import Recorder
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.replay import open_replay
from surefoot.session.setup import Setup, load_drill, sensor
from surefoot.training import lasting
from surefoot.ui.desk import Desk
from surefoot.ui.side_by_side.desk import PairDesk
from surefoot.ui.side_by_side.pair import Half, Pair
from surefoot.ui.window import application
from surefoot.virtual import VirtualSource, hold_level

if TYPE_CHECKING:
    from collections.abc import Callable

MINUTES = 5
SEEKS = 60
LONG = os.environ.get("SUREFOOT_RECORDING")
"""Another recording to open, one of an hour for instance."""


def report(folder: Path) -> None:
    """Print what opening, seeking and scrubbing cost."""
    path = Path(LONG) if LONG else make(folder / "long.mcap")
    held, begun = memory(), time.process_time()
    player = open_replay(path)
    spent, grown = time.process_time() - begun, memory() - held
    hours = player.duration / 3600
    print(f"replay of {player.duration / 60:.0f} minutes of 2 sensors")
    print(f"  opening                         {spent / hours:6.1f} s an hour")
    print(f"  memory                          {grown / hours:6.0f} MB an hour")
    told = (player.duration, player.send, application().quit)
    desk = Desk(player, on_closed=told[2], on_palette=told[2])
    desk.show(application().screens())
    _print("a seek, both views and timeline", seeks(desk.draw, player.send, told[0]))
    desk.close()
    pair = Pair(Half("a", "", player, {}, "-"), Half("b", "", player, {}, "-"))
    beside = PairDesk(pair, told[2])
    beside.show()
    _print("a seek, two side by side", seeks(beside.draw, pair.send, pair.duration))
    beside.close()


def make(path: Path) -> Path:
    """Record a virtual session of some minutes; return its file."""
    seconds = 60.0 * MINUTES
    source = VirtualSource(hold_level(trial_s=seconds), person="unsteady", seed=7)
    sensors = {role: sensor(profile) for role, profile in source.profiles.items()}
    drill = lasting(load_drill("rocker-hold-level"), seconds)
    setup = Setup(sensors, drill, virtual=True)
    recorder = Recorder(path, setup.header(), setup.sources)
    run(source, Engine(setup, coalesce=256), recorder.write)
    recorder.close({})
    return path


def seeks(
    draw: Callable[[], None], send: Callable[..., None], duration: float
) -> tuple[float, float]:
    """Return the processor time from a seek to its picture [ms], p50 and p99."""
    app, costs = application(), []
    send("pause")
    for t in np.random.default_rng(1).uniform(0.0, duration, SEEKS):
        begun = time.thread_time()
        send("seek", t=float(t))
        draw()
        app.processEvents()
        costs.append(1e3 * (time.thread_time() - begun))
    p50, p99 = np.percentile(costs[5:], [50, 99])
    return float(p50), float(p99)


def memory() -> float:
    """Return what this process holds in memory [MB]; 0 where nothing tells it."""
    told = Path("/proc/self/statm")
    if not told.exists():
        return 0.0
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _print(name: str, cost: tuple[float, float]) -> None:
    print(f"  {name:<32}{cost[0]:6.1f} ms p50 {cost[1]:6.1f} ms p99")
