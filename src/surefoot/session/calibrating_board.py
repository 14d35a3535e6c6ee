"""Calibrating a board with load cells: its corners, and where it says weight is."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.ellipsoid import STANDARD_GRAVITY
from surefoot.analysis.wii_board import GRID_RESIDUAL, fit_board
from surefoot.core import CalibrationError
from surefoot.session.calibrating import Outcome
from surefoot.stream import Pressure
from surefoot.stream.pressure import cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.analysis import Calibration
    from surefoot.core import Block
    from surefoot.session.bench import Bench
    from surefoot.session.calibrating import Ask, Row

MASS = 20.0
"""Least mass that is placed [kg]."""
STILL = 0.01
"""Scatter at rest, as a share of the placed mass, from which on something moved."""
CENTRE_OFF = 0.01
"""How far the sum may be off with the mass in the middle."""
APART = 2.0
"""A corner's scale may differ from the middle one by this factor."""
_SETTLE, _LISTEN = 1.0, 3.0  # s
_REACH = 0.3  # of the span between the cells, to either side: the grid
_CORNERS = ("top right", "bottom right", "top left", "bottom left")


def calibrate_force(
    bench: Bench, role: str, known: Calibration, ask: Ask, mass: float
) -> Outcome:
    """Return the calibration with zero and scale of the four cells.

    The empty board gives the zeros. The mass over each corner in turn gives four sums
    that must be its weight: four equations for four scales. The mass in the middle is
    the check.

    Parameters
    ----------
    bench : Bench
        Listens.
    role : str
        Of the board.
    known : Calibration
        What else is known of the board; it stays.
    ask : callable
        As for `surefoot.session.calibrating.calibrate_gyro`.
    mass : float
        What is placed [kg], 20 or more.

    Raises
    ------
    CalibrationError
        If it is no board with four cells, something moved, the corners do not differ,
        or the check fails.
    """
    _heavy(mass)
    _has_cells(bench, role)
    weight = mass * STANDARD_GRAVITY
    ask("Nothing on the board.", "load 0")
    zero = _mean(bench, role).mean(axis=0)
    corners: list[NDArray[np.float64]] = []
    for index, corner in enumerate(_CORNERS):
        ask(f"Put the mass over the {corner} foot.", f"load {mass} corner {index}")
        corners.append(_mean(bench, role).mean(axis=0) - zero)
    loads = np.array(corners)
    if np.linalg.cond(loads) > 50.0:
        msg = "force: expected four corners that differ, got less: one after the other"
        raise CalibrationError(msg)
    scale = np.asarray(np.linalg.solve(loads, np.full(4, weight)), dtype=np.float64)
    _check_scales(scale)
    ask("Put the mass in the middle.", f"load {mass} at 0 0")
    sample = (_mean(bench, role) - zero) * scale
    total = sample.sum(axis=1)
    off = float(total.mean()) / weight - 1.0
    _check_centre(off, float(total.std()) / weight)
    made = replace(known, cell_zero=_four(zero), cell_scale=_four(scale))
    rows: tuple[Row, ...] = (
        ("zeros", ", ".join(f"{z:.4g}" for z in zero.tolist()), "as the cells read"),
        ("scales", ", ".join(f"{s:.4g}" for s in scale.tolist()), "alike"),
        ("mass in the middle", f"{off:+.2%}", f"within {CENTRE_OFF:.0%}"),
    )
    return Outcome(made, rows)


def calibrate_board(
    bench: Bench, role: str, known: Calibration, ask: Ask, mass: float
) -> Outcome:
    """Return the calibration with the map of the board's centre of pressure.

    The mass is placed on nine known places, three by three.

    Parameters
    ----------
    bench, role, known, ask, mass
        As `calibrate_force`.

    Raises
    ------
    CalibrationError
        If something moved, or more than 2 mm are left over.
    """
    _heavy(mass)
    _has_cells(bench, role)
    plain = replace(known, cop_gain=(1.0, 1.0), cop_offset=(0.0, 0.0))
    right, forward = (_REACH * span for span in known.cell_span)
    places = [(x * right, y * forward) for y in (1, 0, -1) for x in (-1, 0, 1)]
    seen: list[NDArray[np.float64]] = []
    for x, y in places:
        ask(f"Put the mass {_words(x, y)}.", f"load {mass} at {x} {y}")
        cop = Pressure(plain).feed(_settled(bench, role))
        if not len(cop):
            msg = "board: expected the mass on it, got no load: calibrate force first"
            raise CalibrationError(msg)
        seen.append(cop.data[:, :2].mean(axis=0))
    found = fit_board(np.array(seen), np.array(places))
    gain, offset = found.gain.tolist(), found.offset.tolist()
    made = replace(
        known,
        cop_gain=(gain[0], gain[1]),
        cop_offset=(offset[0], offset[1]),
    )
    left = f"{found.residual * 1e3:.2f} mm"
    rows: tuple[Row, ...] = (
        ("what is left", left, f"below {GRID_RESIDUAL * 1e3:g} mm"),
        ("gain", f"{gain[0]:.4f}, {gain[1]:.4f}", "right, forward"),
        ("offset", f"{offset[0] * 1e3:.1f}, {offset[1] * 1e3:.1f} mm", "the same"),
    )
    return Outcome(made, rows)


def _four(values: NDArray[np.float64]) -> tuple[float, float, float, float]:
    a, b, c, d = values.tolist()
    return a, b, c, d


def _words(x: float, y: float) -> str:
    told: list[str] = []
    if x:
        told.append(f"{abs(x) * 100:.1f} cm {'right' if x > 0 else 'left'}")
    if y:
        told.append(f"{abs(y) * 100:.1f} cm {'forward' if y > 0 else 'back'}")
    return f"{' and '.join(told)} of the middle" if told else "in the middle"


def _settled(bench: Bench, role: str) -> Block:
    heard = bench.listen(_SETTLE + _LISTEN)[role].samples
    return heard.between(float(heard.t[0]) + _SETTLE, math.inf)


def _mean(bench: Bench, role: str) -> NDArray[np.float64]:
    block = _settled(bench, role)
    return block.data[:, block.info.columns(*cells(block.info))]


def _has_cells(bench: Bench, role: str) -> None:
    """Refuse a sensor without a cell in each corner, before anything is asked."""
    if not cells(bench.info(role)):
        msg = (
            f"{role}: expected four load cells, one in each corner, got another "
            "sensor: see surefoot devices list"
        )
        raise CalibrationError(msg)


def _heavy(mass: float) -> None:
    if not mass >= MASS:
        msg = f"mass: expected {MASS:g} kg or more, got {mass:g}: take a heavier one"
        raise CalibrationError(msg)


def _check_scales(scale: NDArray[np.float64]) -> None:
    middle = float(np.median(scale))
    ratio = scale / middle if middle else np.zeros(4)
    if not bool(((ratio > 1 / APART) & (ratio < APART)).all()):
        told = ", ".join(f"{s:.4g}" for s in scale.tolist())
        msg = f"force: expected four scales alike, got {told}: was each corner loaded?"
        raise CalibrationError(msg)


def _check_centre(off: float, scatter: float) -> None:
    if scatter > STILL:
        msg = f"force: expected it still, got {scatter:.1%} of scatter: do not touch it"
        raise CalibrationError(msg)
    if not abs(off) < CENTRE_OFF:
        msg = (
            f"force: expected the mass within {CENTRE_OFF:.0%}, got {off:+.1%}: all "
            "feet must stand firmly; begin again"
        )
        raise CalibrationError(msg)
