"""What is known about one measure, and what a recording must have to give it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

_HAIR = 1 - 1e-9  # what rounding may take

Better = Literal["lower", "higher", "nearer-zero", "neither"]
Group = Literal[
    "tilt",
    "cop",
    "cop-dynamics",
    "load",
    "limits",
    "trunk",
    "smoothness",
    "repetitions",
    "stabilisation",
    "proprioception",
    "walking",
    "flexibility",
    "composite",
    "stance",
]
Stage = Literal["final", "both"]


class Need(StrEnum):
    """Something a recording has, or has not."""

    TILT = "tilt"
    """Tilt of a board about its level."""
    COP = "cop"
    """Centre of pressure."""
    FORCE = "force"
    """Vertical force of each side or cell."""
    TRUNK = "trunk"
    """A sensor on the trunk."""
    PELVIS = "pelvis"
    """A sensor on the pelvis."""
    TWO_SENSORS = "two-sensors"
    """One sensor above and one below the low back, on one clock."""
    ACC = "acc"
    """Acceleration."""
    GYR = "gyr"
    """Angular velocity."""
    ORIENTATION = "orientation"
    """Where up is in a sensor, from gravity and, where there is one, a gyroscope."""
    ANGLE = "angle"
    """The one angle that the drill moves."""
    LEAN = "lean"
    """Lean of the body towards targets, of the centre of mass or the trunk."""
    REPETITIONS = "repetitions"
    """Movements there and back."""
    SIDES = "sides"
    """Repetitions to the left and to the right."""
    IMPACT = "impact"
    """A step down, a push or a kerb, with its instant."""
    ATTEMPTS = "attempts"
    """Attempts at a learnt position, each with the moment of *there*."""
    STEPS = "steps"
    """Steps of a walk, keyed or found."""
    MISSTEPS = "missteps"
    """A person keyed the missteps of the walk."""
    CUES = "cues"
    """The instants at which targets were shown."""
    TARGET = "target"
    """A zone to stay in."""
    MOVING_TARGET = "moving-target"
    """A target that moves, with its path."""
    EDGES = "edges"
    """The tilts at which the board's edges touch the floor."""
    BOUNDARY = "boundary"
    """The corners of the base of support."""
    HEIGHT = "height"
    """Body height of the trainee."""
    CONDITIONS = "conditions"
    """Trials under several conditions, of one length and pipeline."""
    ASKED = "asked"
    """What a drill asked for, and the keys that were pressed meanwhile."""


LACKS: dict[Need, str] = {
    Need.TILT: "the tilt of a board: no sensor on a board in this recording",
    Need.COP: "a centre of pressure: no force board in this recording",
    Need.FORCE: "the load of each side: no load cells in this recording",
    Need.TRUNK: "a sensor on the trunk: none in this recording",
    Need.PELVIS: "a sensor on the pelvis: none in this recording",
    Need.TWO_SENSORS: "sensors above and below the low back: not both in this "
    "recording",
    Need.ACC: "an accelerometer: none in this recording",
    Need.GYR: "a gyroscope: none in this recording",
    Need.ORIENTATION: "an orientation: no sensor in this recording gives one",
    Need.ANGLE: "the angle of a movement: no drill here says which one",
    Need.LEAN: "leaning to targets: no drill here asks for it",
    Need.REPETITIONS: "repetitions: none in this recording",
    Need.SIDES: "repetitions to both sides: not in this recording",
    Need.IMPACT: "a step down or a push: none is marked in this recording",
    Need.ATTEMPTS: "attempts at a learnt position: none in this recording",
    Need.STEPS: "steps of a walk: none in this recording",
    Need.MISSTEPS: "keyed missteps: nobody kept them in this recording",
    Need.CUES: "cues to targets: none in this recording",
    Need.TARGET: "a zone to stay in: no drill here sets one",
    Need.MOVING_TARGET: "a moving target: no drill here shows one",
    Need.EDGES: "the edges of the board: not known, it was not levelled",
    Need.BOUNDARY: "the outline of the feet: not known in this recording",
    Need.HEIGHT: "the body height: not known in this recording",
    Need.CONDITIONS: "trials under several conditions: this is one recording",
    Need.ASKED: "what was asked for: it is measured in the set itself, see its result",
}
"""How it is said that a recording lacks something, one clause for each need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One measure: what it is, what it needs and what it does not mean.

    Attributes
    ----------
    name : str
        As printed by ``analyze``, `surefoot.core.Measure.name`.
    symbol : str
        Short sign, that of the literature where there is one.
    title : str
        The measure in words.
    unit : str
        SI unit, ``"1"`` for shares and counts.
    group : str
        The family it belongs to.
    needs : frozenset of Need
        All that a recording must have.
    min_duration : float
        Shortest interval that it is given for [s]; 0: any.
    min_rate : float
        Slowest sampling that it is given for [Hz]; 0: any.
    better : {"lower", "higher", "nearer-zero", "neither"}
        Which way most therapists would like it to go, other things being equal.
    stage : {"final", "both"}
        Whether it is also given live, then flagged ``PROVISIONAL``.
    formula : str
        In words and plain signs.
    says : str
        What it tells.
    bias : str
        What moves it without any change of the trainee.
    not_said : str
        What it does not mean.
    source : str
        Where it is from.
    reliability : str or None
        How well it repeats, with its source; None: unknown.
    uniform : bool
        Whether it needs evenly spaced samples.
    """

    name: str
    symbol: str
    title: str
    unit: str
    group: Group
    needs: frozenset[Need]
    min_duration: float
    min_rate: float
    better: Better
    stage: Stage
    formula: str
    says: str
    bias: str
    not_said: str
    source: str
    reliability: str | None
    uniform: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """What a recording, or a part of it, has to give.

    Attributes
    ----------
    needs : frozenset of Need
        What is there.
    duration : float
        Length of the interval [s]; NaN counts as none.
    rate : float
        Sampling rate [Hz]; NaN counts as none.
    uniform : bool
        Whether the samples are evenly spaced.
    """

    needs: frozenset[Need]
    duration: float
    rate: float
    uniform: bool = True


def refusal(card: Card, supply: Supply) -> str | None:
    """Return why a measure cannot be given.

    Parameters
    ----------
    card : Card
        The measure.
    supply : Supply
        What there is. A sample stands for one period, so the last one counts: 2000
        samples at 100 Hz are 20 s, whether told as 20 or as 19.99.

    Returns
    -------
    str or None
        One plain clause, the first thing that is missing: what a sensor or drill must
        give, then even spacing, length and rate. None when nothing is.
    """
    for need in Need:
        if need in card.needs and need not in supply.needs:
            return f"needs {LACKS[need]}"
    if card.uniform and not supply.uniform:
        return "needs evenly spaced samples: resample first"
    period = 1.0 / supply.rate if supply.rate > 0 else 0.0
    enough = supply.duration + period >= card.min_duration * _HAIR
    if card.min_duration and not enough:
        return f"needs {card.min_duration:g} s, got {_told(supply.duration)} s"
    if card.min_rate and not supply.rate >= card.min_rate * _HAIR:
        return f"needs {card.min_rate:g} Hz, got {_told(supply.rate)} Hz"
    return None


def _told(value: float) -> str:
    """Return a number so that it cannot round up to what was asked for."""
    return f"{int(value * 10) / 10:g}" if value > 0 else "0"
