"""One measure with eyes open against the same with eyes closed."""

from __future__ import annotations

from surefoot.analysis.sway.trace import ratio


def romberg_ratio(eyes_closed: float, eyes_open: float) -> float:
    """Return the value with eyes closed over the value with eyes open.

    Parameters
    ----------
    eyes_closed, eyes_open : float
        One measure of two trials of equal length, filter, rate and stance. Say which
        measure: area, path and velocity give different ratios.

    Returns
    -------
    float
        0 or more [1]; 1 when vision makes no difference, NaN when the value with eyes
        open is 0 or either is NaN. A ratio of two noisy numbers is noisier than both;
        of areas it is roughly the square of that of lengths.
    """
    return ratio(eyes_closed, eyes_open)


def romberg_index(eyes_closed: float, eyes_open: float) -> float:
    """Return ``(closed - open) / (closed + open)``.

    Parameters
    ----------
    eyes_closed, eyes_open : float
        As in `romberg_ratio`.

    Returns
    -------
    float
        -1 to 1 [1] (published in per cent); 0 when vision makes no difference. NaN when
        both are 0 or either is NaN. Unlike the ratio it changes only its sign when the
        two are exchanged.
    """
    return ratio(eyes_closed - eyes_open, eyes_closed + eyes_open)
