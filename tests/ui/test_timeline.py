"""The bar below a replay: what it shows and what it asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from surefoot.session.snapshot import Replay
from surefoot.ui import theme
from surefoot.ui.timeline import SPEEDS, Timeline

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import FakeStage

HERE = Replay(
    position=83.0,
    duration=300.0,
    speed=1.0,
    playing=False,
    trials=((40.0, 70.0), (120.0, 150.0)),
    gaps=((98.0, 101.0),),
)


@pytest.fixture
def timeline(qtbot: QtBot, fake_stage: FakeStage) -> Timeline:
    fake_stage.show(replay=HERE)
    made = Timeline(fake_stage)
    qtbot.addWidget(made)
    made.resize(1400, 56)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    return made


def test_it_shows_position_length_and_speed(
    timeline: Timeline, fake_stage: FakeStage
) -> None:
    assert timeline.clock.text() == "1:23 / 5:00"
    assert timeline.speed.currentText() == "1x"
    fake_stage.change(replay=replace(HERE, position=84.2, speed=4.0))
    timeline.refresh()
    assert timeline.clock.text() == "1:24 / 5:00"
    assert timeline.speed.currentText() == "4x"


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        (Qt.Key.Key_Space, ("play", {})),
        (Qt.Key.Key_Left, ("seek", {"t": 82.0})),
        (Qt.Key.Key_Right, ("seek", {"t": 84.0})),
        (Qt.Key.Key_Down, ("seek", {"t": 73.0})),
        (Qt.Key.Key_Up, ("seek", {"t": 93.0})),
        (Qt.Key.Key_Home, ("seek", {"t": 0.0})),
        (Qt.Key.Key_End, ("seek", {"t": 300.0})),
        (Qt.Key.Key_M, None),
    ],
)
def test_keys(
    timeline: Timeline,
    fake_stage: FakeStage,
    key: Qt.Key,
    sent: tuple[str, dict[str, float]] | None,
) -> None:
    QTest.keyClick(timeline, key)
    assert fake_stage.sent == ([] if sent is None else [sent])


def test_space_pauses_what_plays(timeline: Timeline, fake_stage: FakeStage) -> None:
    fake_stage.change(replay=replace(HERE, playing=True))
    timeline.refresh()
    timeline.play.click()
    assert fake_stage.sent == [("pause", {})]


def test_it_does_not_seek_past_the_ends(
    timeline: Timeline, fake_stage: FakeStage
) -> None:
    for position, key, end in (
        (4.0, Qt.Key.Key_Down, 0.0),
        (296.0, Qt.Key.Key_Up, 300.0),
    ):
        fake_stage.change(replay=replace(HERE, position=position))
        timeline.refresh()
        QTest.keyClick(timeline, key)
        assert fake_stage.sent[-1] == ("seek", {"t": end})


def test_a_dragging_hand_seeks_once_a_frame(
    timeline: Timeline, fake_stage: FakeStage
) -> None:
    bar = timeline.bar
    y = bar.height() // 2
    first = QPoint(round(bar.x_of(150.0)), y)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=first)
    for t in (160.0, 170.0, 180.0):
        timeline.bar._point(bar.x_of(t))
    assert fake_stage.sent == []
    timeline.refresh()
    timeline.refresh()
    (asked,) = fake_stage.sent
    assert asked[0] == "seek"
    assert asked[1]["t"] == pytest.approx(180.0, abs=0.5)


def test_the_bar_turns_pixels_to_seconds_and_back(timeline: Timeline) -> None:
    for t in (0.0, 12.5, 299.0, 300.0):
        assert timeline.bar.t_of(timeline.bar.x_of(t)) == pytest.approx(t)
    assert timeline.bar.t_of(-50.0) == 0.0
    assert timeline.bar.t_of(1e6) == 300.0


def test_every_speed_can_be_chosen(timeline: Timeline, fake_stage: FakeStage) -> None:
    for index, factor in enumerate(SPEEDS):
        timeline.speed.activated.emit(index)
        assert fake_stage.sent[-1] == ("speed", {"factor": factor})


def test_trials_gaps_and_markers_are_drawn_where_they_are(
    timeline: Timeline, fake_stage: FakeStage
) -> None:
    zone, marker = QColor(theme.PALETTE.zone), QColor(theme.PALETTE.warn)
    hatch = QColor(theme.PALETTE.bad)
    image = timeline.bar.grab().toImage()
    middle = image.height() // 2
    assert _at(timeline, image, 55.0, middle) == zone
    assert _at(timeline, image, 135.0, middle) == zone
    assert _at(timeline, image, 110.0, middle) != zone
    flag = middle - 15  # above the groove
    assert _at(timeline, image, 25.0, flag) == marker
    assert _at(timeline, image, 30.0, flag) != marker
    assert hatch in _around(timeline, image, 98.2, 100.8)
    assert hatch not in _around(timeline, image, 200.0, 203.0)
    fake_stage.change(replay=replace(HERE, trials=()))
    timeline.refresh()
    assert _at(timeline, timeline.bar.grab().toImage(), 55.0, middle) != zone


def test_in_a_live_session_it_is_idle(
    timeline: Timeline, fake_stage: FakeStage
) -> None:
    fake_stage.change(replay=None)
    timeline.refresh()
    assert not timeline.isEnabled()


def _at(timeline: Timeline, image: QImage, t: float, y: int) -> QColor:
    return image.pixelColor(round(timeline.bar.x_of(t)), y)


def _around(timeline: Timeline, image: QImage, t0: float, t1: float) -> list[QColor]:
    xs = range(round(timeline.bar.x_of(t0)), round(timeline.bar.x_of(t1)))
    rows = range(image.height() // 2 - 6, image.height() // 2 + 6)
    return [image.pixelColor(x, y) for x in xs for y in rows]
