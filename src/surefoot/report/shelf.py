"""Rows of results wherever they are kept: parts of a batch, or beside recordings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from surefoot.report.errors import ReportError
from surefoot.session.final import ENDING, stored

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MEASURED = "measured"
BATCH_ROWS = 8192
"""So many rows of a Parquet part are in memory at a time."""
_COLUMNS = (
    *("file", "key", "profiles", "calibration", "options", "status", "error"),
    *("virtual", "name", "value", "unit", "t0", "flags"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One value of one recording, or why there is none (then without a name)."""

    file: str
    status: str
    trouble: str = ""
    virtual: bool = False
    way: str = ""
    name: str = ""
    value: float | None = None
    unit: str = ""
    t0: float = 0.0
    flags: tuple[str, ...] = ()


def sources(folder: Path) -> list[Path]:
    """Return what is to be read in a folder, in order.

    Parts that ``analyze --to`` wrote; where there are none, every recording inside.

    Raises
    ------
    ReportError
        If there is neither.
    """
    parts = [p for p in sorted(folder.glob("part-*")) if p.suffix in _READ]
    found = parts or sorted(folder.rglob("*.mcap"))
    if not found:
        msg = (
            f"{folder}: expected results or recordings, got none: surefoot analyze DIR "
            f"--to {folder} makes results"
        )
        raise ReportError(msg)
    return found


def rows_in(part: Path) -> Iterator[Row]:
    """Yield the rows of one part.

    Raises
    ------
    Exception
        Whatever a damaged part brings about.
    """
    yield from _READ[part.suffix](part)


def _parquet(part: Path) -> Iterator[Row]:
    try:
        library: Any = import_module("pyarrow.parquet")
    except ImportError:
        msg = f"{part}: expected pyarrow, got none: pip install 'surefoot[parquet]'"
        raise ReportError(msg) from None
    with library.ParquetFile(part, page_checksum_verification=True) as file:
        for batch in file.iter_batches(BATCH_ROWS, columns=list(_COLUMNS)):
            yield from map(_kept, batch.to_pylist())


def _lines(part: Path) -> Iterator[Row]:
    with part.open(encoding="utf-8") as lines:
        for line in lines:
            yield _kept(json.loads(line))


def _kept(row: Mapping[str, Any]) -> Row:
    way = " ".join(str(row[k] or "") for k in _COLUMNS[1:5]).strip()
    return Row(
        file=str(row["file"]),
        status=str(row["status"]),
        trouble=_reason(str(row["error"] or "")),
        virtual=bool(row["virtual"]),
        way=way if row["status"] == MEASURED else "",
        name=str(row["name"] or ""),
        value=row["value"],
        unit=str(row["unit"] or ""),
        t0=float(row["t0"] or 0.0),
        flags=tuple(str(row["flags"] or "").split()),
    )


def _beside(recording: Path) -> Iterator[Row]:
    """Yield the newest results kept beside a recording."""
    rows = stored(recording)
    file = str(recording)
    if not rows:
        why = f"no {ENDING[1:]} beside it: surefoot analyze --store"
        yield Row(file, "not measured", why)
        return
    told = rows[-1]
    way = " ".join(f"{k} {v}" for k, v in sorted(told["key"].items()))
    if not told["measures"]:
        yield Row(file, MEASURED, way=way)
    for one in told["measures"]:
        flags = tuple(map(str, one["flags"]))
        about = {key: one[key] for key in ("name", "value", "unit", "t0")}
        yield Row(file, MEASURED, way=way, flags=flags, **about)


def _reason(error: str) -> str:
    """Return a reason without the name of the file, so that like ones are counted."""
    head, _, rest = error.partition(": ")
    return rest if rest and ("/" in head or head.endswith(".mcap")) else error


_READ = {".parquet": _parquet, ".jsonl": _lines, ".mcap": _beside}
