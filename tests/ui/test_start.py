"""The start window, by keys and clicks: from nothing to the live window, and back."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from datetime import timedelta
from itertools import combinations
from math import radians
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit

from surefoot.archive import add_person, open_archive, pain_answers
from surefoot.core import RadioError
from surefoot.devices.ble import Found, Known, keep_sensors
from surefoot.devices.transports import Plugged
from surefoot.recording import annotations_of, recordings_folder
from surefoot.resources import folder
from surefoot.session.drill_shelf import drills_folder
from surefoot.session.opening import Seating
from surefoot.session.people import keep_zone
from surefoot.session.programme_store import (
    add_entry,
    history_path,
    load_plan,
    new_history,
    plan_folder,
    read_history,
)
from surefoot.training.pain import Felt
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Range,
    Screened,
    Started,
    Target,
)
from surefoot.training.progression import SetDone
from surefoot.ui import language, theme
from surefoot.ui.app import run_live
from surefoot.ui.desk import Desk
from surefoot.ui.panels.controls import Button
from surefoot.ui.panels.today import DayPlan
from surefoot.ui.panels.today import Today as TodayPanel
from surefoot.ui.start import Wish, known
from surefoot.ui.start.after import Afterwards
from surefoot.ui.start.asking import CheckIn as CheckInPage
from surefoot.ui.start.asking import FirstSteps, FirstVisit, TheEnd
from surefoot.ui.start.card import About
from surefoot.ui.start.folk import People
from surefoot.ui.start.home import Home
from surefoot.ui.start.opening import Recordings
from surefoot.ui.start.sensing import Heard, Listening, hear
from surefoot.ui.start.sensors import Find, Fix, Which
from surefoot.ui.start.today import Catalogue, Plain, Today
from surefoot.ui.start.visit import today
from surefoot.ui.start.who import NewCode, Who
from surefoot.ui.start.window import StartWindow, ask
from surefoot.ui.start.wish import Came

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.gui

MUSCLES = ("low-back", "hip-flexors", "hamstrings")
TRUNK = Heard("movesense", "Movesense 2031", "AA:01", -52)
BOARD = Heard("surefoot-sketch", "Surefoot board", "BB:02", -70)
STRANGER = Heard("", "Television", "CC:03", -80)


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    yield
    language.use("en")


@pytest.fixture
def start(qtbot) -> Iterator[Callable[..., StartWindow]]:
    made: list[StartWindow] = []

    def open_(came: Came | None = None, ear=lambda _: []) -> StartWindow:
        window = StartWindow(came, ear)
        qtbot.addWidget(window)
        window.resize(1120, 780)
        window.show()
        made.append(window)
        return window

    yield open_
    for window in made:
        window.close()


def press(window: StartWindow, *keys: Qt.Key | str) -> None:
    """Press keys one after another, where the focus is."""
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key)


def words(window: StartWindow) -> str:
    """Everything that can be read in a window, but lists."""
    assert window.page is not None
    kinds = (QLabel, QAbstractButton)
    found = [w for kind in kinds for w in window.page.findChildren(kind)]
    return "\n".join(w.text() for w in found if w.isVisible())


def sensors_known() -> None:
    keep_sensors({"board": Known("surefoot-sketch", "Surefoot board", "BB:02")})


def programme_of(code: str, *, checked: bool = True) -> None:
    """Begin a programme six days ago; the pain of today may be told already."""
    plan, began = load_plan(), today() - timedelta(days=6)
    new_history(plan, code, Started(began))
    entries = [Screened(began)]
    for muscle in MUSCLES:
        entries += [Target(began, muscle, radians(70)), Range(began, muscle, 1.3)]
    entries.append(Baseline(began, (("abdominals", 1), ("rocker", 2))))
    entries += [CheckIn(today(), 1, Felt(1))] if checked else []
    for entry in entries:
        add_entry(plan, code, entry)


class TestHome:
    def test_four_choices_each_with_picture_word_and_key(self, start) -> None:
        page = start().page
        assert isinstance(page, Home)
        names = [door.accessibleName() for door in page.doors]
        assert names == ["Train", "Record", "Open a recording", "People"]
        for door in page.doors:
            assert door.accessibleDescription()
            assert not door._picture.pixmap().isNull()

    @pytest.mark.parametrize(
        ("key", "page"), [("T", Who), ("R", Which), ("O", Recordings), ("P", People)]
    )
    def test_each_letter_leads_somewhere_and_esc_back(self, start, key, page) -> None:
        keep_zone("P-007", "rocker-hold-level", 5.0)
        window = start()
        press(window, key)
        assert isinstance(window.page, page)
        press(window, Qt.Key.Key_Escape)
        assert isinstance(window.page, Home)
        press(window, Qt.Key.Key_Escape)  # there is nowhere to go back to
        assert isinstance(window.page, Home)

    def test_the_letters_work_beside_the_page_too(self, start) -> None:
        window = start()
        window.languages.setFocus()
        QTest.keyClick(window, "P")
        assert isinstance(window.page, People)

    def test_arrows_go_from_one_to_the_next_and_enter_takes_it(self, start) -> None:
        window = start()
        press(window, Qt.Key.Key_Right, Qt.Key.Key_Down)
        assert window.focusWidget() is window.page.doors[3]
        press(window, Qt.Key.Key_Left, Qt.Key.Key_Return)
        assert isinstance(window.page, Recordings)

    def test_a_click_does_the_same(self, start) -> None:
        window = start()
        QTest.mouseClick(window.page.doors[3], Qt.MouseButton.LeftButton)
        assert isinstance(window.page, People)

    def test_closing_it_wishes_for_nothing(self, start, qtbot) -> None:
        window = start()
        with qtbot.waitSignal(window.done):
            window.close()
        assert window.wish is None


class TestFirstRun:
    def test_four_keys_lead_from_nothing_to_the_first_exercise(self, start) -> None:
        window = start()
        assert "it takes two minutes" in words(window)
        press(window, "T")
        assert isinstance(window.page, Which)
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Fix)
        assert "virtual" in words(window)
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Catalogue)
        assert "A fixed rail or worktop is within reach." in words(window)
        press(window, Qt.Key.Key_Return)
        virtual = Seating(virtual="steady")
        assert window.wish == Wish("drill", virtual, "rocker-hold-level")

    def test_a_real_sensor_is_found_fixed_and_used(self, start) -> None:
        window = start(ear=lambda _: [BOARD, STRANGER])
        press(window, "T", "F")
        page = window.page
        assert isinstance(page, Find)
        heard(page)
        assert "1 more are of a model that is not known" in words(window)
        assert page.seating().sensors == {"board": "surefoot-sketch:Surefoot board"}
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Fix)
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Catalogue)
        press(window, Qt.Key.Key_Return)
        assert window.wish is not None
        assert window.wish.seating.sensors == page_sensors()


def page_sensors() -> dict[str, str]:
    return {"board": "surefoot-sketch:Surefoot board"}


def heard(page: Find) -> None:
    """Let the listening come to an end, and look at what it heard."""
    page.listening.stop()
    page.listening.join()
    page.look()


class TestFind:
    def test_no_bluetooth_is_told_with_what_to_do(self, start) -> None:
        def deaf(_seconds: float) -> list[Heard]:
            msg = "Bluetooth: expected an adapter, found none: plug in a USB one"
            raise RadioError(msg)

        window = start(ear=deaf)
        press(window, "T", "F")
        heard(window.page)
        assert "plug in a USB one" in words(window)
        assert not window.page.main.isEnabled()
        press(window, Qt.Key.Key_Return)  # nothing is chosen: it stays
        assert isinstance(window.page, Find)

    def test_nothing_heard_says_what_helps(self, start) -> None:
        window = start()
        press(window, "T", "F")
        heard(window.page)
        assert "no phone is connected to it" in words(window)

    def test_two_sensors_swap_their_places_by_a_key(self, start) -> None:
        window = start(ear=lambda _: [BOARD, TRUNK])
        press(window, "T", "F")
        heard(window.page)
        near, far = TRUNK.asked, BOARD.asked
        assert window.page.seating().sensors == {"board": near, "trunk": far}
        press(window, "W")
        assert window.page.seating().sensors == {"board": far, "trunk": near}
        window.page.look()  # hearing them again changes nothing
        assert window.page.seating().sensors == {"board": far, "trunk": near}

    def test_one_sensor_in_two_places_is_refused(self, start) -> None:
        window = start(ear=lambda _: [BOARD, TRUNK])
        press(window, "T", "F")
        heard(window.page)
        for box in window.page.boxes.values():
            box.setCurrentIndex(1)
            box.activated.emit(1)
        assert "One sensor cannot be in two places." in words(window)
        assert not window.page.main.isEnabled()

    def test_leaving_the_page_ends_the_listening(self, start) -> None:
        window = start()
        press(window, "T", "F")
        listening = window.page.listening
        press(window, Qt.Key.Key_Escape)
        listening.join()
        assert "listening" not in {thread.name for thread in threading.enumerate()}

    def test_what_was_heard_once_stays_listed(self) -> None:
        rounds = iter([[TRUNK], [BOARD]])
        listening = Listening(lambda _: next(rounds, []))
        while listening.state()[2] < 3:
            threading.Event().wait(0.001)
        listening.stop()
        listening.join()
        assert listening.state()[0] == [TRUNK, BOARD]


class TestKnownPerson:
    def test_three_keys_lead_to_what_is_due(self, start) -> None:
        sensors_known()
        keep_sensors({"pelvis": Known("movesense", "Movesense 2031", "AA:01")})
        programme_of("P-001")
        window = start()
        press(window, "T")
        assert isinstance(window.page, Who)
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Today)
        assert "Why this today" in words(window)
        assert "The range is reached." in words(window)
        press(window, Qt.Key.Key_Return)
        pelvis = Seating({"pelvis": "movesense:Movesense 2031"})  # not the board's
        drill, exercise = "low-back-stretch", "low-back"
        assert window.wish == Wish("drill", pelvis, drill, "P-001", exercise)

    def test_two_keys_lead_to_the_first_question_of_the_day(self, start) -> None:
        sensors_known()
        programme_of("P-001", checked=False)
        window = start()
        press(window, "T", Qt.Key.Key_Return)
        assert isinstance(window.page, CheckInPage)
        press(window, Qt.Key.Key_Return)  # nothing was answered
        assert isinstance(window.page, CheckInPage)
        press(window, "1", "2", Qt.Key.Key_Return)
        assert isinstance(window.page, Today)
        assert read_history("P-001")[-1] == CheckIn(today(), 1, Felt(2))

    def test_what_was_told_is_in_the_archive_too_if_there_is_one(self, start) -> None:
        programme_of("P-001", checked=False)
        with open_archive() as archive:
            add_person(archive, "P-001")
        window = start()
        press(window, "T", Qt.Key.Key_Return, "1", "2", Qt.Key.Key_Return)
        with open_archive() as archive:
            asked = pain_answers(archive, "P-001")
        assert sorted(one.value for one in asked)[:2] == [1, 2]

    def test_a_sign_in_the_leg_ends_the_day_and_says_so(self, start) -> None:
        programme_of("P-001", checked=False)
        window = start()
        press(window, "T", Qt.Key.Key_Return, "1", "2")
        window.page.leg.click()
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Plain)
        assert "Speak to your therapist" in words(window)

    def test_virtual_sensors_write_nothing_into_the_programme(self, start) -> None:
        programme_of("P-001")
        window = start()
        press(window, "T", Qt.Key.Key_Return, "S", Qt.Key.Key_Return)
        assert "nothing is written into the programme" in words(window)
        press(window, Qt.Key.Key_Return)
        assert window.wish is not None
        assert window.wish.person == "P-001"
        assert window.wish.exercise == ""

    def test_a_sensor_that_is_missing_is_asked_for(self, start) -> None:
        sensors_known()
        programme_of("P-001")
        window = start()
        press(window, "T", Qt.Key.Key_Return)
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Which)
        assert window.wish is None
        press(window, Qt.Key.Key_Return)
        assert window.wish.seating.virtual == "steady"

    def test_a_session_that_is_under_way_is_ended_with_its_pain(self, start) -> None:
        programme_of("P-001")
        block = Block(today(), "low-back", (SetDone(0.9),), Felt())
        add_entry(load_plan(), "P-001", block)
        window = start()
        press(window, "T", Qt.Key.Key_Return, "E")
        assert isinstance(window.page, TheEnd)
        press(window, Qt.Key.Key_Return)  # nothing was answered
        assert isinstance(window.page, TheEnd)
        press(window, "3", Qt.Key.Key_Return)
        assert read_history("P-001")[-1] == Ended(today(), Felt(3))
        assert "This session is over. Rest now." in words(window)

    def test_a_damaged_plan_is_told_and_nothing_is_begun(self, start) -> None:
        plan_folder().mkdir(parents=True)
        (plan_folder() / "rules.toml").write_text("schema = what")
        window = start()
        window.flow.chosen("P-001")
        press(window, "P")
        assert "rules.toml" in words(window)
        assert not history_path("P-001").exists()

    def test_a_damaged_programme_is_told_and_any_exercise_is_left(self, start) -> None:
        path = history_path("P-001")
        path.parent.mkdir(parents=True)
        path.write_text('{"kind": "started"\n')
        window = start()
        press(window, "T", Qt.Key.Key_Return)
        assert f"{path}:1: expected JSON" in words(window)
        press(window, "A")
        assert isinstance(window.page, Catalogue)

    def test_a_damaged_list_of_sensors_is_told(self, start, own_home) -> None:
        keep_zone("P-001", "rocker-hold-level", 5.0)
        place = own_home / "surefoot" / "sensors.json"
        place.write_text("{")
        window = start()
        press(window, "R")
        assert "remove the file" in words(window)

    def test_a_profile_that_is_gone_is_told(self, start) -> None:
        keep_sensors({"board": Known("/gone/mine.toml", "x", "y")})
        window = start()
        press(window, "R")
        assert "expected its profile of the last time" in words(window)

    def test_a_drill_file_that_is_wrong_is_told_beside_the_others(self, start) -> None:
        drills_folder().mkdir(parents=True)
        (drills_folder() / "mine.toml").write_text("schema = 2\n")
        window = start()
        window.flow.chosen("")
        assert isinstance(window.page, Catalogue)
        assert "mine.toml" in words(window)
        assert window.page.list.count() > 10


class TestSomebodyNew:
    def test_a_code_is_offered_that_nobody_has(self, start) -> None:
        programme_of("P-004")
        window = start()
        press(window, "T", "N")
        assert isinstance(window.page, NewCode)
        assert window.page.field.text() == "P-005"

    @pytest.mark.parametrize("name", ["Ann Lee", "", "Jürgen", "x" * 40])
    def test_what_could_be_a_name_is_refused(self, start, name) -> None:
        programme_of("P-004")
        window = start()
        press(window, "T", "N")
        window.page.field.setText(name)
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, NewCode)
        assert window.page.trouble.isVisible()

    def test_a_code_somebody_has_is_refused(self, start) -> None:
        programme_of("P-004")
        window = start()
        press(window, "T", "N")
        window.page.field.setText("P-004")
        press(window, Qt.Key.Key_Return)
        assert "Somebody has this code already" in words(window)

    def test_a_programme_begins_with_its_questions_and_first_steps(self, start) -> None:
        window = start()
        window.flow.chosen("P-001")
        assert "There is no programme" in words(window)
        press(window, "P")
        assert isinstance(window.page, FirstVisit)
        for _ in load_plan().questions:
            press(window, "N")
        assert "The first steps" not in words(window)
        press(window, "P")
        assert isinstance(window.page, FirstSteps)
        press(window, Qt.Key.Key_Return)
        kinds = [type(entry) for entry in read_history("P-001")]
        assert kinds == [Started, Screened, Baseline]
        assert "Tell how it is today" in words(window)

    def test_a_red_flag_says_what_to_do_and_begins_nothing(self, start) -> None:
        window = start()
        window.flow.chosen("P-001")
        press(window, "P")
        for number, _ in enumerate(load_plan().questions):
            press(window, "Y" if number == 0 else "N")
        assert "Contact urgent care now" in words(window)
        assert "Find the first steps" not in words(window)

    def test_questions_that_were_left_keep_nothing(self, start) -> None:
        window = start()
        window.flow.chosen("P-001")
        press(window, "P", "N", "N", Qt.Key.Key_Escape)
        assert not history_path("P-001").exists()


class TestRecord:
    def test_one_key_records_with_the_sensors_of_the_last_time(self, start) -> None:
        sensors_known()
        window = start()
        press(window, "R")
        assert window.wish == Wish("record", Seating(page_sensors()))

    def test_it_is_nobodys_until_it_is_told_whose(self, start) -> None:
        wish = Wish("drill", Seating(virtual="steady"), "rocker-hold-level", "P-001")
        window = start(Came(wish))  # somebody trained before
        press(window, "R")
        assert window.wish == Wish("record", Seating(virtual="steady"))

    def test_it_is_asked_afterwards_whose_it_was(self, start, sample) -> None:
        path = sample("rocker-clicker")
        wish = Wish("record", Seating(virtual="steady"))
        window = start(Came(wish, ("Recording kept.",), path=path))
        assert isinstance(window.page, Afterwards)
        window.page.person.setText("P-009")
        window.page.note.setText("Shoes on.")
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Home)
        said = annotations_of(path)
        assert (said.person, said.notes) == ("P-009", ("Shoes on.",))
        assert [one.code for one in known.everybody(known.recordings())] == ["P-009"]

    def test_a_name_is_not_taken_for_a_code(self, start, sample) -> None:
        wish = Wish("record", Seating(virtual="steady"))
        window = start(Came(wish, path=sample("rocker-clicker")))
        window.page.person.setText("Ann Lee")
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Afterwards)
        assert "a code of letters" in words(window)


@pytest.fixture
def sample() -> Callable[..., Path]:
    def put(name: str, to: str = "") -> Path:
        place = recordings_folder()
        place.mkdir(parents=True, exist_ok=True)
        source = folder("recordings") / f"{name}.mcap"
        return shutil.copy(source, place / (to or f"{name}.mcap"))

    return put


class TestOpen:
    def test_recordings_and_samples_are_listed_and_one_opens(self, start, sample):
        path = sample("rocker-steady", "2026-01-05.mcap")
        window = start()
        press(window, "O")
        first = window.page.list.item(0).text()
        assert "2026-01-05" in first
        assert "Rocker board: hold level" in first
        assert "one run, complete" in first
        assert "virtual" in first
        shipped = list(folder("recordings").glob("*.mcap"))
        assert window.page.list.count() == 1 + len(shipped)
        press(window, Qt.Key.Key_Return)
        assert window.wish == Wish("replay", path=path)

    def test_a_broken_file_is_listed_and_told_when_it_is_opened(self, start, sample):
        sample("rocker-steady").with_name("broken.mcap").write_bytes(b"no recording")
        window = start()
        press(window, "O")
        assert "cannot be read" in window.page.list.item(0).text()
        press(window, Qt.Key.Key_Return)
        assert window.wish is None
        assert "broken.mcap" in words(window)

    def test_a_file_that_is_dropped_opens(self, start) -> None:
        path = folder("recordings") / "rocker-steady.mcap"
        window = start()
        press(window, "O")
        drop(window.page, path)
        assert window.wish is not None
        assert window.wish.path == path

    def test_anything_else_that_is_dropped_is_told(self, start, tmp_path) -> None:
        path = tmp_path / "holiday.jpg"
        path.write_bytes(b"\xff\xd8\xff")
        window = start()
        press(window, "O")
        drop(window.page, path)
        assert window.wish is None
        assert "holiday.jpg" in words(window)

    def test_what_a_crash_left_is_made_whole_by_a_key(self, start, sample) -> None:
        path = sample("rocker-steady", "torn.mcap.part")
        path.write_bytes(path.read_bytes()[:-20_000])
        window = start()
        press(window, "O")
        assert "A recording was not closed." in words(window)
        press(window, "M")
        assert path.with_suffix("").is_file()
        assert "not closed in order" in window.page.list.item(0).text()
        assert not window.page.mend.isVisible()


def drop(page: Recordings, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    page.dropEvent(QDropEvent(QPointF(5, 5), actions, data, left, none))


class TestPeople:
    def test_it_stands_there_what_is_due_and_what_was_done(self, start) -> None:
        programme_of("P-001")
        window = start()
        press(window, "P")
        told = words(window)
        assert "Something is due today." in told
        assert "surefoot people erase P-001" in told
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, Today)

    def test_a_note_is_kept_in_the_archive(self, start, own_home) -> None:
        programme_of("P-001")
        window = start()
        press(window, "P")
        window.page.note.setText("Likes mornings.")
        QTest.keyClick(window.page.note, Qt.Key.Key_Return)
        assert "The note is kept." in words(window)
        assert isinstance(window.page, People)
        assert (own_home / "surefoot" / "archive" / "catalogue.db").is_file()

    def test_nobody_yet_says_what_to_do(self, start) -> None:
        window = start()
        press(window, "P")
        assert "Press N for somebody new." in words(window)
        press(window, Qt.Key.Key_Return)
        assert isinstance(window.page, People)


class TestAfterwards:
    def test_a_failure_is_told_and_may_be_tried_again(self, start) -> None:
        wish = Wish("drill", Seating({"board": "movesense:1"}), "rocker-hold-level")
        window = start(Came(wish, trouble="Bluetooth: it is off: switch it on"))
        assert "switch it on" in words(window)
        press(window, Qt.Key.Key_Return)
        assert window.wish == wish

    def test_after_a_failure_other_sensors_can_be_chosen(self, start) -> None:
        wish = Wish("drill", Seating({"board": "movesense:1"}), "rocker-hold-level")
        window = start(Came(wish, trouble="nothing heard"))
        press(window, "S", Qt.Key.Key_Return, Qt.Key.Key_Return)
        assert window.wish is not None
        assert window.wish.seating == Seating(virtual="steady")

    def test_what_was_decided_is_said_before_the_next_exercise(self, start) -> None:
        programme_of("P-001")
        wish = Wish("drill", Seating({"board": "x"}), "rocker", "P-001", "rocker")
        window = start(Came(wish, ("Written into the programme.",)))
        assert isinstance(window.page, Today)
        assert "Written into the programme." in words(window)


def cut_buttons(window: StartWindow) -> list[str]:
    """Buttons that are narrower than their text needs."""
    window.page.layout().activate()
    buttons = window.page.findChildren(Button)
    return [b.text() for b in buttons if b.width() < b.minimumSizeHint().width()]


def overlapping(window: StartWindow) -> list[str]:
    """Parts of an exercise's card that lie over one another."""
    window.page.layout().activate()
    cards = window.page.findChildren(About)
    parts = [w for card in cards for w in (card.picture, card.title, card.why)]
    boxes = [w.geometry() for w in parts if w.isVisible()]
    return [f"{a} {b}" for a, b in combinations(boxes, 2) if a.intersects(b)]


