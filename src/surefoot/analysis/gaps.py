"""Where samples are missing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def segments(t: NDArray[np.float64], gap: float) -> list[slice]:
    """Return the runs of samples without a gap between them.

    Parameters
    ----------
    t : ndarray, shape (n,)
        Sample times, increasing [s].
    gap : float
        A step in time longer than this is a gap [s].

    Returns
    -------
    list of slice
        In order, together all samples; empty when there are none.
    """
    if len(t) == 0:
        return []
    # the usual block: short, or without a gap
    if t[-1] - t[0] <= gap or (t[1:] - t[:-1]).max() <= gap:
        return [slice(0, len(t))]
    cuts = [0, *(np.flatnonzero(np.diff(t) > gap) + 1).tolist(), len(t)]
    return [slice(a, b) for a, b in pairwise(cuts)]
