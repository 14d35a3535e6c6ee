"""Results in a folder, in parts that are whole or not there."""

from __future__ import annotations

import hashlib
import json
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from surefoot.core import RecordingError
from surefoot.session.batch.work import DIED, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from surefoot.session.batch.work import Outcome

COLUMNS: dict[str, str] = {
    "file": "string",
    "size": "int64",
    "mtime_ns": "int64",
    "sha256": "string",
    "id": "string",
    "key": "string",
    "profiles": "string",
    "calibration": "string",
    "options": "string",
    "status": "string",
    "error": "string",
    "virtual": "bool",
    "name": "string",
    "value": "float64",
    "unit": "string",
    "t0": "float64",
    "t1": "float64",
    "stream": "string",
    "flags": "string",
    "primary": "bool",
}
"""Of the rows, in order: which file, by what it was measured, and one value."""

_FILE = ("file", "size", "mtime_ns", "sha256", "status")


class Parts:
    """The parts of one key in one folder: Parquet, or JSON lines without pyarrow.

    Parameters
    ----------
    folder : Path
        Made if it is not there.
    key : str
        What values depend on beside the file.

    Raises
    ------
    RecordingError
        If it cannot be written to.
    """

    def __init__(self, folder: Path, key: str) -> None:
        self.folder = folder
        self.key = key
        self.unreadable: list[Path] = []
        self._arrow = _arrow()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _trouble(folder, error) from None

    def known(self) -> Iterator[Mark]:
        """Yield the files whose outcome is kept; those that a worker died of are not.

        Parts that cannot be read are passed over and listed in ``unreadable``.
        """
        for path in sorted(self.folder.glob(f"part-{self.key}-*")):
            read = {".parquet": self._read_parquet, ".jsonl": _read_lines}.get(
                path.suffix
            )
            if read is None:
                continue  # half of one that a crash left
            try:
                rows = list(read(path))
            except Exception:  # noqa: BLE001 - whatever a damaged file brings about
                self.unreadable.append(path)
                continue
            marks = {Mark(*row[:4]): None for row in rows if row[4] != DIED}
            yield from marks

    def keep(self, outcomes: Sequence[Outcome]) -> Path:
        """Write one part; it is on the disk, whole, when this returns.

        Raises
        ------
        RecordingError
            If it cannot be written.
        """
        name = f"part-{self.key}-{_digest(outcomes)}"
        ending = ".parquet" if self._arrow else ".jsonl"
        path = self.folder / (name + ending)
        half = path.with_name(path.name + ".half")
        rows = [row for outcome in outcomes for row in rows_of(outcome, self.key)]
        try:
            if self._arrow:
                self._write_parquet(half, rows)
            else:
                half.write_bytes(b"".join(map(_line, rows)))
            with half.open("rb+") as stream:
                os.fsync(stream.fileno())
            half.replace(path)
        except OSError as error:
            half.unlink(missing_ok=True)
            raise _trouble(path, error) from None
        return path

    def _write_parquet(self, path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
        assert self._arrow is not None
        pa, pq = self._arrow
        kinds = {"bool": pa.bool_, "int64": pa.int64, "float64": pa.float64}
        fields = [
            (name, kinds.get(kind, pa.string)()) for name, kind in COLUMNS.items()
        ]
        table = pa.Table.from_pylist(rows, schema=pa.schema(fields))
        pq.write_table(table, path, compression="zstd", write_page_checksum=True)

    def _read_parquet(self, path: Path) -> Iterator[tuple[Any, ...]]:
        if self._arrow is None:
            msg = f"{path}: pyarrow is not installed"
            raise RecordingError(msg)
        table = self._arrow[1].read_table(
            path, columns=list(_FILE), page_checksum_verification=True
        )
        columns = [table.column(name).to_pylist() for name in _FILE]
        yield from zip(*columns, strict=True)


def rows_of(outcome: Outcome, key: str) -> list[dict[str, Any]]:
    """Return the rows of one file: one a measure, or one that says why there is none.

    Parameters
    ----------
    outcome : Outcome
        What came of it.
    key : str
        By what it was measured.
    """
    mark, found = outcome.mark, outcome.found
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {name: getattr(mark, name) for name in _FILE[:4]}
    row |= {"key": key, "status": outcome.status, "error": outcome.error or None}
    if found is None:
        return [row]
    told: dict[str, str] = found["key"]
    row |= {name: told.get(name) for name in ("profiles", "calibration", "options")}
    row |= {"id": found["id"], "virtual": found["quality"]["virtual"]}
    measures: list[dict[str, Any]] = found["measures"]
    return [
        row
        | {name: one[name] for name in ("name", "value", "unit", "t0", "t1", "stream")}
        | {"flags": " ".join(one["flags"]), "primary": one["name"] == found["primary"]}
        for one in measures
    ] or [row]


def _digest(outcomes: Iterable[Outcome]) -> str:
    """Return a name of these files by their contents."""
    told = sorted(outcome.mark.sha256 or outcome.mark.file for outcome in outcomes)
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def _line(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _read_lines(path: Path) -> Iterator[tuple[Any, ...]]:
    for line in path.read_bytes().splitlines():
        row = json.loads(line)
        yield tuple(row[name] for name in _FILE)


def _arrow() -> tuple[Any, Any] | None:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        return None


def _trouble(path: Path, error: OSError) -> RecordingError:
    why = error.strerror or str(error)
    return RecordingError(
        f"{path}: expected to write results, got {why!r}: what is written is kept; "
        "make room or choose another folder, and run it again"
    )
