"""Turning accelerations so that gravity is along one axis."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.trunk_sway._columns import columns

if TYPE_CHECKING:
    from numpy.typing import NDArray


def tilt_corrected(acc: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return accelerations turned so that their mean is straight up.

    With ``u = acc / |mean(acc)|`` and ``s = mean(u)``: first AP,
    ``AP = u_AP c_AP - u_V s_AP`` and ``V = u_AP s_AP + u_V c_AP``, then ML and that V
    likewise, with ``c = sqrt(1 - s^2)``; times ``|mean(acc)|``.

    Parameters
    ----------
    acc : ndarray, shape (n, 3)
        Specific force ML, AP, V [m/s^2]; V is about 9.81 at rest.

    Returns
    -------
    ndarray, shape (n, 3)
        ML, AP, V [m/s^2]; ML and AP average about 0, V about g. NaN with samples that
        are not finite, and where the mean is 0.

        It takes the mean for the vertical: a slow change of posture stays in, as
        gravity (0.17 m/s^2 a degree). The two turns are exact one by one: leaning both
        ways by 4 degrees and 2 leaves 0.0004 m/s^2. Meant for leans below 20 degrees.

    Raises
    ------
    SignalError
        Wrong shape.

    Notes
    -----
    Moe-Nilssen (1998), doi:10.1016/S0268-0033(98)00089-8.
    """
    acc = columns("tilt correction", acc, 3)
    if len(acc) == 0:
        return acc.copy()
    mean = acc.mean(axis=0)
    size = float(np.sqrt((mean * mean).sum()))
    if not (math.isfinite(size) and size > 0):
        return np.full(acc.shape, math.nan)
    s_ml, s_ap = float(mean[0]) / size, float(mean[1]) / size
    ap, v = _turned(acc[:, 1], acc[:, 2], s_ap)
    ml, v = _turned(acc[:, 0], v, s_ml)
    return np.stack([ml, ap, v], axis=1)


def _turned(
    across: NDArray[np.float64], up: NDArray[np.float64], sine: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    cosine = math.sqrt(1 - sine * sine)
    return across * cosine - up * sine, across * sine + up * cosine
