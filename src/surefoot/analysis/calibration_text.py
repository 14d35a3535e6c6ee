"""A calibration as its file tells it: what `parse_calibration` reads back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.calibration import Calibration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_VECTORS = (
    "gyr_bias",
    "acc_bias",
    "cell_zero",
    "cell_scale",
    "cell_span",
    "cop_gain",
    "cop_offset",
)
_MATRICES = ("gyr_matrix", "acc_matrix", "mounting")


def calibration_text(calibration: Calibration, remarks: Sequence[str] = ()) -> str:
    """Return the TOML of a calibration; what changes nothing is left out.

    Parameters
    ----------
    calibration : Calibration
        Of one unit.
    remarks : sequence of str
        One comment line each, at the top: how it was made.

    Returns
    -------
    str
        `parse_calibration` gives the same calibration back, to the last bit.
    """
    return "\n".join([*(f"# {line}" for line in remarks), *_lines(calibration), ""])


def _lines(calibration: Calibration) -> Iterator[str]:
    nothing = Calibration()
    yield "schema = 1"
    for key in ("serial", "date"):
        if text := getattr(calibration, key):
            yield f"{key} = {_quoted(text)}"
    for key in _VECTORS:
        if (vector := getattr(calibration, key)) != getattr(nothing, key):
            yield f"{key} = {_numbers(vector)}"
    for key in _MATRICES:
        if (rows := getattr(calibration, key)) != getattr(nothing, key):
            yield f"{key} = ["
            yield from (f"  {_numbers(row)}," for row in rows)
            yield "]"
    if math.isfinite(calibration.residual):
        yield f"residual = {calibration.residual!r}"


def _numbers(values: Sequence[float]) -> str:
    return "[" + ", ".join(repr(float(value)) for value in values) + "]"


def _quoted(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'
