"""What is said of a low-pass: what it did, not what it was meant to do."""

from __future__ import annotations

import numpy as np

from surefoot.analysis.smoothing import smooth


def lowpass_told(rate: float, cutoff: float, order: int) -> str:
    """Return what `surefoot.analysis.smooth` does at a rate, in words.

    Parameters
    ----------
    rate : float
        Sampling rate [Hz].
    cutoff : float
        Of the low-pass [Hz].
    order : int
        Of one pass.

    Returns
    -------
    str
        Its kind, cut-off and order; or that nothing is filtered at so low a rate.
    """
    probe = np.zeros((2, 1))
    if smooth(probe, rate, cutoff, order) is probe:
        return f"none: {rate:.4g} Hz is too slow for {cutoff:g} Hz"
    return f"zero-phase Butterworth low-pass {cutoff:g} Hz, order {order}"
