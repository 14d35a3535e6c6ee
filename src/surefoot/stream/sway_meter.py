"""Sway of a centre of pressure over the last seconds."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import sway
from surefoot.analysis.gaps import segments
from surefoot.stream.lowpass import Lowpass
from surefoot.stream.window_meter import GAP, WINDOW, WindowMeter

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.analysis.sway.trace import Direction
    from surefoot.core import Block, Measure

CUTOFF = 10.0
"""Low-pass of our own boards, as for the final values but causal [Hz]."""

_PLANE: dict[str, Callable[[sway.Trace, float], float]] = {
    "mean_distance": sway.mean_distance,
    "rms_distance": sway.rms_distance,
    "sway_range": sway.sway_range,
    "prediction_ellipse_area": sway.prediction_ellipse_area,
    "path_length": sway.path_length,
    "mean_velocity": sway.mean_velocity,
    "sway_area_rate": sway.sway_area_rate,
    "mean_frequency": sway.mean_frequency,
}
_ALONG: dict[str, Callable[[sway.Trace, float, Direction], float]] = {
    "mean_distance": sway.mean_distance,
    "rms_distance": sway.rms_distance,
    "sway_range": sway.sway_range,
    "path_length": sway.path_length,
    "mean_velocity": sway.mean_velocity,
    "mean_frequency": sway.mean_frequency,
}
_AXES: tuple[Direction, Direction] = ("ml", "ap")
_NAMES = (*_PLANE, *(f"{name}_{axis}" for name in _ALONG for axis in _AXES))
SWAY_UNITS = {name: sway.CORE_UNITS[name] for name in _NAMES}
"""What `SwayMeter` gives, with units, in this order."""


class SwayMeter:
    """Measures how a centre of pressure moved in the last seconds, every second.

    Names, formulas, ranges and what biases them are those of `surefoot.analysis.sway`;
    when they are due and how they are flagged is said at `WindowMeter`. Final values
    are of the whole trial and of a zero-phase low-pass: path and area grow with length,
    so compare live values with live ones only.

    Parameters
    ----------
    cutoff : float or None
        Causal low-pass before anything is taken [Hz]; None takes the samples as they
        are, for a centre of pressure that somebody filtered before.
    window : float
        Its length [s].
    start : float
        Samples before this are not used [s].
    """

    def __init__(
        self,
        cutoff: float | None = CUTOFF,
        window: float = WINDOW,
        start: float = -math.inf,
    ) -> None:
        self._lowpass = None if cutoff is None else Lowpass(cutoff)
        self._meter = WindowMeter(_sway, SWAY_UNITS, window, start)

    def reset(self) -> None:
        """Forget the past, as after construction."""
        if self._lowpass is not None:
            self._lowpass.reset()
        self._meter.reset()

    def feed(self, cop: Block) -> list[Measure]:
        """Take samples of ``cop_ml``, ``cop_ap`` [m], return what is now due."""
        picked = cop.info.columns("cop_ml", "cop_ap")
        units = tuple(cop.info.units[i] for i in picked)
        info = replace(cop.info, channels=("cop_ml", "cop_ap"), units=units)
        part = cop.with_data(np.ascontiguousarray(cop.data[:, picked]), info)
        return self._meter.feed(self._lowpass.feed(part) if self._lowpass else part)


def _sway(window: Block) -> dict[str, float]:
    whole = len(segments(window.t, GAP)) == 1
    rate = window.info.rate
    trace = sway.Trace(window.data, rate, None if whole else window.t)
    values = {name: take(trace, rate) for name, take in _PLANE.items()}
    for name, along in _ALONG.items():
        values |= {f"{name}_{axis}": along(trace, rate, axis) for axis in _AXES}
    return values
