"""Measures, sides and endings in the words of people who are not engineers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from surefoot.analysis.registry import CARDS

if TYPE_CHECKING:
    from surefoot.core import Measure

LEVEL = "LEVEL"
_READ = {
    "m": ((1e3, "mm"), (1.0, "m")),
    "m/s": ((1e3, "mm/s"), (1.0, "m/s")),
    "m^2": ((1e6, "mm^2"), (1e4, "cm^2")),
    "m^2/s": ((1e6, "mm^2/s"), (1e4, "cm^2/s")),
    "1/m": ((1e-3, "1/mm"), (1e-3, "1/mm")),
}
"""Units as people read them, and the factor that leads there; the second for 1000 of
the first (areas: for 100) and more."""

_LABELS = {
    "edge_contacts": "Edge touches",
    "mean_distance": "Mean distance of sway",
    "mean_distance_ml": "Mean distance, left-right",
    "mean_distance_ap": "Mean distance, front-back",
    "mean_velocity": "Speed of sway",
    "mean_velocity_ml": "Speed of sway, left-right",
    "mean_velocity_ap": "Speed of sway, front-back",
    "path_length": "Path of sway",
    "path_length_ml": "Path of sway, left-right",
    "path_length_ap": "Path of sway, front-back",
    "prediction_ellipse_area": "Area of sway (95 % ellipse)",
    "rms_distance": "Typical sway",
    "rms_distance_ml": "Typical sway, left-right",
    "rms_distance_ap": "Typical sway, front-back",
    "sway_range": "Range of sway",
    "sway_range_ml": "Range of sway, left-right",
    "sway_range_ap": "Range of sway, front-back",
    "tilt_max": "Largest tilt",
    "tilt_mean_speed": "Average board speed",
    "tilt_p80": "Tilt, 80 % of the time below",
    "tilt_rms": "Typical tilt",
    "tilt_rms_ap": "Typical tilt, front-back",
    "tilt_rms_ml": "Typical tilt, left-right",
    "time_in_zone": "Time in ring",
    "trunk_lean_rms": "Typical trunk lean",
}
_SHARES = frozenset({"time_in_zone"})
_SIDES = {
    "left": "LEFT SIDE LOW",
    "right": "RIGHT SIDE LOW",
    "front": "FRONT LOW",
    "back": "BACK LOW",
}
_ENDINGS = {
    "time": "Full time",
    "done": "All done",
    "invalid": "Not a valid try",
    "stepped-off": "Stepped off",
    "clicker": "Stopped by clicker",
    "pain": "Stopped because of pain",
    "sensor-lost": "Stopped: sensor lost",
    "suspended": "Stopped: the computer slept",
    "cut-off": "The recording breaks off here",
}


def plain(measure: Measure) -> tuple[str, str]:
    """Return what a measure is called and its value as people read it.

    Angles come in degrees and angular speeds in degrees a second, both with one
    decimal; shares in whole percent; counts as whole numbers. A value that could not be
    given (NaN) reads ``"not known"``. Lengths, speeds and areas come in millimetres or
    what is larger. A measure without a label here is called by the title of its card.

    Parameters
    ----------
    measure : Measure
        In SI units.

    Returns
    -------
    label, text : str
        For example ``("Time in ring", "72 %")``.
    """
    name = measure.name
    title = CARDS[name].title if name in CARDS else name.replace("_", " ").capitalize()
    return _LABELS.get(name, title), _text(measure)


def side_word(side: str) -> str:
    """Return the words for the side that is too low; no side is level."""
    return _SIDES.get(side, LEVEL)


def ending(why: str) -> str:
    """Return why a run ended, in words."""
    return _ENDINGS.get(why, "Stopped")


def minutes(seconds: float) -> str:
    """Return a time as a clock shows it: ``"1:23"``, with hours where there are any."""
    whole = max(0, int(seconds))
    if whole >= 3600:
        return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}"


def percent(share: float) -> str:
    """Return a share as whole percent; all but complete is never called 100 %."""
    whole = int(share * 100 + 0.5)
    return f"{99 if whole == 100 and share < 1 else whole} %"


def _text(measure: Measure) -> str:
    value = measure.value
    if not math.isfinite(value):
        return "not known"
    if measure.name in _SHARES:
        return percent(value)
    if measure.unit == "rad":
        return f"{math.degrees(value):.1f}°"
    if measure.unit == "rad/s":
        return f"{math.degrees(value):.1f}°/s"
    if measure.unit in _READ:
        return _scaled(value, measure.unit)
    if measure.unit == "1":
        return f"{value:.0f}" if value == round(value) else f"{value:.2f}"
    return f"{value:.3g} {measure.unit}"


def _scaled(value: float, unit: str) -> str:
    """Return a value in millimetres and the like, or in what is larger."""
    (factor, small), (other, large) = _READ[unit]
    if abs(value * factor) < (100 if unit == "m^2" else 1000):
        return f"{value * factor:.3g} {small}"
    return f"{value * other:.3g} {large}"
