"""From a file of others to a recording: read it whole, check it, then write."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from surefoot.core import Packet, TableError
from surefoot.core.control import control
from surefoot.exchange.columns import Choice
from surefoot.exchange.rows import SECOND_NS, Rows
from surefoot.exchange.table import read_table
from surefoot.exchange.wobbleboard import read_wobbleboard
from surefoot.recording import Recorder
from surefoot.session.setup import Sensor, Setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from surefoot.recording import Header

FORMATS = ("wobbleboard", "csv")
SOURCE = "board/rows"


def import_file(
    path: Path, to: Path, form: str = "auto", choice: Choice | None = None
) -> Path:
    """Turn a file into a recording; the file itself is only read.

    Parameters
    ----------
    path : Path
        The file.
    to : Path
        The recording to write; it must not exist.
    form : str
        ``"auto"`` or one of `FORMATS`.
    choice : Choice, optional
        Columns, units and rate of a CSV table.

    Returns
    -------
    Path
        The recording. Its packets are the file's rows, byte for byte, at the times
        the file declares.

    Raises
    ------
    TableError
        If the file is not such a table; nothing is written then.
    RecordingError
        If the recording cannot be written.
    """
    return keep_rows(read_file(path, form, choice or Choice()), path, to)


def read_file(path: Path, form: str, choice: Choice) -> Rows:
    """Return the rows of a file.

    Raises
    ------
    TableError
        If it cannot be read as that.
    """
    text = _text(path)
    if form == "auto":
        form = "wobbleboard" if text.lstrip().startswith("{") else "csv"
    if form == "wobbleboard":
        return read_wobbleboard(text, path.name)
    return read_table(text, path.name, choice)


def keep_rows(rows: Rows, path: Path, to: Path) -> Path:
    """Write the rows of a file as a recording.

    Raises
    ------
    RecordingError
        If it cannot be written, or exists.
    """
    wall_ns = rows.started_ns if rows.started_ns is not None else time.time_ns()
    setup = Setup({"board": Sensor(rows.profile, device=path.name)})
    recorder = Recorder(to, _header(setup, rows, path, wall_ns), setup.sources)
    try:
        for packet in _packets(rows, wall_ns):
            recorder.write(packet)
        return recorder.close()
    except BaseException:  # the source is still there: half an import is no use
        recorder.abandon()
        recorder.part.unlink(missing_ok=True)
        raise


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        expected = "expected a text file (JSON or CSV), got other bytes"
        msg = f"{path.name}: {expected}: export it as CSV first"
    except OSError as error:
        msg = f"{path}: expected a file to import, got {error.strerror}: give its path"
    raise TableError(msg)


def _packets(rows: Rows, wall_ns: int) -> Iterator[Packet]:
    yield control("clock/start", rows.t_ns[0], wall_ns=wall_ns)
    for t_ns, row in zip(rows.t_ns, rows.rows, strict=True):
        yield Packet(SOURCE, t_ns, row)
    yield control("clock/end", rows.t_ns[-1], why="end of file")


def _header(setup: Setup, rows: Rows, path: Path, wall_ns: int) -> Header:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    header = setup.header()
    facts: dict[str, Any] = {
        "anchor_ns": wall_ns - rows.t_ns[0],
        "started": datetime.fromtimestamp(wall_ns // SECOND_NS, UTC).isoformat(),
        "imported": {
            "from": path.name,
            "format": rows.format,
            "sha256": digest,
            "label": rows.label,
            "recorded": rows.recorded,
        },
    }
    return replace(header, session=header.session | facts)
