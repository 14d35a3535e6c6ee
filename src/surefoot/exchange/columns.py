"""Which column of a table is what, and in which unit: told, or read off its header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.devices.layout import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

TIME = "time"
ACC = ("acc_x", "acc_y", "acc_z")
GYR = ("gyr_x", "gyr_y", "gyr_z")
TARGETS = (TIME, *ACC, *GYR)
"""What a column can be."""

QUANTITIES = (TIME, "acc", "gyr")
"""What a unit can be given for."""

_UNUSED = "-"
_SHOWN = 80  # characters of a list of names
_UNITS: dict[str, dict[str, tuple[str, float]]] = {
    TIME: {"s": ("s", 1.0), "ms": ("ms", 1.0), "us": ("us", 1.0), "ns": ("us", 1e-3)},
    "acc": {"m/s^2": ("m/s^2", 1.0), "g": ("g", 1.0), "mg": ("mg", 1.0)},
    "gyr": {
        "rad/s": ("rad/s", 1.0),
        "deg/s": ("deg/s", 1.0),
        "mdeg/s": ("deg/s", 1e-3),
    },
}
_SPELLINGS = {
    "m/s²": "m/s^2",
    "m/s2": "m/s^2",
    "m/s/s": "m/s^2",
    "°/s": "deg/s",
    "dps": "deg/s",
    "mdps": "mdeg/s",
    "sec": "s",
    "seconds": "s",
    "\N{MICRO SIGN}s": "us",
}
_HEADING = re.compile(r"([^\[(]*)(?:[\[(]([^\])]*)[\])])?")
_NAMES = {
    TIME: re.compile(r"t|time|timestamp|time_?stamp|seconds"),
    "acc": re.compile(r"(?:a|acc|accel|accelerometer|acceleration)[_ .]?([xyz])"),
    "gyr": re.compile(r"(?:g|gyr|gyro|gyroscope|w)[_ .]?([xyz])"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says about a table.

    Attributes
    ----------
    columns : mapping of str to str
        Heading by target, as in ``{"acc_x": "ax"}``; the others are read off.
    units : mapping of str to str
        Unit by quantity, as in ``{"acc": "g"}``.
    rate : float or None
        Samples a second; needed where the table has no time.
    """

    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    rate: float | None = None


def read_columns(header: list[str], choice: Choice, where: str) -> list[Column]:
    """Return what each column of a table is; ``"-"`` for one that is not used.

    Units are never guessed: they stand in the heading, as in ``ax [g]``, or are told.

    Parameters
    ----------
    header : list of str
        The headings.
    choice : Choice
        What a person says; it goes before what is read off.
    where : str
        File name, for errors.

    Raises
    ------
    TableError
        If a column or a unit is missing, unknown, or there twice.
    """
    headings = [_split(cell) for cell in header]
    names = [name for name, _ in headings]
    targets = [_recognise(name) for name in names]
    for target, name in choice.columns.items():
        chosen = _find(name, names, where)
        targets = [_UNUSED if old == target else old for old in targets]
        targets[chosen] = target
    _complete(targets, names, where)
    return [
        _column(target, unit, choice, where)
        for target, (_, unit) in zip(targets, headings, strict=True)
    ]


def _split(cell: str) -> tuple[str, str]:
    """Return name and unit of a heading such as ``Acc_X [g]``."""
    found = _HEADING.match(cell.strip().strip("\"'"))
    name, unit = found.groups() if found else (cell, None)
    return name.strip(), (unit or "").strip()


def _recognise(name: str) -> str:
    lowered = name.lower()
    for quantity, pattern in _NAMES.items():
        found = pattern.fullmatch(lowered)
        if found:
            return f"{quantity}_{found[1]}" if found.groups() else quantity
    return _UNUSED


def _find(name: str, names: list[str], where: str) -> int:
    if name in names:
        return names.index(name)
    msg = f"{where}: expected a column {name!r}, got {_short(names)}: see --columns"
    raise TableError(msg)


def _short(names: list[str]) -> str:
    text = ", ".join(names)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _complete(targets: list[str], names: list[str], where: str) -> None:
    """Refuse two columns for one target, and a sensor with an axis missing."""
    for target in TARGETS:
        if targets.count(target) > 1:
            twice = " and ".join(
                n for n, t in zip(names, targets, strict=True) if t == target
            )
            msg = (
                f"{where}: expected one column for {target}, got {twice}: "
                f"choose with --columns {target}=NAME"
            )
            raise TableError(msg)
    some_gyr = any(target in targets for target in GYR)
    missing = [t for t in (*ACC, *(GYR if some_gyr else ())) if t not in targets]
    if missing:
        wanted = ",".join(f"{target}=NAME" for target in missing)
        msg = (
            f"{where}: expected columns for {', '.join(missing)}, "
            f"got {_short(names)}: name them, --columns {wanted}"
        )
        raise TableError(msg)


def _column(target: str, unit: str, choice: Choice, where: str) -> Column:
    if target == _UNUSED:
        return Column(_UNUSED, "1")
    quantity = target.partition("_")[0]
    known = _UNITS[quantity]
    unit = choice.units.get(quantity) or unit
    unit = _SPELLINGS.get(unit, unit)
    if unit not in known:
        msg = (
            f"{where}: expected the unit of {target}, one of {', '.join(known)}, "
            f"got {unit or 'none'}: say it, --units {quantity}={next(iter(known))}"
        )
        raise TableError(msg)
    declared, scale = known[unit]
    return Column(target, declared, scale)
