"""Measures what is not measured yet, and keeps it part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.session.batch.parts import Parts
from surefoot.session.batch.running import measured
from surefoot.session.batch.work import MEASURED, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from surefoot.session.batch.running import Runner
    from surefoot.session.batch.work import Mark, Outcome, Plan

AT_LEAST = 16
"""Files a part where the workers hand over fewer at a time. Our default."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What came of a folder of recordings.

    Attributes
    ----------
    files : int
        How many there are.
    known : int
        Whose values were kept before: nothing was done with them.
    measured : int
        Measured and kept now.
    failed : tuple of str
        Why the others were not, one line each; that is kept, too.
    unreadable : tuple of Path
        Earlier parts that are damaged: their files were measured again.
    """

    files: int
    known: int
    measured: int
    failed: tuple[str, ...] = ()
    unreadable: tuple[Path, ...] = ()


def measure_into(
    folder: Path,
    files: Sequence[Path],
    plan: Plan,
    by: Runner,
    progress: Callable[[int], None] = lambda _done: None,
) -> Tally:
    """Measure the files whose values are not in a folder yet.

    A file is known again by its bytes, under any name; as long as its path, size and
    time of change are those of before, it is not even read. Whatever ends the run, the
    parts written so far stay and count the next time.

    Parameters
    ----------
    folder : Path
        Where the parts are: ``part-<algorithm, version, options>-<files>.parquet``, or
        ``.jsonl`` without pyarrow.
    files : sequence of Path
        The recordings.
    plan : Plan
        What is to be done with each.
    by : Runner
        As `surefoot.session.batch.runner` returns it.
    progress : callable, optional
        Told how many of the files are done.

    Returns
    -------
    Tally
        What came of them.

    Raises
    ------
    RecordingError
        If the folder cannot be written to.
    """
    parts = Parts(folder, plan.key)
    whole = [file.resolve() for file in files]
    todo = _unknown(whole, list(parts.known()))
    done = len(files) - len(todo)
    progress(done)
    count = 0
    failed: list[str] = []
    gathered: list[Outcome] = []
    try:
        for outcomes in measured(todo, plan, by):
            gathered += outcomes
            if len(gathered) >= AT_LEAST:
                parts.keep(gathered)
                gathered.clear()
            count += sum(outcome.status == MEASURED for outcome in outcomes)
            failed += [o.error for o in outcomes if o.status != MEASURED]
            done += len(outcomes)
            progress(done)
    finally:  # also of a run that is interrupted
        if gathered:
            parts.keep(gathered)
    unreadable = tuple(parts.unreadable)
    return Tally(len(files), len(files) - len(todo), count, tuple(failed), unreadable)


def _unknown(files: Iterable[Path], known: Sequence[Mark]) -> list[Path]:
    looks = {(mark.file, mark.size, mark.mtime_ns) for mark in known}
    digests = {mark.sha256 for mark in known if mark.sha256}
    return [file for file in files if not _is_known(file, looks, digests)]


def _is_known(file: Path, looks: set[tuple[str, int, int]], digests: set[str]) -> bool:
    if not digests:
        return False
    try:
        look = mark_of(file, digest=False)
        if (look.file, look.size, look.mtime_ns) in looks:
            return True
        return mark_of(file).sha256 in digests
    except OSError:
        return False
