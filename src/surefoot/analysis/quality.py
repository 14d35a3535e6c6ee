"""How much of a stream arrived: plain numbers, judged elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOSS_MAX = 0.02
"""More lost than this is said beside the score."""
NO_SCORE_LOSS = 0.05
"""More lost than this is not scored."""
GAP_MAX = 0.2
"""A longer gap is said beside the score [s]."""
NO_SCORE_GAP = 1.0
"""A longer gap is not scored: orientation starts anew after it [s]. Our default."""
JITTER_MAX = 0.05
"""More jitter of reception is said beside the score [s]. Our default."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What arrived of one stream in one interval.

    Attributes
    ----------
    received : int
        Samples in the interval.
    missing : int
        Samples that should have been there too.
    lost : float
        ``missing / (missing + received)``, 0 to 1; 1 when nothing was received.
    longest_gap : float
        Longest time without a sample, the ends of the interval included [s].
    """

    received: int
    missing: int
    lost: float
    longest_gap: float


def quality_of(
    t: NDArray[np.float64], start: float, end: float, rate: float
) -> Quality:
    """Return what arrived of a stream in ``[start, end)``.

    Parameters
    ----------
    t : ndarray, shape (n,)
        Sample times, increasing [s]. Those outside the interval are not used.
    start, end : float
        The interval [s].
    rate : float
        Nominal sampling rate [Hz].

    Returns
    -------
    Quality
        A step in time counts ``round(step * rate) - 1`` missing samples. A sensor that
        runs slower than its nominal rate loses none by that, as long as it is less
        than half a period out from one sample to the next.
    """
    inside = t[(t >= start) & (t < end)]
    missing = missing_between(np.diff(inside), rate)
    edges = np.concatenate([[start], inside, [end]])
    gap = float(np.diff(edges).max())
    if len(inside) == 0:
        missing = missing_at_end(end - start, rate) + 1
    else:
        missing += missing_at_end(float(inside[0]) - start, rate)
        missing += missing_at_end(end - float(inside[-1]), rate)
    return summary(len(inside), missing, gap)


def summary(received: int, missing: int, longest_gap: float) -> Quality:
    """Return the quality of so many samples received and missing."""
    expected = received + missing
    lost = missing / expected if received else 1.0
    return Quality(received, missing, lost, longest_gap)


def missing_between(steps: NDArray[np.float64], rate: float) -> int:
    """Return how many samples are missing inside these steps in time [s]."""
    periods = np.rint(steps * rate)
    return int(np.maximum(periods - 1.0, 0.0).sum())


def missing_at_end(time: float, rate: float) -> int:
    """Return how many samples are missing between a sample and an end [s].

    Up to one and a half periods are whole: the grid need not fall on the end.
    """
    return max(math.ceil(time * rate - 0.5) - 1, 0)
