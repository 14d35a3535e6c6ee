"""Counts what a recording holds, where it is, and puts its damage in words."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from surefoot.recording._contents import Damage
from surefoot.recording._layout import SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from surefoot.recording._chunk import Batch

State = Literal["complete", "unfinished", "damaged"]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Where the chunks are and which times are in them; one row a chunk.

    Attributes
    ----------
    at : ndarray of int64, shape (n,)
        Where each chunk is in the file [bytes].
    first_ns, last_ns : ndarray of int64, shape (n,)
        The earliest and the latest reception time in it [ns].
    """

    at: NDArray[np.int64]
    first_ns: NDArray[np.int64]
    last_ns: NDArray[np.int64]

    def places(self, start_ns: int, end_ns: int) -> Iterator[int]:
        """Yield where the chunks with times ``start_ns <= t < end_ns`` are."""
        wanted = (self.last_ns >= start_ns) & (self.first_ns < end_ns)
        return map(int, self.at[wanted])


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over all packets found."""

    state: State
    damage: tuple[str, ...]
    missing: int
    counts: dict[str, int]
    first_ns: int
    latest_ns: int
    index: Index


class Tally:
    """Takes batches and damage in file order."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._missing = 0
        self._first_ns: int | None = None
        self._latest_ns = 0
        self._last = -1
        self._pending: list[Damage] = []
        self._damage: list[str] = []
        self._rows = tuple(array("q") for _ in range(3))

    def add(self, found: Batch | Damage) -> None:
        """Take the next of what was found."""
        if isinstance(found, Damage):
            self._pending.append(found)
            return
        if found.unnamed:
            self._damage.append(f"{found.unnamed} packets are of an unknown source")
        if len(found):
            first, last = int(found.sequence[0]), int(found.sequence[-1])
            gap = (first - self._last - 1) % SEQUENCE
            self._explain(gap)
            inside = (last - first + 1) % SEQUENCE - len(found)
            self._missing += gap + inside
            self._last = last
            self._count(found)

    def survey(
        self, others: Sequence[Damage], *, finished: bool, taken: int = 0
    ) -> Survey:
        """Return the whole.

        Parameters
        ----------
        others : sequence of Damage
            Found elsewhere.
        finished : bool
            Whether the file was closed in order.
        taken : int
            How many packets the session took, if the file tells.
        """
        found = [*self._pending, *others]
        # a crash tears the end off; that alone is no damage
        harmed = [damage for damage in found if finished or not damage.tail]
        state: State = "complete" if finished else "unfinished"
        behind = (taken - self._last - 1) % SEQUENCE if taken else 0
        return Survey(
            "damaged" if harmed or self._damage else state,
            (*self._damage, *map(str, found)),
            self._missing + behind,
            self._counts,
            self._first_ns or 0,
            self._latest_ns,
            Index(*(np.array(row, np.int64) for row in self._rows)),
        )

    def _explain(self, gap: int) -> None:
        """Say what the damage before this batch cost, now that it can be known."""
        if not self._pending:
            return
        *before, newest = map(str, self._pending)
        after = (self._latest_ns - (self._first_ns or 0)) / 1e9
        cost = f"; {gap} packets after {after:.1f} s are lost" if gap else ""
        self._damage += [*before, newest + cost]
        self._pending.clear()

    def _count(self, batch: Batch) -> None:
        for source, n in batch.counts().items():
            self._counts[source] = self._counts.get(source, 0) + n
        earliest, latest = int(batch.t_ns.min()), int(batch.t_ns.max())
        for row, value in zip(self._rows, (batch.at, earliest, latest), strict=True):
            row.append(value)
        if self._first_ns is None:
            self._first_ns, self._latest_ns = int(batch.t_ns[0]), latest
        self._latest_ns = max(self._latest_ns, latest)
