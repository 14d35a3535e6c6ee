"""Sound in the windows: one button, one key, and never in the way."""

from __future__ import annotations

import threading
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QShortcut

from surefoot.core import Event
from surefoot.session.settings import Settings
from surefoot.training import Phase
from surefoot.training.sound_settings import SoundSettings
from surefoot.ui import language, remembered, window
from surefoot.ui.desk import Desk
from surefoot.ui.sound.announcer import Announcer
from surefoot.ui.sound.opening import closed_eyes, open_sound
from surefoot.ui.sound.out import Silent
from surefoot.ui.sound.speech import Speech

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from tests.ui.conftest import FakeStage

    from surefoot.ui.sound.synth import Samples

pytestmark = pytest.mark.gui

NO_CARD = "No sound: this computer has no sound card. Everything else works."


class Ear(Silent):
    def __init__(self) -> None:
        super().__init__("")
        self.played: list[Samples] = []
        self.closed = 0

    def play(self, samples: Samples) -> None:
        self.played.append(samples)

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def desk(qapp: QApplication, fake_stage: FakeStage, ear: Ear) -> Iterator[Desk]:
    made = Desk(
        fake_stage,
        on_closed=lambda: None,
        on_palette=lambda: None,
        sound=lambda shown: Announcer(shown, SoundSettings(), ear, Speech(None)),
    )
    made.show([qapp.primaryScreen()])
    yield made
    made.close()
    language.use("en")


def press(desk: Desk, key: str) -> None:
    found = desk.windows[0].findChildren(QShortcut)
    next(s for s in found if s.key().toString() == key).activated.emit()


def test_a_new_event_is_heard_at_the_next_frame(
    desk: Desk, fake_stage: FakeStage, ear: Ear
) -> None:
    assert ear.played == []
    heard = Event(31.9, "cue", {"side": "right", "deg": 6.0})
    fake_stage.change(t=32.0, events=(heard,))
    desk.draw()
    desk.draw()
    assert len(ear.played) == 1
    assert not desk.faults.text()


def test_f6_and_the_button_turn_it_off_and_on(
    desk: Desk, fake_stage: FakeStage
) -> None:
    switch = desk.therapist.sound
    assert switch.isVisible()
    seen = []
    for turn in (lambda: press(desk, "F6"), switch.click):
        turn()
        desk.draw()
        seen.append(switch.text())
    assert seen == ["Sound off", "Sound on"]
    told = [arguments["detail"] for do, arguments in fake_stage.sent if do == "marker"]
    assert told == ["off", "on"]


def test_why_nothing_is_heard_is_said_in_the_language_of_the_views(
    desk: Desk, ear: Ear
) -> None:
    switch = desk.therapist.sound
    ear.status = NO_CARD
    desk.draw()
    assert (switch.text(), switch.toolTip()) == ("No sound here", NO_CARD)
    assert switch.accessibleDescription() == NO_CARD
    for code in ("de", "es"):
        desk.speak(code)
        assert switch.text() == language.say("No sound here") != "No sound here"
        assert switch.toolTip() != NO_CARD
        assert switch.accessibleName() == language.say("Sound")
    desk.speak("en")
    assert (switch.text(), switch.accessibleName()) == ("No sound here", "Sound")


def test_it_ends_with_the_windows(desk: Desk, ear: Ear) -> None:
    desk.close()
    assert ear.closed == 1


def test_without_sound_there_is_no_button(
    qapp: QApplication, fake_stage: FakeStage
) -> None:
    desk = Desk(fake_stage, on_closed=lambda: None, on_palette=lambda: None)
    desk.show([qapp.primaryScreen()])
    desk.draw()
    desk.turn_sound()
    assert not desk.therapist.sound.isVisible()
    desk.close()


def test_what_was_chosen_is_kept(desk: Desk) -> None:
    desk.turn_sound()
    kept = remembered.now(desk, Settings())
    assert kept.sound == SoundSettings(on=False).as_table()


def test_nothing_is_opened_for_windows_that_nobody_sees(
    fake_stage: FakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Desk] = []

    class Watched(Desk):
        def __init__(self, *args: object, **kwargs: object) -> None:
            super().__init__(*args, **kwargs)
            made.append(self)

    monkeypatch.setattr("surefoot.ui.desk.Desk", Watched)
    before = threading.active_count()
    window.show_until_closed(fake_stage, alone=False, seconds=0.0)
    assert threading.active_count() == before
    assert made[0].sound is not None
    assert made[0].sound.status == Silent().status


@pytest.mark.parametrize("vision", ["closed", "open", ""])
def test_closed_eyes_are_known_from_what_was_told(
    vision: str, fake_stage: FakeStage
) -> None:
    told = SimpleNamespace(circumstances=SimpleNamespace(vision=vision))
    assert closed_eyes(SimpleNamespace(setup=told)) is (vision == "closed")
    assert not closed_eyes(fake_stage)
    heard = partial(open_sound, table={}, language="en", audible=False)
    announcer = heard(fake_stage, eyes_closed=vision == "closed")
    begun = Event(31.9, "phase", {"phase": "countdown"})
    fake_stage.show(t=32.0, phase=Phase.COUNTDOWN, countdown=9.9, events=(begun,))
    announcer.refresh()
    words = [sound.words for sound in announcer.heard]
    assert words == (["Close your eyes."] if vision == "closed" else [])
