"""Weight and centre of pressure from a balance board with four load cells.

Cells are in the order of the board's packets: **top right, bottom right, top left,
bottom left**, seen by a person who stands on it facing the top.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import CalibrationError, SignalError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

LENGTH = 0.433
"""Between the left and the right cells [m]."""
WIDTH = 0.238
"""Between the bottom and the top cells [m]. Other code has 0.228: take a ruler."""
LEAST_LOAD = 10.0
"""With less on the board there is no centre of pressure [kg]."""
STEP = 17.0
"""The calibration points are 0, 17 and 34 kg on each cell."""
TARE_SD = 0.1
TARE_WARN = 5.0
GRID = 9
GRID_RESIDUAL = 0.002


@dataclass(frozen=True, slots=True, eq=False)
class Tare:
    """What the unloaded cells read.

    Attributes
    ----------
    offset : ndarray, shape (4,)
        To subtract [kg].
    warnings : tuple of str
        Cells that read more than 5 kg: used, and worth a look at the board's feet.
    """

    offset: NDArray[np.float64]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class BoardMap:
    """A linear correction of one board's centre of pressure.

    ``corrected = gain * raw + offset``, each axis by itself.

    Attributes
    ----------
    gain, offset : ndarray, shape (2,)
        ml, ap [1], [m].
    residual : float
        Root mean square distance that is left [m].
    """

    gain: NDArray[np.float64]
    offset: NDArray[np.float64]
    residual: float

    def apply(self, cop: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return a centre of pressure (n, 2) corrected [m]."""
        return cop * self.gain + self.offset


def check_points(points: ArrayLike) -> NDArray[np.float64]:
    """Return a board's calibration points, or refuse them.

    Parameters
    ----------
    points : array_like, shape (3, 4)
        Raw readings at 0, 17 and 34 kg, one column a cell.

    Raises
    ------
    CalibrationError
        If a cell's points do not rise, or the shape is wrong.
    """
    found = np.asarray(points, dtype=np.float64)
    if found.shape != (3, 4) or not bool((np.diff(found, axis=0) > 0).all()):
        msg = (
            "balance board: expected three rising calibration points for each of four "
            "cells, got something else: read the calibration from the board again"
        )
        raise CalibrationError(msg)
    return found


def cell_loads(raw: ArrayLike, points: ArrayLike) -> NDArray[np.float64]:
    """Return the load on each cell.

    Linear between the points: ``17 (r - c0) / (c17 - c0)`` below the middle one, ``17 +
    17 (r - c17) / (c34 - c17)`` from there on, and straight on beyond both ends.

    Parameters
    ----------
    raw : array_like, shape (n, 4)
        Raw readings.
    points : array_like, shape (3, 4)
        As `check_points`.

    Returns
    -------
    ndarray, shape (n, 4)
        [kg]; negative below the zero point. Never clamped: a clamp at zero pulls the
        centre of pressure towards the unloaded side. NaN stays NaN.

    Raises
    ------
    CalibrationError
        As `check_points`.
    SignalError
        If ``raw`` is not (n, 4).
    """
    low, middle, high = check_points(points)
    r = np.asarray(raw, dtype=np.float64)
    _check(r)
    loads = STEP * (r - low) / (middle - low)
    upper = r >= middle
    loads[upper] = (STEP + STEP * (r - middle) / (high - middle))[upper]
    return loads


def centre_of_pressure(
    loads: NDArray[np.float64],
    length: float = LENGTH,
    width: float = WIDTH,
    least: float = LEAST_LOAD,
) -> NDArray[np.float64]:
    """Return the centre of pressure from the loads on the four cells.

    ``ml = length / 2 ((TR + BR) - (TL + BL)) / W``,
    ``ap = width / 2 ((TR + TL) - (BR + BL)) / W``, ``W`` the sum.

    Parameters
    ----------
    loads : ndarray, shape (n, 4)
        TR, BR, TL, BL after tare [kg]; any unit gives the same.
    length, width : float
        Distances between the cells [m].
    least : float
        Smaller sums give NaN, in the unit of the loads.

    Returns
    -------
    ndarray, shape (n, 2)
        ml, ap, right and forward positive [m], within half of length and width while no
        cell is pulled. NaN below ``least`` and with NaN.

    Raises
    ------
    SignalError
        If ``loads`` is not (n, 4).

    Notes
    -----
    Noise grows as 1 / W. Across boards the error is several millimetres (Bartlett HL,
    Ting LH, Bingham JT 2014, doi:10.1016/j.gaitpost.2013.07.010), on one board 1.5 mm:
    compare a person on one board only. `fit_board` brings 2-6 mm down to 0.5-2 mm
    (Leach JM et al. 2014, doi:10.3390/s141018244).
    """
    _check(loads)
    tr, br, tl, bl = loads.T
    total = tr + br + tl + bl
    known = np.where((total >= least) & (total != 0.0), total, math.nan)
    cop = np.empty((len(loads), 2))
    cop[:, 0] = 0.5 * length * ((tr + br) - (tl + bl)) / known
    cop[:, 1] = 0.5 * width * ((tr + tl) - (br + bl)) / known
    return cop


