"""A drill as a therapist writes it: parsed from TOML, checked once, trusted after."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Literal, cast

from surefoot.analysis.pipeline import TOLD, WORDS, Circumstances, circumstances_of
from surefoot.core import DrillError

Axis = Literal["ml", "ap", "both"]
_AXES: tuple[Axis, ...] = ("ml", "ap", "both")


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

    @property
    def edges(self) -> tuple[str, str]:
        """The two edges the board is rested on, in order."""
        return ("front", "back") if self.axis == "ap" else ("left", "right")


_NUMBERS: dict[str, tuple[float, float]] = {
    "countdown": (3.0, 30.0),
    "duration": (5.0, 600.0),
    "zone_deg": (0.5, 30.0),
    "zone_floor_deg": (0.5, 10.0),
    "zone_percentile": (50.0, 99.0),
    "cue_after": (0.1, 5.0),
    "edge_margin_deg": (0.1, 5.0),
    "edge_hysteresis_deg": (0.1, 5.0),
}
_TEXTS = ("name", "title", "focus")
_LISTS = ("instructions", "safety", "roles", "optional")
_TABLE = "circumstances"
_AROUND = {
    **WORDS,
    # no words of one's own: a drill is passed on, and they could name somebody
    "board": ("rocker", "wobble", "dome", "ball", "foam", "force-plate", "floor"),
    "feedback": ("dot", "sound", "none"),
}


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


def lasting(drill: Drill, seconds: float) -> Drill:
    """Return the drill with another duration, told so in its text too."""
    line = f"duration = {seconds:g}"
    text = re.sub(r"(?m)^duration\s*=.*$", line, drill.text)
    return parse_drill(text, drill.name)


def parse_drill(text: str, where: str) -> Drill:
    """Return the drill told by a TOML text.

    Parameters
    ----------
    text : str
        The TOML.
    where : str
        File name, for errors.

    Raises
    ------
    DrillError
        Naming the file, the line or key, what was expected and what came.
    """
    reader = _Reader(where, _load(text, where))
    reader.only({"schema", "axis", "primary", _TABLE, *_TEXTS, *_LISTS, *_NUMBERS})
    reader.expect(reader.told.get("schema") == 1, "schema", "1")
    return Drill(
        name=reader.text("name"),
        title=reader.text("title"),
        focus=reader.text("focus"),
        text=text,
        instructions=reader.texts("instructions"),
        safety=reader.texts("safety"),
        roles=reader.texts("roles"),
        optional=reader.texts("optional", least=0),
        axis=reader.axis(),
        countdown=reader.number("countdown"),
        duration=reader.number("duration"),
        zone_deg=reader.number("zone_deg"),
        zone_floor_deg=reader.number("zone_floor_deg"),
        zone_percentile=reader.number("zone_percentile"),
        cue_after=reader.number("cue_after"),
        edge_margin_deg=reader.number("edge_margin_deg"),
        edge_hysteresis_deg=reader.number("edge_hysteresis_deg"),
        primary=reader.text("primary") if "primary" in reader.told else "",
        circumstances=_circumstances(reader),
    )


def _circumstances(reader: _Reader) -> Circumstances:
    """Return what the optional table tells; a word it does not know is refused."""
    table = reader.told.get(_TABLE, {})
    reader.expect(isinstance(table, dict), _TABLE, f"a table [{_TABLE}]")
    told = cast("dict[str, object]", table)
    around = _Reader(f"{reader.where}: {_TABLE}", told)
    around.only(set(TOLD))
    for what, value in told.items():
        words = _AROUND[what]
        around.expect(value in words, what, f"one of {', '.join(words)}")
    return circumstances_of(told)


def _load(text: str, where: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{where}: expected TOML, got {error}: mend that line"
        raise DrillError(msg) from None


@dataclass(frozen=True, slots=True)
class _Reader:
    where: str
    told: dict[str, object]

    def expect(self, holds: bool, key: str, expected: str) -> None:
        if not holds:
            got = repr(self.told.get(key, "nothing"))
            msg = f"{self.where}: {key}: expected {expected}, got {got}: mend it"
            raise DrillError(msg)

    def only(self, known: set[str]) -> None:
        for key in self.told:
            self.expect(key in known, key, f"one of {', '.join(sorted(known))}")

    def text(self, key: str) -> str:
        value = self.told.get(key)
        if isinstance(value, str) and value:
            return value
        self.expect(False, key, "a text")
        return ""

    def texts(self, key: str, least: int = 1) -> tuple[str, ...]:
        value = self.told.get(key, [])
        values = cast("list[object]", value) if isinstance(value, list) else [None]
        found = tuple(v for v in values if isinstance(v, str))
        fits = len(found) == len(values) >= least
        self.expect(fits, key, f"a list of {least} or more texts")
        return found

    def number(self, key: str) -> float:
        value = self.told.get(key)
        low, high = _NUMBERS[key]
        number = float(value) if isinstance(value, (int, float)) else float("nan")
        self.expect(low <= number <= high, key, f"a number {low:g} to {high:g}")
        return number

    def axis(self) -> Axis:
        for axis in _AXES:
            if self.told.get("axis") == axis:
                return axis
        self.expect(False, "axis", '"ml", "ap" or "both"')
        return "ml"
