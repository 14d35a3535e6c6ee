"""One row for each measure of the core set: what it keeps, and what it follows.

Length and time: by which power it goes when the unit does. Turn: whether a turned
person has the same value. Thin: how far it may go (of its value) when half to three
quarters of the samples of a smooth sway of 0.15 to 1 Hz are left out; None where the
value is one of the rate, or of the window's edges, and no tolerance can be told.
"""

import math
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.analysis import sway

RATE = 100.0
STEP = 0.051  # Hz, from one line of a spectrum of 20 s to the next
quick = settings(max_examples=15, deadline=None)


class Row(NamedTuple):
    length: int
    time: int
    turn: bool
    thin: float | None
    back: float = 1e-8  # how far it may go when time runs backwards


PLANE = {
    "mean_distance": Row(1, 0, True, 0.002),
    "rms_distance": Row(1, 0, True, 0.002),
    "max_distance": Row(1, 0, True, 0.02),
    "sway_range": Row(1, 0, True, 0.01),
    "range_ratio": Row(0, 0, False, 0.01),
    "planar_deviation": Row(1, 0, True, 0.002),
    "direction_coefficient": Row(0, 0, False, None),
    "sway_direction": Row(0, 0, False, None),
    "prediction_ellipse_area": Row(2, 0, True, 0.01),
    "prieto_ellipse_area": Row(2, 0, True, 0.005),
    "prieto_circle_area": Row(2, 0, True, 0.005),
    "hull_area": Row(2, 0, True, 0.02),
    "hull_perimeter": Row(1, 0, True, 0.01),
    "hull_ratio": Row(0, 0, True, 0.02),
    "path_length": Row(1, 0, True, 0.01),
    "mean_velocity": Row(1, -1, True, 0.01),
    "rms_velocity": Row(1, -1, True, 0.01),
    "sway_area_rate": Row(2, -1, True, 0.02),
    "mean_frequency": Row(0, -1, True, 0.01),
    "length_per_area": Row(-1, 0, True, 0.01),
    "fractal_dimension": Row(0, 0, True, None),
    "fractal_dimension_circle": Row(0, 0, True, None),
    "fractal_dimension_range": Row(0, 0, True, None),
}
ALONG = {
    "mean_position": Row(1, 0, False, None),
    "mean_distance": Row(1, 0, False, 0.005),
    "rms_distance": Row(1, 0, False, 0.005),
    "max_distance": Row(1, 0, False, 0.02),
    "sway_range": Row(1, 0, False, 0.02),
    "path_length": Row(1, 0, False, 0.01),
    "mean_velocity": Row(1, -1, False, 0.01),
    "rms_velocity": Row(1, -1, False, 0.01),
    "velocity_deviation": Row(1, -1, False, 0.01),
    "mean_frequency": Row(0, -1, False, 0.01),
    "time_constant": Row(0, 1, False, 0.01),
    "velocity_crossings": Row(0, 0, False, 0.1),
    "velocity_crossing_rate": Row(0, -1, False, 0.1),
    "peak_velocity_positive": Row(1, -1, False, 0.1),
    "peak_velocity_negative": Row(1, -1, False, 0.1),
    "peak_velocity": Row(1, -1, False, 0.1),
}
# With a window for spectra, time enters twice: bands are in Hz.
SPECTRAL = {
    "spectral_power": Row(2, 0, False, 0.01, 0.01),
    "spectral_power_low": Row(2, 0, False, None, 0.01),
    "spectral_power_mid": Row(2, 0, False, None, 0.05),
    "spectral_power_high": Row(2, 0, False, None, 0.5),
    "spectral_quotient": Row(0, 0, False, None, 0.5),
    "power_frequency_50": Row(0, -1, False, 0.1, 0.1),
    "power_frequency_80": Row(0, -1, False, 0.1, 0.1),
    "power_frequency_95": Row(0, -1, False, 0.1, 0.1),
    "peak_frequency": Row(0, -1, False, None, 0.2),
    "spectral_mean_frequency": Row(0, -1, False, 0.005, 0.005),
    "centroid_frequency": Row(0, -1, False, 0.005, 0.005),
    "frequency_dispersion": Row(0, 0, False, 0.01, 0.01),
}
MIXED = {"phase_plane": 0.01}  # a length plus a speed: it has no power of time
TABLE = PLANE | {
    f"{name}_{axis}": row
    for axis in ("ml", "ap")
    for name, row in (ALONG | SPECTRAL).items()
}
UNITS = {(1, 0): "m", (2, 0): "m^2", (-1, 0): "1/m", (0, 0): "1", (0, 1): "s"}
UNITS |= {(1, -1): "m/s", (2, -1): "m^2/s", (0, -1): "Hz"}


