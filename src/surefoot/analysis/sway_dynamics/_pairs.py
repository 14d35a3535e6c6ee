"""Pairs of templates that agree, counted exactly and fast.

A template of m + 1 samples is a point in m + 1 dimensions, its coordinates the ranks of
its samples. A tree of medians puts points that are near each other into one group, and
groups into blocks. Between a group and a block whose boxes are too far apart there is
no pair; where they are near enough every pair agrees; neither needs a look at points.

What is left is counted 64 pairs at a time. Whether a point of the block is within the
tolerance of another one along an axis is one bit; the bits of all points of the block
are the difference of two rows of a table that holds, in the order of value, the points
seen so far. A pair agrees where such rows of all axes have a bit in common. Nothing is
approximated: what decides about two samples is their difference itself.
"""

from __future__ import annotations

from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_WORDS = 16
_BLOCK = 64 * _WORDS  # points whose tables stay in the fast cache
_GROUP = 256  # points
_ROWS = 2048  # points looked at together


def agreeing_pairs(x: NDArray[np.float64], m: int, tolerance: float) -> tuple[int, int]:
    """Return how many pairs agree in m samples, and in m + 1.

    Of the ``len(x) - m`` templates; (0, 0) with fewer than two.
    """
    n = len(x) - m
    if n < 2:
        return 0, 0
    values, rank = np.unique(x, return_inverse=True)
    first, last = (bound.astype(np.int32) for bound in _reach(values, tolerance))
    points = np.stack([rank[k : k + n] for k in range(m + 1)]).astype(np.int32)
    order, groups, blocks = _tree(points)
    cloud = _Cloud(points.take(order, axis=1), first, last, groups)
    found = sum((cloud.meet(a, b) for a, b in pairwise(blocks)), np.zeros(2, np.int64))
    shorter, longer = ((found - n) // 2).tolist()  # less each with itself
    return shorter, longer


def _reach(
    values: NDArray[np.float64], tolerance: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the first value within tolerance of each value, and one past the last.

    A bound ``value - tolerance`` is rounded and may miss a value at the very edge:
    the difference itself decides.
    """
    end = len(values) - 1
    first = np.maximum(np.searchsorted(values, values - tolerance) - 1, 0)
    last = np.minimum(np.searchsorted(values, values + tolerance), end)
    for _ in range(2):
        first = first + (values - values[first] > tolerance)
        last = last - (values[last] - values > tolerance)
    return first, last + 1


def _tree(
    points: NDArray[np.int32],
) -> tuple[NDArray[np.intp], list[int], list[int]]:
    """Return an order in which neighbours are together, starts of groups and of blocks.

    Blocks end with the number of points, groups do not.
    """
    n = points.shape[1]
    order = np.arange(n, dtype=np.intp)
    blocks = list(_parts(points, order, (0, n), _BLOCK))
    blocks.append(n)
    groups: list[int] = []
    for ends in pairwise(blocks):
        groups += _parts(points, order, ends, _GROUP)
    return order, groups, blocks


def _parts(
    points: NDArray[np.int32],
    order: NDArray[np.intp],
    ends: tuple[int, int],
    size: int,
) -> Iterator[int]:
    """Sort points into parts of a size, halving the widest axis; yield each start."""
    waiting = [ends]
    while waiting:
        a, b = waiting.pop()
        parts = -(-(b - a) // size)
        if parts == 1:
            yield a
            continue
        half = (parts + 1) // 2 * size
        part = order[a:b]
        near = points[:, part]
        widest = near[int(np.argmax(np.ptp(near, axis=1)))]
        order[a:b] = part[np.argpartition(widest, half - 1)]
        waiting += [(a + half, b), (a, a + half)]


class _Table(NamedTuple):
    """One axis of a block: for each rank how many points are below, and which."""

    least: int
    below: NDArray[np.intp]
    bits: NDArray[np.uint64]

    def near(
        self, first: NDArray[np.int32], last: NDArray[np.int32]
    ) -> NDArray[np.uint64]:
        """Return for each pair of ranks the points between, the last left out."""
        found = self.bits.take(self._row(last), axis=0)
        found ^= self.bits.take(self._row(first), axis=0)
        return found

    def _row(self, rank: NDArray[np.int32]) -> NDArray[np.intp]:
        return self.below.take(rank - self.least, mode="clip")


def _table(ranks: NDArray[np.int32]) -> _Table:
    """Row q of the bits holds the q points that are lowest."""
    least = int(ranks.min())
    below = np.append(0, np.bincount(ranks - least).cumsum())
    bits = np.zeros((len(ranks) + 1, _WORDS), dtype=np.uint64)
    order = np.argsort(ranks, kind="stable")
    at = np.arange(1, len(ranks) + 1)
    bits[at, order >> 6] = np.uint64(1) << (order & 63).astype(np.uint64)
    np.add.accumulate(bits, axis=0, out=bits)  # each bit is set once: no carries
    return _Table(least, below, bits)


class _Cloud:
    """All points in the order of the tree, with the box of each group."""

    def __init__(
        self,
        points: NDArray[np.int32],
        first: NDArray[np.int32],
        last: NDArray[np.int32],
        groups: list[int],
    ) -> None:
        self.points = points
        self.first, self.last = first.take(points), last.take(points)
        self.starts = np.array(groups)
        self.sizes = np.diff(np.append(self.starts, points.shape[1]))
        self.least = np.minimum.reduceat(points, self.starts, axis=1)
        self.most = np.maximum.reduceat(points, self.starts, axis=1)
        # what the lowest and the highest point of a group reach
        self.low = first[self.least], last[self.least]
        self.high = first[self.most], last[self.most]

    def meet(self, start: int, stop: int) -> NDArray[np.int64]:
        """Return twice the pairs of a block with what comes before it, and within.

        Those that agree in all samples but the last, and in all; each point of the
        block is counted with itself.
        """
        own = int(np.searchsorted(self.starts, start))
        upto = int(np.searchsorted(self.starts, stop))
        times = np.full(upto, 2)
        times[own:] = 1
        sure, open_ = self._boxes(own, upto)
        found = (times * self.sizes[:upto] * sure).sum(axis=1) * (stop - start)
        groups = np.flatnonzero(open_.any(axis=0))
        if len(groups) == 0:
            return found
        sizes = self.sizes[groups]
        weights = np.repeat(times[groups] * open_[:, groups], sizes, axis=1)
        before = np.cumsum(sizes) - sizes
        rows = np.repeat(self.starts[groups] - before, sizes)
        rows += np.arange(len(rows))
        return found + self._look(slice(start, stop), rows, weights)

    def _boxes(
        self, own: int, upto: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Return, for m and m + 1 samples, where all pairs agree and where some may."""
        least = self.least[:, own:upto].min(axis=1, keepdims=True)
        most = self.most[:, own:upto].max(axis=1, keepdims=True)
        (low_first, low_last), (high_first, high_last) = (
            [bound[:, :upto] for bound in bounds] for bounds in (self.low, self.high)
        )
        all_ = (high_first <= least) & (low_last > most)
        none = (low_first > most) | (high_last <= least)
        sure = np.stack([all_[:-1].all(axis=0), all_.all(axis=0)])
        apart = np.stack([none[:-1].any(axis=0), none.any(axis=0)])
        return sure, ~(sure | apart)

    def _look(
        self, block: slice, rows: NDArray[np.intp], weights: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """Return the weighted pairs of the rows with the points of the block."""
        tables = [_table(ranks) for ranks in self.points[:, block]]
        found = np.zeros(2, dtype=np.int64)
        for begin in range(0, len(rows), _ROWS):
            some = slice(begin, begin + _ROWS)
            at = rows[some]
            ends = zip(tables, self.first, self.last, strict=True)
            near = (table.near(a.take(at), b.take(at)) for table, a, b in ends)
            common = next(near)
            for bits in islice(near, len(tables) - 2):
                common &= bits
            found[0] += (_ones(common) * weights[0, some]).sum()
            common &= next(near)
            found[1] += (_ones(common) * weights[1, some]).sum()
        return found


def _ones(bits: NDArray[np.uint64]) -> NDArray[np.int64]:
    return np.bitwise_count(bits).sum(axis=1, dtype=np.int64)
