"""Final values kept beside a recording, never in it: ``NAME.results.jsonl``.

One line for each way in which the recording was measured: algorithm, profiles,
calibration, options. Lines are added and never changed, so that what was reported once
can be looked up later, whatever became of the program.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, cast

from surefoot.core import RecordingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA = 2
"""2: sets with their scores, answers and decisions beside the values."""
ENDING = ".results.jsonl"
_KEPT = (
    "id",
    "key",
    "pipeline",
    "pipelines",
    "circumstances",
    "primary",
    "measures",
    "sets",
    "pain",
    "effort",
    "decisions",
)


def results_path(recording: Path) -> Path:
    """Return where the results of a recording are kept."""
    name = recording.name.removesuffix(".part").removesuffix(".mcap")
    return recording.with_name(name + ENDING)


def store(found: Mapping[str, Any], recording: Path) -> bool:
    """Keep what `analyse` found beside the recording.

    Parameters
    ----------
    found : mapping
        As `surefoot.session.analysing.analyse` returned it.
    recording : Path
        The recording it is of; it is not opened.

    Returns
    -------
    bool
        False when the last line has this key already, and this schema: nothing is
        written then. An older one may: what was said and taken back counts again.

    Raises
    ------
    RecordingError
        If it could not be written. What was there before is still there.
    """
    path = results_path(recording)
    try:
        kept = stored(recording)
        if kept and _same(kept[-1], found):
            return False
        _append(path, _line({"schema": SCHEMA} | {k: found[k] for k in _KEPT}))
    except OSError as error:
        msg = (
            f"{path}: expected to add the results, got {error.strerror}: the recording "
            "is whole; make room, then surefoot analyze --store"
        )
        raise RecordingError(msg) from None
    return True


def stored(recording: Path) -> list[dict[str, Any]]:
    """Return the results kept beside a recording, oldest first.

    A line that was torn by a crash or changed since is left out. One of an older
    schema is as it was written: what it does not tell is not there.

    Raises
    ------
    RecordingError
        If the file is there and cannot be read.
    """
    path = results_path(recording)
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return []
    except OSError as error:
        msg = f"{path}: expected results, got {error.strerror}: look at its rights"
        raise RecordingError(msg) from None
    rows = map(_row, lines)
    return [row for row in rows if row is not None]


def keep_finals(recording: Path) -> str:
    """Measure a recording that was just finished and keep what was found.

    Returns
    -------
    str
        Empty, or in words why nothing was kept. The recording is not touched and the
        same can be done later.
    """
    try:
        from surefoot.session.analysing import analyse  # heavy; reading needs none

        store(analyse(recording), recording)
    except Exception as error:  # noqa: BLE001 the recording is what must not be lost
        again = f"surefoot analyze --store {recording}"
        return f"no final values kept ({error}); the recording is whole: {again}"
    return ""


def _same(last: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    return last["key"] == found["key"] and last.get("schema") == SCHEMA


def _line(row: dict[str, Any]) -> bytes:
    text = json.dumps(row, sort_keys=True, ensure_ascii=False, allow_nan=False)
    told = {"sha256": hashlib.sha256(text.encode()).hexdigest(), "row": row}
    return json.dumps(told, sort_keys=True, ensure_ascii=False).encode() + b"\n"


def _row(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict):
        return None
    known = cast("dict[str, Any]", told)
    row = known.get("row")
    text = json.dumps(row, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(text.encode(errors="replace")).hexdigest()
    sound = known.get("sha256") == digest and isinstance(row, dict) and "key" in row
    return cast("dict[str, Any]", row) if sound else None


def _append(path: Path, line: bytes) -> None:
    """Add a line in one write; after a torn one it begins a line of its own."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
    file = os.open(path, flags, 0o644)
    try:
        size = os.lseek(file, 0, os.SEEK_END)
        if size:
            os.lseek(file, size - 1, os.SEEK_SET)
            if os.read(file, 1) != b"\n":
                line = b"\n" + line
        written = os.write(file, line)
        os.fsync(file)
    finally:
        os.close(file)
    if written < len(line):
        raise OSError(28, "the disk is full")
