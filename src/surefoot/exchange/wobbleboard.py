"""The open wobble-board recordings: JSON with one list an axis, in thousandths of g."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

import numpy as np

from surefoot.core import TableError
from surefoot.devices import Profile, load_profile, parse_profile
from surefoot.devices.units import si
from surefoot.exchange.rows import (
    LEAST,
    SECOND_NS,
    Rows,
    expect_gravity,
    nominal_time,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.source import Source

PROFILE = "wobbleboard-json"

_AXES = ("x", "y", "z")
_RATES = (1.0, 1000.0)
_WRITTEN = "%Y%m%d-%H%M%S"


def misfit_wobbleboard(source: Source, _choice: Choice) -> str:
    """Return why a source is no wobble-board recording; nothing if it may be one."""
    head = source.head(source.names[0], 1) if len(source.names) == 1 else []
    return "" if head and head[0].lstrip().startswith("{") else "no JSON object"


def read_wobbleboard(source: Source, _choice: Choice) -> Rows:
    """Return the rows of one recording.

    The file holds no times: rows stand one period apart. Its ``class`` is kept as a
    label. A gyroscope beside the accelerometer is not taken: the files do not say its
    unit.

    Parameters
    ----------
    source : Source
        The JSON file.
    _choice : Choice
        Not used: the files say all that is needed.

    Raises
    ------
    TableError
        Naming the file, the key and the position of what does not fit.
    """
    where = source.name
    told = _object(source.whole(source.names[0]), where)
    rate = _number(told.get("frequency"))
    if rate is None or not _RATES[0] <= rate <= _RATES[1]:
        raise _error(where, "frequency", "1 to 1000 Hz", told.get("frequency"))
    columns = _columns(told, where)
    n = len(columns[0])
    if told.get("samples", n) != n:
        raise _error(where, "samples", f"{n}, as there are rows", told["samples"])
    profile = _profile(rate)
    scale = si(profile.primary.columns[0].unit)[1]
    acc = np.array(columns, dtype=np.float64).T * scale
    expect_gravity(where, float(np.sqrt(np.square(acc).sum(axis=1)).mean()))
    rows = [",".join(map(str, row)).encode() for row in zip(*columns, strict=True)]

    def samples() -> Iterator[tuple[int, bytes]]:
        for i, row in enumerate(rows):
            yield nominal_time(i, rate), row

    recorded = str(told.get("datetime") or "")
    return Rows(
        format="wobbleboard",
        profile=profile,
        samples=samples,
        count=n,
        label=str(told.get("class") or ""),
        recorded=recorded,
        started_ns=_started(recorded),
        facts={"clock": "nominal", "rate": rate, "rows_read": n},
    )


def _object(text: str, where: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = f"{where}: expected JSON, got {error}: get the file again"
        raise TableError(msg) from None
    if not isinstance(told, dict):
        raise _error(where, "file", "a JSON object", told)
    return cast("dict[str, object]", told)


def _columns(told: dict[str, object], where: str) -> list[list[float]]:
    axes = _accelerometer(told.get("data"))
    if axes is None:
        raise _error(where, "data", "lists x, y and z", told.get("data"))
    columns = [_numbers(axes.get(axis), f"data.{axis}", where) for axis in _AXES]
    lengths = [len(column) for column in columns]
    if len(set(lengths)) > 1:
        raise _error(where, "data", "lists of one length", lengths)
    return columns


def _accelerometer(data: object) -> dict[str, object] | None:
    """Return the first sensor: alone, or in a list before the gyroscope."""
    if isinstance(data, list):
        several = cast("list[object]", data)
        data = several[0] if several else None
    return cast("dict[str, object]", data) if isinstance(data, dict) else None


def _numbers(value: object, key: str, where: str) -> list[float]:
    numbers = cast("list[object]", value) if isinstance(value, list) else None
    if numbers is None or len(numbers) < LEAST:
        raise _error(where, key, f"a list of {LEAST} or more numbers", numbers)
    column: list[float] = []
    for position, number in enumerate(numbers):
        found = _number(number)
        if found is None:
            raise _error(where, f"{key}[{position}]", "a finite number", number)
        column.append(found)
    return column


def _number(value: object) -> int | float | None:
    """Return a finite number as it is, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if math.isfinite(value) else None


def _profile(rate: float) -> Profile:
    shipped = load_profile(PROFILE)
    if rate == shipped.primary.rate:
        return shipped
    text = re.sub(r"(?m)^rate = .*$", f"rate = {rate:g}", shipped.text)
    return parse_profile(text, f"{PROFILE}.toml at {rate:g} Hz")


def _started(recorded: str) -> int | None:
    """Return the wall time, read as UTC: the files do not tell their zone."""
    try:
        when = datetime.strptime(recorded, _WRITTEN).replace(tzinfo=UTC)
    except ValueError:
        return None
    return int(when.timestamp()) * SECOND_NS


def _error(where: str, key: str, expected: str, got: object) -> TableError:
    text = repr(got)
    text = text if len(text) <= 40 else text[:37] + "..."
    return TableError(
        f"{where}: {key}: expected {expected}, got {text}: "
        "it is not a wobble-board recording, or was changed"
    )
