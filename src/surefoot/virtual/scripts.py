"""The sessions that are played again and again: the drill in order, and disturbed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.virtual.person import PEOPLE
from surefoot.virtual.script import Fault, Move, Say, Script, Writer

if TYPE_CHECKING:
    from surefoot.virtual.script import Action

REST = 5.0
"""Time given to a rest: the hand needs 0.6 s, finding it 1.5 s and more [s]."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run, from "support in reach?" to "did you hold on?".

    Attributes
    ----------
    seconds : float
        Its planned length.
    ends : float or None
        Seconds into the run at which ``by`` ends it; None for the full time.
    by : Action or None
        What ends it.
    settle : float
        How long it takes until the session knows [s].
    rest : float
        Pause after the last answer [s].
    held_on : bool
        What is answered.
    """

    seconds: float = 30.0
    ends: float | None = None
    by: Action | None = None
    settle: float = 1.0
    rest: float = 1.5
    held_on: bool = False


def level(writer: Writer) -> None:
    """Write the levelling: left edge, right edge, tip left, yes."""
    writer.say("level", REST, edge="left")
    writer.say("level", REST, edge="right")
    writer.act(Move("tip", {"edge": "left"}), 1.5)
    writer.say("direction", 1.0, yes=True)


def run(writer: Writer, told: Run, countdown: float = 5.0) -> None:
    """Write one run."""
    writer.say("support", 2.5, yes=True)
    writer.say("start", countdown)
    if told.by is None:
        writer.t += told.seconds + told.settle
    else:
        writer.t += told.ends or 0.0
        writer.act(told.by, told.settle)
    writer.say("held-on", told.rest, yes=told.held_on)


def hold_level(
    trial_s: float = 30.0, trials: int = 1, stops_after: float | None = None
) -> Script:
    """Return the whole drill, undisturbed.

    Parameters
    ----------
    trial_s : float
        Length of a run [s].
    trials : int
        How many runs.
    stops_after : float, optional
        Seconds into each run after which the person says it hurts.
    """
    told = Run(trial_s)
    if stops_after is not None and stops_after < trial_s:
        told = Run(trial_s, stops_after, _stop("pain"))
    return _series("hold-level", [told] * trials)


def for_person(name: str, trial_s: float = 30.0, trials: int = 1) -> Script:
    """Return the drill as one of `PEOPLE` does it."""
    return hold_level(trial_s, trials, PEOPLE[name].stops_after)


def stepping_off(trial_s: float = 30.0, after: float = 12.0) -> Script:
    """Return a drill in which the person steps off and nobody presses a key."""
    return _series("stepping-off", [Run(trial_s, after, Move("leave"), settle=5.0)])


def clicker(trial_s: float = 30.0, after: float = 8.0) -> Script:
    """Return a drill that the person ends with the clicker."""
    return _series("clicker", [Run(trial_s, after, _stop("clicker"))])


def sensor_lost(trial_s: float = 30.0, after: float = 10.0) -> Script:
    """Return a drill in which the board's sensor dies for good during the run."""
    dies = Fault("board", "silent")
    return _series("sensor-lost", [Run(trial_s, after, dies, settle=6.0)])


def eventful(trial_s: float = 30.0) -> Script:
    """Return five minutes in which most things go wrong once.

    Packets are lost and come twice; the trunk's link breaks during the first run, the
    board's after the second, and its sensor begins anew; the person ends the second run
    early, a silent board ends the fourth, stepping off the sixth. The counters of
    `VirtualSource` wrap in the first minute.
    """
    dies = Fault("board", "silent", seconds=8.0)
    writer = Writer()
    level(writer)
    started = writer.t
    run(writer, Run(trial_s))
    run_again(writer, Run(trial_s, 11.0, _stop("clicker")))
    broke = writer.t
    writer.t += 8.0
    run_again(writer, Run(trial_s))
    run_again(writer, Run(trial_s, 13.0, dies, settle=14.0))
    run_again(writer, Run(trial_s))
    run_again(writer, Run(trial_s, 12.0, Move("leave"), settle=5.0))
    run_again(writer, Run(trial_s))
    writer.t = max(writer.t, 300.0)
    return writer.script("eventful") | {
        1.0: Fault("board", "loss", share=0.01),
        1.001: Fault("trunk", "loss", share=0.02),
        1.002: Fault("board", "twice", share=0.01),
        started + 20.0: Fault("trunk", "drop", seconds=3.0),
        broke + 0.5: Fault("board", "restart", seconds=3.0),
    }


def run_again(writer: Writer, told: Run) -> None:
    """Write another run after a result."""
    writer.say("again", 1.0)
    run(writer, told)


def _series(name: str, runs: list[Run]) -> Script:
    writer = Writer()
    level(writer)
    for index, told in enumerate(runs):
        (run_again if index else run)(writer, told)
    return writer.script(name)


def _stop(why: str) -> Say:
    return Say("stop", {"why": why})
