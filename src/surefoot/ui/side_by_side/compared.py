"""The drill's measure of two runs, and why it may not be compared if it may not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surefoot.analysis.comparison import comparable
from surefoot.core import Measure
from surefoot.session.analyse import identity
from surefoot.ui.words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.analysis.comparison import Difference

    Told = Mapping[str, Any]
    Span = tuple[float, float]

USUAL = ("time_in_zone", "mean_velocity", "tilt_rms")
"""Compared where a drill declares nothing: the first that there is. Our choice."""
_SHARE = "time_in_zone"


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of two runs.

    Attributes
    ----------
    title : str
        What it is called; empty where there is none.
    first, second : str
        Its values as people read them; empty where there are none.
    difference : str
        The second less the first, with its sign; empty unless they may be compared.
    forbids : tuple of Difference
        Why they may not be compared.
    besides : tuple of Difference
        In what else they differ.
    missing : tuple of str
        Why there is no value, of either.
    """

    title: str = ""
    first: str = ""
    second: str = ""
    difference: str = ""
    forbids: tuple[Difference, ...] = ()
    besides: tuple[Difference, ...] = ()
    missing: tuple[str, ...] = ()


def compared(first: Told, second: Told, runs: tuple[Span, Span]) -> Compared:
    """Return the primary measure of a run of one recording beside that of another.

    Parameters
    ----------
    first, second : mapping
        As `surefoot.session.analyse.analyse` returned them.
    runs : tuple of two
        Begin and end of either run [s].

    Returns
    -------
    Compared
        With a difference only where `surefoot.analysis.comparison.comparable` finds
        nothing that forbids it; without values where a run has none.
    """
    pairs = ((first, runs[0]), (second, runs[1]))
    name = _name(first, second)
    ones = [_measure(told, name, run) for told, run in pairs]
    title, _ = plain(Measure(name, math.nan, "1", 0.0, 0.0, ""))
    texts = [plain(one[1])[1] if one else "" for one in ones]
    if ones[0] is None or ones[1] is None:
        missing = [
            _refused(told, name)
            for (told, _), one in zip(pairs, ones, strict=True)
            if one is None
        ]
        return Compared(title, texts[0], texts[1], missing=tuple(missing))
    (before, a), (after, b) = ones[0], ones[1]
    told = comparable(identity(first, before), identity(second, after))
    forbids = tuple(one for one in told if one.forbids)
    besides = tuple(one for one in told if not one.forbids)
    away = "" if forbids else _difference(a, b)
    return Compared(title, texts[0], texts[1], away, forbids, besides)


def _name(first: Told, second: Told) -> str:
    declared = [str(told.get("primary") or "") for told in (first, second)]
    if all(declared) or any(declared):
        return declared[0] or declared[1]
    known = {one["name"] for told in (first, second) for one in told["measures"]}
    return next((name for name in USUAL if name in known), USUAL[0])


def _measure(told: Told, name: str, run: Span) -> tuple[Told, Measure] | None:
    """Return a measure of a run, as it was told and as it is read."""
    start, end = run
    for one in told["measures"]:
        inside = min(one["t1"], end) - max(one["t0"], start) > 0
        if one["name"] == name and inside and one["value"] is not None:
            value = float(one["value"])
            whole = (one["unit"], one["t0"], one["t1"], one["stream"])
            return one, Measure(name, value, *whole)
    return None


def _refused(told: Told, name: str) -> str:
    refused: Sequence[Told] = told["refused"]
    for one in refused:
        if one["name"] == name:
            return str(one["reason"])
    return "this run was not measured"


def _difference(a: Measure, b: Measure) -> str:
    away = b.value - a.value
    sign = "\N{MINUS SIGN}" if away < 0 else "+"
    size = Measure(a.name, abs(away), a.unit, b.t0, b.t1, a.stream)
    text = plain(size)[1]
    if a.name == _SHARE:
        return f"{sign}{abs(100 * away):.0f} percentage points"
    return f"{sign}{text}"
