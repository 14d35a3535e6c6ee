"""A class of three from the first key to the last, in real time."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.test_class_view import press

from surefoot.session.group_opening import Trainee, open_group
from surefoot.session.replay import replay
from surefoot.session.setup import load_drill
from surefoot.training import Phase, lasting
from surefoot.ui.classroom.window import ClassDesk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from surefoot.session.group import Group

LONG = os.environ.get("SUREFOOT_SOAK") == "1"
SETTLED = 2.2  # s a careful therapist looks before pressing a key
KEYS = {
    Phase.LEVEL_FIRST: Qt.Key.Key_Space,
    Phase.LEVEL_SECOND: Qt.Key.Key_Space,
    Phase.DIRECTION: Qt.Key.Key_Y,
    Phase.SUPPORT: Qt.Key.Key_Y,
    Phase.READY: Qt.Key.Key_Space,
}
# each says for themselves what they feel
OWN = {Phase.PAIN_BEFORE: ("pain", {"value": 0})}


def phases(group: Group) -> list[str]:
    return [str(s.picture.phase) for s in group.snapshot().trainees if s.picture]


def draw_until(desk: ClassDesk, holds: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never happened"
        desk.draw()
        QTest.qWait(15)
        assert desk.faults.text() == ""


@pytest.mark.skipif(not LONG, reason="20 s of real time: make soak runs it")
def test_three_are_led_by_one_keyboard(qtbot: QtBot, tmp_path: Path) -> None:
    people = [Trainee(code, virtual="steady") for code in "ABC"]
    group = open_group(people, lasting(load_drill("rocker-hold-level"), 60), tmp_path)
    desk = ClassDesk(group, {"A": "F9"}, lambda: None)
    qtbot.addWidget(desk.window)
    desk.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    desk.window.resize(1600, 900)
    desk.window.show()
    group.start()
    try:
        lead(desk, group)
        begun = [p.session.engine.trial.start for p in group.places.values()]
        assert max(begun) - min(begun) < 0.1
        draw_until(desk, lambda: phases(group) == ["run"] * 3, 20)
        press(desk.view, Qt.Key.Key_F9)
        draw_until(desk, lambda: phases(group)[0] != "run", 5)
        assert phases(group)[1:] == ["run"] * 2
        press(desk.view, Qt.Key.Key_2)
        QTest.qWait(200)
        press(desk.view, Qt.Key.Key_Backspace)
        draw_until(desk, lambda: phases(group)[1] != "run", 5)
        assert phases(group)[2] == "run"
        press(desk.view, Qt.Key.Key_Escape)
        draw_until(desk, lambda: phases(group)[2] != "run", 5)
    finally:
        kept = group.finish()
        desk.close()
    for told, why in zip(kept, ("clicker", "key", "key"), strict=True):
        assert told.path is not None
        again = replay(told.path)
        assert again["same_as_live"] == "to the bit"
        assert [run["ended"] for run in again["quality"]["runs"]] == [why]


def lead(desk: ClassDesk, group: Group) -> None:
    """Press a key for all whenever all have come to the same question."""
    until, since, last = time.monotonic() + 60, 0.0, ""
    while not set(phases(group)) <= {"countdown", "run"}:
        assert time.monotonic() < until, phases(group)
        desk.draw()
        QTest.qWait(15)
        here = set(phases(group))
        if len(here) != 1:
            continue
        (now,) = here
        if now != last:
            last, since = now, time.monotonic()
        if time.monotonic() - since < SETTLED:
            continue
        if Phase(now) in KEYS:
            press(desk.view, KEYS[Phase(now)])
        for person in group.places if Phase(now) in OWN else ():
            do, arguments = OWN[Phase(now)]
            group.send(do, person, **arguments)
        since = time.monotonic() + 2.0
