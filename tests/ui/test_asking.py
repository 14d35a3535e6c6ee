"""Questions on the trainee's screen: by key, by click, and with two pedals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from tests.ui.test_drills_view import picture, told

from surefoot.session.snapshot import Doing
from surefoot.training import Phase
from surefoot.ui.asking import Entry, answers
from surefoot.ui.trainee import TraineeView
from surefoot.ui.trainee_answers import places

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import FakeStage

pytestmark = pytest.mark.gui


@pytest.fixture
def view(qtbot: QtBot, fake_stage: FakeStage) -> TraineeView:
    made = TraineeView(fake_stage)
    qtbot.addWidget(made)
    made.resize(1920, 1080)
    return made


class TestQuestions:
    @pytest.mark.parametrize(
        ("phase", "keys", "sent"),
        [
            (Phase.PAIN_AFTER, "4", [("pain", {"value": 4})]),
            (Phase.PAIN_AFTER, "x", [("pain", {"value": 10})]),
            (Phase.PAIN_AFTER, "s", [("pain", {"value": 0, "stretch": True})]),
            (Phase.PAIN_AFTER, "h6", [("pain", {"value": 6, "sharp": True})]),
            (Phase.PAIN_AFTER, "hh6", [("pain", {"value": 6})]),
            (Phase.PAIN_BEFORE, "l0", [("pain", {"value": 0, "leg": True})]),
            (Phase.PAIN_BEFORE, "s", []),
            (Phase.EFFORT, "3", [("effort", {"value": 3})]),
            (Phase.EFFORT, "6", []),
            (Phase.ENTER, "12\r", [("done", {"value": 12})]),
            (Phase.ENTER, "1\b8\r", [("done", {"value": 8})]),
            (Phase.ENTER, "\r", []),
        ],
    )
    def test_keys_answer_them(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        monkeypatch: pytest.MonkeyPatch,
        phase: Phase,
        keys: str,
        sent: list[tuple[str, dict[str, Any]]],
    ) -> None:
        monkeypatch.setattr("surefoot.ui.keys.BOUNCE", 0)
        fake_stage.show(phase=phase)
        named = {"\r": Qt.Key.Key_Return, "\b": Qt.Key.Key_Backspace}
        for key in keys:
            QTest.keyClick(view, named.get(key, Qt.Key(ord(key.upper()))))
        assert fake_stage.sent == sent

    def test_a_pedal_with_two_switches_answers_all_of_them(self, snapshot_of) -> None:
        for phase, on, sent in (
            (Phase.PAIN_AFTER, 3, ("pain", {"value": 2})),
            (Phase.EFFORT, 2, ("effort", {"value": 2})),
            (Phase.SUPPORT, 1, ("support", {"yes": True})),
            (Phase.HELD_ON, 2, ("held-on", {"yes": False})),
        ):
            shot, entry = snapshot_of(phase=phase), Entry()
            give = Qt.Key.Key_PageDown
            assert entry.press(give, shot) is None, phase  # nothing is marked yet
            for _ in range(on):
                entry.press(Qt.Key.Key_PageUp, shot)
            assert entry.press(give, shot) == sent

    def test_an_answer_begun_is_gone_with_its_question(self, snapshot_of) -> None:
        entry, pain = Entry(), snapshot_of(phase=Phase.PAIN_AFTER)
        entry.press(Qt.Key.Key_H, pain)
        assert entry.signs == {"sharp"}
        entry.follow(snapshot_of(phase=Phase.EFFORT))
        assert entry.signs == set()

    def test_what_was_asked_for_is_the_number_unless_another_is_told(
        self, snapshot_of
    ) -> None:
        shot = snapshot_of(phase=Phase.ENTER, doing=Doing(task="log", wanted=8))
        entry = Entry()
        assert entry.press(Qt.Key.Key_Return, shot) == ("done", {"value": 8})
        entry.step(-1, shot)
        assert entry.press(Qt.Key.Key_Return, shot) == ("done", {"value": 7})

    @pytest.mark.parametrize(
        "phase", [Phase.PAIN_BEFORE, Phase.PAIN_AFTER, Phase.EFFORT, Phase.SUPPORT]
    )
    def test_a_click_on_each_box_gives_its_answer(
        self, view: TraineeView, fake_stage: FakeStage, phase: Phase
    ) -> None:
        picture(view, fake_stage, phase=phase)
        boxes = places(view._layout, view._page)
        there = answers(fake_stage.snapshot())
        assert len(boxes) == len(there)
        for i, box in enumerate(boxes):
            assert view._layout.sheet.contains(box)
            assert not box.intersects(view._layout.footer)
            assert not any(box.intersects(other) for other in boxes[i + 1 :])
        for choice, box in zip(there, boxes, strict=True):
            fake_stage.sent.clear()
            QTest.mouseClick(
                view, Qt.MouseButton.LeftButton, pos=box.center().toPoint()
            )
            if not choice.sign:
                assert fake_stage.sent[0][1].items() >= choice.arguments.items()
        outside = QRectF(view.rect()).topRight().toPoint() + QPoint(-4, 4)
        fake_stage.sent.clear()
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=outside)
        assert fake_stage.sent == []

    @pytest.mark.parametrize(
        ("changes", "key", "sent"),
        [
            (told("walk"), Qt.Key.Key_Space, ("count", {"what": "step"})),
            (told("walk"), Qt.Key.Key_X, ("count", {"what": "misstep"})),
            (told("stand"), Qt.Key.Key_E, ("count", {"what": "error"})),
            (told("stand"), Qt.Key.Key_3, ("invalid", {"why": "opened-eyes"})),
            (told("reposition"), Qt.Key.Key_Space, ("count", {"what": "there"})),
            (told("repeat"), Qt.Key.Key_3, None),
            (told("repeat", phase=Phase.STILL), Qt.Key.Key_Space, ("level", {})),
            (told("repeat", phase=Phase.READY), Qt.Key.Key_F8, ("skip", {})),
            (told("repeat", phase=Phase.REST), Qt.Key.Key_Space, ("again", {})),
            (told("repeat"), Qt.Key.Key_F8, None),
        ],
    )
    def test_keys_count_judge_and_go_on(
        self,
        view: TraineeView,
        fake_stage: FakeStage,
        changes: dict[str, Any],
        key: Qt.Key,
        sent: tuple[str, dict[str, Any]] | None,
    ) -> None:
        fake_stage.show(**changes)
        QTest.keyClick(view, key)
        if sent is None:
            assert fake_stage.sent == []
            return
        (do, arguments) = fake_stage.sent[0]
        assert do == sent[0]
        assert arguments.items() >= sent[1].items()
