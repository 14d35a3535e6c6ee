"""Files dealt out to workers, and their answers as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from surefoot.session.batch.work import work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from surefoot.session.batch.work import Outcome, Plan

LEAST, MOST = 1, 64
"""Files a task. Our default; between them 16 tasks a worker are aimed at."""
_TASKS = 16


class Runner(Protocol):
    """Something that measures files somewhere."""

    workers: int

    def run(
        self, plan: Plan, tasks: Sequence[Sequence[Path]]
    ) -> Iterator[list[Outcome]]:
        """Yield the outcomes of each task as it is done, in any order."""
        ...


class Serial:
    """Measures files here, one after the other."""

    workers = 1

    def run(
        self, plan: Plan, tasks: Sequence[Sequence[Path]]
    ) -> Iterator[list[Outcome]]:
        """Yield the outcomes of each task."""
        for task in tasks:
            yield work(plan, task)


def runner(jobs: int = 1, dask: str = "") -> Runner:
    """Return what measures files.

    Parameters
    ----------
    jobs : int
        Processes on this computer; with one, nothing is started.
    dask : str
        Address of a Dask scheduler, as in ``tcp://10.0.0.2:8786``; goes before.

    Raises
    ------
    RecordingError
        If Dask is not installed, or its workers cannot be used.
    """
    if dask:
        from surefoot.session.batch.scheduler import Scheduler

        return Scheduler(dask)
    if jobs > 1:
        from surefoot.session.batch.pool import Pool

        return Pool(jobs)
    return Serial()


def dealt(files: Sequence[Path], workers: int) -> list[list[Path]]:
    """Return files in tasks: many enough to share out, large enough to be worth it."""
    size = min(MOST, max(LEAST, len(files) // (workers * _TASKS)))
    return [list(files[at : at + size]) for at in range(0, len(files), size)]


def measured(files: Sequence[Path], plan: Plan, by: Runner) -> Iterator[list[Outcome]]:
    """Yield what came of the files, some at a time, as they are done.

    Parameters
    ----------
    files : sequence of Path
        The recordings.
    plan : Plan
        What is to be done with each.
    by : Runner
        As `runner` returns it.
    """
    yield from by.run(plan, dealt(files, by.workers))
