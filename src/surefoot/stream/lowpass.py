"""The causal filter of the live picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.gaps import segments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.core import Block

RESTART = 1.0
"""After a longer gap the past says nothing of the present [s]."""


class Lowpass:
    """Butterworth low-pass that starts settled on its first sample.

    Live values pass through it, final ones through a zero-phase filter: they differ by
    its delay (about 0.04 s at 6 Hz, order 2), which is why live ones are provisional.

    Parameters
    ----------
    cutoff : float
        -3 dB [Hz]; at most 0.45 of the rate is used.
    order : int
        Of the filter.
    """

    def __init__(self, cutoff: float = 6.0, order: int = 2) -> None:
        from scipy import signal  # heavy: not for every command, nor at a first sample

        self._butter, self._rest = signal.butter, signal.sosfilt_zi
        self.cutoff = cutoff
        self.order = order
        self.reset()

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._sections: list[list[float]] = []
        self._settled: list[list[float]] = []
        self._state: list[list[list[float]]] = []
        self._last: float | None = None

    def feed(self, block: Block) -> Block:
        """Return the block filtered; a gap of more than 1 s starts it anew."""
        if len(block) == 0:
            return block
        if not self._sections:
            self._design(block.info.rate)
        out = np.empty(block.data.shape)
        for run in segments(block.t, RESTART):
            if self._last is None or block.t[run.start] - self._last > RESTART:
                self._settle(block.data[run.start])
            for channel, state in enumerate(self._state):
                values = block.data[run, channel].tolist()
                out[run, channel] = self._filter(values, state)
            self._last = float(block.t[run.stop - 1])
        return block.with_data(out)

    def _design(self, rate: float) -> None:
        corner = min(self.cutoff, 0.45 * rate)
        sos = self._butter(self.order, corner, fs=rate, output="sos")
        self._sections = np.delete(sos, 3, axis=1).tolist()  # without a0 = 1
        self._settled = self._rest(sos).tolist()

    def _settle(self, first: NDArray[np.float64]) -> None:
        self._state = [
            [[z1 * value, z2 * value] for z1, z2 in self._settled]
            for value in first.tolist()
        ]

    def _filter(self, values: list[float], state: list[list[float]]) -> list[float]:
        # in plain floats: scipy costs ten times as much for a handful of samples
        for (b0, b1, b2, a1, a2), carried in zip(self._sections, state, strict=True):
            z1, z2 = carried
            out: list[float] = []
            for x in values:
                y = b0 * x + z1
                z1 = b1 * x - a1 * y + z2
                z2 = b2 * x - a2 * y
                out.append(y)
            carried[:] = z1, z2
            values = out
        return values
