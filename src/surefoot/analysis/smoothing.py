"""Zero-phase low-pass for finished recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def smooth(
    data: NDArray[np.float64], rate: float, cutoff: float, order: int = 2
) -> NDArray[np.float64]:
    """Return the data low-passed forwards and backwards (Butterworth).

    Parameters
    ----------
    data : ndarray, shape (n, c)
        Samples without a gap.
    rate : float
        Sampling rate [Hz].
    cutoff : float
        Where both passes together are -3 dB [Hz]; the design is moved up for that.
    order : int
        Of one pass.

    Returns
    -------
    ndarray, shape (n, c)
        Unchanged when shorter than two samples, or when the cutoff is above 0.45 of
        the rate and there is nothing to take away.
    """
    design = cutoff / (2**0.5 - 1) ** (0.5 / order)
    if len(data) < 2 or design >= 0.45 * rate:
        return data
    from scipy import signal  # takes a third of a second; most commands need none

    sos = signal.butter(order, design, fs=rate, output="sos")
    pad = min(3 * (order + 1), len(data) - 1)
    return np.asarray(signal.sosfiltfilt(sos, data, axis=0, padlen=pad))