class TestLooks:
    def test_language_and_colours_change_at_once(self, start) -> None:
        window = start()
        dark = theme.PALETTE.dark
        window.speak("de")
        assert window.page.doors[0].accessibleName() == "Üben"
        window.turn_palette()
        assert theme.PALETTE.dark is not dark
        press(window, "O")
        assert "Welche Aufnahme?" in words(window)

    @pytest.mark.parametrize("code", ["en", "de", "es"])
    def test_nothing_is_wider_than_a_small_window(self, start, code, sample) -> None:
        sensors_known()
        programme_of("P-001")
        done = Block(today(), "low-back", (SetDone(0.9),), Felt())
        add_entry(load_plan(), "P-001", done)
        sample("rocker-steady")
        language.use(code)
        window = start()
        pages = (
            lambda: window.flow.home(),
            lambda: press(window, "O"),
            lambda: window.flow.people(),
            lambda: window.flow.chosen("P-001"),
            lambda: window.flow.chosen(""),
            lambda: press(window, "S"),
        )
        for show in pages:
            show()
            window.resize(900, 640)
            assert window.page.minimumSizeHint().width() <= 900, type(window.page)
            assert (window.width(), window.height()) == (900, 640), type(window.page)
            assert overlapping(window) == []
            assert cut_buttons(window) == []

    def test_every_thing_to_press_or_fill_in_has_a_name(self, start) -> None:
        programme_of("P-001", checked=False)
        window = start()
        for show in (window.flow.people, lambda: window.flow.chosen("P-001")):
            show()
            for widget in window.page.findChildren(QLineEdit):
                assert widget.accessibleName()
            for widget in window.page.findChildren(QAbstractButton):
                assert widget.accessibleName() or widget.text()


