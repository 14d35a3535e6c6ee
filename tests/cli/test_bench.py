"""`check` and `calibrate` as they are called."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from surefoot.analysis import parse_calibration
from surefoot.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_check_tells_of_each_sensor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--virtual", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["board"]
    assert abs(told["rate"] - 104) < 0.5
    assert told["remarks"] == []
    assert main(["check", "--virtual", "--sensor", "trunk=movesense"]) == 0
    said = capsys.readouterr().out
    assert "trunk: " in said
    assert "nothing to remark" in said


def test_taps_print_the_residual(capsys: pytest.CaptureFixture[str]) -> None:
    two = ["--sensor", "board=surefoot-sketch", "--sensor", "trunk=movesense"]
    assert main(["check", "--virtual", "--taps", *two]) == 0
    said = capsys.readouterr().out
    assert "3 shakes felt by all" in said
    assert "residual" in said


def test_calibrations_of_one_unit_come_together_in_its_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unit.toml"
    for what in ("gyro", "mounting"):
        assert main(["calibrate", what, "--virtual", "--to", str(path)]) == 0
    assert "calibration: " in capsys.readouterr().out
    made = parse_calibration(path.read_text("utf-8"), path.name)
    assert any(made.gyr_bias)
    assert made.mounting[0] != (1.0, 0.0, 0.0)
    assert made.date
    assert not list(tmp_path.glob("*.part"))


def test_a_force_board_gets_its_corners_and_its_map(tmp_path: Path) -> None:
    path = tmp_path / "board.toml"
    for what in ("force", "board"):
        told = ["--virtual", "--mass", "25", "--to", str(path)]
        assert main(["calibrate", what, *told]) == 0
    made = parse_calibration(path.read_text("utf-8"), path.name)
    assert made.cell_zero != (0.0, 0.0, 0.0, 0.0)
    assert made.cop_gain != (1.0, 1.0)


def test_a_call_without_a_sensor_or_with_two_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 2
    assert main(["calibrate", "force", "--virtual"]) == 2
    assert "--mass 20" in capsys.readouterr().err
    two = ["--sensor", "board=movesense", "--sensor", "trunk=movesense"]
    assert main(["calibrate", "gyro", "--virtual", *two]) == 2
    assert "one unit at a time" in capsys.readouterr().err


def test_a_damaged_file_is_said_before_anything_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "unit.toml"
    path.write_text("schema = 7\n")
    assert main(["calibrate", "gyro", "--virtual", "--to", str(path)]) == 1
    assert "unit.toml: schema" in capsys.readouterr().err
    assert path.read_text() == "schema = 7\n"
