"""Sway of the trunk, from its accelerations and from where up is in its sensor."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis import lean_rms, rotate, rotation_from_up, smooth
from surefoot.analysis.orientation import ACC, columns
from surefoot.analysis.registry import CARDS, Need, Supply
from surefoot.analysis.trunk_sway import (
    sway_angle,
    tilt_corrected,
    trunk_spectrum,
    trunk_sway,
)
from surefoot.session.analysing._even import Series, series
from surefoot.session.analysing._material import TRUNK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from surefoot.core import Block
    from surefoot.session.analysing._findings import Findings, Part
    from surefoot.session.analysing._spans import Span, Ups
    from surefoot.session.setup import Sensor

CUTOFF = 3.5
"""Zero-phase low-pass of trunk acceleration [Hz]."""
FILTER = f"zero-phase Butterworth low-pass {CUTOFF:g} Hz, order 4, tilt-corrected"
UPRIGHT = np.cos(np.radians(30.0))
"""The sensor's z axis points up when it is within 30 degrees of it. Our default."""
ASSUMED = "AXES_ASSUMED"
GAP = 0.2
ACROSS = (
    "which way the sensor faces is not known: turn its axes when importing, or give "
    "its mounting with --calibration"
)
"""Why nothing with a side is given."""


def trunk(findings: Findings, span: Span, ups: Ups, part: Part) -> None:
    """Give the trunk measures of one span.

    Parameters
    ----------
    findings : Findings
        Takes them.
    span : Span
        The interval.
    ups : Ups
        Where up was.
    part : Part
        Pipeline and flags before anything was done.
    """
    imu, up = ups.imu(TRUNK), ups.up(TRUNK)
    if imu is None or up is None:
        findings.refuse_group(("trunk",), "no sensor on the trunk")
        return
    imu, up = imu.between(span.start, span.end), up.between(span.start, span.end)
    if len(imu) < 2:
        why = f"run at {span.start:.0f} s: no samples from the trunk"
        findings.refuse_group(("trunk",), why)
        return
    gap = _gap(imu, span)
    part = replace(part, flags=(*part.flags, *gap))
    turn, known, assumed = facing(up, ups.material.setup.sensors[TRUNK])
    _angles(findings, up, turn, part, (known, assumed))
    found = series(imu.t, columns(imu, ACC), imu.info.rate, np.inf)
    _accelerations(findings, found, turn, part, (known, assumed))


def facing(
    up: Block, sensor: Sensor
) -> tuple[NDArray[np.float64], bool, tuple[str, ...]]:
    """Return the turn to ML, AP and V, whether ML and AP are known, and a flag."""
    mounting = np.array(sensor.calibration.mounting)
    mean = up.data.mean(axis=0)
    if not np.array_equal(mounting, np.eye(3)):
        return mounting, True, ()
    if mean[2] >= UPRIGHT * float(np.sqrt((mean * mean).sum())):
        return np.eye(3), True, (ASSUMED,)
    return rotation_from_up(mean), False, ()


def _angles(
    findings: Findings,
    up: Block,
    turn: NDArray[np.float64],
    part: Part,
    known: tuple[bool, tuple[str, ...]],
) -> None:
    needs = frozenset({Need.TRUNK, Need.ORIENTATION})
    supply = Supply(needs, part.end - part.start, up.info.rate)
    level = "the mean of the interval"
    pipeline = replace(part.pipeline, filter="none", level=level)
    own = replace(part, supply=supply, pipeline=pipeline)
    angle = sway_angle(rotate(turn, up.data))
    findings.give(
        {
            "trunk_lean_rms": lean_rms(up.data),
            "trunk_angle_rms": angle.rms,
            "trunk_angle_path": angle.path,
        },
        own,
    )
    sided = {
        "trunk_angle_rms_ml": angle.rms_ml,
        "trunk_angle_rms_ap": angle.rms_ap,
        "trunk_angle_range_ml": angle.range_ml,
        "trunk_angle_range_ap": angle.range_ap,
    }
    across(findings, sided, own, known)


def _accelerations(
    findings: Findings,
    found: Series,
    turn: NDArray[np.float64],
    part: Part,
    known: tuple[bool, tuple[str, ...]],
) -> None:
    needs = frozenset({Need.TRUNK, Need.ACC})
    supply = Supply(needs, found.duration, found.rate, found.even)
    pipeline = replace(
        part.pipeline,
        rate=found.rate,
        duration=found.duration,
        filter=FILTER,
        orientation="",
        level="the mean of the interval",
    )
    flags = (*part.flags, *(("FILLED",) if found.filled else ()))
    own = replace(part, supply=supply, pipeline=pipeline, flags=flags)
    own = replace(own, gap="" if found.even else found.gap)
    if not found.even:  # a filter does not run through a gap
        findings.give(dict.fromkeys(_OF_ACCELERATION, np.nan), own)
        return
    smoothed = smooth(rotate(turn, found.data), found.rate, CUTOFF, 4)
    flat = tilt_corrected(smoothed)[:, :2]
    sway = trunk_sway(flat, found.rate)
    findings.give({name: getattr(sway, field) for name, field in _PLANE.items()}, own)
    sided = {name: getattr(sway, field) for name, field in _ALONG.items()}
    for axis in ("ml", "ap"):
        lines = trunk_spectrum(flat, found.rate, axis)
        sided |= {f"{n}_{axis}": getattr(lines, f) for n, f in _SPECTRUM.items()}
    across(findings, sided, own, known)


def across(
    findings: Findings,
    values: dict[str, float],
    part: Part,
    known: tuple[bool, tuple[str, ...]],
) -> None:
    """Give what has a direction, if it is known which one that is."""
    told, assumed = known
    if told:
        findings.give(values, replace(part, flags=(*part.flags, *assumed)))
    else:
        findings.refuse(values, part.run + ACROSS)


def _gap(imu: Block, span: Span) -> tuple[str, ...]:
    edges = np.concatenate([[span.start], imu.t, [span.end]])
    return ("GAP",) if float(np.diff(edges).max()) > GAP else ()


_PLANE = {
    "trunk_jerk": "jerk",
    "trunk_jerk_rate": "jerk_rate",
    "trunk_mean_distance": "distance",
    "trunk_rms": "rms",
    "trunk_path": "path",
    "trunk_mean_velocity": "mean_velocity",
    "trunk_mean_frequency": "mean_frequency",
    "trunk_area_rate": "area_rate",
    "trunk_ellipse_area": "ellipse_area",
}
_ALONG = {
    "trunk_rms_ml": "rms_ml",
    "trunk_rms_ap": "rms_ap",
    "trunk_range_ml": "range_ml",
    "trunk_range_ap": "range_ap",
}
_SPECTRUM = {
    "trunk_spectral_power": "power",
    "trunk_power_frequency_50": "pf50",
    "trunk_power_frequency_95": "pf95",
    "trunk_centroid_frequency": "centroid",
    "trunk_frequency_dispersion": "dispersion",
}
_OF_ACCELERATION = tuple(
    name
    for name, card in CARDS.items()
    if card.group == "trunk" and Need.ACC in card.needs
)
