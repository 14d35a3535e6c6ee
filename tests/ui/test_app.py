"""Windows: opened only where there is a screen, and never in the way of a session."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QShortcut
from PySide6.QtTest import QTest

from surefoot.core import DisplayError
from surefoot.session.snapshot import Replay
from surefoot.training import Phase
from surefoot.ui import app, display, theme
from surefoot.ui.desk import Desk
from surefoot.ui.frame import Frame, OnePicture
from surefoot.ui.shots import save_shots, shoot
from surefoot.ui.trainee import TraineeView

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from tests.ui.conftest import FakeStage

HERE = Replay(position=8.0, duration=60.0, speed=1.0, playing=False)


class TestDisplay:
    @pytest.fixture(autouse=True)
    def bare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)

    def test_without_any_there_is_none(self) -> None:
        assert not app.has_display()

    def test_offscreen_counts_as_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen:size=10x10")
        assert app.has_display()

    def test_a_server_that_does_not_answer_is_none(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISPLAY", ":4987")
        if display._load("libxcb.so.1") is None:
            pytest.skip("libxcb is not installed, so the server cannot be asked")
        assert not app.has_display()

    def test_wayland_and_other_systems_have_one(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
        assert app.has_display()
        monkeypatch.delenv("WAYLAND_DISPLAY")
        monkeypatch.setattr(sys, "platform", "win32")
        assert app.has_display()

    @pytest.mark.parametrize("run", [app.run_live, app.run_replay])
    def test_no_screen_is_told_in_one_line_and_the_stage_is_closed(
        self, run: Callable[[FakeStage], int], fake_stage: FakeStage
    ) -> None:
        with pytest.raises(DisplayError, match="--headless") as told:
            run(fake_stage)
        assert "\n" not in str(told.value)
        assert fake_stage.closed == 1

    def test_missing_libraries_are_told_with_the_line_to_run(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setattr(display, "_reachable", lambda *_: True)
        monkeypatch.setattr(display, "_XCB", ("libnot-here.so.9",))
        with pytest.raises(DisplayError, match="apt-get install -y libgl1") as told:
            display.require_display()
        assert "libnot-here.so.9" in str(told.value)

    def test_a_qt_that_does_not_load_is_told(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(name: str) -> None:
            msg = f"libEGL.so.1: cannot open shared object file: {name}"
            raise ImportError(msg)

        monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
        monkeypatch.setattr(display.importlib, "import_module", refuse)
        with pytest.raises(DisplayError, match="libEGL"):
            display.require_display()


def test_qt_is_loaded_only_when_a_window_is_opened() -> None:
    look = "import sys, surefoot.ui; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", look], check=False).returncode == 0


class TestFrame:
    def test_a_view_that_fails_is_told_and_the_others_go_on(
        self, fake_stage: FakeStage, caplog: pytest.LogCaptureFixture
    ) -> None:
        good, told = _View(), []
        frame = Frame(OnePicture(fake_stage), [_View(fails=True), good], told.append)
        frame.draw()
        frame.draw()
        assert good.drawn == 2
        assert told == ["_View: RuntimeError: no ink"] * 2
        assert len(caplog.records) == 1  # not sixty times a second

    def test_a_fault_that_passes_is_no_longer_told(self, fake_stage: FakeStage) -> None:
        told: list[str] = []
        frame = Frame(OnePicture(fake_stage), [], told.append)
        fake_stage.error = RuntimeError("no picture")
        frame.draw()
        fake_stage.error = None
        frame.draw()
        assert told == ["picture: RuntimeError: no picture", ""]

    def test_all_views_of_a_frame_see_one_picture(self, fake_stage: FakeStage) -> None:
        shown = OnePicture(fake_stage)
        first = shown.snapshot()
        fake_stage.show(t=99.0)
        assert shown.snapshot() is first
        shown.take()
        assert shown.snapshot().t == 99.0


class _View:
    def __init__(self, *, fails: bool = False) -> None:
        self.fails, self.drawn = fails, 0

    def refresh(self) -> None:
        if self.fails:
            msg = "no ink"
            raise RuntimeError(msg)
        self.drawn += 1


class TestDesk:
    @pytest.fixture
    def desk(
        self, request: pytest.FixtureRequest, qapp: QApplication, fake_stage: FakeStage
    ) -> Iterator[Desk]:
        told = getattr(request, "param", {})
        screens = told.get("screens", 1)
        fake_stage.show(replay=HERE if told.get("replay") else None)
        self.closed = self.dressed = 0
        made = Desk(fake_stage, on_closed=self._close, on_palette=self._dress)
        made.show([qapp.primaryScreen()] * screens)
        yield made
        made.close()

    def _close(self) -> None:
        self.closed += 1

    def _dress(self) -> None:
        self.dressed += 1

    def test_one_screen_has_one_window_with_both_views(self, desk: Desk) -> None:
        assert len(desk.windows) == 1
        assert desk.trainee.isVisible()
        assert desk.therapist.isVisible()
        assert desk.timeline is None

    @pytest.mark.parametrize("desk", [{"screens": 2}], indirect=True)
    def test_two_screens_give_the_trainee_one_alone(self, desk: Desk) -> None:
        assert len(desk.windows) == 2
        assert desk.trainee.window() is not desk.therapist.window()
        assert desk.trainee.window().isFullScreen()

    def test_f2_goes_through_both_trainee_and_therapist(self, desk: Desk) -> None:
        seen = []
        for _ in range(3):
            _shortcut(desk, "F2").activated.emit()
            seen.append((desk.trainee.isVisible(), desk.therapist.isVisible()))
        assert seen == [(True, False), (False, True), (True, True)]

    def test_f3_changes_dark_and_light(self, desk: Desk) -> None:
        before = theme.PALETTE.dark
        _shortcut(desk, "F3").activated.emit()
        assert theme.PALETTE.dark is not before
        assert self.dressed == 1
        desk.draw()
        assert not desk.faults.text()

    @pytest.mark.parametrize("desk", [{"screens": 2}], indirect=True)
    @pytest.mark.parametrize("which", [0, 1])
    def test_closing_a_window_asks_nothing_and_ends_it(
        self, desk: Desk, which: int
    ) -> None:
        desk.windows[which].close()
        assert self.closed == 1

    def test_a_fault_is_shown_and_taken_back(
        self, desk: Desk, fake_stage: FakeStage
    ) -> None:
        assert not desk.faults.isVisible()
        fake_stage.error = RuntimeError("torn")
        desk.draw()
        assert desk.faults.isVisible()
        assert "the session goes on" in desk.faults.text()
        fake_stage.error = None
        desk.draw()
        assert not desk.faults.isVisible()

    @pytest.mark.parametrize("desk", [{"replay": True}], indirect=True)
    def test_the_keys_of_a_replay_work_in_both_views(
        self, desk: Desk, fake_stage: FakeStage
    ) -> None:
        assert desk.timeline is not None
        QTest.keyClick(desk.therapist, Qt.Key.Key_Space)
        QTest.keyClick(desk.trainee, Qt.Key.Key_Right)
        assert fake_stage.sent == [("play", {}), ("seek", {"t": 9.0})]

    def test_in_a_live_session_the_trainees_keys_reach_it(
        self, desk: Desk, fake_stage: FakeStage
    ) -> None:
        fake_stage.show(phase=Phase.READY)
        desk.draw()
        QTest.keyClick(desk.trainee, Qt.Key.Key_Space)
        assert fake_stage.sent == [("start", {})]


def _shortcut(desk: Desk, key: str) -> QShortcut:
    """Return a key of the window; pressing it would need a window manager."""
    (found,) = (
        shortcut
        for shortcut in desk.windows[0].findChildren(QShortcut)
        if shortcut.key().toString() == key and shortcut.isEnabled()
    )
    return found


class TestRun:
    @pytest.mark.parametrize("replay", [None, HERE])
    @pytest.mark.usefixtures("qapp")
    def test_it_shows_draws_and_closes_the_stage_once(
        self, fake_stage: FakeStage, replay: Replay | None
    ) -> None:
        fake_stage.show(replay=replay)
        run = app.run_live if replay is None else app.run_replay
        assert run(fake_stage, seconds=0.15) == 0
        assert fake_stage.closed == 1


class TestShots:
    @pytest.mark.usefixtures("qapp")
    def test_both_views_are_saved(self, fake_stage: FakeStage, tmp_path: Path) -> None:
        trainee, therapist = save_shots(fake_stage, tmp_path / "new", "run")
        assert trainee.name == "run-trainee.png"
        assert QImage(str(trainee)).size().toTuple() == (1920, 1080)
        assert QImage(str(therapist)).width() >= 1280

    @pytest.mark.usefixtures("qapp")
    def test_a_place_that_cannot_be_written_is_told(
        self, fake_stage: FakeStage, tmp_path: Path
    ) -> None:
        with pytest.raises(DisplayError, match="choose another place"):
            shoot(TraineeView(fake_stage), tmp_path / "no" / "a.png", (640, 360))
