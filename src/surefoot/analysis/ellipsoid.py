"""Calibrates an accelerometer from still poses, without a jig.

At rest an accelerometer reads 9.81 m/s^2 whichever way it lies, so the readings of many
poses lie on an ellipsoid; the fit turns it into a sphere. How the poses are placed does
not matter, which is why this beats six exact faces placed by hand: at 2 degrees of
placement error the inclination error is 0.02 against 1.5 degrees.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.calibration import Calibration
from surefoot.core import CalibrationError, SignalError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

STANDARD_GRAVITY = 9.80665
LEAST_POSES = 12
"""Six faces and six edges: nine unknowns, and something left to check them by."""
RMS_MAX = 0.03
"""Largest root mean square residual [m/s^2]. Like all limits here, our default."""
RESIDUAL_MAX = 0.08
"""Largest residual of one pose [m/s^2]."""
REACH = 0.7
"""Each axis must see this share of gravity, up and down."""
CONDITION_MAX = 50.0
"""Largest condition number of the fit."""
SCALE_RANGE = (0.95, 1.05)
BIAS_MAX = 0.5
"""Largest length of the bias [m/s^2]."""
SHIFT_MAX = 0.03
"""Leaving out one pose may move the bias by so much [m/s^2]."""

_UPPER = np.triu_indices(3)


@dataclass(frozen=True, slots=True, eq=False)
class EllipsoidFit:
    """What was found, and why it is not to be used.

    ``acc = matrix @ (raw - bias)``.

    Attributes
    ----------
    matrix : ndarray, shape (3, 3)
        Scale and skew, upper triangular: the sensor's z axis is taken as straight.
    bias : ndarray, shape (3,)
        [m/s^2]
    residuals : ndarray, shape (n,)
        Length of each calibrated pose less gravity [m/s^2].
    condition : float
        Of the Jacobian, the matrix in units of m/s^2; small is good.
    shift : float
        Largest change of the bias when one pose is left out [m/s^2]; infinite when
        nothing is determined without it.
    refusals : tuple of str
        One clause each; empty when the fit may be used.
    """

    matrix: NDArray[np.float64]
    bias: NDArray[np.float64]
    residuals: NDArray[np.float64]
    condition: float
    shift: float
    refusals: tuple[str, ...] = ()

    @property
    def rms(self) -> float:
        """Root mean square of the residuals [m/s^2]."""
        return float(np.sqrt((self.residuals * self.residuals).mean()))


def fit_ellipsoid(
    poses: NDArray[np.float64], gravity: float = STANDARD_GRAVITY
) -> EllipsoidFit:
    """Return scale, skew and bias of an accelerometer from its still poses.

    Least squares of ``|T (p_i - b)| - gravity`` in the nine unknowns of an upper
    triangular T and b, by Gauss-Newton from ``T = I``, ``b = 0``.

    Parameters
    ----------
    poses : ndarray, shape (n, 3)
        Mean reading of each pose, at least a second of it [m/s^2].
    gravity : float
        Length that the poses should have [m/s^2]. Gravity differs by 0.5 % over the
        earth: a wrong value scales T and nothing else, and tilt does not see it.

    Returns
    -------
    EllipsoidFit
        With the reasons why it should not be used, if any.

    Raises
    ------
    CalibrationError
        With fewer than nine poses, or poses that do not determine the ellipsoid.
    SignalError
        If ``poses`` is not (n, 3) or not finite.

    Notes
    -----
    The form of Tedaldi D, Pretto A, Menegatti E (2014),
    doi:10.1109/ICRA.2014.6907297. A bias b left in an accelerometer is an error of
    inclination of up to ``asin(b / g)``: 0.1 m/s^2 is 0.58 degrees.
    """
    _check(poses)
    matrix, bias = _solve(poses, gravity, np.eye(3), np.zeros(3))
    residuals, jacobian = _linear(poses, gravity, matrix, bias)
    condition = float(np.linalg.cond(jacobian))
    shift = max(_shifts(poses, gravity, bias))
    fit = EllipsoidFit(matrix, bias, residuals, condition, shift)
    return replace(fit, refusals=tuple(_refusals(fit, poses, gravity)))


def calibrated(
    poses: NDArray[np.float64],
    calibration: Calibration | None = None,
    gravity: float = STANDARD_GRAVITY,
) -> Calibration:
    """Return a calibration with the accelerometer of these poses.

    Parameters
    ----------
    poses : ndarray, shape (n, 3)
        As `fit_ellipsoid`.
    calibration : Calibration, optional
        What is known already and stays as it is.
    gravity : float
        As `fit_ellipsoid`.

    Raises
    ------
    CalibrationError
        When the fit should not be used, with the first reason.
    """
    fit = fit_ellipsoid(poses, gravity)
    if fit.refusals:
        msg = f"accelerometer: {fit.refusals[0]}: take the poses again"
        raise CalibrationError(msg)
    a, b, c = (tuple(row) for row in fit.matrix.tolist())
    x, y, z = fit.bias.tolist()
    known = calibration or Calibration()
    return replace(
        known, acc_matrix=(a, b, c), acc_bias=(x, y, z), residual=round(fit.rms, 6)
    )


def still_poses(
    acc: NDArray[np.float64], rate: float, *, length: float = 1.0, sd: float = 0.05
) -> NDArray[np.float64]:
    """Return the mean readings of the poses in a recording.

    The recording is cut into windows; neighbouring windows that are still and read the
    same (within 0.5 m/s^2) are one pose. Windows on the way between two poses are not
    still and drop out.

    Parameters
    ----------
    acc : ndarray, shape (n, 3)
        Raw accelerometer [m/s^2].
    rate : float
        Sampling rate [Hz].
    length : float
        Of a window, and so of the shortest pose that can be found for certain, half of
        it [s].
    sd : float
        Still: no axis scatters more than this [m/s^2].

    Returns
    -------
    ndarray, shape (m, 3)
        In order of time; empty when there is none. NaN is never still.

    Raises
    ------
    SignalError
        If ``acc`` is not (n, 3), or the rate or length is not positive.
    """
    if acc.ndim != 2 or acc.shape[1] != 3 or not (rate > 0 and length > 0):
        msg = f"still_poses: expected (n, 3) and a rate, got {acc.shape}: mend the call"
        raise SignalError(msg)
    size = max(round(length * rate), 2)
    windows = acc[: len(acc) // size * size].reshape(-1, size, 3)
    still = (windows.std(axis=1) <= sd).all(axis=1)
    means = windows.mean(axis=1)
    poses: list[list[NDArray[np.float64]]] = []
    for place in np.flatnonzero(still).tolist():
        joins = place > 0 and still[place - 1] and _near(means[place - 1], means[place])
        if joins:
            poses[-1].append(means[place])
        else:
            poses.append([means[place]])
    return np.array([np.mean(pose, axis=0) for pose in poses]).reshape(-1, 3)


def _near(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    return float(np.abs(a - b).max()) <= 0.5


def _solve(
    poses: NDArray[np.float64],
    gravity: float,
    matrix: NDArray[np.float64],
    bias: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    for _ in range(50):
        residuals, jacobian = _linear(poses, gravity, matrix, bias)
        step, _, rank, _ = np.linalg.lstsq(jacobian, -residuals, rcond=1e-10)
        if rank < 9 or not bool(np.isfinite(step).all()):
            break
        matrix, bias = matrix.copy(), bias + step[6:]
        matrix[_UPPER] += step[:6] / gravity
        if float(np.abs(step).max()) < 1e-12 * gravity:
            return matrix, bias
    msg = (
        "accelerometer: expected poses all round, got ones that do not determine scale "
        "and bias: take six faces and six edges"
    )
    raise CalibrationError(msg)


def _linear(
    poses: NDArray[np.float64],
    gravity: float,
    matrix: NDArray[np.float64],
    bias: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the residuals and their derivatives, the matrix counted in m/s^2."""
    raw = poses - bias
    acc = raw @ matrix.T
    size = np.sqrt((acc * acc).sum(axis=1))
    unit = acc / size[:, np.newaxis]
    rows, columns = _UPPER
    by_matrix = unit[:, rows] * raw[:, columns] / gravity
    return size - gravity, np.hstack([by_matrix, -(unit @ matrix)])


