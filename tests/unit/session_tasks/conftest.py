"""Runs of every task on made-up samples with known answers."""

from __future__ import annotations

from dataclasses import replace
from math import radians

import numpy as np
import pytest

from surefoot.core import Block, StreamInfo
from surefoot.session.tasks import make_run
from surefoot.training import Drill, watching
from surefoot.training.task import Stage

RATE = 100.0
START = 2.0
INFOS = {
    "tilt": StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), RATE, "board"),
    "lean": StreamInfo(
        "trunk/tilt",
        ("ml", "ap", "acc", "turn"),
        ("rad", "rad", "m/s^2", "rad/s"),
        RATE,
        "world",
    ),
    "cop": StreamInfo("board/place", ("ml", "ap", "load"), ("m", "m", "N"), RATE),
    "angle": StreamInfo(
        "trunk/angle", ("angle", "turn"), ("rad", "rad/s"), RATE, "world"
    ),
    "lean-acc": StreamInfo(
        "trunk/tilt",
        ("ml", "ap", "acc", "turn", "acc_x", "acc_y", "acc_z"),
        ("rad", "rad", "m/s^2", "rad/s", *("m/s^2",) * 3),
        RATE,
        "world",
    ),
    "none": StreamInfo("person/keys", (), (), 1.0),
}


class Case:
    """A task on made-up samples: fed as told, ended, and its result."""

    def __init__(self, task, signal="tilt", duration=30.0, **told) -> None:
        names = ("zone", "edges", "seed", "template", "height")
        about = {k: told.pop(k) for k in names if k in told}
        self.duration = duration
        live = told.pop("live", True)
        self.drill = drill_of(signal, **told)
        self.stage = Stage("", (), task, duration=duration)
        self.run = make_run(
            self.drill,
            self.stage,
            INFOS[signal],
            START,
            about.get("zone", radians(5)),
            about.get("edges"),
            live=live,
            seed=about.get("seed", 0),
            template=about.get("template"),
            height=about.get("height"),
        )
        self.info = INFOS[signal]
        self.over = None
        self.told = []

    def block(self, *columns, t=None) -> Block:
        """Return samples from the start of the run on."""
        columns = [np.atleast_1d(np.asarray(c, float)) for c in columns]
        n = max(map(len, columns))
        t = START + np.arange(n) / RATE if t is None else t
        data = np.column_stack([np.broadcast_to(c, (n,)) for c in columns])
        return Block(self.info, t, np.ascontiguousarray(data))

    def feed(self, block: Block, size: int = 0) -> float | None:
        """Feed samples, in pieces where a size is told; return when it was over."""
        pieces = range(0, len(block), size) if size else [0]
        for first in pieces:
            piece = block[first : first + size] if size else block
            over = self.run.feed(piece, START + self.duration)
            self.told += self.run.events
            self.run.events = []
            if over is not None:
                self.over = over
        return self.over

    def key(self, t: float, what: str, detail: str = "") -> float | None:
        over = self.run.told(t, {"do": "count", "what": what, "detail": detail})
        self.told += self.run.events
        self.run.events = []
        self.over = over if over is not None else self.over
        return over

    def result(self, end=None, ended=None):
        end = self.over if end is None else end
        end = START + self.duration if end is None else end
        return self.run.result(end, ended or self.run.why or "time", [])

    def values(self, **how) -> dict[str, float]:
        return {m.name: m.value for m in self.result(**how).measures}

    def named(self, name: str):
        return [event for event in self.told if event.name == name]


def drill_of(signal: str, **changes) -> Drill:
    """Return a drill of schema 2 about nothing but its signal."""
    changes.setdefault("axis", "both")
    changes.setdefault("cue_after", 0.4)
    signal = signal.partition("-")[0]
    return replace(watching(), schema=2, name="made-up", signal=signal, **changes)


@pytest.fixture
def seconds():
    """Return times from 0 on, 100 a second."""
    return lambda duration: np.arange(round(duration * RATE)) / RATE


@pytest.fixture
def made():
    """Return the class of a task on made-up samples."""
    return Case