class TestPlanBeside:
    """What the programme has for today, in the live window."""

    def test_the_therapist_sees_it_and_the_trainee_does_not(
        self, qapp, fake_stage
    ) -> None:
        plan = DayPlan("P-001", "Exercise A", "The range is reached.", ("Rocker",))
        desk = Desk(fake_stage, on_closed=lambda: None, on_palette=lambda: None)
        desk.tell_plan(plan)
        desk.show([qapp.primaryScreen()])
        (told,) = desk.therapist.findChildren(TodayPanel)
        assert told.isVisible()
        assert not desk.trainee.isAncestorOf(told)
        assert told.now.whole == "Today for P-001: Exercise A"
        assert told.why.whole == "The range is reached."
        assert told.after.whole == "Then: Rocker"
        desk.speak("de")
        assert told.now.whole == "Heute für P-001: Exercise A"
        desk.close()

    @pytest.mark.usefixtures("qapp")
    def test_it_is_passed_on_to_the_windows(self, fake_stage) -> None:
        plan = DayPlan("P-001", "Exercise A", "")
        assert run_live(fake_stage, seconds=0.1, plan=plan) == 0
        assert fake_stage.closed == 1


class TestHear:
    """What is on the air and what is plugged in, as one list."""

    @pytest.fixture
    def plugged(self, monkeypatch) -> list[Plugged]:
        boards: list[Plugged] = []
        monkeypatch.setattr("surefoot.devices.transports.found", lambda: boards)
        return boards

    def test_both_are_heard(self, monkeypatch, plugged) -> None:
        plugged.append(Plugged("Scale", "COM3", "serial", profile_id="four-cells"))
        near = Found("Movesense 2031", "AA:01", -52, "movesense", ())
        monkeypatch.setattr("surefoot.devices.ble.scan", lambda _: [near])
        assert hear(0.1) == [Heard("four-cells", "Scale", "COM3"), TRUNK]
        assert [one.asked for one in hear(0.1)][1] == "movesense:Movesense 2031"

    def test_a_board_on_a_cable_needs_no_bluetooth(self, monkeypatch, plugged) -> None:
        def deaf(_seconds: float) -> list[Found]:
            msg = "Bluetooth: expected an adapter, found none"
            raise RadioError(msg)

        monkeypatch.setattr("surefoot.devices.ble.scan", deaf)
        with pytest.raises(RadioError):
            hear(0.1)
        plugged.append(Plugged("", "COM3", "serial", profile_id="four-cells"))
        assert [one.asked for one in hear(0.1)] == ["four-cells"]


class TestAsk:
    """The window on its own, from opening to closing."""

    def test_ctrl_c_closes_it(self, qapp) -> None:
        late: list[bool] = []
        rescue = QTimer()
        rescue.setSingleShot(True)
        rescue.timeout.connect(lambda: late.append(True) or qapp.quit())
        rescue.start(5000)
        told = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
        told.start()
        assert ask() is None
        rescue.stop()
        told.join()
        assert late == []

    def test_a_wish_closes_it_and_is_returned(self, qapp) -> None:
        sensors_known()

        def record() -> None:
            (window,) = [w for w in qapp.topLevelWidgets() if w.isVisible()]
            press(window, "R")

        QTimer.singleShot(50, record)
        wish = ask()
        assert wish is not None
        assert wish.do == "record"
        assert qapp.quitOnLastWindowClosed()
