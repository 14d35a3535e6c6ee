"""Samples kept for later in one array that grows, not packet by packet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block

if TYPE_CHECKING:
    from surefoot.core import StreamInfo

_LEAST = 1024  # samples


class Kept:
    """Everything that was appended, as one block.

    A list of blocks would hold three arrays a packet, most of them larger than the
    samples in them, and the arrays they were cut from: some ten times the samples.
    How the samples were cut into blocks makes no difference.
    """

    def __init__(self) -> None:
        self._info: StreamInfo | None = None
        self._t = np.empty(0)
        self._data = np.empty((0, 0))
        self._n = 0

    def __len__(self) -> int:
        return self._n

    def append(self, block: Block) -> None:
        """Take the next samples; they are copied."""
        end = self._n + len(block)
        if self._info is None:
            self._info = block.info
            self._data = np.empty((0, block.data.shape[1]))
        if end > len(self._t):
            self._grow(end)
        self._t[self._n : end] = block.t
        self._data[self._n : end] = block.data
        self._n = end

    def block(self) -> Block | None:
        """Return everything so far; None before the first samples.

        What is appended later does not change it.
        """
        if self._info is None:
            return None
        return Block(self._info, self._t[: self._n], self._data[: self._n])

    def _grow(self, needed: int) -> None:
        # half as much again: copying stays cheap, and little room is left unused
        size = max(_LEAST, needed, self._n + self._n // 2)
        t, data = np.empty(size), np.empty((size, self._data.shape[1]))
        t[: self._n], data[: self._n] = self._t[: self._n], self._data[: self._n]
        self._t, self._data = t, data
