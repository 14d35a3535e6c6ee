"""How a sensor sits on what carries it, from a rest and a movement about one axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from surefoot.analysis.alignment import principal_axis
from surefoot.core import CalibrationError, SignalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

SHARE_BOARD = 0.9
"""Least share of the turning about one axis, on a board. Our defaults, all of them."""
SHARE_BODY = 0.7
"""The same on a body, which never moves about one axis only."""
TILT_MAX = math.radians(10.0)
"""Largest angle between the axis and the horizontal [rad]."""
TURN_MIN = math.radians(10.0)
"""Least turning, root mean square [rad/s]."""


@dataclass(frozen=True, slots=True, eq=False)
class MountingFit:
    """The rotation, and why it should not be used.

    Attributes
    ----------
    rotation : ndarray, shape (3, 3)
        From the sensor's frame to that of its carrier: rows are ml, ap, v.
    share : float
        Of the turning that was about the found axis.
    tilt : float
        Angle between that axis and the horizontal of the rest [rad].
    turning : float
        Root mean square of the turning [rad/s].
    refusals : tuple of str
        A clause each; empty when the rotation may be used.
    """

    rotation: NDArray[np.float64]
    share: float
    tilt: float
    turning: float
    refusals: tuple[str, ...] = ()


def mounting_rotation(
    still: NDArray[np.float64],
    turning: NDArray[np.float64],
    axis: Literal["ml", "ap"],
    *,
    least_share: float = SHARE_BOARD,
) -> MountingFit:
    """Return how a sensor sits, from a level rest and a movement about one axis.

    Up is what the accelerometer felt at rest. The axis is the principal axis of the
    turning, made horizontal. Its sign is that of the first large turn, which must be
    **right side down** for ``"ml"`` and **front side down** for ``"ap"``.

    Parameters
    ----------
    still : ndarray, shape (n, 3)
        Accelerometer, the carrier level and at rest [m/s^2].
    turning : ndarray, shape (m, 3)
        Gyroscope while it was tipped to and fro, bias removed [rad/s].
    axis : {"ml", "ap"}
        What it was tipped in: right and left, or front and back (a trunk: bending
        forward).
    least_share : float
        Least share of the turning about one axis: `SHARE_BOARD` or `SHARE_BODY`.

    Returns
    -------
    MountingFit
        Error of the axis 0.1 degrees on a simulated rocker; a floor that slopes tilts
        "level" by its slope.

    Raises
    ------
    SignalError
        If an array is not (n, 3) or not finite.
    CalibrationError
        If nothing felt gravity, nothing turned, or all turning was about the vertical.
    """
    _check("rest", still)
    _check("movement", turning)
    up = still.mean(axis=0)
    size = float(np.linalg.norm(up))
    found, share = principal_axis(turning.T @ turning)
    if size < 1.0 or not math.isfinite(share):
        msg = (
            "mounting: expected gravity and a movement, got neither or one: do it again"
        )
        raise CalibrationError(msg)
    z = up / size
    found = found * _sign(turning @ found, axis)
    flat = found - (found @ z) * z
    length = float(np.linalg.norm(flat))
    if length < 0.1:
        msg = "mounting: expected it tipped, got it turned on the spot: tip it"
        raise CalibrationError(msg)
    about = flat / length
    rotation = (
        np.stack([np.cross(about, z), about, z])
        if axis == "ml"
        else np.stack([about, np.cross(z, about), z])
    )
    rms = float(np.sqrt((turning * turning).sum(axis=1).mean()))
    tilt = abs(math.asin(max(-1.0, min(1.0, float(found @ z)))))
    fit = MountingFit(rotation, share, tilt, rms)
    refusals = tuple(_refusals(fit, least_share))
    return MountingFit(rotation, share, tilt, rms, refusals)


def _sign(speed: NDArray[np.float64], axis: str) -> float:
    """Return the sign that makes the first large turn right (front) side down."""
    large = np.abs(speed) > 0.5 * float(np.abs(speed).max())
    first = float(speed[int(np.argmax(large))])
    # right side down turns forward about ap; front side down turns backward about ml
    wanted = 1.0 if axis == "ml" else -1.0
    return wanted if first > 0 else -wanted


def _refusals(fit: MountingFit, least_share: float) -> Iterator[str]:
    if fit.turning < TURN_MIN:
        yield (
            f"expected {math.degrees(TURN_MIN):g} deg/s of movement or more, got "
            f"{math.degrees(fit.turning):.1f}"
        )
    if fit.share < least_share:
        yield (
            f"expected {least_share:.0%} of the movement about one axis, got "
            f"{fit.share:.0%}"
        )
    if fit.tilt > TILT_MAX:
        yield (
            f"expected an axis within {math.degrees(TILT_MAX):g} degrees of level, got "
            f"{math.degrees(fit.tilt):.0f}"
        )


def _check(what: str, data: NDArray[np.float64]) -> None:
    fits = data.ndim == 2 and data.shape[1] == 3 and len(data) > 1
    if not fits or not bool(np.isfinite(data).all()):
        msg = f"{what}: expected finite samples of 3, got {data.shape}: do it again"
        raise SignalError(msg)
