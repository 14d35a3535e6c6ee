"""A stage without a session behind it, and a guard against windows left alive."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from surefoot.core import LinkState, Marker, Measure
from surefoot.session.snapshot import Link, Replay, Result, Snapshot, Tape, Track
from surefoot.training import Grade, Phase, Verdict
from surefoot.training.pain_talk import AFTER, AT_REST
from surefoot.training.question import Question
from surefoot.training.wording import EFFORT, HOW_MANY
from surefoot.ui import theme
from surefoot.ui.asking import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication

PROMPTS = {
    Phase.WAITING: "Waiting for the sensor. Switch it on.",
    Phase.LEVEL_FIRST: "Nobody on the board. Rest it on its left edge.",
    Phase.LEVEL_SECOND: "Now rest it on its right edge.",
    Phase.DIRECTION: "Tip the board to the left. Did the dot go there?",
    Phase.SUPPORT: "Is something firm to hold within reach?",
    Phase.READY: "Step on. Press start when you are ready.",
    Phase.COUNTDOWN: "Get ready.",
    Phase.RUN: "Keep the board level. Keep the dot in the ring.",
    Phase.HELD_ON: "Did you hold on?",
    Phase.RESULT: "Well done. Rest a little.",
    Phase.PAIN_BEFORE: AT_REST,
    Phase.STILL: "Be still, as you will begin.",
    Phase.BOW: "Lean forward a little. Come back.",
    Phase.ENTER: HOW_MANY,
    Phase.REST: "Rest a little. The next set comes soon.",
    Phase.PAIN_AFTER: AFTER,
    Phase.EFFORT: EFFORT,
    Phase.DONE: "Well done. That is all for now.",
}
QUESTIONS = {
    Phase.PAIN_BEFORE: Question("pain", AT_REST, "pain"),
    Phase.ENTER: Question("number", HOW_MANY, "done"),
    Phase.PAIN_AFTER: Question("pain", AFTER, "pain"),
    Phase.EFFORT: Question("effort", EFFORT, "effort"),
}
GOOD = Verdict(Grade.GOOD, (), lost=0.002, longest_gap=0.04, jitter=0.003)
BAD = Verdict(
    Grade.NOT_SCORED, ("7 % of samples lost",), lost=0.07, longest_gap=0.6, jitter=0.02
)
MEASURES = (
    Measure("time_in_zone", 0.72, "1", 20.0, 32.0, "board/tilt", ("PROVISIONAL",)),
    Measure("tilt_rms", np.radians(3.1), "rad", 20.0, 32.0, "board/tilt"),
    Measure("tilt_mean_speed", np.radians(6.4), "rad/s", 20.0, 32.0, "board/tilt"),
    Measure("edge_contacts", 1.0, "1", 20.0, 32.0, "board/tilt"),
)
REPLAY = Replay(
    position=83.0,
    duration=300.0,
    speed=1.0,
    playing=False,
    trials=((40.0, 70.0), (120.0, 150.0)),
    gaps=((98.0, 101.0),),
)


def tracks(t_end: float) -> dict[str, Track]:
    t = np.arange(max(0.0, t_end - 30.0), t_end, 0.01)
    ml = 4.0 * np.sin(2 * np.pi * 0.4 * t) + 1.0 * np.sin(2 * np.pi * 1.3 * t)
    ap = 0.6 * np.sin(2 * np.pi * 0.5 * t)
    lean = 1.5 * np.sin(2 * np.pi * 0.3 * t)
    return {
        "board/tilt": Track(
            "Board tilt",
            ("left-right", "front-back"),
            "deg",
            100.0,
            t,
            np.column_stack([ml, ap]),
        ),
        "trunk/tilt": Track(
            "Trunk lean",
            ("left-right", "front-back"),
            "deg",
            100.0,
            t,
            np.column_stack([lean, 0.5 * lean]),
        ),
    }


def links() -> tuple[Link, ...]:
    return (
        Link(
            role="board",
            device="Surefoot virtual board",
            state=LinkState.STREAMING,
            rate=104.0,
            samples=3328,
            lost=2,
            delay_ms=14.0,
            battery=87,
            age=0.02,
        ),
        Link(
            role="trunk",
            device="Movesense 1234",
            state=LinkState.STREAMING,
            rate=103.6,
            samples=3315,
            delay_ms=21.0,
            age=0.03,
        ),
    )


def make_snapshot(**changes: Any) -> Snapshot:
    """Return a plausible picture of a run under way, with these fields changed.

    The prompt follows the phase unless it is given.
    """
    phase = changes.get("phase", Phase.RUN)
    plausible: dict[str, Any] = {
        "t": 32.0,
        "virtual": True,
        "drill": "Rocker board: hold level",
        "phase": phase,
        "prompt": PROMPTS[phase],
        "question": QUESTIONS.get(phase),
        "duration": 30.0,
        "zone": float(np.radians(5.0)),
        "edges": (float(np.radians(-15.0)), float(np.radians(15.0))),
        "tilt": (float(np.radians(1.2)), float(np.radians(0.3))),
        "links": links(),
        "tape": Tape("session.mcap", seconds=32.0, megabytes=0.4),
        "tracks": tracks(32.0),
        "markers": (Marker(25.0, "marker", "shoes off"),),
        **_of_phase(phase),
    }
    return Snapshot(**{**plausible, **changes})


def _of_phase(phase: Phase) -> dict[str, Any]:
    if phase is Phase.WAITING:
        return {"tilt": None, "tracks": {}, "edges": None}
    if phase in {Phase.LEVEL_FIRST, Phase.LEVEL_SECOND}:
        return {"tilt": None, "edges": None}
    if phase is Phase.DIRECTION:
        return {"tilt": (float(np.radians(-6.0)), 0.0)}
    if phase is Phase.COUNTDOWN:
        return {"countdown": 3.4}
    if phase is Phase.RUN:
        return {
            "countdown": 17.6,
            "inside": True,
            "time_in_zone": 0.72,
            "measures": MEASURES,
            "quality": GOOD,
        }
    if phase is Phase.RESULT:
        return {"result": make_result(), "measures": MEASURES}
    return {}


def make_result(**changes: Any) -> Result:
    plausible: dict[str, Any] = {
        "verdict": GOOD,
        "measures": MEASURES,
        "ended": "time",
        "held_on": False,
        "zone": float(np.radians(5.0)),
        "next_zone": float(np.radians(4.5)),
    }
    return Result(**{**plausible, **changes})


@dataclass
class FakeStage:
    """A stage that shows what it is told to and remembers what it is asked."""

    shown: Snapshot = field(default_factory=make_snapshot)
    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    closed: int = 0
    error: Exception | None = None
    entry: Entry = field(default_factory=Entry)

    def show(self, **changes: Any) -> Snapshot:
        """Show a picture made anew."""
        self.shown = make_snapshot(**changes)
        return self.shown

    def change(self, **changes: Any) -> Snapshot:
        """Show the same picture with these fields changed."""
        self.shown = replace(self.shown, **changes)
        return self.shown

    def snapshot(self) -> Snapshot:
        if self.error is not None:
            raise self.error
        return self.shown

    def send(self, do: str, **arguments: Any) -> None:
        self.sent.append((do, arguments))

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def fake_stage() -> FakeStage:
    return FakeStage()


@pytest.fixture
def snapshot_of() -> Callable[..., Snapshot]:
    return make_snapshot


@pytest.fixture
def result_of() -> Callable[..., Result]:
    return make_result


@pytest.fixture(autouse=True)
def same_palette() -> Iterator[None]:
    before = theme.PALETTE
    yield
    theme.use(before.dark)


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a top-level widget alive and in sight.

    A lambda or a partial that holds the widget is the usual reason.
    """
    before = set(map(id, qapp.topLevelWidgets()))
    yield
    qapp.processEvents()
    left = [w for w in qapp.topLevelWidgets() if id(w) not in before and w.isVisible()]
    names = [f"{type(w).__name__}({w.windowTitle()!r})" for w in left]
    for widget in left:
        widget.close()
    assert not names, f"left alive: {names}: give them to qtbot.addWidget or close them"
