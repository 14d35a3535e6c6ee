"""Force-plate tables: a preamble, then forces and moments, or the position itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import TableError
from surefoot.devices.layout import Column
from surefoot.exchange.columns import FORCE, PLANE, TIME, UNUSED, Choice, unit_of
from surefoot.exchange.columns import column as plain_column
from surefoot.exchange.cop import FORCE_CHANNEL, Work, cop_rows, signs
from surefoot.exchange.declare import COP as STREAM
from surefoot.exchange.declare import About
from surefoot.exchange.grid import open_grid, to_float
from surefoot.exchange.rows import SECOND_NS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.exchange.grid import Grid, Heading
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.source import Source

NO_FORCE = "without a vertical force, so without a position"

_LOADS = ("fx", "fy", "fz", "mx", "my")
_PLATE = re.compile(r"([fm])[_ .]?([xyz])\d?|(?:cop|c)[_ .]?([xy])\d?")
_TIME = re.compile(r"(mocap|device)?[_ ]?time|t|timestamp|seconds")
_RATES = re.compile(
    r"(?:(?:capture|export|device|mocap|analog|sample|sampling|data)[ _]?(?:frame)?"
    r"[ _]?)?(?:rate|frequency)(?: ?[\[(]hz[\])])?",
    re.IGNORECASE,
)
_STARTED = ("%d %b %Y %H:%M:%S %z", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z")
_SPARE = Column(UNUSED, "1")
_STEPS = 20  # rows that show the unit of the time
_TOLERANCE = 0.01


def misfit_plate(source: Source, _choice: Choice) -> str:
    """Return why a source is no force-plate table; nothing if it is one."""
    if len(source.names) != 1:
        return "more than one file"
    if open_grid(source, source.names[0], _is_plate) is None:
        return "no line with the headings Fz and Mx, My or Cx, Cy"
    return ""


def read_plate(source: Source, choice: Choice) -> Rows:
    """Return the rows of a force-plate table.

    The position is that of the columns ``Cx, Cy``; without them, or where an origin is
    told, it is worked out of forces and moments, ``(h Fx - My) / Fz`` and
    ``(h Fy + Mx) / Fz``, with the top ``h`` above the origin of the moments. Rows in
    which all loads are zero are left out: a gap.

    Parameters
    ----------
    source : Source
        The file.
    choice : Choice
        Axes, units, rate and origin as a person says them.

    Raises
    ------
    TableError
        Naming the line or the option, as `read_cop` does.
    """
    grid = open_grid(source, source.names[0], _is_plate)
    if grid is None:
        msg = (
            f"{source.name}: expected a line with the headings Fz and Mx, My or Cx, "
            "Cy, got none: use --format cop or csv for another table"
        )
        raise TableError(msg)
    kinds = [_kind(heading) for heading in grid.headings]
    _once(grid, kinds)
    choice = replace(choice, rate=choice.rate or _rate(grid))
    recorded, started_ns = _started(grid)
    about = About("force-plate", STREAM, recorded=recorded, started_ns=started_ns)
    if set(PLANE) <= set(kinds) and choice.origin is None:
        return _told(grid, kinds, choice, about)
    return _worked_out(grid, kinds, choice, about)


def _told(grid: Grid, kinds: list[str], choice: Choice, about: About) -> Rows:
    """Return the rows with the position the plate's own program gave."""
    signed = signs(grid, kinds, choice)
    columns: list[Column] = []
    for kind, heading in zip(kinds, grid.headings, strict=True):
        if kind in signed:
            name, sign = signed[kind]
            plain = plain_column(kind, heading, choice, grid)
            columns.append(replace(plain, name=name, scale=sign * plain.scale))
        elif kind in _LOADS:
            columns.append(Column(kind, "1"))
        else:
            columns.append(_time(grid, kind, heading, choice))
    heading = grid.headings[kinds.index("fz")]
    force = _SPARE
    if heading.unit or FORCE in choice.units:
        force = _force(grid, heading, choice)
    else:
        note = "the force is not used: its unit is not said, --units force=N"
        about = replace(about, notes=(note,))
    work = Work(_packet(columns, force))
    return cop_rows(grid, tuple(columns), choice, about, work)


def _worked_out(grid: Grid, kinds: list[str], choice: Choice, about: About) -> Rows:
    """Return the rows with a position out of forces and moments added to each."""
    force = _force(grid, grid.headings[kinds.index("fz")], choice)
    top = _top(grid, kinds, force, choice)
    signed = signs(grid, PLANE, choice)
    columns = tuple(
        Column(kind, "1") if kind in _LOADS else _time(grid, kind, heading, choice)
        for kind, heading in zip(kinds, grid.headings, strict=True)
    )
    added = tuple(
        Column(name, "m", float(sign)) for name, sign in (signed[k] for k in PLANE)
    )
    formula = "(h Fx - My) / Fz and (h Fy + Mx) / Fz, from the origin told"
    facts = {"origin": list(top.origin), "worked_out": formula}
    about = replace(about, facts=facts)
    work = Work(_packet(columns, force), added, top.position)
    return cop_rows(grid, columns, choice, about, work)


