"""Drills of every kind on the trainee's screen: the right picture, large, and true."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtTest import QTest
from tests.ui.test_trainee import _Painted

from surefoot.session.snapshot import Doing
from surefoot.training import Phase
from surefoot.training.aim import Aim, Movement
from surefoot.training.feedback_plan import NO_PICTURE
from surefoot.training.scoring import Score
from surefoot.ui import theme, trainee_text
from surefoot.ui.trainee import TraineeView
from surefoot.ui.trainee_layout import arrange
from surefoot.ui.trainee_movement import at_time, panels
from surefoot.ui.trainee_page import items, page
from surefoot.ui.trainee_paint import second_place

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import FakeStage

pytestmark = pytest.mark.gui

CURVE = tuple((0.1 * i, 0.3 * math.sin(math.pi * i / 90) ** 2) for i in range(91))
MOVEMENT = Movement(CURVE, CURVE[:31], 0.5, "out", 1.4)
AROUND = tuple((0.1 * math.sin(a), 0.1 * math.cos(a)) for a in range(6))
ANGLE = Doing(name="wood-chop", signal="angle", stream="trunk/angle")
RUNS: dict[str, dict[str, Any]] = {
    "tilted": {
        "doing": Doing("rocker-hold-tilted", extent=math.radians(6)),
        "aim": Aim(at=(math.radians(-6), 0.0)),
    },
    "follow": {
        "doing": Doing("wobble-game-circle", "follow", extent=math.radians(8)),
        "axis": "both",
        "aim": Aim((0.1, 0.05), moving=True, ahead=AROUND[:3]),
    },
    "reach": {
        "doing": Doing("lean-around", "reach", "cop", "board/place", extent=0.1),
        "axis": "both",
        "unit": "m",
        "zone": 0.02,
        "tilt": (0.01, 0.02),
        "aim": Aim(AROUND[1], ahead=AROUND, say="Lean to the target", done=2, of=8),
    },
    "reach without a dot": {
        "doing": Doing("limits-of-stability", "reach", "cop", extent=0.1, test=True),
        "axis": "both",
        "unit": "m",
        "zone": 0.02,
        "picture": False,
        "hide_dot": True,
        "aim": Aim(AROUND[1], ahead=AROUND, say="Lean to the target", done=2, of=8),
    },
    "repeat": {
        "doing": replace(ANGLE, task="repeat"),
        "tilt": (0.0, 0.2),
        "aim": Aim((0.0, 0.2), say="Out, slowly", done=3, of=8, movement=MOVEMENT),
    },
    "capture": {
        "doing": replace(ANGLE, task="repeat"),
        "aim": Aim(
            say="Move slowly, as far as it is free of pain",
            done=1,
            of=4,
            movement=Movement((), CURVE[:20], 1.0, "rest"),
        ),
    },
    "stretch": {
        "doing": replace(ANGLE, task="stretch"),
        "tilt": (0.0, 0.5),
        "aim": Aim((0.0, 0.7), say="Stay: 12", done=1, of=3),
    },
    "reposition": {
        "doing": replace(ANGLE, task="reposition", extent=0.35),
        "tilt": (0.0, 0.2),
        "aim": Aim((0.0, 0.35), say="Go to the mark and stay", done=1, of=3),
    },
    "stand": {
        "doing": Doing("bess", "stand", "lean", "trunk/tilt", test=True),
        "hide_dot": True,
        "picture": False,
        "aim": Aim(done=2, of=10),
    },
    "eyes closed": {
        "doing": Doing("romberg", "stand", "lean", closed=True, test=True),
        "hide_dot": True,
        "picture": False,
    },
    "land": {
        "doing": Doing("step-down-side", "land", "lean"),
        "aim": Aim(say="Right foot. Step down now"),
    },
    "walk": {
        "doing": Doing("tandem-walk", "walk", "lean"),
        "aim": Aim(say="Heel to toe", done=4, of=10),
    },
    "log": {"doing": Doing("bridge-no-sensor", "log", "none", wanted=8), "tilt": None},
    "no picture": {
        "doing": Doing("rocker-hold-level"),
        "picture": False,
        "hide_dot": True,
        "aim": Aim(),
    },
    "second task": {
        "doing": Doing("rocker-hold-level-counting"),
        "second": "Count aloud from 1.",
        "aim": Aim(),
    },
}
SITTING = {"sets": 6, "set_no": 2, "stage": "", "focus": "Keep the board level."}
MANY = {**SITTING, "stage": "Eyes closed, on foam"}


@pytest.fixture
def view(qtbot: QtBot, fake_stage: FakeStage) -> TraineeView:
    made = TraineeView(fake_stage)
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    return made


@pytest.fixture
def heights(monkeypatch: pytest.MonkeyPatch) -> list[tuple[float, str]]:
    """The height of every text that is drawn [mm]."""
    found: list[tuple[float, str]] = []

    def noting(fit: Any) -> Any:
        def noted(*args: Any) -> Any:
            made = fit(*args)
            font = made[0] if isinstance(made, tuple) else made
            found.append((QFontMetricsF(font).capHeight() * 0.277, args[0]))
            return made

        return noted

    for name in ("fit_line", "_fit_paragraph"):
        monkeypatch.setattr(trainee_text, name, noting(getattr(trainee_text, name)))
    return found


def picture(view: TraineeView, fake: FakeStage, /, **changes: Any) -> QImage:
    fake.show(**changes)
    view.refresh()
    image = view.grab().toImage()
    assert view.fault == ""
    return image


def told(name: str, **changes: Any) -> dict[str, Any]:
    return {**SITTING, **RUNS[name], **changes}


class TestRuns:
    @pytest.mark.parametrize("name", list(RUNS))
    @pytest.mark.parametrize("dark", [True, False])
    def test_every_task_is_drawn_in_letters_for_three_metres(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        heights: list[tuple[float, str]],
        name: str,
        dark: bool,
    ) -> None:
        theme.use(dark=dark)
        picture(view, fake_stage, **told(name))
        # beside a square target there is half the width
        least = 19.0 if RUNS[name].get("axis") == "both" else 24.5
        assert [(h, t) for h, t in heights if h < least] == []
        assert len(heights) >= 3

    @pytest.mark.parametrize("name", list(RUNS))
    @pytest.mark.parametrize("phase", [Phase.READY, Phase.COUNTDOWN])
    def test_before_a_set_it_says_which_one_it_is(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        heights: list[tuple[float, str]],
        name: str,
        phase: Phase,
    ) -> None:
        changes = told(name, phase=phase, aim=None, hide_dot=False)
        picture(view, fake_stage, **changes)
        assert "Set 2 of 6" in [text for _, text in heights]

    def test_the_part_is_named_before_its_sets(self, view, fake_stage) -> None:
        picture(view, fake_stage, phase=Phase.READY, **MANY)
        assert view._page.title == "Set 2 of 6: Eyes closed, on foam"

    @pytest.mark.parametrize("square", [True, False])
    def test_the_second_task_leaves_the_time_alone(self, square: bool) -> None:
        layout = arrange(1920, 1080, square=square, badged=True)
        place = second_place(layout)
        others = (layout.number, layout.target, layout.word, layout.footer)
        assert not any(place.intersects(other) for other in others)

    def test_nothing_is_cut_at_the_edge(self, view, fake_stage) -> None:
        for size in ((1280, 720), (1024, 768), (800, 1000)):
            view.resize(*size)
            for name in RUNS:
                image = picture(view, fake_stage, virtual=False, **told(name))
                w, h = image.width(), image.height()
                rim = [image.pixel(x, y) for x in range(0, w, 2) for y in (1, h - 2)]
                rim += [image.pixel(x, y) for y in range(0, h, 2) for x in (1, w - 2)]
                assert len(set(rim)) == 1, (size, name)

    def test_what_counts_is_the_number(self, snapshot_of) -> None:
        repeat = page(snapshot_of(**told("repeat")), stale=False)
        assert (repeat.number, repeat.unit, repeat.share) == ("3", "of 8", "18 s")
        assert repeat.say == "Out, slowly"
        walk = page(snapshot_of(**told("walk")), stale=False)
        assert (walk.figure, walk.beside, walk.sentence) == (
            "4",
            "of 10",
            "Heel to toe",
        )
        log = page(snapshot_of(**told("log")), stale=False)
        assert (log.number, log.share) == ("18", "8 times")

    def test_a_test_shows_no_dot_and_says_where_to_look(self, snapshot_of) -> None:
        stand = page(snapshot_of(**told("stand")), stale=False)
        assert (stand.target, stand.mark, stand.sentence) == (
            False,
            True,
            "Look at the mark.",
        )
        closed = page(snapshot_of(**told("eyes closed")), stale=False)
        assert (closed.mark, closed.sentence) == (False, "Eyes closed. Listen.")

    def test_a_set_without_picture_is_announced_and_shows_a_mark(
        self, snapshot_of
    ) -> None:
        before = snapshot_of(
            **told("no picture", phase=Phase.COUNTDOWN, hide_dot=False, aim=None)
        )
        assert page(before, stale=False).note == NO_PICTURE
        assert not page(before, stale=False).target
        made = page(snapshot_of(**told("no picture")), stale=False)
        assert (made.mark, made.target, made.share) == (True, False, "")

    def test_targets_are_seen_in_a_test_but_not_the_dot(self, view, fake_stage) -> None:
        name = "reach without a dot"
        here = picture(view, fake_stage, **told(name, tilt=(0.0, 0.0)))
        there = picture(view, fake_stage, **told(name, tilt=(0.05, 0.03), inside=False))
        assert here == there
        assert view._page.target
        assert view._page.share == ""

    def test_the_ring_is_where_the_target_is(self, view, fake_stage) -> None:
        picture(view, fake_stage, **told("tilted"))
        ring, place = view._look.target.ring(), view._look.target.place
        assert ring.center().x() < place.center().x() - 100
        assert place.contains(ring)

    def test_a_step_that_is_due_fills_the_screen(self, view, fake_stage) -> None:
        due = picture(view, fake_stage, **told("land"))
        wait = Aim(say="Wait for the word")
        before = picture(view, fake_stage, **told("land", aim=wait))
        middle = QPoint(1600, 300)
        assert due.pixelColor(middle) == QColor(theme.PALETTE.good)
        assert before.pixelColor(middle) == QColor(theme.PALETTE.background)

    def test_the_template_is_beside_the_trace_and_not_under_it(
        self, view, fake_stage
    ) -> None:
        bare = Aim(movement=replace(MOVEMENT, trace=(), turn_in=None), of=8)
        full = Aim(movement=replace(MOVEMENT, turn_in=None), of=8)
        one = picture(view, fake_stage, **told("repeat", aim=bare))
        other = picture(view, fake_stage, **told("repeat", aim=full))
        first, second = (p.toAlignedRect() for p in panels(view._layout))
        assert not first.intersects(second)
        assert one.copy(second) != other.copy(second)

    def test_a_template_is_followed_in_time(self) -> None:
        curve = ((0.0, 0.0), (2.0, 1.0), (4.0, 0.0))
        assert at_time(curve, 1.0) == (1.0, 0.5)
        assert at_time(curve, 9.0) == (4.0, 0.0)

    @pytest.mark.parametrize("name", ["follow", "repeat", "stretch", "tilted"])
    def test_drawing_only_what_changed_gives_the_whole_picture(
        self, qtbot: QtBot, view: TraineeView, fake_stage: FakeStage, name: str
    ) -> None:
        view.resize(960, 540)
        with qtbot.waitExposed(view):
            view.show()
        for i in range(24):
            aim = RUNS[name]["aim"]
            if aim.moving:
                at = (0.1 * math.sin(i / 5), 0.1 * math.cos(i / 5))
                aim = replace(aim, at=at, ahead=(at, (0.0, 0.1), (0.1, 0.0)))
            if aim.movement is not None:
                turn = 4 - i / 8
                part = replace(aim.movement, trace=CURVE[: 3 * i + 1], turn_in=turn)
                aim = replace(aim, movement=part)
            tilt = (0.12 * math.sin(i / 3), 0.5 + 0.5 * math.sin(i / 4))
            fake_stage.show(**told(name, t=20 + i / 30, aim=aim, tilt=tilt))
            view.refresh()
            QTest.qWait(1)
        window = view.windowHandle()
        shown = window.screen().grabWindow(window.winId(), 0, 0, 960, 540).toImage()
        assert _unlike(shown, view.grab().toImage()) == 0

    def test_a_moving_target_costs_a_part_of_the_window_only(
        self, qtbot: QtBot, view: TraineeView, fake_stage: FakeStage
    ) -> None:
        spy = _Painted()
        view.installEventFilter(spy)
        fake_stage.show(**told("follow"))
        with qtbot.waitExposed(view):
            view.show()
        view.refresh()
        QTest.qWait(1)
        view.repaint()
        spy.areas.clear()
        aim = replace(RUNS["follow"]["aim"], at=(0.09, 0.05))
        fake_stage.change(aim=aim)
        view.refresh()
        QTest.qWait(1)
        assert spy.areas != []
        assert max(spy.areas) < 0.35 * 1920 * 1080


class TestResult:
    def test_one_number_one_tip_three_lines(self, result_of) -> None:
        score = Score(0.5, "repetition_clean_share", 0.5, "1", 0.0, "clean of all")
        told = items(result_of(score=score, ended="done"))
        assert told[1] == ("50 %", "as asked")
        assert len(told) == 3
        assert told[2] == ("", "Slower, and only as far as asked.")

    def test_what_was_entered_is_no_failure_of_a_sensor(self, result_of) -> None:
        score = Score(1.0, "entered", 8.0, "1", 0.0, "of 8 repetitions")
        assert items(result_of(score=score, measures=())) == (("8", "done"),)

    def test_a_test_that_does_not_count_says_so(self, result_of) -> None:
        told = items(result_of(invalid="opened-eyes"))
        assert told[1:] == (
            ("", "This one does not count."),
            ("", "Opened the eyes"),
        )

    def test_a_rest_counts_down_and_keeps_the_result(
        self, view, fake_stage, result_of, heights
    ) -> None:
        rest = {"phase": Phase.REST, "countdown": 27.3, "result": result_of()}
        picture(view, fake_stage, **SITTING, **rest)
        assert (view._page.number, len(view._page.items)) == ("28", 3)
        assert "28" in [text for _, text in heights]


def _unlike(one: QImage, other: QImage) -> int:
    """Return how many pixels differ by more than the edges of letters do."""
    assert one.size() == other.size()
    plain = QImage.Format.Format_RGB32
    both = [
        np.frombuffer(image.convertToFormat(plain).constBits(), np.uint8).astype(int)
        for image in (one, other)
    ]
    return int((np.abs(both[0] - both[1]) > 60).sum())
