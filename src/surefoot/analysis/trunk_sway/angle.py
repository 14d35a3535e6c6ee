"""Sway of a segment as angles, from an orientation filter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from surefoot.analysis.trunk_sway._columns import columns
from surefoot.analysis.trunk_sway.tilt_correction import tilt_corrected

if TYPE_CHECKING:
    from numpy.typing import NDArray


class SwayAngle(NamedTuple):
    """Sway of a segment as angles about its own mean direction.

    Attributes
    ----------
    rms, rms_ml, rms_ap : float
        Root mean square; ``rms^2 = rms_ml^2 + rms_ap^2`` [rad].
    range_ml, range_ap : float
        Largest less smallest [rad].
    path : float
        Length of the path of (ml, ap) [rad]; grows with the length of the trial.
    """

    rms: float
    rms_ml: float
    rms_ap: float
    range_ml: float
    range_ap: float
    path: float


def sway_angle(up: NDArray[np.float64]) -> SwayAngle:
    """Return how far a segment swayed about its own mean direction, as angles.

    The alternative to accelerations where there is a gyroscope: an orientation
    filter tells gravity from movement, accelerations alone do not.

    Parameters
    ----------
    up : ndarray, shape (n, 3)
        Up in the segment frame (ML, AP, V), unit vectors.

    Returns
    -------
    SwayAngle
        0 or more, below pi / 2. The angle along ML is ``arcsin`` of what lies across
        the mean direction, along ML, and likewise AP. NaN when empty or with samples
        that are not finite. A slow change of posture is part of the value.

    Raises
    ------
    SignalError
        Wrong shape.
    """
    up = columns("sway angle", up, 3)
    if len(up) == 0 or not np.isfinite(up).all():
        return SwayAngle(*[math.nan] * 6)
    lean = np.arcsin(np.clip(tilt_corrected(up)[:, :2], -1.0, 1.0))
    lean -= lean.mean(axis=0)
    rms_ml, rms_ap = np.sqrt((lean * lean).mean(axis=0)).tolist()
    range_ml, range_ap = np.ptp(lean, axis=0).tolist()
    steps = np.diff(lean, axis=0)
    path = float(np.sqrt((steps * steps).sum(axis=1)).sum())
    return SwayAngle(
        math.hypot(rms_ml, rms_ap), rms_ml, rms_ap, range_ml, range_ap, path
    )