def _packet(columns: Sequence[Column], force: Column) -> tuple[Column, ...]:
    """Return what the columns are in a packet: of the loads the force alone."""
    return tuple(
        force if c.name == "fz" else _SPARE if c.name in _LOADS else c for c in columns
    )


@dataclass(frozen=True, slots=True)
class _Top:
    """Turns forces and moments into a position on the top of a plate."""

    origin: tuple[float, float, float]
    arm: float
    """From a moment over a force, as the table has them, to metres."""

    def position(self, loads: Mapping[str, float]) -> Sequence[float] | str:
        """Return the position along the plate's x and y [m]."""
        fx, fy, fz, mx, my = (loads[name] for name in _LOADS)
        if fz == 0:
            return NO_FORCE
        x, y, z = self.origin
        at_x = x + (-z * fx - self.arm * my) / fz
        return at_x, y + (-z * fy + self.arm * mx) / fz


def _top(grid: Grid, kinds: list[str], force: Column, choice: Choice) -> _Top:
    missing = [name.capitalize() for name in _LOADS if name not in kinds]
    if missing or choice.origin is None:
        got = f"no {', '.join(missing)}" if missing else "no origin"
        msg = (
            f"{grid.where}: expected Cx and Cy, or Fx to My and the origin of the "
            f"moments, got {got}: say it in metres from the middle of the top, "
            "--origin 0,0,-0.04"
        )
        raise TableError(msg)
    moment = grid.headings[kinds.index("mx")]
    scale = unit_of("moment", moment.unit, choice, grid)[1]
    return _Top(choice.origin, scale / force.scale)


def _is_plate(headings: Sequence[Heading]) -> bool:
    kinds = {_kind(heading) for heading in headings}
    return "fz" in kinds and ({"mx", "my"} <= kinds or set(PLANE) <= kinds)


def _kind(heading: Heading) -> str:
    name = heading.name.lower()
    found = _PLATE.fullmatch(name)
    if found:
        load, axis, plane = found.groups()
        return f"{load}{axis}" if load else f"cop_{plane}"
    return TIME if _TIME.fullmatch(name) else UNUSED


def _once(grid: Grid, kinds: Sequence[str]) -> None:
    for kind in (*_LOADS, *PLANE, TIME):
        if kinds.count(kind) > 1:
            pairs = zip(kinds, grid.headings, strict=True)
            both = " and ".join(h.cell for k, h in pairs if k == kind)
            msg = (
                f"{grid.where}: expected the columns of one plate, got {both}: "
                "cut out those of the others"
            )
            raise TableError(msg)


def _force(grid: Grid, heading: Heading, choice: Choice) -> Column:
    unit, scale = unit_of(FORCE, heading.unit, choice, grid)
    return Column(FORCE_CHANNEL, unit, scale)


def _time(grid: Grid, kind: str, heading: Heading, choice: Choice) -> Column:
    if kind != TIME:
        return Column(UNUSED, "1")
    if not heading.unit and TIME not in choice.units and choice.rate:
        at = grid.headings.index(heading)
        unit = _paced(grid, at, choice.rate)
        return Column(TIME, unit) if unit else plain_column(TIME, heading, choice, grid)
    return plain_column(TIME, heading, choice, grid)


def _paced(grid: Grid, at: int, rate: float) -> str:
    """Return the unit in which the steps of the time agree with the rate."""
    times: list[float] = []
    for row in grid.rows():
        times.append(grid.number(row, at, TIME))
        if len(times) == _STEPS:
            break
    step = float(np.median(np.diff(times))) if len(times) > 1 else 0.0
    for unit, factor in (("s", 1.0), ("ms", 1e3), ("us", 1e6)):
        if abs(step * rate / factor - 1) < _TOLERANCE:
            return unit
    return ""


def _rate(grid: Grid) -> float | None:
    """Return the rate the preamble tells, if all it tells are the same."""
    found: set[float] = set()
    for line in grid.preamble:
        key, _, rest = line.partition(grid.separator)
        value = to_float(rest.strip(f" {grid.separator}"), grid.decimal)
        if _RATES.fullmatch(key.strip(" :")) and value and value > 0:
            found.add(value)
    return found.pop() if len(found) == 1 else None


def _started(grid: Grid) -> tuple[str, int | None]:
    """Return when the recording began, in words and as wall time [ns]."""
    told = grid.told("Capture Start Time")
    for form in _STARTED:
        try:
            when = datetime.strptime(told, form)  # noqa: DTZ007 all forms have a zone
        except ValueError:
            continue
        return told, int(when.timestamp()) * SECOND_NS
    return told, None