def tare(loads: NDArray[np.float64], rate: float, seconds: float = 2.0) -> Tare:
    """Return what the unloaded cells read, to be taken off in this session.

    Parameters
    ----------
    loads : ndarray, shape (n, 4)
        With nobody on the board [kg].
    rate : float
        Sampling rate [Hz].
    seconds : float
        How long it must be [s].

    Raises
    ------
    CalibrationError
        When shorter, when a cell scatters more than 0.1 kg, or with NaN.
    SignalError
        If ``loads`` is not (n, 4).
    """
    _check(loads)
    if len(loads) < seconds * rate:
        msg = (
            f"tare: expected {seconds:g} s of the empty board, got "
            f"{len(loads) / rate:.1f} s: step off and wait"
        )
        raise CalibrationError(msg)
    if not bool((loads.std(axis=0) < TARE_SD).all()):
        msg = (
            f"tare: expected a still board (scatter below {TARE_SD} kg), got "
            f"{float(loads.std(axis=0).max()):.2f} kg: step off and wait"
        )
        raise CalibrationError(msg)
    offset = loads.mean(axis=0)
    cells = zip(("TR", "BR", "TL", "BL"), offset.tolist(), strict=True)
    warnings = [f"{c} reads {v:.1f} kg empty" for c, v in cells if abs(v) > TARE_WARN]
    return Tare(offset, tuple(warnings))


def fit_board(raw: NDArray[np.float64], placed: NDArray[np.float64]) -> BoardMap:
    """Return the linear correction of a board from a known mass on a grid.

    Least squares of ``placed = gain * raw + offset``, each axis by itself.

    Parameters
    ----------
    raw : ndarray, shape (n, 2)
        Mean centre of pressure for each place [m], 20 kg or more.
    placed : ndarray, shape (n, 2)
        Where the mass was put [m].

    Raises
    ------
    CalibrationError
        With fewer than nine places, places on one line, or when more than 2 mm are left
        (root mean square distance).
    SignalError
        If the shapes are not the same (n, 2).
    """
    if raw.ndim != 2 or raw.shape[1] != 2 or raw.shape != placed.shape:
        msg = f"fit_board: expected (n, 2) twice, got {raw.shape}, {placed.shape}: mend"
        raise SignalError(msg)
    if len(raw) < GRID or not bool((np.ptp(raw, axis=0) > 0).all()):
        msg = f"board: expected {GRID} places in a grid, got {len(raw)}: take all of it"
        raise CalibrationError(msg)
    x, y = raw - raw.mean(axis=0), placed - placed.mean(axis=0)
    gain = (x * y).sum(axis=0) / (x * x).sum(axis=0)
    offset = placed.mean(axis=0) - gain * raw.mean(axis=0)
    left = raw * gain + offset - placed
    residual = float(np.sqrt((left * left).sum(axis=1).mean()))
    if not residual < GRID_RESIDUAL:
        msg = (
            f"board: expected less than {GRID_RESIDUAL * 1000:g} mm left over, got "
            f"{residual * 1000:.1f} mm: check the places and the mass"
        )
        raise CalibrationError(msg)
    return BoardMap(gain, offset, residual)


def _check(cells: NDArray[np.float64]) -> None:
    if cells.ndim != 2 or cells.shape[1] != 4:
        msg = f"balance board: expected four cells (n, 4), got {cells.shape}: mend it"
        raise SignalError(msg)
