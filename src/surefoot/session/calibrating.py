"""Calibrating a unit, step by step: each says what to do, listens, and may refuse."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from surefoot.analysis.ellipsoid import (
    CONDITION_MAX,
    LEAST_POSES,
    RMS_MAX,
    calibrated,
    fit_ellipsoid,
    still_poses,
)
from surefoot.analysis.mounting import (
    SHARE_BOARD,
    SHARE_BODY,
    TILT_MAX,
    mounting_rotation,
)
from surefoot.analysis.orientation import ACC, GYR, columns, has_gyr
from surefoot.analysis.rest_bias import ACC_SD, CHANGE, GYR_SD, rest_bias
from surefoot.core import CalibrationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from surefoot.analysis import Calibration
    from surefoot.core import Block
    from surefoot.session.bench import Bench

    Ask = Callable[[str, str], None]

REST = 4.0
"""Listened to at rest [s]."""
POSE = 2.5
"""Listened to in each pose [s]."""
SETTLE = 1.0
"""Not looked at after something was put down [s]."""
ROCK = 12.0
"""Listened to while it rocks [s]."""
_TRIES = 3

Row = tuple[str, str, str]
"""What was measured, what came out, and what it had to be."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A calibration that may be used, and the figures it was judged by."""

    calibration: Calibration
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()


def calibrate_gyro(bench: Bench, role: str, known: Calibration, ask: Ask) -> Outcome:
    """Return the calibration with the gyroscope's bias of a rest.

    Parameters
    ----------
    bench : Bench
        Listens.
    role : str
        Of the sensor.
    known : Calibration
        What else is known of the unit; it stays.
    ask : callable
        Shows a sentence and waits until it is done; its second argument names the
        movement for a virtual hand.

    Raises
    ------
    CalibrationError
        If it has no gyroscope, or the rest was none.
    """
    _has(bench, role, gyroscope=True)
    ask("Lay the sensor on something that does not shake. Do not touch it.", "lie")
    rest = _settled(bench, role, REST)
    found = rest_bias(columns(rest, GYR), _acc(rest), rest.info.rate)
    if found.refusals:
        msg = f"gyroscope: {found.refusals[0]}: let it rest"
        raise CalibrationError(msg)
    degrees = [math.degrees(value) for value in found.bias]
    rows: list[Row] = [
        ("bias", ", ".join(f"{v:.3f}" for v in degrees) + " deg/s", "below 5 deg/s"),
        _row("scatter at rest", math.degrees(found.sd), math.degrees(GYR_SD), "deg/s"),
        _row("scatter of gravity", found.acc_sd, ACC_SD, "m/s^2"),
    ]
    moved = math.dist(found.bias, known.gyr_bias)
    remarks: tuple[str, ...] = ()
    if any(known.gyr_bias) and moved > CHANGE:
        far = f"{math.degrees(moved):.2f} deg/s"
        remarks = (f"the bias moved by {far} since the last time",)
    return Outcome(known.with_gyr_bias(found.bias), tuple(rows), remarks)


def calibrate_accelerometer(
    bench: Bench, role: str, known: Calibration, ask: Ask, poses: int = 18
) -> Outcome:
    """Return the calibration with scale, skew and bias from still poses.

    Parameters
    ----------
    bench, role, known, ask
        As `calibrate_gyro`.
    poses : int
        How many, 12 or more.

    Raises
    ------
    CalibrationError
        If it has no accelerometer, a pose was never still, or the fit is not to be
        used.
    """
    _has(bench, role)
    count = max(poses, LEAST_POSES)
    seen = np.array([_pose(bench, role, ask, i, count) for i in range(count)])
    made = calibrated(seen, known)
    fit = fit_ellipsoid(seen)
    off = np.degrees(np.arcsin(min(1.0, float(np.linalg.norm(fit.bias)) / 9.80665)))
    rows: tuple[Row, ...] = (
        _row("what is left", fit.rms, RMS_MAX, "m/s^2"),
        ("condition", f"{fit.condition:.1f}", f"below {CONDITION_MAX:g}"),
        ("bias", f"{np.linalg.norm(fit.bias):.3f} m/s^2", f"{off:.2f} deg of tilt"),
    )
    return Outcome(made, rows)


