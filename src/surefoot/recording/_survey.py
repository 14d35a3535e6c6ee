"""Counts what a recording holds, and puts its damage in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from surefoot.recording._contents import Damage
from surefoot.recording._layout import SEQUENCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.core import Packet
    from surefoot.recording._chunk import Batch

State = Literal["complete", "unfinished", "damaged"]


@dataclass(frozen=True, slots=True)
class Survey:
    """What one pass over all packets found."""

    state: State
    damage: tuple[str, ...]
    missing: int
    counts: dict[str, int]
    first_ns: int
    latest_ns: int


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

    def add(self, found: Batch | Damage) -> None:
        """Take the next of what was found."""
        if isinstance(found, Damage):
            self._pending.append(found)
            return
        if found.unnamed:
            self._damage.append(f"{found.unnamed} packets are of an unknown source")
        if found.packets:
            gap = (found.sequences[0] - self._last - 1) % SEQUENCE
            self._explain(gap)
            self._missing += gap + _inside(found.sequences)
            self._last = found.sequences[-1]
            self._count(found.packets)

    def survey(self, others: Sequence[Damage], *, finished: bool) -> Survey:
        """Return the whole, with damage found elsewhere."""
        found = [*self._pending, *others]
        # a crash tears the end off; that alone is no damage
        harmed = [damage for damage in found if finished or not damage.tail]
        state: State = "complete" if finished else "unfinished"
        return Survey(
            "damaged" if harmed or self._damage else state,
            (*self._damage, *map(str, found)),
            self._missing,
            self._counts,
            self._first_ns or 0,
            self._latest_ns,
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

    def _count(self, packets: list[Packet]) -> None:
        for packet in packets:
            self._counts[packet.source] = self._counts.get(packet.source, 0) + 1
        latest = max(packet.t_ns for packet in packets)
        if self._first_ns is None:
            self._first_ns, self._latest_ns = packets[0].t_ns, latest
        self._latest_ns = max(self._latest_ns, latest)


def _inside(sequences: list[int]) -> int:
    """Return how many numbers are left out between the first and the last."""
    return (sequences[-1] - sequences[0] + 1) % SEQUENCE - len(sequences)
