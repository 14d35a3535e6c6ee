"""What is known of one unit: biases, scales, mounting, and a board's load cells."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from surefoot.analysis.wii_board import LENGTH, WIDTH
from surefoot.core import CalibrationError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]
Four = tuple[float, float, float, float]
Pair = tuple[float, float]

_ZERO: Vector = (0.0, 0.0, 0.0)
_ONE: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Calibration:
    """One unit's calibration. Without arguments: change nothing.

    ``acc = acc_matrix @ (raw - acc_bias)`` and ``gyr = gyr_matrix @ (raw - gyr_bias)``,
    in the sensor frame. The load on each cell of a board is ``cell_scale * (raw -
    cell_zero)``, and its centre of pressure ``cop_gain * cop + cop_offset``.

    Attributes
    ----------
    gyr_bias, acc_bias : tuple of 3 float
        What the sensor reads where it should read zero [rad/s], [m/s^2].
    gyr_matrix, acc_matrix : 3 tuples of 3 float
        Scale and skew; identity = none.
    mounting : 3 tuples of 3 float
        Rotation from the sensor frame to the frame of what carries it.
    cell_zero, cell_scale : tuple of 4 float
        Of the cells top right, bottom right, top left, bottom left [N], [1].
    cell_span : tuple of 2 float
        Between the right and left, and the top and bottom cells [m].
    cop_gain, cop_offset : tuple of 2 float
        ml, ap [1], [m].
    serial, date : str
        Of the unit, and when it was calibrated.
    residual : float
        Of the accelerometer fit [m/s^2]; NaN when not known.
    """

    gyr_bias: Vector = _ZERO
    acc_bias: Vector = _ZERO
    gyr_matrix: Matrix = _ONE
    acc_matrix: Matrix = _ONE
    mounting: Matrix = _ONE
    cell_zero: Four = (0.0, 0.0, 0.0, 0.0)
    cell_scale: Four = (1.0, 1.0, 1.0, 1.0)
    cell_span: Pair = (LENGTH, WIDTH)
    cop_gain: Pair = (1.0, 1.0)
    cop_offset: Pair = (0.0, 0.0)
    serial: str = ""
    date: str = ""
    residual: float = field(default=math.nan, compare=False)

    def with_gyr_bias(self, bias: ArrayLike) -> Calibration:
        """Return the calibration with the bias of a fresh rest [rad/s]."""
        x, y, z = np.asarray(bias, dtype=np.float64).tolist()
        return replace(self, gyr_bias=(x, y, z))


_KEYS: dict[str, str] = {
    "gyr_bias": "3 numbers [rad/s]",
    "acc_bias": "3 numbers [m/s^2]",
    "gyr_matrix": "3 rows of 3 numbers",
    "acc_matrix": "3 rows of 3 numbers",
    "mounting": "3 rows of 3 numbers that are a rotation",
    "cell_zero": "4 numbers [N]",
    "cell_scale": "4 numbers that are not 0",
    "cell_span": "2 numbers of 0.05 to 3 [m]",
    "cop_gain": "2 numbers of 0.5 to 2",
    "cop_offset": "2 numbers within 0.2 [m]",
    "serial": "a text",
    "date": "a text or a date",
    "residual": "a number of 0 or more [m/s^2]",
}
_WITHIN = {
    "cell_span": (0.05, 3.0),
    "cop_gain": (0.5, 2.0),
    "cop_offset": (-0.2, 0.2),
}
_BIAS_MAX = {"gyr_bias": math.radians(20.0), "acc_bias": 2.0}
"""Larger ones are a mistake in the unit, or a broken sensor."""


def parse_calibration(text: str, where: str) -> Calibration:
    """Return the calibration told by a TOML text.

    Parameters
    ----------
    text : str
        The TOML; every key is optional but ``schema = 1``, and other keys are refused.
    where : str
        File name, for errors.

    Raises
    ------
    CalibrationError
        Naming the file, the key, what was expected and what came.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{where}: expected TOML, got {error}: mend that line"
        raise CalibrationError(msg) from None
    if told.pop("schema", None) != 1:
        raise _refusal(where, "schema", "1", "another, or none")
    values = {key: _value(key, value, where) for key, value in told.items()}
    return Calibration(**values)


def _value(key: str, value: object, where: str) -> Any:
    if key not in _KEYS:
        raise _refusal(where, key, f"one of {', '.join(_KEYS)}", "an unknown key")
    read = _readers.get(key, _matrix if _KEYS[key].startswith("3 rows") else _vector)
    found = read(value)
    if found is None or not _plausible(key, found):
        raise _refusal(where, key, _KEYS[key], repr(value))
    return found


def _plausible(key: str, found: object) -> bool:
    if key in _BIAS_MAX:
        return max(abs(v) for v in cast("Vector", found)) <= _BIAS_MAX[key]
    if key in _WITHIN:
        low, high = _WITHIN[key]
        return all(low <= v <= high for v in cast("Pair", found))
    if key == "cell_scale":
        return all(cast("Four", found))
    if key == "mounting":
        return is_rotation(np.array(found))
    if key in {"acc_matrix", "gyr_matrix"}:
        return bool(np.abs(np.array(found) - np.eye(3)).max() <= 0.2)
    return True


def is_rotation(matrix: NDArray[np.float64]) -> bool:
    """Return whether a 3 x 3 matrix is a rotation, to three digits."""
    turned = matrix @ matrix.T
    return bool(np.allclose(turned, np.eye(3), atol=1e-3) and np.linalg.det(matrix) > 0)


def _vector(value: object) -> Vector | None:
    return cast("Vector | None", _numbers(value, 3))


def _four(value: object) -> Four | None:
    return cast("Four | None", _numbers(value, 4))


def _pair(value: object) -> Pair | None:
    return cast("Pair | None", _numbers(value, 2))


def _numbers(value: object, count: int) -> tuple[float, ...] | None:
    if not isinstance(value, list):
        return None
    told = [_number(v) for v in cast("list[object]", value)]
    found = tuple(v for v in told if v is not None)
    return found if len(found) == len(told) == count else None


def _matrix(value: object) -> Matrix | None:
    if not isinstance(value, list):
        return None
    rows = [_vector(row) for row in cast("list[object]", value)]
    if len(rows) != 3 or any(row is None for row in rows):
        return None
    return cast("Matrix", tuple(rows))


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) else None


def _residual(value: object) -> float | None:
    number = _number(value)
    return number if number is not None and number >= 0 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _date(value: object) -> str | None:
    return None if isinstance(value, int | float | list | dict) else str(value)


_readers = {
    "cell_zero": _four,
    "cell_scale": _four,
    "cell_span": _pair,
    "cop_gain": _pair,
    "cop_offset": _pair,
    "serial": _text,
    "date": _date,
    "residual": _residual,
}


def _refusal(where: str, key: str, expected: str, got: str) -> CalibrationError:
    msg = f"{where}: {key}: expected {expected}, got {got}: change the calibration file"
    return CalibrationError(msg)