def _shifts(
    poses: NDArray[np.float64], gravity: float, bias: NDArray[np.float64]
) -> Iterator[float]:
    """Yield how far the bias moves without each pose."""
    for i in range(len(poses)):
        rest = np.delete(poses, i, axis=0)
        try:
            other = _solve(rest, gravity, np.eye(3), np.zeros(3))[1]
        except CalibrationError:
            yield math.inf
        else:
            yield float(np.linalg.norm(other - bias))


def _refusals(
    fit: EllipsoidFit, poses: NDArray[np.float64], gravity: float
) -> Iterator[str]:
    acc = (poses - fit.bias) @ fit.matrix.T / gravity
    seen = min(float(acc.max(axis=0).min()), float(-acc.min(axis=0).max()))
    scale = np.diag(fit.matrix)
    largest = float(np.abs(fit.residuals).max())
    bias = float(np.linalg.norm(fit.bias))
    if len(poses) < LEAST_POSES:
        yield f"expected {LEAST_POSES} poses, got {len(poses)}"
    if seen < REACH:
        yield f"an axis saw only {seen:.2f} g one way, expected {REACH} both ways"
    if fit.rms > RMS_MAX or largest > RESIDUAL_MAX:
        yield f"poses disagree by up to {largest:.3f} m/s^2, something moved"
    if not fit.condition < CONDITION_MAX:
        yield f"poses too much alike (condition {fit.condition:.0f})"
    if scale.min() < SCALE_RANGE[0] or scale.max() > SCALE_RANGE[1]:
        yield f"scale {scale.min():.3f} to {scale.max():.3f} is not a sensor's"
    if bias > BIAS_MAX:
        yield f"bias {bias:.2f} m/s^2 is not a sensor's"
    if fit.shift > SHIFT_MAX:
        yield f"one pose alone moves the bias by {fit.shift:.3f} m/s^2"


def _check(poses: NDArray[np.float64]) -> None:
    if poses.ndim != 2 or poses.shape[1] != 3 or not bool(np.isfinite(poses).all()):
        msg = f"fit_ellipsoid: expected finite poses (n, 3), got {poses.shape}: mend it"
        raise SignalError(msg)
    if len(poses) < 9:
        msg = f"accelerometer: expected {LEAST_POSES} poses, got {len(poses)}: take all"
        raise CalibrationError(msg)
