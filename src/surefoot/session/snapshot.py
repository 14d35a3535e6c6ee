"""What a view may know: one frozen picture of the session, live or replayed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from surefoot.core import Event, JsonValue, LinkState, Marker, Measure
    from surefoot.training import Phase, Verdict
    from surefoot.training.aim import Aim
    from surefoot.training.question import Question
    from surefoot.training.scoring import Score


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The newest samples of one stream, for a strip chart.

    Attributes
    ----------
    title : str
        What a person calls it: ``"Board tilt"``.
    channels : tuple of str
        One label a column: ``"left-right"``.
    unit : str
        As shown: ``"deg"``, ``"deg/s"``, ``"m/s^2"``.
    rate : float
        Nominal sampling rate [Hz].
    t : ndarray, shape (n,)
        Seconds since session start, strictly increasing.
    data : ndarray, shape (n, c)
        Values in ``unit``. A gap shows as a step in ``t``.
    """

    title: str
    channels: tuple[str, ...]
    unit: str
    rate: float
    t: NDArray[np.float64]
    data: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Link:
    """How one sensor is doing."""

    role: str
    device: str
    state: LinkState
    reason: str = ""
    rate: float = 0.0
    """Samples a second over the last two seconds."""
    samples: int = 0
    lost: int = 0
    """Packets the counter says are missing."""
    duplicates: int = 0
    refused: int = 0
    """Packets that did not fit the format."""
    delay_ms: float = 0.0
    """Newest reception later than its fitted sample time, smoothed."""
    battery: int | None = None
    age: float = 0.0
    """Seconds since the newest sample."""


@dataclass(frozen=True, slots=True)
class Tape:
    """How the recording is doing."""

    path: str
    seconds: float
    megabytes: float
    backlog: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a finished trial came to: quality first, numbers only if it allows."""

    verdict: Verdict
    measures: tuple[Measure, ...]
    ended: str
    """Why it ended: ``"time"``, ``"stepped-off"``, ``"sensor-lost"``, ``"key"`` ..."""
    held_on: bool | None = None
    zone: float = 0.0
    next_zone: float | None = None
    """What a first run suggests for the next one [rad]."""
    start: float = 0.0
    end: float = 0.0
    """The measured interval [s]."""
    score: Score | None = None
    """What it counts as, with the rule it follows."""
    set_no: int = 0
    """Which set of the sitting it was, from 1; 0 where there are no sets."""
    stage: str = ""
    """Which part of the drill."""
    details: tuple[tuple[str, float], ...] = ()
    """What is kept beside the measures: an angle for each repetition ..."""
    invalid: str = ""
    """Why a test does not count: ``"stepped"``, ``"opened-eyes"`` ..."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Where a replay stands."""

    position: float
    duration: float
    speed: float
    playing: bool
    trials: tuple[tuple[float, float], ...] = ()
    gaps: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Doing:
    """What is done in this set, and with what.

    Attributes
    ----------
    name : str
        Of the drill, as its file.
    task : str
        ``"hold" "follow" "stand" "reach" "repeat" "stretch" "reposition" "land" "walk"
        "log"``.
    signal, stream : str
        Where the dot comes from: ``"angle"``, ``"trunk/angle"``.
    closed : bool
        The eyes are closed.
    test : bool
        It is a test: keys say what makes it invalid.
    wanted : int
        How many are asked for, of what no sensor sees; 0 for time only.
    extent : float
        How far from the middle its places are at most, in the unit of the dot.
    instructions, safety : tuple of str
        One short sentence each.
    resistance : str
        What is used, in words.
    may_enable : bool
        The therapist may agree to what is not usual, with a note.
    refused : str
        Why the last request was not followed.
    """

    name: str = ""
    task: str = "hold"
    signal: str = "tilt"
    stream: str = "board/tilt"
    closed: bool = False
    test: bool = False
    wanted: int = 0
    extent: float = 0.0
    instructions: tuple[str, ...] = ()
    safety: tuple[str, ...] = ()
    resistance: str = ""
    may_enable: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """One picture of the session.

    Angles are in radians here; views turn them into degrees. ``tilt`` is (ml, ap):
    right edge down and front edge down are positive.
    """

    t: float
    virtual: bool
    drill: str
    phase: Phase
    prompt: str
    """The one sentence that says what to do now."""
    countdown: float | None = None
    """Seconds left before the run, or of the run."""
    duration: float = 0.0
    """Length of the run [s]."""
    tilt: tuple[float, float] | None = None
    """Newest filtered tilt; None before the board is levelled."""
    stale: bool = False
    """The newest sample is older than 200 ms: freeze, grey, say so."""
    zone: float = 0.0
    axis: str = "ml"
    """The axis the board rocks about: ``"ml"``, ``"ap"`` or ``"both"``."""
    edges: tuple[float, float] | None = None
    inside: bool | None = None
    time_in_zone: float | None = None
    """Share of the run so far, 0 to 1."""
    cue: str = ""
    """``"left"``, ``"right"``, ``"front"``, ``"back"``: where the board is too low."""
    hide_dot: bool = False
    """A set without feedback, or one that would come too late: draw no dot."""
    latency_ms: float | None = None
    """From a movement to its picture, the link's least delay not counted [ms]."""
    measures: tuple[Measure, ...] = ()
    links: tuple[Link, ...] = ()
    quality: Verdict | None = None
    """Quality of the running trial so far."""
    result: Result | None = None
    tape: Tape | None = None
    faults: tuple[str, ...] = ()
    """What failed and does not stop the recording, one line each."""
    markers: tuple[Marker, ...] = ()
    events: tuple[Event, ...] = ()
    """The newest events, oldest first."""
    tracks: Mapping[str, Track] = field(default_factory=dict[str, Track])
    replay: Replay | None = None
    unit: str = "rad"
    """Of ``tilt`` and ``zone``: ``"rad"``, or ``"m"`` for a centre of pressure."""
    aim: Aim | None = None
    """Where to go now; None: keep level."""
    stage: str = ""
    """Which part of the drill is done: ``"Eyes closed, on foam"``."""
    set_no: int = 0
    sets: int = 0
    """Which set of how many in all; 0 of 0 where there are none."""
    picture: bool = True
    """Whether this set has a live picture."""
    question: Question | None = None
    """What is asked now."""
    focus: str = ""
    """The drill's one sentence."""
    second: str = ""
    """What else is to be done meanwhile: ``"Count aloud."``"""
    doing: Doing = field(default_factory=Doing)
    """Which task it is, and what is told before it."""
    results: tuple[Result, ...] = ()
    """Of the sets so far, oldest first."""


class Stage(Protocol):
    """What the views draw from and speak to: a live session or a replay."""

    def snapshot(self) -> Snapshot:
        """Return the newest picture."""
        ...

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Ask for something, as listed in `surefoot.training.commands`."""
        ...

    def close(self) -> None:
        """End it in order."""
        ...