def calibrate_mounting(
    bench: Bench,
    role: str,
    known: Calibration,
    ask: Ask,
    axis: Literal["ml", "ap"] = "ml",
) -> Outcome:
    """Return the calibration with how the sensor sits on its carrier.

    Parameters
    ----------
    bench, role, known, ask
        As `calibrate_gyro`; the role ``"board"`` must turn about one axis alone.
    axis : {"ml", "ap"}
        What it is tipped in.

    Raises
    ------
    CalibrationError
        If it has no gyroscope, was not at rest, or did not move about one axis.
    """
    _has(bench, role, gyroscope=True)
    board = role == "board"
    ask(f"Keep the {role} level and still.", "lie")
    rest = _settled(bench, role, REST)
    bias = rest_bias(columns(rest, GYR), _acc(rest), rest.info.rate)
    if bias.refusals and board:
        msg = f"rest: {bias.refusals[0]}: keep it still"
        raise CalibrationError(msg)
    ask(_movement(axis, board=board), f"rock {axis}")
    moved = bench.listen(ROCK)[role].samples
    turning = (columns(moved, GYR) - np.array(bias.bias)) @ np.array(known.gyr_matrix).T
    still = (_acc(rest) - np.array(known.acc_bias)) @ np.array(known.acc_matrix).T
    least = SHARE_BOARD if board else SHARE_BODY
    fit = mounting_rotation(still, turning, axis, least_share=least)
    if fit.refusals:
        msg = f"movement: {fit.refusals[0]}: do it again, about one axis"
        raise CalibrationError(msg)
    a, b, c = (tuple(row) for row in fit.rotation.tolist())
    rows: tuple[Row, ...] = (
        ("about one axis", f"{fit.share:.1%}", f"{least:.0%} or more"),
        _row("axis from level", math.degrees(fit.tilt), math.degrees(TILT_MAX), "deg"),
    )
    return Outcome(replace(known, mounting=(a, b, c)), rows)


def _has(bench: Bench, role: str, *, gyroscope: bool = False) -> None:
    """Refuse a sensor that lacks what is to be calibrated, before anything is asked."""
    info = bench.info(role)
    if ACC[0] not in info.channels:
        msg = (
            f"{role}: expected an accelerometer, got none: load cells are calibrated "
            "with force and board"
        )
        raise CalibrationError(msg)
    if gyroscope and not has_gyr(info):
        msg = f"{role}: expected a gyroscope, got none: nothing to calibrate"
        raise CalibrationError(msg)


def _pose(
    bench: Bench, role: str, ask: Ask, index: int, count: int
) -> NDArray[np.float64]:
    where = "another side" if index < 6 else "another edge, held by a book"
    for attempt in range(_TRIES):
        again = "It moved. Once more. " if attempt else ""
        ask(
            f"{again}Position {index + 1} of {count}: lay it on {where}.",
            f"pose {index}",
        )
        block = _settled(bench, role, POSE)
        found = still_poses(_acc(block), block.info.rate)
        if len(found) == 1:
            return found[0]
    msg = "accelerometer: expected it still, got it moving three times: begin again"
    raise CalibrationError(msg)


def _movement(axis: str, *, board: bool) -> str:
    if not board:
        way = "forward" if axis == "ap" else "to the right"
        return f"Bend {way} first, then three times to and fro, slowly."
    first = "right" if axis == "ml" else "front"
    back = "left" if axis == "ml" else "back"
    return f"Tip the board to the {first} first, then to and fro: {first}, {back}."


def _settled(bench: Bench, role: str, seconds: float) -> Block:
    heard = bench.listen(SETTLE + seconds)[role].samples
    return heard.between(float(heard.t[0]) + SETTLE, math.inf)


def _acc(block: Block) -> NDArray[np.float64]:
    return columns(block, ACC)


def _row(what: str, value: float, limit: float, unit: str) -> Row:
    return what, f"{value:.3g} {unit}", f"below {limit:.3g} {unit}"
