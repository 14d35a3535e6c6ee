"""Exports of the app Sensor Logger: a zip or folder of CSV files, or one of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.exchange.columns import TIME, UNUSED, column
from surefoot.exchange.declare import About
from surefoot.exchange.grid import open_grid
from surefoot.exchange.merge import Part, merged_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.grid import Grid, Heading
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.source import Source

_EPOCH = "time"
_ELAPSED = "seconds_elapsed"
_UNITS = {TIME: "s", "acc": "m/s^2", "gyr": "rad/s"}
_DIGITS = 19  # of nanoseconds since 1970
_WHOLE = "totalacceleration"
_LINEAR = "accelerometer"
_RAW = "accelerometeruncalibrated"
_GRAVITY = "gravity"
_GYR = "gyroscope"


def misfit_sensor_logger(source: Source, _choice: Choice) -> str:
    """Return why a source is no Sensor Logger export; nothing if it is one."""
    if any(open_grid(source, name, _is_own) for name in source.names):
        return ""
    return "no headings time, seconds_elapsed, z, y, x"


def read_sensor_logger(source: Source, choice: Choice) -> Rows:
    """Return the rows of a Sensor Logger export.

    Acceleration with gravity is ``TotalAcceleration``, or the sum of ``Accelerometer``
    and ``Gravity``, or ``AccelerometerUncalibrated``, in this order. An iPhone counts
    accelerations the other way round unless *Standardise Units & Frames* was on;
    ``Metadata.csv`` tells, or a person does.

    Parameters
    ----------
    source : Source
        A zip, a folder or a CSV file.
    choice : Choice
        Axes as a person says them.

    Raises
    ------
    TableError
        If there is no acceleration with gravity, if nobody tells which way it points
        at rest, or naming the line.
    """
    found = _by_stem(source)
    phone = _phone(source, found)
    choice = _signed(source, choice, phone)
    if len(source.names) == 1:
        found = {_only(source): source.names[0]}
    base, gravity = _accelerations(source, found, choice, phone)
    gyr = _part(source, found, _GYR, choice)
    others = (("gravity", gravity), ("turn rate", gyr))
    merged = " and ".join(what for what, part in others if part)
    how = "interpolated linearly to the times of the accelerometer"
    facts = {"merged": f"{merged}, {how}"}
    about = About(
        "sensor-logger",
        source="The documentation of Sensor Logger (UNITS.md, CROSSPLATFORM.md)",
        recorded=phone.get("recording time", ""),
        started_ns=_first_time(base.grid),
        facts=facts if merged else {},
    )
    return merged_rows(base, choice, about, gyr, gravity)


def _by_stem(source: Source) -> dict[str, str]:
    """Return the files by what they hold.

    Raises
    ------
    TableError
        If two hold the same: then there are two recordings.
    """
    found: dict[str, str] = {}
    for name in source.names:
        stem = _stem(name)
        if stem in found and stem in {_WHOLE, _LINEAR, _RAW, _GRAVITY, _GYR}:
            msg = (
                f"{source.name}: expected one recording, got {found[stem]} and {name}: "
                "give the folder of one of them"
            )
            raise TableError(msg)
        found[stem] = name
    return found


def _accelerations(
    source: Source, found: Mapping[str, str], choice: Choice, phone: Mapping[str, str]
) -> tuple[Part, Part | None]:
    """Return the table of accelerations, and that of gravity where it has to be added.

    Raises
    ------
    TableError
        If there is none with gravity.
    """
    gravity = None
    base = _part(source, found, _WHOLE, choice)
    if base is None and _LINEAR in found and _GRAVITY in found:
        base = _part(source, found, _LINEAR, choice)
        gravity = _part(source, found, _GRAVITY, choice)
    if base is None:
        in_g = _is_turned(phone) and "acc" not in choice.units
        told = replace(choice, units={**choice.units, "acc": "g"}) if in_g else choice
        base = _part(source, found, _RAW, told)
    if base is None:
        got = "Accelerometer, which is without" if _LINEAR in found else "none"
        msg = (
            f"{source.name}: expected accelerations with gravity, got {got}: there is "
            "no tilt without it, give the zip with TotalAcceleration or Gravity in it"
        )
        raise TableError(msg)
    return base, gravity


def _part(
    source: Source, found: Mapping[str, str], stem: str, choice: Choice
) -> Part | None:
    grid = open_grid(source, found[stem], _is_own) if stem in found else None
    if grid is None:
        return None
    quantity = "gyr" if stem == _GYR else "acc"
    told = replace(choice, units={**_UNITS, **choice.units})
    names = {_ELAPSED: TIME, **{axis: f"{quantity}_{axis}" for axis in "xyz"}}
    targets = [names.get(heading.cell.lower(), UNUSED) for heading in grid.headings]
    pairs = zip(targets, grid.headings, strict=True)
    return Part(grid, tuple(column(t, h, told, grid) for t, h in pairs))


def _only(source: Source) -> str:
    """Return what a file by itself is: by its name, or all of the acceleration."""
    stem = _stem(source.names[0])
    return stem if stem in {_LINEAR, _RAW, _GRAVITY, _GYR} else _WHOLE


def _signed(source: Source, choice: Choice, phone: Mapping[str, str]) -> Choice:
    """Return the choice with the way accelerations point at rest.

    Raises
    ------
    TableError
        If nobody tells.
    """
    if "rest" in choice.axes:
        return choice
    if not phone.get("platform"):
        msg = (
            f"{source.name}: expected Metadata.csv, which tells the kind of phone, got "
            "none: say it, --axes rest=up (Android, or standardised) or "
            "--axes rest=down (iPhone)"
        )
        raise TableError(msg)
    rest = "down" if _is_turned(phone) else "up"
    return replace(choice, axes={**choice.axes, "rest": rest})


def _is_turned(phone: Mapping[str, str]) -> bool:
    """Return whether accelerations point down at rest, and raw ones are in g."""
    standard = phone.get("standardisation", "").lower() == "true"
    return phone.get("platform", "").lower() == "ios" and not standard


def _phone(source: Source, found: Mapping[str, str]) -> dict[str, str]:
    """Return what Metadata.csv says."""
    if "metadata" not in found:
        return {}
    lines = source.head(found["metadata"], 2)
    if len(lines) < 2:
        return {}
    keys, values = (line.split(",") for line in lines)
    return {k.strip().lower(): v.strip() for k, v in zip(keys, values, strict=False)}


def _first_time(grid: Grid) -> int | None:
    """Return the wall time of the first row [ns]."""
    at = [heading.cell.lower() for heading in grid.headings].index(_EPOCH)
    row = next(grid.rows(), None)
    cell = row.cells[at].strip() if row else ""
    return int(cell) if cell.isdecimal() and len(cell) <= _DIGITS else None


def _is_own(headings: Sequence[Heading]) -> bool:
    return {_EPOCH, _ELAPSED, *"xyz"} <= {heading.cell.lower() for heading in headings}


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.lower()
