"""`check` and `calibrate` as they are called."""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.analysis import parse_calibration
from surefoot.cli import main
from surefoot.devices import load_profile
from surefoot.devices.encoder import encoders_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def played(profile: str) -> Iterator[str]:
    """Play a board with 100 N on each cell at the other end of a terminal."""
    (encoder,) = encoders_of(load_profile(profile))
    ours, theirs = os.openpty()
    os.set_blocking(ours, False)  # nobody may be listening
    over = threading.Event()

    def play() -> None:
        k, load = 0, dict.fromkeys(encoder.channel_names, np.array([100.0]))
        while not over.wait(1 / encoder.rate):
            with suppress(OSError):
                os.write(ours, encoder.encode(load, k * round(1e9 / encoder.rate), k))
            k += 1

    thread = threading.Thread(target=play)
    thread.start()
    try:
        yield os.ttyname(theirs)
    finally:
        over.set()
        thread.join()
        os.close(ours)
        os.close(theirs)


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


def test_a_board_with_load_cells_is_checked_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    board = ["--virtual", "--sensor", "board=wii-balance-board"]
    assert main(["check", *board, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["board"]
    assert abs(told["rate"] - 100) < 0.5
    assert set(told["loads"]) == {"force_tr", "force_br", "force_tl", "force_bl"}
    assert told["remarks"] == []
    assert "up" not in told
    assert main(["check", *board]) == 0
    assert "noise" in capsys.readouterr().out


def test_a_sensor_that_cannot_do_it_is_refused_before_anything_is_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    two = ["--sensor", "board=surefoot-board", "--sensor", "trunk=movesense"]
    for call, said in (
        (["check", "--taps", *two], "board: expected a sensor that feels shakes"),
        (["calibrate", "mounting", "--sensor", "trunk=polar-h10"], "a gyroscope"),
        (["calibrate", "gyro", *two[:2]], "expected an accelerometer, got none"),
        (["calibrate", "accelerometer", *two[:2]], "with force and board"),
        (["calibrate", "force", "--mass", "20", *two[2:]], "expected four load cells"),
        (["calibrate", "board", "--mass", "20", *two[2:]], "expected four load cells"),
    ):
        assert main([*call, "--virtual"]) == 1
        told = capsys.readouterr()
        assert said in told.err
        assert len(told.err.splitlines()) == 1
        assert told.out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")
def test_a_board_on_a_cable_is_checked_without_bluetooth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    pytest.importorskip("serial")
    with played("mobbo-serial") as place:
        told = ["--sensor", f"board=mobbo-serial:{place}", "--seconds", "2"]
        assert main(["check", *told, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["board"]
    assert found["samples"] > 50
    assert found["unit"] == "N"


def test_a_table_is_no_sensor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--sensor", "board=wobbleboard-json"]) == 1
    assert "use surefoot import" in capsys.readouterr().err


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
    path.write_bytes(b"schema = 1\nserial = '\xff'\n")
    assert main(["calibrate", "gyro", "--virtual", "--to", str(path)]) == 1
    assert "unit.toml: expected a text in UTF-8" in capsys.readouterr().err