@st.composite
def sways(draw: st.DrawFn) -> np.ndarray:
    """A minute of slow waves, wider one way."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    t = np.arange(6000) / RATE
    f, phase = rng.uniform(0.15, 1.0, (2, 6)), rng.uniform(0, 6.3, (2, 6))
    waves = np.sin(2 * np.pi * f[..., None] * t + phase[..., None]).sum(axis=1).T
    return waves * rng.uniform(0.5, 5.0, 2) * 1e-3


def line_or(name: str, floor: float) -> float:
    """A percentile or a peak may be the next line of the spectrum."""
    return STEP if name.startswith(("power_frequency", "peak_freq")) else floor


def test_every_measure_has_a_row_and_its_unit_is_its_powers():
    mixed = {n for n in sway.CORE_UNITS if n.startswith("phase_plane")}
    assert set(TABLE) | mixed == set(sway.CORE_UNITS)
    for name, row in TABLE.items():
        unit = sway.CORE_UNITS[name].replace("1/s", "Hz").replace("rad", "1")
        assert unit == UNITS[row.length, row.time], name


@quick
@given(cop=sways(), angle=st.floats(-math.pi, math.pi))
def test_turn(cop, angle):
    c, s = math.cos(angle), math.sin(angle)
    before = sway.core_set(cop, RATE)
    after = sway.core_set(cop @ np.array([[c, s], [-s, c]]), RATE)
    for name, row in TABLE.items():
        if row.turn:
            assert after[name] == pytest.approx(before[name], 1e-8), name


@quick
@given(cop=sways(), scale=st.floats(1e-3, 1e4))
def test_length(cop, scale):
    before, after = sway.core_set(cop, RATE), sway.core_set(cop * scale, RATE)
    for name, row in TABLE.items():
        expected = before[name] * scale**row.length
        floor = 1e-12 * scale if name.startswith("mean_position") else 0
        got = pytest.approx(expected, 1e-8, abs=floor, nan_ok=True)
        assert after[name] == got, name


@quick
@given(cop=sways(), slower=st.floats(0.4, 3.0))
def test_time(cop, slower):
    before, after = sway.core_set(cop, RATE), sway.core_set(cop, RATE / slower)
    for name, row in TABLE.items():
        if name[:-3] not in SPECTRAL:
            expected = before[name] * slower**row.time
            assert after[name] == pytest.approx(expected, 1e-9, nan_ok=True), name


@quick
@given(cop=sways())
def test_time_backwards(cop):
    before, after = sway.core_set(cop, RATE), sway.core_set(cop[::-1], RATE)
    for axis in ("ml", "ap"):
        ends = f"peak_velocity_positive_{axis}", f"peak_velocity_negative_{axis}"
        after[ends[0]], after[ends[1]] = after[ends[1]], after[ends[0]]
    for name, row in TABLE.items():
        floor = line_or(name, 1e-15)
        got = pytest.approx(before[name], row.back, abs=floor, nan_ok=True)
        assert after[name] == got, name


@quick
@given(cop=sways(), ml=st.floats(-1, 1), ap=st.floats(-1, 1))
def test_place(cop, ml, ap):
    before = sway.core_set(cop, RATE)
    after = sway.core_set(cop + np.array([ml, ap]), RATE)
    for name in TABLE:
        if not name.startswith("mean_position"):
            assert after[name] == pytest.approx(before[name], 1e-6, nan_ok=True), name


@quick
@given(cop=sways(), factor=st.integers(2, 4))
def test_thin(cop, factor):
    whole = sway.core_set(cop, RATE)
    some = sway.core_set(cop[::factor], RATE / factor)
    for name, row in TABLE.items():
        if row.thin is not None:
            got = pytest.approx(whole[name], row.thin, abs=line_or(name, 0.0))
            assert some[name] == got, name
    for name, rel in MIXED.items():
        assert some[name] == pytest.approx(whole[name], rel)
