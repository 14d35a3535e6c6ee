"""A drill as a therapist writes it: parsed from TOML, checked once, trusted after."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import Any, Literal

from surefoot.core import DrillError

Axis = Literal["ml", "ap", "both"]


@dataclass(frozen=True, slots=True)
class Drill:
    """One drill.

    Attributes
    ----------
    name : str
        Kebab-case, unique.
    title : str
        As people read it.
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
    """

    name: str
    title: str
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
_TEXTS = ("name", "title")
_LISTS = ("instructions", "safety", "roles", "optional")


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
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{where}: expected TOML, got {error}: mend that line"
        raise DrillError(msg) from None
    known = {"schema", "axis", *_TEXTS, *_LISTS, *_NUMBERS}
    for key in told:
        _expect(key in known, where, key, "a known key", key)
    _expect(told.get("schema") == 1, where, "schema", "1", told.get("schema"))
    axis = told.get("axis")
    _expect(axis in {"ml", "ap", "both"}, where, "axis", '"ml", "ap" or "both"', axis)
    return Drill(
        text=text,
        axis=axis,
        **{key: _text(told, key, where) for key in _TEXTS},
        **{key: _list(told, key, where) for key in _LISTS},
        **{key: _number(told, key, where) for key in _NUMBERS},
    )


def _expect(holds: bool, where: str, key: str, expected: str, got: object) -> None:  # noqa: FBT001
    if not holds:
        msg = f"{where}: {key}: expected {expected}, got {got!r}: change the drill file"
        raise DrillError(msg)


def _text(told: dict[str, Any], key: str, where: str) -> str:
    value = told.get(key)
    _expect(isinstance(value, str) and bool(value), where, key, "a text", value)
    return value  # type: ignore[return-value]


def _list(told: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = told.get(key, [] if key == "optional" else None)
    fits = isinstance(value, list) and all(isinstance(v, str) for v in value)
    _expect(fits, where, key, "a list of texts", value)
    _expect(key == "optional" or bool(value), where, key, "at least one text", value)
    return tuple(value)  # type: ignore[arg-type]


def _number(told: dict[str, Any], key: str, where: str) -> float:
    value = told.get(key)
    low, high = _NUMBERS[key]
    fits = isinstance(value, (int, float)) and not isinstance(value, bool)
    _expect(
        fits and low <= value <= high, where, key, f"a number {low:g}-{high:g}", value
    )
    return float(value)  # type: ignore[arg-type]
