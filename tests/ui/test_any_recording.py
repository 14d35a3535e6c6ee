"""Replay and both views of recordings that were not simply recorded and closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from surefoot.exchange import Choice, import_file
from surefoot.exchange.anonymise import anonymise
from surefoot.recording import open_recording, recover
from surefoot.resources import folder
from surefoot.session.analyse import Options, analyse
from surefoot.session.replay import open_replay, replay
from surefoot.session.setup import Instead
from surefoot.ui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Made = tuple[Path, Instead]

pytestmark = pytest.mark.gui


def sample() -> Path:
    return folder("recordings") / "rocker-steady.mcap"


def recovered(tmp_path: Path) -> Made:
    whole = sample().read_bytes()
    part = tmp_path / "cut.mcap.part"
    part.write_bytes(whole[: int(len(whole) * 0.8)])
    return recover(part), Instead()


def anonymous(tmp_path: Path) -> Made:
    path = tmp_path / "nobody.mcap"
    anonymise(sample(), path)
    return path, Instead()


def imported(tmp_path: Path) -> Made:
    rows = ["time [s],ax [g],ay [g],az [g]"]
    rows += [f"{i / 100},{0.1 if i // 100 % 2 else -0.1},0,0.99" for i in range(2000)]
    table = tmp_path / "rocking.csv"
    table.write_text("\n".join(rows) + "\n")
    path = tmp_path / "rocking.mcap"
    return import_file(table, path, "csv", Choice({}, {}, None)), Instead()


def calibrated_anew(tmp_path: Path) -> Made:
    unit = tmp_path / "unit.toml"
    unit.write_text("schema = 1\nacc_matrix = [[1.1, 0, 0], [0, 1, 0], [0, 0, 1]]\n")
    return sample(), Instead(calibration=unit)


KINDS = [recovered, anonymous, imported, calibrated_anew]


@pytest.fixture(params=KINDS, ids=[kind.__name__ for kind in KINDS])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Made:
    make: Callable[[Path], Made] = request.param
    return make(tmp_path)


def test_it_is_replayed_and_analysed(made: Made) -> None:
    path, instead = made
    live = replay(path, instead=instead)
    assert live["quality"]["sensors"][0]["samples"] > 1000
    assert {"tilt_rms"} <= {measure["name"] for measure in live["measures"]}
    options = Options(calibration=instead.calibration)
    final = analyse(path, options)
    assert {"tilt_rms"} <= {measure["name"] for measure in final["measures"]}


def test_both_views_show_it_anywhere(qtbot, made: Made) -> None:
    path, instead = made
    stage = open_replay(path, instead=instead)
    desk = Desk(stage, on_closed=lambda: None, on_palette=lambda: None)
    desk.show(QApplication.screens())
    try:
        for share in (0.1, 0.5, 0.9):
            stage.send("seek", t=share * stage.duration)
            desk.draw()
            for view in (desk.trainee, desk.therapist):
                assert not view.grab().isNull()
            assert desk.faults.text() == ""
            assert desk.trainee.fault == ""
        assert stage.snapshot().faults == ()
        assert stage.snapshot().tracks
    finally:
        desk.close()
        for view in (desk.trainee, desk.therapist):
            qtbot.addWidget(view)


def test_another_calibration_gives_other_values_and_leaves_the_recording(
    tmp_path: Path,
) -> None:
    path, instead = calibrated_anew(tmp_path)
    before = path.read_bytes()
    old, new = replay(path), replay(path, instead=instead)
    assert old["same_as_live"] == "to the bit" or old["same_as_live"] == "to 1e-9"
    assert new["same_as_live"] is None
    values = [
        next(m["value"] for m in told["measures"] if m["name"] == "tilt_rms")
        for told in (old, new)
    ]
    assert values[0] != pytest.approx(values[1], rel=1e-3)
    assert path.read_bytes() == before


def test_an_anonymous_copy_has_the_results_of_its_original(tmp_path: Path) -> None:
    path, _ = anonymous(tmp_path)
    measures = [replay(each)["measures"] for each in (sample(), path)]
    assert measures[0] == measures[1]
    assert (
        open_recording(path).header.session["id"]
        != (open_recording(sample()).header.session["id"])
    )


def test_a_force_board_shows_where_the_weight_is(tmp_path: Path) -> None:
    rows = ["t [s],ml [cm],ap [cm]"]
    rows += [f"{i / 50},{0.5 * (i % 50)},{-0.25}" for i in range(1000)]
    table = tmp_path / "stand.csv"
    table.write_text("\n".join(rows) + "\n")
    path = import_file(
        table,
        tmp_path / "stand.mcap",
        "cop",
        Choice({"time": "t [s]", "ml": "ml [cm]", "ap": "ap [cm]"}, {}, None),
    )
    stage = open_replay(path)
    stage.send("seek", t=10.0)
    track = stage.snapshot().tracks["board/cop"]
    assert (track.unit, track.channels) == ("mm", ("left-right", "front-back"))
    assert track.data.shape[1] == 2
    assert track.data[:, 1] == pytest.approx(-2.5)
