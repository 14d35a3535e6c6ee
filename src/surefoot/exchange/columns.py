"""Which column of a table is what, and in which unit: told, or read off its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.devices.layout import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from surefoot.exchange.grid import Grid, Heading

TIME = "time"
ACC = ("acc_x", "acc_y", "acc_z")
GYR = ("gyr_x", "gyr_y", "gyr_z")
COP = ("ml", "ap")
PLANE = ("cop_x", "cop_y")
FORCE = "force"
TARGETS = (TIME, *ACC, *GYR, *COP, FORCE)
"""What a column can be."""

QUANTITIES = (TIME, "acc", "gyr", "cop", FORCE, "moment")
"""What a unit can be given for."""

AXES = ("ml", "ap", "x", "y", "z", "rest")
"""What ``--axes`` can say."""

UNUSED = "-"

_SHOWN = 80  # characters of a list of names
_UNITS: dict[str, dict[str, tuple[str, float]]] = {
    TIME: {"s": ("s", 1.0), "ms": ("ms", 1.0), "us": ("us", 1.0), "ns": ("us", 1e-3)},
    "acc": {"m/s^2": ("m/s^2", 1.0), "g": ("g", 1.0), "mg": ("mg", 1.0)},
    "gyr": {
        "rad/s": ("rad/s", 1.0),
        "deg/s": ("deg/s", 1.0),
        "mdeg/s": ("deg/s", 1e-3),
    },
    "cop": {"m": ("m", 1.0), "cm": ("cm", 1.0), "mm": ("mm", 1.0)},
    FORCE: {"N": ("N", 1.0), "kN": ("N", 1e3)},
    "moment": {"Nm": ("1", 1.0), "Nmm": ("1", 1e-3), "Ncm": ("1", 1e-2)},
}
_SPELLINGS = {
    "m/s²": "m/s^2",
    "m/s2": "m/s^2",
    "m/s/s": "m/s^2",
    "m*s^-2": "m/s^2",
    "°/s": "deg/s",
    "º/s": "deg/s",
    "dps": "deg/s",
    "mdps": "mdeg/s",
    "sec": "s",
    "seconds": "s",
    "\N{MICRO SIGN}s": "us",
    "N.m": "Nm",
    "N*m": "Nm",
    "N-m": "Nm",
    "N m": "Nm",
    "N.mm": "Nmm",
    "N*mm": "Nmm",
    "N-mm": "Nmm",
    "N mm": "Nmm",
    "N.cm": "Ncm",
}
_NAMES = {
    TIME: re.compile(r"t|(f|mocap|device)?_?time|timestamp|time_?stamp|seconds"),
    "acc": re.compile(r"(?:a|acc|accel|accelerometer|acceleration)[_ .]?([xyz])"),
    "gyr": re.compile(r"(?:g|gyr|gyro|gyroscope|w)[_ .]?([xyz])"),
    "cop": re.compile(r"(?:cop|c)[_ .]?([xy])"),
    "ml": re.compile(r"(?:cop[_ .]?)?ml"),
    "ap": re.compile(r"(?:cop[_ .]?)?ap"),
    FORCE: re.compile(r"f_?z|force_?(?:v|z)|vertical force"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says about a table.

    Attributes
    ----------
    columns : mapping of str to str
        Heading by target, as in ``{"acc_x": "ax"}``; the others are read off. The
        heading ``"-"`` leaves a target out.
    units : mapping of str to str
        Unit by quantity, as in ``{"acc": "g"}``.
    rate : float or None
        Samples a second; needed where the table has no time.
    axes : mapping of str to str
        Signed axes: ``{"ml": "-x", "ap": "y"}`` of a plate, ``{"x": "-y", "y": "x",
        "z": "z"}`` of a sensor; ``{"rest": "down"}`` for accelerations that point down
        at rest.
    origin : tuple of float or None
        Where the moments of a force plate are about, seen from the middle of its top
        [m].
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    rate: float | None = None
    axes: Mapping[str, str] = field(default_factory=dict[str, str])
    origin: tuple[float, float, float] | None = None


def recognise(headings: Sequence[Heading], kinds: Iterable[str]) -> list[str]:
    """Return what each column is by its name; ``"-"`` for one that is none of these.

    Parameters
    ----------
    headings : sequence of Heading
        Names of the columns.
    kinds : iterable of str
        What to look for: ``time``, ``acc``, ``gyr``, ``cop``, ``ml``, ``ap``,
        ``force``.
    """
    kinds = tuple(kinds)
    return [_kind(heading.name.lower(), kinds) for heading in headings]


def assign(grid: Grid, choice: Choice, kinds: Iterable[str]) -> list[str]:
    """Return what each column is; what a person says goes before what is read off.

    Raises
    ------
    TableError
        If a told column is not there, or two are for one target.
    """
    targets = recognise(grid.headings, kinds)
    names = [heading.name for heading in grid.headings]
    for target, name in choice.columns.items():
        targets = [UNUSED if old == target else old for old in targets]
        if name != UNUSED:
            targets[_find(name, grid)] = target
    for target in dict.fromkeys(targets):
        if target != UNUSED and targets.count(target) > 1:
            pairs = zip(names, targets, strict=True)
            twice = " and ".join(n for n, t in pairs if t == target)
            msg = (
                f"{grid.where}: expected one column for {target}, got {twice}: "
                f"choose with --columns {target}=NAME"
            )
            raise TableError(msg)
    return targets


def require(grid: Grid, targets: Sequence[str], wanted: Iterable[str]) -> None:
    """Refuse a table in which one of these is missing.

    Raises
    ------
    TableError
        Naming them and the option that says where they are.
    """
    missing = [target for target in wanted if target not in targets]
    if missing:
        told = ",".join(f"{target}=NAME" for target in missing)
        msg = (
            f"{grid.where}: expected columns for {', '.join(missing)}, "
            f"got {shown(grid)}: name them, --columns {told}"
        )
        raise TableError(msg)


def unit_of(target: str, told: str, choice: Choice, grid: Grid) -> tuple[str, float]:
    """Return the unit of a column as a profile writes it, and the factor to it.

    Raises
    ------
    TableError
        If it is neither said nor in the heading, or not known.
    """
    quantity = quantity_of(target)
    known = _UNITS[quantity]
    unit = choice.units.get(quantity) or told
    unit = _SPELLINGS.get(unit, unit)
    unit = unit if unit in known else unit.lower()
    if unit not in known:
        flags = " or ".join(f"{quantity}={name}" for name in known)
        msg = (
            f"{grid.where}: expected the unit of {target}, one of "
            f"{', '.join(known)}, got {unit or 'none'}: say it, --units {flags}"
        )
        raise TableError(msg)
    return known[unit]


def expect_axes(grid: Grid, choice: Choice, known: Iterable[str]) -> None:
    """Refuse axes that a table of this kind does not have.

    Raises
    ------
    TableError
        Naming them.
    """
    strange = [name for name in choice.axes if name not in known]
    if strange or choice.axes.get("rest", "up") not in {"up", "down"}:
        got = ",".join(f"{name}={value}" for name, value in choice.axes.items())
        says = " or ".join(
            "rest=up, rest=down" if name == "rest" else name for name in known
        )
        msg = f"{grid.where}: expected --axes of {says}, got {got}: mend them"
        raise TableError(msg)


def quantity_of(target: str) -> str:
    """Return what the unit of a target is said for."""
    return "cop" if target in {*COP, *PLANE} else target.partition("_")[0]


def column(target: str, heading: Heading, choice: Choice, grid: Grid) -> Column:
    """Return one column with its unit; one that is not used needs none.

    Raises
    ------
    TableError
        If its unit is not known.
    """
    if target == UNUSED:
        return Column(UNUSED, "1")
    unit, scale = unit_of(target, heading.unit, choice, grid)
    return Column(target, unit, scale)


def shown(grid: Grid) -> str:
    """Return the names of the columns, shortened."""
    text = ", ".join(heading.cell for heading in grid.headings)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _kind(name: str, kinds: tuple[str, ...]) -> str:
    for kind in kinds:
        found = _NAMES[kind].fullmatch(name)
        if found:
            axis = found[1] if kind in {"acc", "gyr", "cop"} else ""
            return f"{kind}_{axis}" if axis else kind
    return UNUSED


def _find(name: str, grid: Grid) -> int:
    for i, heading in enumerate(grid.headings):
        if name in {heading.name, heading.cell}:
            return i
    msg = f"{grid.where}: expected a column {name!r}, got {shown(grid)}: see --columns"
    raise TableError(msg)
