"""Calibration files are checked once, at the door."""

from __future__ import annotations

import math

import pytest

from surefoot.analysis import Calibration, parse_calibration
from surefoot.core import CalibrationError

TEXT = """
schema = 1
serial = "A1"
date = 2025-03-01
residual = 0.02
gyr_bias = [0.01, -0.02, 0]
acc_bias = [0.1, 0.0, -0.1]
acc_matrix = [[1.01, 0, 0], [0, 0.99, 0], [0, 0, 1]]
mounting = [[0, -1, 0], [1, 0, 0], [0, 0, 1]]
"""


def test_a_file_is_read_whole() -> None:
    found = parse_calibration(TEXT, "a.toml")
    assert found.gyr_bias == (0.01, -0.02, 0.0)
    assert found.acc_matrix[0] == (1.01, 0.0, 0.0)
    assert found.gyr_matrix == Calibration().gyr_matrix
    assert (found.serial, found.date, found.residual) == ("A1", "2025-03-01", 0.02)


def test_nothing_said_changes_nothing() -> None:
    assert parse_calibration("schema = 1", "a.toml") == Calibration()
    assert math.isnan(Calibration().residual)


def test_a_fresh_gyroscope_bias_replaces_the_stored_one() -> None:
    found = parse_calibration(TEXT, "a.toml").with_gyr_bias([1e-3, 2e-3, 3e-3])
    assert found.gyr_bias == (1e-3, 2e-3, 3e-3)
    assert found.acc_bias == (0.1, 0.0, -0.1)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("gyr_bias = [1, 2]", "gyr_bias"),
        ('gyr_bias = [0, 0, "x"]', "gyr_bias"),
        ("gyr_bias = [0, nan, 0]", "gyr_bias"),
        ("gyr_bias = [0.5, 0, 0]", "gyr_bias"),  # deg/s by mistake
        ("acc_bias = [0, 0, 9.8]", "acc_bias"),
        ("acc_bias = 3", "acc_bias"),
        ("acc_matrix = [[1, 0, 0], [0, 1, 0]]", "acc_matrix"),
        ("acc_matrix = [[1, 0, 0], [0, 1, 0], [0, 0, 9.8]]", "acc_matrix"),
        ("mounting = [[1, 0, 0], [0, 1, 0], [0, 0, -1]]", "mounting"),
        ("cell_zero = [1, 2, 3]", "cell_zero"),
        ("cell_scale = [1, 0, 1, 1]", "cell_scale"),
        ("cell_span = [43.3, 23.8]", "cell_span"),  # cm by mistake
        ("cop_gain = [1, 1, 1]", "cop_gain"),
        ("cop_offset = [3.0, 0]", "cop_offset"),  # mm by mistake
        ("serial = 4", "serial"),
        ("date = 4", "date"),
        ("residual = -1", "residual"),
        ("colour = 1", "colour"),
    ],
)
def test_a_wrong_key_is_named_with_its_file(line: str, key: str) -> None:
    with pytest.raises(CalibrationError) as error:
        parse_calibration(f"schema = 1\n{line}", "board-7.toml")
    told = str(error.value)
    assert told.startswith(f"board-7.toml: {key}: expected ")
    assert "\n" not in told


@pytest.mark.parametrize("text", ["schema = 2", "", "gyr_bias = ["])
def test_another_schema_or_no_toml_is_refused(text: str) -> None:
    with pytest.raises(CalibrationError, match=r"^c\.toml: "):
        parse_calibration(text, "c.toml")
