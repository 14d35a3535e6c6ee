"""Draw every view in every state as PNG files, to be looked at.

    .venv/bin/python tools/shots.py build/shots             all of it
    .venv/bin/python tools/shots.py build/shots run lost    some states
    .venv/bin/python tools/shots.py --list

Each picture is there twice: in full, and in ``sixth/`` at a sixth of the size, about as
large as it appears to somebody three metres away from a 24-inch screen who looks at it
on one at arm's length. The states come from the sample recordings, shown as live.

A new state is one entry in `STATES`; a new view one in `VIEWS`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import click
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from surefoot.core import Marker
from surefoot.session.group import MARKS, GroupSnapshot, Seen
from surefoot.session.replay import open_replay
from surefoot.session.snapshot import Tape
from surefoot.training import Phase
from surefoot.ui import language, theme
from surefoot.ui.classroom.view import ClassView
from surefoot.ui.desk import Desk
from surefoot.ui.shots import SEEING, as_seen, shoot
from surefoot.ui.side_by_side.desk import PairView
from surefoot.ui.side_by_side.opening import open_pair
from surefoot.ui.therapist import TherapistView
from surefoot.ui.trainee import TraineeView
from surefoot.ui.window import application, dress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtWidgets import QWidget

    from surefoot.session.player import Player
    from surefoot.session.snapshot import Snapshot

SAMPLES = Path(__file__).parent.parent / "recordings"
HD = (1920, 1080)
_STEP = 0.1  # s between two looks into a recording
_TAPE = Tape("2026-11-26_100000.mcap", seconds=1260.0, megabytes=9.4)


@dataclass
class Still:
    """A stage that shows one picture."""

    shown: Any

    def snapshot(self) -> Any:
        """Return it."""
        return self.shown

    def send(self, do: str, **arguments: Any) -> None:
        """Do nothing."""

    def painted(self, *_told: Any) -> None:
        """Take no note."""

    def close(self) -> None:
        """Do nothing."""


@cache
def sample(name: str) -> Player:
    """Return a sample recording."""
    player = open_replay(SAMPLES / f"rocker-{name}.mcap")
    player.send("pause")
    return player


def moment(
    name: str, test: Callable[[Snapshot], bool], later: float = 0.0, **changes: Any
) -> Snapshot:
    """Return the first picture of a sample that passes a test, as it was live."""
    player, t = sample(name), 0.0
    while t < player.duration and not test(player.at(t)):
        t += _STEP
    live = {"replay": None, "tape": replace(_TAPE, seconds=t), **changes}
    return replace(player.at(min(t + later, player.duration)), **live)


def phase(name: str, wanted: Phase, later: float = 1.0, **changes: Any) -> Snapshot:
    """Return a picture of a sample some time into a phase."""
    return moment(name, lambda shot: shot.phase is wanted, later, **changes)


def lost() -> Snapshot:
    """Return the moment at which the sensor is silent."""
    return moment("sensor-lost", lambda s: s.phase is Phase.RUN and s.stale, 0.3)


def four() -> GroupSnapshot:
    """Return a class of four: one outside the ring, one without a sensor."""
    shots = [
        phase("steady", Phase.RUN, 8.0),
        moment("unsteady", lambda shot: bool(shot.cue)),
        lost(),
        phase("steps-off", Phase.RUN, 5.0),
    ]
    told = zip(("Anna", "B-7", "Karl", "p-12"), MARKS, shots, strict=False)
    return GroupSnapshot(shots[0].t, tuple(Seen(*one) for one in told))


def replayed() -> Snapshot:
    """Return a replay that stands still, with a marker and a gap."""
    player = sample("unsteady")
    shot = player.at(30.0)
    assert shot.replay is not None
    told = replace(shot.replay, playing=False, gaps=((12.0, 13.5),))
    return replace(shot, replay=told, markers=(Marker(27.0, "step", ""),))


STATES: dict[str, Callable[[], Any]] = {
    "waiting": lambda: moment("steady", lambda _: True),
    "level-first": lambda: phase("steady", Phase.LEVEL_FIRST),
    "level-second": lambda: phase("steady", Phase.LEVEL_SECOND),
    "direction": lambda: phase("steady", Phase.DIRECTION, 2.5),
    "support": lambda: phase("steady", Phase.SUPPORT, 0.5),
    "ready": lambda: phase("steady", Phase.READY, 0.5),
    "countdown": lambda: phase("steady", Phase.COUNTDOWN, 2.2),
    "run": lambda: phase("steady", Phase.RUN, 8.0),
    "outside": lambda: moment("unsteady", lambda shot: bool(shot.cue)),
    "lost": lost,
    "fault": lambda: phase(
        "steady", Phase.RUN, 9.0, faults=("trunk: its part stopped; recording goes on",)
    ),
    "late": lambda: phase("steady", Phase.RUN, 9.0, latency_ms=290.0),
    "held-on": lambda: phase("steady", Phase.HELD_ON, 0.2),
    "result": lambda: phase("unsteady", Phase.RESULT),
    "result-stopped": lambda: phase("steps-off", Phase.RESULT),
    "result-not-scored": lambda: phase("sensor-lost", Phase.RESULT),
    "replay": replayed,
    "class-four": four,
    "side-by-side": lambda: open_pair(
        SAMPLES / "rocker-unsteady.mcap", SAMPLES / "rocker-steady.mcap"
    ),
}
"""What is shown, by name: a picture, or whatever else a view of `VIEWS` draws."""


def _replay_window(shown: Snapshot) -> QWidget:
    desk = Desk(Still(shown), on_closed=lambda: None, on_palette=lambda: None)
    desk.show([application().primaryScreen()])
    application().removeEventFilter(desk)  # nobody presses a key here
    window = desk.windows[0]
    window.refresh = desk.draw  # pyright: ignore[reportAttributeAccessIssue]
    window.hide()
    return window


def _pair(pair: Any) -> QWidget:
    pair.send("seek", t=pair.origin + 12.0)
    return PairView(pair)


VIEWS: dict[str, tuple[Callable[[Any], QWidget], tuple[int, int]]] = {
    "trainee": (lambda shown: TraineeView(Still(shown)), HD),
    "therapist": (lambda shown: TherapistView(Still(shown)), (1440, 900)),
    "window": (_replay_window, HD),
    "class": (lambda shown: ClassView(Still(shown)), HD),
    "pair": (_pair, HD),
}
"""What draws it, and its size in pixels."""

_OWN = {
    "replay": ("window",),
    "class-four": ("class",),
    "side-by-side": ("pair",),
}
"""The views of a state; any other state has the trainee's and the therapist's."""
_FEW = ("run", "outside", "result", "replay", "class-four", "side-by-side")
VARIANTS: dict[str, tuple[str, ...]] = {
    "": tuple(STATES),
    "light": (*_FEW, "lost", "countdown"),
    "de": (*_FEW, "lost", "support", "result-not-scored"),
    "es": ("outside", "lost", "result", "side-by-side"),
    **dict.fromkeys(SEEING, ("outside", "run", "lost", "class-four")),
}
"""Which states are drawn how: plain, light, in another language, as others see it."""
IN_4K = ("run", "outside", "result", "class-four", "side-by-side")


def draw(folder: Path, state: str, variant: str) -> list[Path]:
    """Draw a state in one way, in full and at a sixth; return the full ones."""
    theme.use(variant != "light")
    language.use(variant if variant in {"de", "es"} else "en")
    dress()
    made: list[Path] = []
    for view in _OWN.get(state, ("trainee", "therapist")):
        make, size = VIEWS[view]
        parts = [part for part in (state, view, variant) if part]
        path = folder / f"{'.'.join(parts)}.png"
        shoot(make(STATES[state]()), path, size)
        image = QImage(str(path))
        if variant in SEEING:
            image = as_seen(image, variant)
            image.save(str(path))
        smooth = Qt.TransformationMode.SmoothTransformation
        image.scaledToWidth(image.width() // 6, smooth).save(
            str(folder / "sixth" / path.name)
        )
        made.append(path)
    return made


@click.command()
@click.argument("out", type=click.Path(path_type=Path), default="build/shots")
@click.argument("states", nargs=-1)
@click.option("--list", "listing", is_flag=True, help="List the states.")
@click.option("--suffix", default="", hidden=True)
def main(out: Path, states: tuple[str, ...], listing: bool, suffix: str) -> None:
    """Draw all states, or some, into the folder OUT."""
    unknown = sorted(set(states) - set(STATES))
    if unknown:
        msg = f"{unknown[0]}: expected one of {', '.join(STATES)}"
        raise click.UsageError(msg)
    if listing:
        click.echo("\n".join(STATES))
        return
    (out / "sixth").mkdir(parents=True, exist_ok=True)
    application()
    chosen = frozenset(states or STATES)
    if suffix:
        _tell(path for one in IN_4K if one in chosen for path in draw(out, one, suffix))
        return
    _tell(_all(out, chosen))
    if chosen & set(IN_4K):
        # Qt asks for the scale of the screen only at its start
        again = [sys.executable, __file__, "--suffix", "4k", str(out), *states]
        subprocess.run(again, env={**os.environ, "QT_SCALE_FACTOR": "2"}, check=True)


def _all(out: Path, chosen: frozenset[str]) -> Iterator[Path]:
    for variant, states in VARIANTS.items():
        for state in states:
            if state in chosen:
                yield from draw(out, state, variant)


def _tell(paths: Iterable[Path]) -> None:
    for path in paths:
        click.echo(str(path))


if __name__ == "__main__":
    main()
