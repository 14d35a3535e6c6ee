"""What a class costs: a frame of four trainees, and all of it live."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

from surefoot.session.crew import Crew
from surefoot.session.group import MARKS, GroupSnapshot, Seen
from surefoot.session.group_opening import Trainee, open_group
from surefoot.session.replay import open_replay
from surefoot.session.setup import load_drill
from surefoot.training import lasting
from surefoot.ui.classroom.view import ClassView
from surefoot.ui.window import FRAME, application

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.session.group import Group
    from surefoot.session.player import Player

PEOPLE = ("unsteady", "tiring", "unsteady", "asymmetric")
RUN = 6.0  # s
SIZE = (1920, 1080)
_LONGEST = 60.0  # s


class Replayed:
    """A recording as a class: each trainee a little later in it than the one before."""

    def __init__(self, recording: Path, count: int) -> None:
        self.players: list[Player] = [open_replay(recording) for _ in range(count)]
        for player in self.players:
            player.send("pause")

    def seek(self, t: float) -> None:
        """Go to a time, each trainee half a second behind the one before."""
        for index, player in enumerate(self.players):
            player.send("seek", t=max(0.0, t - 0.5 * index))

    def snapshot(self) -> GroupSnapshot:
        """Return the newest picture."""
        shots = [player.snapshot() for player in self.players]
        told = zip("ABCDEF", MARKS, shots, strict=False)
        return GroupSnapshot(shots[0].t, tuple(Seen(*one) for one in told))

    def painted(self, person: str, seconds: float) -> None:
        """Take no note."""


def frames(recording: Path, count: int) -> tuple[float, float]:
    """Return the processor time of a frame in a run, p50 and p99 [ms]."""
    app = application()
    group = Replayed(recording, count)
    (start, end), *_ = group.players[0].snapshot().replay.trials
    group.seek(start + 3.0)
    view = ClassView(group)
    view.resize(*SIZE)
    view.show()
    costs = []
    for t in np.arange(start + 3.0, end, FRAME / 1000):
        group.seek(float(t))
        shown = group.snapshot()
        begun = time.thread_time()
        view.show_group(shown)
        app.processEvents()
        costs.append(1e3 * (time.thread_time() - begun))
    view.close()
    view.deleteLater()
    p50, p99 = np.percentile(costs[10:], [50, 99])
    return float(p50), float(p99)


def live(folder: Path) -> tuple[float, np.ndarray, float]:
    """Return frames a second, ages at paint (p50, p99) [ms], and the share of a core.

    Four virtual trainees, their radio, their recordings and the view in one process.
    """
    app = application()
    people = [Trainee(f"P{k}", virtual=name) for k, name in enumerate(PEOPLE)]
    group = open_group(people, lasting(load_drill("rocker-hold-level"), RUN), folder)
    group.start()
    crew, view, ages = Crew(group), ClassView(group), []
    view.resize(*SIZE)
    view.show()
    newest: dict[str, float] = {}
    drawn, wall, busy = 0, time.monotonic(), time.process_time()
    due = wall
    over = False
    while not over and time.monotonic() - wall < _LONGEST:
        over = all(shot.result is not None for shot in crew.step().values())
        view.refresh()
        app.processEvents()
        ages += fresh(group, newest)
        drawn += 1
        due += FRAME / 1000
        time.sleep(max(0.0, due - time.monotonic()))
    spent = time.monotonic() - wall
    busy = (time.process_time() - busy) / spent
    view.close()
    view.deleteLater()
    group.finish()
    return drawn / spent, np.percentile(ages, [50, 99]), busy


def fresh(group: Group, newest: dict[str, float]) -> list[float]:
    """Return how long ago the packets of newly painted dots arrived [ms]."""
    found = []
    for person, place in group.places.items():
        dot = place.session.engine.dot
        if dot is not None and dot.t != newest.get(person):
            newest[person] = dot.t
            found.append(1e3 * place.session.snapshot().links[0].age)
    return found


def report(recording: Path, folder: Path) -> None:
    """Print the figures of the class view."""
    print("a class, 1920 x 1080, no graphics card")
    for count in (2, 4, 6):
        p50, p99 = frames(recording, count)
        share = 100 * p50 / (1000 / 60)
        line = f"{p50:6.2f} ms p50 {p99:6.2f} ms p99"
        print(f"  a frame, {count} trainees           {line}  {share:3.0f} % at 60 Hz")
    rate, ages, busy = live(folder)
    print("  four live, radio and recordings in the same process")
    print(f"  frames                          {rate:6.1f} a second")
    print(f"  arrival to paint                {ages[0]:6.1f} ms p50 {ages[1]:6.1f} p99")
    print(f"  whole program                   {100 * busy:6.0f} % of a core")
