"""A class on one screen: recognisable, not ranked, one keyboard for all."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from itertools import combinations, count
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from tests.ui.conftest import links, make_snapshot

from surefoot.core import DisplayError, LinkState
from surefoot.session.group import MARKS, GroupSnapshot, Seen
from surefoot.session.snapshot import Tape
from surefoot.training import Phase
from surefoot.ui import language, theme
from surefoot.ui.class_app import save_class
from surefoot.ui.classroom.keys import ClassKeys
from surefoot.ui.classroom.layout import arrange_tile, columns
from surefoot.ui.classroom.marks import shape
from surefoot.ui.classroom.state import state_of
from surefoot.ui.classroom.view import ClassView
from surefoot.ui.classroom.window import ClassDesk, keys_of
from surefoot.ui.trainee_layout import NUMBER_MM, PIXEL_MM, TEXT_MM

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

CODES = ("A-17", "B", "Kim-204", "D", "E", "F-9")
INSIDE = {"phase": Phase.RUN, "tilt": (math.radians(1.2), 0.0), "inside": True}
LOST = {
    **INSIDE,
    "stale": True,
    "links": (replace(links()[0], state=LinkState.SCANNING, age=3.0),),
}
Key = Qt.Key


@dataclass
class FakeGroup:
    """A class that shows what it is told to and remembers what it is asked."""

    count: int = 3
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    sent: list[tuple[str, str | None, dict[str, Any]]] = field(default_factory=list)
    painted_by: list[str] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    t: float = 32.0

    def snapshot(self) -> GroupSnapshot:
        return GroupSnapshot(self.t, tuple(map(self._seen, range(self.count))))

    def send(self, do: str, person: str | None = None, **arguments: Any) -> None:
        self.sent.append((do, person, arguments))

    def painted(self, person: str, _seconds: float) -> None:
        self.painted_by.append(person)

    def _seen(self, index: int) -> Seen:
        told = {**INSIDE, "t": self.t, **self.changes.get(index, {})}
        shot = make_snapshot(**told)
        return Seen(CODES[index], MARKS[index], shot, self.faults.get(index, ""))


@pytest.fixture
def class_of(qtbot: QtBot) -> Callable[..., tuple[FakeGroup, ClassView]]:
    """Return a function that shows a class of so many."""

    def make(count: int = 3, size: tuple[int, int] = (1920, 1080), **told: Any):
        group = FakeGroup(count, **told)
        view = ClassView(group)
        qtbot.addWidget(view)
        view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        view.resize(*size)
        view.show()
        view.refresh()
        return group, view

    return make


def press(view: ClassView, key: Qt.Key) -> None:
    # a time stamp far from the last one: pedals bounce, and this is none
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
    press.at += 1000
    event.setTimestamp(press.at)
    view.keyPressEvent(event)


press.at = 0


def asked(group: FakeGroup) -> list[tuple[str, str | None]]:
    told, group.sent[:] = [(do, who) for do, who, _ in group.sent], []
    return told


def alike(one: QImage, other: QImage) -> bool:
    """Return whether two pictures differ by no more than how Qt smooths letters."""
    made = [image.convertToFormat(QImage.Format.Format_RGB32) for image in (one, other)]
    first, second = (np.frombuffer(image.constBits(), np.uint8) for image in made)
    return float(np.abs(first.astype(int) - second).mean()) < 0.5


class TestTiles:
    @pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
    @pytest.mark.parametrize("size", [(1920, 1080), (1024, 768), (1080, 1920)])
    def test_everybody_has_a_tile_in_the_order_of_the_class(
        self, class_of: Any, count: int, size: tuple[int, int]
    ) -> None:
        _, view = class_of(count, size)
        places = [QRectF(tile.geometry()) for tile in view.tiles.values()]
        assert list(view.tiles) == list(CODES[:count])
        assert all(QRectF(view.rect()).contains(place) for place in places)
        assert not any(one.intersects(other) for one, other in combinations(places, 2))
        order = sorted(range(count), key=lambda i: (places[i].top(), places[i].left()))
        assert order == list(range(count))

    def test_nobody_is_ranked(self, class_of: Any) -> None:
        group, view = class_of(4)
        before = [tile.geometry() for tile in view.tiles.values()]
        group.changes = {3: {"time_in_zone": 0.99}, 0: {"time_in_zone": 0.01}}
        view.refresh()
        assert [tile.geometry() for tile in view.tiles.values()] == before

    @pytest.mark.parametrize(("count", "least"), [(2, 35), (4, 25), (6, 20)])
    def test_the_time_left_is_large_on_a_24_inch_screen(
        self, class_of: Any, count: int, least: float
    ) -> None:
        _, view = class_of(count)
        for tile in view.tiles.values():
            layout = tile.view._layout
            assert layout.pixels(NUMBER_MM) * PIXEL_MM >= least
            # three times the letters that normal sight just reads at 3 m are 13 mm
            assert layout.pixels(TEXT_MM) * PIXEL_MM >= 10
            assert 0.46 * tile.head.height() * PIXEL_MM >= 8.8

    @pytest.mark.parametrize("square", [True, False])
    @pytest.mark.parametrize("size", [(940, 430), (620, 430), (940, 800), (400, 700)])
    def test_nothing_in_a_run_lies_over_anything_else(
        self, size: tuple[int, int], square: bool
    ) -> None:
        made = arrange_tile(*size, square=square)
        run = [made.number, made.share, made.bar, made.target, made.word]
        for one, other in combinations(run, 2):
            assert not one.intersects(other)
        for one, other in combinations([made.top, made.target, made.word], 2):
            assert not one.intersects(other)
        for one, other in combinations([made.count, made.beside, made.target], 2):
            assert not one.intersects(other)
        assert all(made.sheet.contains(place) for place in run)

    def test_a_wide_screen_takes_more_columns(self) -> None:
        assert columns(4, 1920, 1000) == 2
        assert columns(6, 1920, 1000) == 3
        assert columns(2, 1920, 1000) == 2
        assert columns(2, 1080, 1900) == 1

    def test_shapes_are_told_apart_without_their_colour(self) -> None:
        box = QRectF(0, 0, 100, 100)
        paths = [shape(mark.shape, box) for mark in MARKS]
        for one, other in combinations(paths, 2):
            differs = [
                one.contains(point) != other.contains(point)
                for point in (
                    box.topLeft()
                    + box.bottomRight() * 0.01 * k
                    + (box.topRight() - box.topLeft()) * 0.01 * j * (-1) ** k
                    for k in range(5, 95, 3)
                    for j in range(0, 50, 3)
                )
            ]
            assert sum(differs) > 0.05 * len(differs)

    @pytest.mark.parametrize("dark", [True, False])
    def test_colours_of_the_class_can_be_read_on(self, dark: bool) -> None:
        palette = theme.DARK if dark else theme.LIGHT
        for colour in palette.series:
            # letters as large as these need 3
            assert theme.contrast(colour, palette.background) >= 4.0

    def test_dark_and_light_are_two_pictures(self, class_of: Any) -> None:
        _, view = class_of(2)
        dark = view.grab().toImage()
        theme.use(dark=False)
        try:
            view.restyle()
            view.refresh()
            assert view.grab().toImage() != dark
        finally:
            theme.use(dark=True)


class TestLost:
    def test_a_lost_sensor_freezes_its_tile_alone_and_says_so(
        self, class_of: Any
    ) -> None:
        group, view = class_of(4)
        before = [tile.grab().toImage() for tile in view.tiles.values()]
        group.changes = {2: LOST}
        view.refresh()
        after = [tile.grab().toImage() for tile in view.tiles.values()]
        same = [alike(one, other) for one, other in zip(before, after, strict=True)]
        assert same == [True, True, False, True]
        assert view.tiles["Kim-204"].head.accessibleName() == "Kim-204: Sensor lost"
        assert view.tiles["Kim-204"].view._page.banner == (
            "PICTURE STOPPED",
            "HOLD THE RAIL",
        )
        frozen = after[2]
        group.changes = {2: {**LOST, "t": 32.4}}
        view.refresh()
        assert alike(view.tiles["Kim-204"].grab().toImage(), frozen)

    def test_a_tile_that_cannot_be_drawn_leaves_the_others_alone(
        self, class_of: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        group, view = class_of(3)
        broken = view.tiles["B"].view

        def fails(*_: object) -> None:
            msg = "no paint"
            raise RuntimeError(msg)

        monkeypatch.setattr(broken, "_paint", fails)
        group.changes = {key: {"tilt": (0.05, 0.0)} for key in range(3)}
        view.refresh()
        for tile in view.tiles.values():
            tile.grab()
        assert view.fault == "B: RuntimeError: no paint"

    @pytest.mark.parametrize(
        ("changes", "fault", "words", "alarm"),
        [
            ({}, "", "Running", False),
            ({"phase": Phase.READY}, "", "Ready", False),
            ({"phase": Phase.HELD_ON}, "", "Question", False),
            ({"phase": Phase.LEVEL_SECOND}, "", "Levelling", False),
            (LOST, "", "Sensor lost", True),
            ({"faults": ("board: its part stopped",)}, "", "A part stopped", True),
            ({"tape": Tape("a", 1.0, 1.0, error="full")}, "", "Not recorded", True),
            ({}, "no picture", "Picture stopped", True),
        ],
    )
    def test_the_state_in_words(
        self, changes: dict[str, Any], fault: str, words: str, alarm: bool
    ) -> None:
        seen = Seen("A", MARKS[0], make_snapshot(**changes), fault)
        assert state_of(seen) == (words, alarm)

    def test_who_has_no_picture_at_all_is_told(self) -> None:
        assert state_of(Seen("A", MARKS[0], None)) == ("Picture stopped", True)


class TestKeys:
    def test_escape_stops_all_whoever_is_selected(self, class_of: Any) -> None:
        group, view = class_of(3)
        press(view, Key.Key_2)
        press(view, Key.Key_Escape)
        assert asked(group) == [("stop", code) for code in CODES[:3]]

    def test_a_number_selects_one_and_a_everybody(self, class_of: Any) -> None:
        group, view = class_of(3)
        group.changes = {key: {"phase": Phase.READY} for key in range(3)}
        press(view, Key.Key_2)
        press(view, Key.Key_Space)
        assert asked(group) == [("start", "B")]
        press(view, Key.Key_A)
        press(view, Key.Key_Space)
        assert asked(group) == [("start", code) for code in CODES[:3]]
        press(view, Key.Key_5)
        assert (view.selected, asked(group)) == ("", [])

    def test_one_can_be_stopped_alone_once_selected(self, class_of: Any) -> None:
        group, view = class_of(3)
        press(view, Key.Key_Backspace)
        assert asked(group) == []
        press(view, Key.Key_3)
        press(view, Key.Key_Backspace)
        assert asked(group) == [("stop", "Kim-204")]

    def test_what_is_drawn_by_lot_does_not_keep_a_class_apart(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seeds = count()
        monkeypatch.setattr(
            "surefoot.ui.classroom.keys.request",
            lambda *_: ("start", {"seed": next(seeds)}),
        )
        made = ClassKeys().asked(Key.Key_Space, FakeGroup(3).snapshot(), "")
        assert [told[2]["seed"] for told in made.requests] == [0, 1, 2]

    def test_a_click_selects_too(self, class_of: Any) -> None:
        _, view = class_of(3)
        QTest.mouseClick(view.tiles["B"].view, Qt.MouseButton.LeftButton)
        assert view.selected == "B"

    def test_one_key_for_all_only_at_the_same_point(self, class_of: Any) -> None:
        group, view = class_of(3)
        group.changes = {0: {"phase": Phase.READY}, 1: {"phase": Phase.LEVEL_FIRST}}
        press(view, Key.Key_Space)
        assert asked(group) == []
        assert "same point" in view.notice
        # who runs has nothing to start: the others are at the same point
        group.changes = {0: {"phase": Phase.READY}, 1: {"phase": Phase.READY}}
        press(view, Key.Key_Space)
        assert asked(group) == [("start", "A-17"), ("start", "B")]
        assert view.notice == ""

    def test_a_notice_goes_after_a_while(self, class_of: Any) -> None:
        group, view = class_of(2)
        group.changes = {0: {"phase": Phase.READY}, 1: {"phase": Phase.LEVEL_FIRST}}
        press(view, Key.Key_Space)
        assert view.notice
        group.t += 7.0
        view.refresh()
        assert view.notice == ""

    def test_what_somebody_felt_is_never_answered_for_all(self, class_of: Any) -> None:
        group, view = class_of(2)
        group.changes = {key: {"phase": Phase.HELD_ON} for key in range(2)}
        press(view, Key.Key_N)
        assert asked(group) == []
        assert "one at a time" in view.notice
        press(view, Key.Key_1)
        press(view, Key.Key_N)
        assert asked(group) == [("held-on", "A-17")]

    def test_a_clicker_nobody_owns_stops_all_who_are_under_way(
        self, class_of: Any
    ) -> None:
        group, view = class_of(3)
        group.changes = {0: {"phase": Phase.READY}}
        press(view, Key.Key_1)
        press(view, Key.Key_PageDown)
        assert asked(group) == [("stop", "B"), ("stop", "Kim-204")]

    def test_a_trainees_own_clicker_stops_that_run_alone(self) -> None:
        keys = ClassKeys(keys_of({"B": "F9"}))
        made = keys.asked(Key.Key_F9, FakeGroup(3).snapshot(), "A-17")
        assert made.requests == (("B", "stop", {"why": "clicker"}),)
        assert keys.asked(Key.Key_F8, FakeGroup(3).snapshot(), "") is None

    @pytest.mark.parametrize("told", [{"A": "nonsense"}, {"A": "F9", "B": "F9"}])
    def test_a_key_that_is_none_or_is_taken_is_refused(
        self, told: dict[str, str]
    ) -> None:
        with pytest.raises(DisplayError, match="key of its own"):
            keys_of(told)

    def test_a_held_key_asks_once(self, class_of: Any) -> None:
        group, view = class_of(2)
        group.changes = {key: {"phase": Phase.READY} for key in range(2)}
        for _ in range(3):
            event = QKeyEvent(
                QEvent.Type.KeyPress,
                Key.Key_Space,
                Qt.KeyboardModifier.NoModifier,
                autorep=True,
            )
            view.keyPressEvent(event)
        assert asked(group) == []

    def test_other_keys_are_left_to_the_window(self, class_of: Any) -> None:
        group, view = class_of(2)
        event = QKeyEvent(
            QEvent.Type.KeyPress, Key.Key_F3, Qt.KeyboardModifier.NoModifier
        )
        view.keyPressEvent(event)
        assert not event.isAccepted()
        assert asked(group) == []


class TestWindow:
    def test_a_class_that_gives_no_picture_is_told_in_one_line(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        group = FakeGroup(2)
        desk = ClassDesk(group, {}, lambda: None)
        qtbot.addWidget(desk.window)
        desk.draw()
        assert desk.faults.text() == ""

        def fails() -> None:
            msg = "nothing there"
            raise RuntimeError(msg)

        monkeypatch.setattr(group, "snapshot", fails)
        desk.draw()
        assert "nothing there" in desk.faults.text()
        desk.close()

    def test_dark_and_light_by_key(self, qtbot: QtBot) -> None:
        desk = ClassDesk(FakeGroup(2), {}, lambda: None)
        qtbot.addWidget(desk.window)
        was = theme.PALETTE.dark
        desk.turn_palette()
        assert theme.PALETTE.dark is not was
        desk.turn_palette()
        desk.close()

    def test_the_language_by_key(self, qtbot: QtBot) -> None:
        group = FakeGroup(2, {0: LOST})
        desk = ClassDesk(group, {}, lambda: None)
        qtbot.addWidget(desk.window)
        desk.draw()
        head = desk.view.tiles["A-17"].head
        try:
            said = {head.accessibleName()}
            for _ in language.languages.LANGUAGES:
                desk.turn_language()
                said.add(head.accessibleName())
            assert language.IN_USE == "en"
            assert "A-17: Sensor lost" in said
        finally:
            language.use("en")
            desk.close()

    def test_a_picture_can_be_saved(self, tmp_path: Path) -> None:
        path = save_class(FakeGroup(4), tmp_path / "class.png")
        assert path.stat().st_size > 10_000
