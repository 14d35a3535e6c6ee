"""A Dask scheduler that is there already, and its workers."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from surefoot.analysis.pipeline import ALGORITHM
from surefoot.core import RecordingError
from surefoot.session.batch.work import died, work

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence
    from pathlib import Path

    from surefoot.session.batch.work import Outcome, Plan

    Task = Sequence[Path]

_PATIENCE = "10s"  # for the scheduler to answer


class Scheduler:
    """Measures files on the workers of a Dask scheduler.

    The workers must have the same version of Surefoot and see the files under the same
    paths; both are asked before anything begins. A task whose worker dies is given to
    another by Dask; files that kill one worker after the other are told.

    Parameters
    ----------
    address : str
        Of the scheduler, as in ``tcp://10.0.0.2:8786``.

    Raises
    ------
    RecordingError
        If Dask is not installed, the scheduler does not answer or has no workers, or
        a worker has another version.
    """

    def __init__(self, address: str) -> None:
        try:
            self._dask: Any = import_module("distributed")
        except ImportError:
            msg = (
                "--dask: expected the package distributed, got none installed: "
                "pip install 'surefoot[dask]'"
            )
            raise RecordingError(msg) from None
        try:
            self._client: Any = self._dask.Client(address, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            why = " ".join(str(error).split()) or type(error).__name__
            msg = (
                f"{address}: expected a Dask scheduler, got {why}: "
                "give its address, as in tcp://10.0.0.2:8786"
            )
            raise RecordingError(msg) from None
        try:
            self.workers = self._expect_workers(address)
        except BaseException:
            self._client.close()
            raise

    def run(self, plan: Plan, tasks: Sequence[Task]) -> Iterator[list[Outcome]]:
        """Yield the outcomes of each task as it is done.

        Raises
        ------
        RecordingError
            If a worker does not see the files.
        """
        with self._client:
            if tasks:
                self._expect_sight(tasks[0][0])
            lost = yield from self._each(plan, tasks)
            alone = [[file] for task in lost for file in task]
            for task in (yield from self._each(plan, alone)):
                yield [died(file) for file in task]

    def _each(
        self, plan: Plan, tasks: Sequence[Task]
    ) -> Generator[list[Outcome], None, list[Task]]:
        """Yield outcomes; return the tasks that killed worker after worker."""
        resolved = [[file.resolve() for file in task] for task in tasks]
        futures = self._client.map(work, [plan] * len(tasks), resolved, pure=False)
        known = dict(zip(futures, tasks, strict=True))
        del futures
        lost: list[Task] = []
        for future in self._dask.as_completed(list(known)):
            task = known.pop(future)
            try:
                yield future.result()
            except self._dask.KilledWorker:
                lost.append(task)
        return lost

    def _expect_workers(self, address: str) -> int:
        wanted = (version("surefoot"), ALGORITHM)
        told = self._ask(_have, address)
        if not told:
            msg = f"{address}: expected workers, got none: start dask worker there"
            raise RecordingError(msg)
        for worker, have in told.items():
            if have != wanted:
                msg = (
                    f"{worker}: expected surefoot {wanted[0]}, algorithm {wanted[1]} "
                    f"as here, got {have}: install the same there"
                )
                raise RecordingError(msg)
        return sum(self._client.nthreads().values())

    def _expect_sight(self, file: Path) -> None:
        there = file.resolve()
        told = self._ask(_see, str(there), there)
        for worker, size in told.items():
            if size != there.stat().st_size:
                msg = (
                    f"{worker}: expected to see {there} as it is here, got "
                    f"{'no such file' if size is None else f'{size} bytes'}: share the "
                    "folder under the same path"
                )
                raise RecordingError(msg)

    def _ask(self, what: Callable[..., Any], where: str, *told: Any) -> dict[str, Any]:
        try:
            return dict(self._client.run(what, *told))
        except Exception as error:  # noqa: BLE001 - whatever a worker without us raises
            why = " ".join(str(error).split())
            msg = (
                f"{where}: expected workers with surefoot {version('surefoot')}, got "
                f"{why}: install the same there"
            )
            raise RecordingError(msg) from None


def _have() -> tuple[str, str]:
    return version("surefoot"), ALGORITHM


def _see(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
