"""Processes of this computer, some of which may die."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING

from surefoot.session.batch.work import died, work

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from surefoot.session.batch.work import Outcome, Plan

    Task = Sequence[Path]

_AHEAD = 2  # tasks a worker that are handed out; more would be lost with the pool
_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)


class Pool:
    """Measures files in several processes, each with one thread.

    A process that dies takes no result with it: what was under way is done again, file
    by file, so that the one file that kills is found and told.

    Parameters
    ----------
    workers : int
        How many.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, plan: Plan, tasks: Sequence[Task]) -> Iterator[list[Outcome]]:
        """Yield the outcomes of each task as it is done."""
        waiting = deque(tasks)
        while waiting:
            lost = yield from self._until_broken(plan, waiting, self.workers)
            if any(len(task) > 1 for task in lost):
                waiting.extendleft([file] for task in lost for file in task)
            else:
                yield from self._alone(plan, deque(lost))

    def _alone(self, plan: Plan, waiting: deque[Task]) -> Iterator[list[Outcome]]:
        """Yield the outcomes of files that a process may have died of."""
        while waiting:
            lost = yield from self._until_broken(plan, waiting, 1, ahead=1)
            for task in lost:
                yield [died(file) for file in task]

    def _until_broken(
        self, plan: Plan, waiting: deque[Task], workers: int, ahead: int = _AHEAD
    ) -> Generator[list[Outcome], None, list[Task]]:
        """Yield outcomes until all is done or a process dies; return what was lost."""
        flying: dict[Future[list[Outcome]], Task] = {}
        with _one_thread_each(), _executor(workers) as pool:
            try:
                while waiting or flying:
                    while waiting and len(flying) < ahead * workers:
                        flying[pool.submit(work, plan, waiting[0])] = waiting[0]
                        waiting.popleft()
                    done, _ = wait(flying, return_when=FIRST_COMPLETED)
                    for future in done:
                        outcomes = future.result()
                        del flying[future]
                        yield outcomes
            except BrokenProcessPool:
                return list(flying.values())
            except BaseException:  # also whoever asks for no more
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return []


def begin() -> None:
    """Prepare a worker: it dies with the run, and of Ctrl-C without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        watch = threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True)
        watch.start()


def _follow(sentinel: int) -> None:
    from multiprocessing.connection import wait as ended

    ended([sentinel])
    os._exit(1)  # nobody waits for what this would still find


def _executor(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")  # alike on every system
    return ProcessPoolExecutor(workers, mp_context=context, initializer=begin)


@contextmanager
def _one_thread_each() -> Generator[None]:
    """Keep the numeric libraries of new processes to one thread each."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
