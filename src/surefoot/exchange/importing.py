"""From a file of others to a recording: read it whole, check it, then write."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from surefoot.core import Packet, RecordingError, TableError
from surefoot.core.control import control
from surefoot.exchange.columns import Choice
from surefoot.exchange.declare import COP
from surefoot.exchange.formats import format_of
from surefoot.exchange.rows import SECOND_NS, Rows
from surefoot.exchange.source import Source
from surefoot.recording import Recorder
from surefoot.session.setup import Sensor, Setup

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from surefoot.recording import Header

_AHEAD = 20_000  # packets that may wait for the disk
_PAUSE = 0.005  # s


def import_file(
    path: Path,
    to: Path,
    form: str = "auto",
    choice: Choice | None = None,
    role: str = "board",
) -> Path:
    """Turn a file into a recording; the file itself is only read.

    Parameters
    ----------
    path : Path
        The file, zip or folder.
    to : Path
        The recording to write; it must not exist.
    form : str
        ``"auto"`` or one of `FORMATS`.
    choice : Choice, optional
        Columns, units, axes and rate.
    role : str
        Where the sensor was: ``"board"``, ``"trunk"``.

    Returns
    -------
    Path
        The recording. Its packets are the file's rows, byte for byte, at the times
        the file declares; where something had to be worked out of a row or of another
        table, it is added to its end.

    Raises
    ------
    TableError
        If the file is not such a table; nothing is written then.
    RecordingError
        If the recording cannot be written.
    """
    rows = read_file(path, form, choice or Choice())
    if rows.profile.primary.id == COP and role != "board":
        msg = (
            f"{path.name}: expected a board, for only boards have a centre of "
            f"pressure, got {role}: leave --role out"
        )
        raise TableError(msg)
    return keep_rows(rows, path, to, role)


def read_file(path: Path, form: str, choice: Choice) -> Rows:
    """Return the rows of a file.

    Raises
    ------
    TableError
        If it cannot be read as that.
    """
    source = Source(path)
    found = format_of(source, choice, form)
    found.check(source, choice)
    return found.read(source, choice)


def keep_rows(rows: Rows, path: Path, to: Path, role: str = "board") -> Path:
    """Write the rows of a file as a recording.

    Parameters
    ----------
    rows : Rows
        Read and found sound.
    path : Path
        The file they are from.
    to : Path
        The recording to write.
    role : str
        Where the sensor was.

    Raises
    ------
    RecordingError
        If it cannot be written, or exists.
    """
    wall_ns = rows.started_ns if rows.started_ns is not None else time.time_ns()
    setup = Setup({role: Sensor(rows.profile, device=path.name)})
    header = _header(setup, rows, path, wall_ns)
    recorder = Recorder(to, header, setup.sources)
    try:
        for i, packet in enumerate(_packets(rows, role, wall_ns)):
            recorder.write(packet)
            while i % _AHEAD == 0 and recorder.backlog > _AHEAD and not recorder.error:
                time.sleep(_PAUSE)  # rows are read faster than disks write
        if recorder.lost:
            msg = (
                f"{to}: expected room for every row, got {recorder.alarm}: import again"
            )
            raise RecordingError(msg)
        return recorder.close()
    except BaseException:  # the source is still there: half an import is no use
        recorder.abandon()
        recorder.part.unlink(missing_ok=True)
        raise


def _packets(rows: Rows, role: str, wall_ns: int) -> Iterator[Packet]:
    last: int | None = None
    for t_ns, row in rows:
        if last is None:
            yield control("clock/start", t_ns, wall_ns=wall_ns)
        last = t_ns
        yield Packet(f"{role}/rows", t_ns, row)
    yield control("clock/end", last or 0, why="end of file")


def _header(setup: Setup, rows: Rows, path: Path, wall_ns: int) -> Header:
    first_ns = next(iter(rows))[0]
    header = setup.header()
    facts: dict[str, Any] = {
        "anchor_ns": wall_ns - first_ns,
        "started": datetime.fromtimestamp(wall_ns // SECOND_NS, UTC).isoformat(),
        "imported": {
            "from": path.name,
            "format": rows.format,
            "sha256": Source(path).digest(),
            "label": rows.label,
            "recorded": rows.recorded,
            "rows": rows.count,
            "rows_dropped": dict(rows.dropped),
            "notes": list(rows.notes),
            **rows.facts,
        },
    }
    return replace(header, session=header.session | facts)
