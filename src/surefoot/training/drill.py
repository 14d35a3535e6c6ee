"""A drill: what is done, in which parts, and how its numbers are founded."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import radians
from typing import Literal

from surefoot.analysis.pipeline import Circumstances
from surefoot.training.task import Hold, Signal, Stage

Axis = Literal["ml", "ap", "both"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a number of a drill comes from.

    Attributes
    ----------
    key : str
        Where it stands in the file: ``"task.each"``.
    value : float
        As in the file.
    grade : {"S", "S2", "BK", "D"}
        Read in a source, read in a secondary source, an unverified default, our
        default.
    source : str
        The source; for ``D`` why.
    """

    key: str
    value: float
    grade: str
    source: str


@dataclass(frozen=True, slots=True)
class Second:
    """Something else to do meanwhile.

    Attributes
    ----------
    kind : {"counting", "speech", "subtraction"}
        As on the ladders.
    words : str
        What is asked: ``"Count aloud from 50."``
    """

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill.

    Attributes
    ----------
    name : str
        Kebab-case, unique.
    title : str
        As people read it.
    focus : str
        The one sentence shown during the run, about the board and not the body.
    text : str
        The TOML it came from; a recording carries it.
    instructions, safety : tuple of str
        One short sentence each.
    roles : tuple of str
        Sensors needed; the first one moves the dot.
    optional : tuple of str
        Sensors used when they are there.
    axis : {"ml", "ap", "both"}
        The axis the board may tilt in.
    countdown, duration : float
        Seconds.
    zone_deg : float
        Radius of the zone when the person has none yet (our default).
    zone_floor_deg : float
        A zone is never made smaller.
    zone_percentile : float
        The next zone contains this percentage of a first trial's samples.
    cue_after : float
        Seconds outside the zone before a cue.
    edge_margin_deg, edge_hysteresis_deg : float
        A contact begins this far before the edge and ends this much further in.
    primary : str
        The one measure that the drill is about, declared before it is done; the others
        are description. Empty in a drill that declares none.
    circumstances : Circumstances
        What it is usually done on, and how; what is told at the start goes before it.
    schema : int
        1: levelled board, one run at a time, nothing asked about pain. 2: everything
        below.
    family : {"proprioceptive", "setting", "flexibility", "opponents", "test"}
        What it is for.
    signal : {"tilt", "lean", "cop", "angle", "none"}
        Where the dot comes from.
    needs : tuple of str
        What the first sensor must measure: ``"acc"``, ``"gyr"``, ``"force"``.
    measures : tuple of str
        What the result tells, the most telling first.
    stop : tuple of str
        What ends a set at once.
    stages : tuple of Stage
        Its parts in order; one or more.
    held_on : bool
        Whether it is asked after each set if the trainee held on.
    zone_mm, zone_floor_mm : float
        As ``zone_deg`` and ``zone_floor_deg``, for a centre of pressure.
    second : Second or None
        A second task.
    numbers : tuple of Provenance
        Every number, and where it comes from.
    """

    name: str
    title: str
    focus: str
    text: str
    instructions: tuple[str, ...]
    safety: tuple[str, ...]
    roles: tuple[str, ...]
    optional: tuple[str, ...]
    axis: Axis
    countdown: float
    duration: float
    zone_deg: float
    zone_floor_deg: float
    zone_percentile: float
    cue_after: float
    edge_margin_deg: float
    edge_hysteresis_deg: float
    primary: str = ""
    circumstances: Circumstances = field(default_factory=Circumstances)
    schema: int = 1
    family: str = "proprioceptive"
    signal: Signal = "tilt"
    needs: tuple[str, ...] = ("acc", "gyr")
    measures: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = (Stage("", (), Hold()),)
    held_on: bool = True
    zone_mm: float = 20.0
    zone_floor_mm: float = 5.0
    second: Second | None = None
    numbers: tuple[Provenance, ...] = ()

    @property
    def unit(self) -> str:
        """The SI unit of the dot: ``"rad"`` or ``"m"``."""
        return "m" if self.signal == "cop" else "rad"

    @property
    def zone(self) -> float:
        """Radius of the zone of a person without one, in the unit of the dot."""
        return self.zone_mm / 1000 if self.unit == "m" else radians(self.zone_deg)

    @property
    def zone_floor(self) -> float:
        """Smallest zone, in the unit of the dot."""
        floor = self.zone_floor_mm / 1000
        return floor if self.unit == "m" else radians(self.zone_floor_deg)

    @property
    def is_test(self) -> bool:
        """Whether it measures rather than trains: then nothing is shown meanwhile."""
        return self.family == "test"

    @property
    def edges(self) -> tuple[str, str]:
        """The two edges the board is rested on, in order."""
        return ("front", "back") if self.axis == "ap" else ("left", "right")


def watching() -> Drill:
    """Return what stands for a drill when a session only keeps what comes."""
    return Drill(
        name="watching",
        title="Recording",
        focus="Recording.",
        text="",
        instructions=("Recording.",),
        safety=(),
        roles=("board",),
        optional=(),
        axis="both",
        countdown=0.0,
        duration=float("inf"),
        zone_deg=5.0,
        zone_floor_deg=1.0,
        zone_percentile=80.0,
        cue_after=float("inf"),  # nothing is asked, so nothing is too far
        edge_margin_deg=1.0,
        edge_hysteresis_deg=1.0,
    )
