"""One stream of several: the others are brought to the sample times of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from surefoot.core import StreamInfo
    from surefoot.devices.layout import Combine

_PATIENCE = 2.0  # s that samples wait for those of the other streams


class Combiner:
    """Joins streams that a device sends in packets of their own.

    A sample of the first stream comes out when all others have reached its time; they
    are interpolated linearly between their neighbours. It is left out, which leaves a
    gap, where neighbours are further apart than the longest gap, or do not come within
    two seconds. What comes out does not depend on how the packets interleave, as long
    as they do come.

    Parameters
    ----------
    combine : Combine
        From a checked profile.
    info : StreamInfo
        Of the joined stream.
    """

    def __init__(self, combine: Combine, info: StreamInfo) -> None:
        self.info = info
        self._longest = combine.longest_gap
        self._tracks = [_Track(names) for names in combine.tracks]

    def feed(self, blocks: Iterable[Block]) -> Block | None:
        """Take blocks of any streams; return the samples that are now complete."""
        for block in blocks:
            name = block.info.name.partition("/")[2]
            for track in self._tracks:
                if name in track.names:
                    track.add(block)
        first, *others = self._tracks
        reached = min(track.reached for track in others)
        n = int(np.searchsorted(first.t, reached, "right"))
        t, data = first.take(n)
        parts = [data]
        whole = np.ones(n, bool)
        for track in others:
            values, near = track.at(t, self._longest)
            parts.append(values)
            whole &= near
        self._forget(t)
        if not whole.any():
            return None
        return Block(self.info, t[whole], np.concatenate(parts, axis=1)[whole])

    def _forget(self, done: NDArray[np.float64]) -> None:
        first, *others = self._tracks
        newest = max(track.reached for track in self._tracks)
        first.drop(newest - _PATIENCE, keep=0)
        past = float(done[-1]) if len(done) else newest - _PATIENCE
        for track in others:
            track.drop(max(past, newest - _PATIENCE), keep=1)


class _Track:
    """The samples of one stream that are still needed."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self.reached = -np.inf
        """Time of the newest sample there ever was."""
        self.t = np.empty(0)
        self._data: NDArray[np.float64] = np.empty((0, 0))

    def add(self, block: Block) -> None:
        """Keep the samples of a block; formats that take turns may not step back."""
        new = block[int(np.searchsorted(block.t, self.reached, "right")) :]
        if not len(new):
            return
        self.reached = float(new.t[-1])
        empty = not len(self.t)
        self.t = np.concatenate([self.t, new.t])
        self._data = new.data if empty else np.concatenate([self._data, new.data])

    def take(self, n: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the oldest samples and forget them."""
        t, data = self.t[:n], self._data[:n]
        self.t, self._data = self.t[n:], self._data[n:]
        return t, data

    def at(
        self, t: NDArray[np.float64], longest: float
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return values at times that were reached, and whether they can be trusted."""
        after = np.searchsorted(self.t, t, "left")
        before = np.maximum(after - 1, 0)
        t0, t1 = self.t[before], self.t[after]
        exact = t1 == t
        span = np.where(exact, 1.0, t1 - t0)
        near = exact | ((t0 <= t) & (span <= longest))
        part = np.where(exact, 0.0, (t - t0) / np.where(span > 0, span, 1.0))
        low = np.where(exact[:, None], self._data[after], self._data[before])
        return low + part[:, None] * (self._data[after] - low), near

    def drop(self, before: float, keep: int) -> None:
        """Forget samples up to a time, except the last of them if one is to be kept."""
        n = max(int(np.searchsorted(self.t, before, "right")) - keep, 0)
        if n:
            self.t, self._data = self.t[n:], self._data[n:]
