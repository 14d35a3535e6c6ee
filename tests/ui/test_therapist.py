"""The therapist view tells the truth about a session and asks only what fits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from surefoot.core import Event, LinkState, Marker
from surefoot.session.snapshot import Link, Replay, Tape
from surefoot.training import COMMANDS, Grade, Phase, Verdict
from surefoot.ui import theme
from surefoot.ui.keys import BOUNCE
from surefoot.ui.legend import with_unit
from surefoot.ui.panels.charts import reach
from surefoot.ui.panels.controls import Degrees, Stop
from surefoot.ui.panels.sensors import Sensors
from surefoot.ui.panels.status import Status
from surefoot.ui.strip import StripChart
from surefoot.ui.therapist import TherapistView

pytestmark = pytest.mark.gui

LOST = Verdict(Grade.NOT_SCORED, ("7 % of samples lost",), 0.07, 0.6, 0.02)
REPLAY = Replay(position=83.0, duration=300.0, speed=1.0, playing=False)


@pytest.fixture
def view(qtbot, fake_stage):
    made = TherapistView(fake_stage)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    return made


@pytest.fixture
def show(view, fake_stage, qapp):
    """Show a picture made anew, drawn and laid out."""

    def shown(**changes):
        fake_stage.show(**changes)
        view.refresh()
        qapp.processEvents()
        return view

    return shown


def words(widget):
    """All text in sight, whole where it is cut."""
    labels = [lab for lab in widget.findChildren(QLabel) if lab.isVisible()]
    return [getattr(lab, "whole", lab.text()) for lab in labels]


def buttons(view):
    """What can be pressed now, by its text."""
    found = view.findChildren(QAbstractButton)
    shown = [b for b in found if b.isVisible() and b.isEnabled() and b.text()]
    return {b.text(): b for b in shown}


def field_named(view, name):
    """The field for a text that screen readers call so."""
    (found,) = [e for e in view.findChildren(QLineEdit) if e.accessibleName() == name]
    return found


def press(view, beginning):
    (button,) = [b for t, b in buttons(view).items() if t.startswith(beginning)]
    button.click()


@pytest.mark.parametrize(
    ("phase", "text", "sent"),
    [
        (Phase.LEVEL_FIRST, "Rests on LEFT", ("level", {"edge": "left"})),
        (Phase.LEVEL_SECOND, "Rests on RIGHT", ("level", {"edge": "right"})),
        (Phase.DIRECTION, "Yes", ("direction", {"yes": True})),
        (Phase.DIRECTION, "No", ("direction", {"yes": False})),
        (Phase.SUPPORT, "Support in reach", ("support", {"yes": True})),
        (Phase.SUPPORT, "Not in reach", ("support", {"yes": False})),
        (Phase.READY, "Start", ("start", {})),
        (Phase.RUN, "Stepped off", ("stop", {"why": "stepped-off"})),
        (Phase.RUN, "Pain", ("stop", {"why": "pain"})),
        (Phase.HELD_ON, "Yes", ("held-on", {"yes": True})),
        (Phase.HELD_ON, "No", ("held-on", {"yes": False})),
        (Phase.RESULT, "Again", ("again", {})),
        (Phase.RESULT, "Level the board", ("relevel", {})),
    ],
)
def test_buttons_of_a_phase_ask_for_what_they_say(show, fake_stage, phase, text, sent):
    press(show(phase=phase), text)
    assert fake_stage.sent == [sent]
    do, arguments = sent
    assert set(arguments) <= set(COMMANDS[do])


def test_front_and_back_are_named_for_a_board_that_rocks_that_way(show, fake_stage):
    press(show(phase=Phase.LEVEL_FIRST, axis="ap"), "Rests on FRONT")
    press(show(phase=Phase.LEVEL_SECOND, axis="ap"), "Rests on BACK")
    edges = [arguments["edge"] for _, arguments in fake_stage.sent]
    assert edges == ["front", "back"]


def test_only_the_buttons_of_the_phase_are_there(show):
    steps = ("Start", "Again", "Yes", "No", "Rests", "Stepped", "Support")
    for phase, there in {
        Phase.WAITING: (),
        Phase.COUNTDOWN: (),
        Phase.READY: ("Start",),
        Phase.RUN: ("Stepped",),
        Phase.HELD_ON: ("No", "Yes"),
        Phase.RESULT: ("Again",),
    }.items():
        found = {
            s for t in buttons(show(phase=phase)) for s in steps if t.startswith(s)
        }
        assert found == set(there), phase


@pytest.mark.parametrize("phase", list(Phase))
def test_stop_is_always_in_sight_and_works(show, fake_stage, phase):
    stop = show(phase=phase).findChild(Stop)
    assert stop.isVisible()
    assert stop.width() > 200
    assert stop.height() >= 64
    stop.click()
    assert fake_stage.sent == [("stop", {"why": "key"})]


@pytest.mark.parametrize(
    ("phase", "key", "sent"),
    [
        (Phase.READY, Qt.Key.Key_Space, [("start", {})]),
        (Phase.RUN, Qt.Key.Key_Escape, [("stop", {"why": "key"})]),
        (Phase.RUN, Qt.Key.Key_M, [("marker", {"label": "marker", "detail": ""})]),
        (Phase.SUPPORT, Qt.Key.Key_Y, [("support", {"yes": True})]),
        (Phase.HELD_ON, Qt.Key.Key_N, [("held-on", {"yes": False})]),
        (Phase.RUN, Qt.Key.Key_PageDown, [("stop", {"why": "clicker"})]),
        (Phase.RUN, Qt.Key.Key_Y, []),
        (Phase.RUN, Qt.Key.Key_Space, []),
    ],
)
def test_keys(show, fake_stage, qtbot, phase, key, sent):
    qtbot.keyClick(show(phase=phase), key)
    assert fake_stage.sent == sent


def test_bouncing_switch_counts_once(show, fake_stage, qtbot):
    view = show(phase=Phase.READY)
    for _ in range(3):
        qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert fake_stage.sent == [("start", {})]
    assert BOUNCE >= 50


def test_return_presses_the_button_that_has_the_focus(show, fake_stage, qtbot):
    view = show(phase=Phase.HELD_ON)
    (no,) = [b for t, b in buttons(view).items() if t.startswith("No (")]
    no.setFocus()
    qtbot.keyClick(no, Qt.Key.Key_Return)
    assert fake_stage.sent == [("held-on", {"yes": False})]


def test_note_goes_with_the_marker_and_its_letters_are_not_keys(
    show, fake_stage, qtbot
):
    view = show(phase=Phase.SUPPORT)
    note = field_named(view, "Note for the marker")
    note.setFocus()
    qtbot.keyClicks(note, "my knee")
    assert fake_stage.sent == []
    qtbot.keyClick(note, Qt.Key.Key_Return)
    assert fake_stage.sent == [("marker", {"label": "note", "detail": "my knee"})]
    assert note.text() == ""
    assert not note.hasFocus()


def test_ring_size_is_in_degrees_and_waits_for_the_end_of_a_run(
    show, fake_stage, qtbot
):
    ring = show(phase=Phase.READY, zone=float(np.radians(4.5))).findChild(Degrees)
    assert ring.text() == "4.5°"
    press(show(phase=Phase.READY, zone=float(np.radians(4.5))), "+")
    assert fake_stage.sent == [("zone", {"degrees": 5.0})]
    ring.setFocus()
    qtbot.keyClick(ring, Qt.Key.Key_Space)
    assert fake_stage.sent[-1] == ("start", {})
    for phase in (Phase.COUNTDOWN, Phase.RUN, Phase.HELD_ON):
        assert not show(phase=phase).findChild(Degrees).isEnabled()


def test_session_zone_is_shown_without_being_sent_back(show, fake_stage):
    for degrees in (3.0, 7.25, 5.0):
        view = show(phase=Phase.READY, zone=float(np.radians(degrees)))
        assert view.findChild(Degrees).value() == pytest.approx(degrees, abs=0.06)
    assert fake_stage.sent == []


def test_virtual_and_replay_are_always_said(show):
    assert "VIRTUAL SENSORS" in words(show(virtual=True))
    assert "VIRTUAL SENSORS" not in words(show(virtual=False))
    replayed = words(show(virtual=True, replay=REPLAY))
    assert {"VIRTUAL SENSORS", "REPLAY"} <= set(replayed)


def test_replay_takes_no_requests(show, fake_stage, qtbot):
    view = show(phase=Phase.RUN, replay=REPLAY)
    assert buttons(view) == {}
    assert not view.findChild(Stop).isEnabled()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_M):
        qtbot.keyClick(view, key)
    assert fake_stage.sent == []


def test_lost_board_stops_the_picture_and_says_so(show, snapshot_of):
    board, trunk = snapshot_of().links
    lost = replace(board, state=LinkState.LOST, age=1.2, reason="no answer")
    view = show(stale=True, links=(lost, trunk))
    (said,) = words(view.findChild(Status))
    assert "Picture stopped: no data from board for 1.2 s" in said
    assert "no answer" in said
    stopped = {
        c.accessibleName(): c._strip._frozen for c in view.findChildren(StripChart)
    }
    assert stopped == {"Chart: Board tilt": True, "Chart: Trunk lean": False}
    assert "Lost" in words(view.findChild(Sensors))
    show(t=40.0)
    assert not any(c._strip._frozen for c in view.findChildren(StripChart))
    assert words(view.findChild(Status)) == ["All sensors stream"]


def test_silent_trunk_greys_its_own_chart_only(show, snapshot_of):
    board, trunk = snapshot_of().links
    view = show(links=(board, replace(trunk, age=2.0)))
    stopped = {
        c.accessibleName(): c._strip._frozen for c in view.findChildren(StripChart)
    }
    assert stopped == {"Chart: Board tilt": False, "Chart: Trunk lean": True}


def test_faults_and_a_failing_recording_are_said_gravest_first(show):
    tape = Tape("/somewhere/one.mcap", 12.0, 0.3, error="disk full")
    view = show(faults=("Scoring failed", "Sound failed"), tape=tape)
    (said,) = words(view.findChild(Status))
    recording, scoring, sound = (said.index(w) for w in ("disk full", "Scor", "Sound"))
    assert recording < scoring < sound
    assert "Failed: disk full" in words(view)


def test_what_the_radio_warns_of_is_said_for_a_minute(show):
    text = "6 sensors on one adapter: links may break above 4: use fewer"
    crowd = Event(1.0, "warning", {"role": "board", "text": text})
    (said,) = words(show(t=2.0, events=(crowd,)).findChild(Status))
    assert said == text
    (later,) = words(show(t=30.0, events=()).findChild(Status))
    assert later == text
    for t in (62.0, 0.5):  # long ago, or not yet: a replay went back
        (over,) = words(show(t=t, events=()).findChild(Status))
        assert over == "All sensors stream"


def test_sensors_are_told_in_figures(show):
    link = Link(
        role="board",
        device="Movesense 174430000042",
        state=LinkState.STREAMING,
        rate=103.7,
        samples=900,
        lost=3,
        refused=1,
        delay_ms=14.4,
        battery=17,
        age=0.04,
    )
    said = words(show(links=(link,)).findChild(Sensors))
    assert {"Board", "Movesense 174430000042", "Streaming"} <= set(said)
    assert {"104 Hz", "3 / 1", "14 ms", "17 %, low", "now"} <= set(said)


def test_fewer_sensors_leave_no_ghosts(show, snapshot_of):
    board, _ = snapshot_of().links
    show()
    said = words(show(links=(board,)).findChild(Sensors))
    assert "Trunk" not in said


def test_result_begins_with_its_quality(show):
    view = show(phase=Phase.RESULT)
    said = words(view)
    assert said.index("Data quality: good") < said.index("Time in ring")
    assert "72 %" in said
    story = next(w for w in said if "Full time" in w)
    assert "hands free" in story
    assert "ring 5.0°" in story


def test_result_that_may_not_be_scored_has_no_numbers(show, result_of):
    result = result_of(verdict=LOST, ended="sensor-lost", held_on=True)
    said = words(show(phase=Phase.RESULT, result=result))
    assert "Data quality: not scored (7 % of samples lost)" in said
    assert "Time in ring" not in said
    assert "72 %" not in said


def test_live_values_are_called_live(show, snapshot_of):
    live = tuple(m.flagged("PROVISIONAL") for m in snapshot_of().measures)
    assert "MEASURES: LIVE VALUES" in words(show(measures=live))
    mixed = words(show(measures=(live[0], replace(live[1], flags=()))))
    assert "MEASURES" in mixed
    assert mixed.count("live") == 1


def test_numbers_that_are_not_known_are_said_so(show, snapshot_of):
    broken = replace(
        snapshot_of().measures[0], value=float("nan"), flags=("TOO_SHORT",)
    )
    said = words(show(measures=(broken,)))
    assert {"not known", "too short"} <= set(said)


def test_time_left_runs_between_the_slow_texts(show, fake_stage, view):
    show(phase=Phase.RUN, countdown=17.2)
    assert "18 s left" in words(view)
    fake_stage.change(countdown=16.9, t=32.05)
    view.refresh()
    assert "17 s left" in words(view)
    assert "4 s to go" in words(show(phase=Phase.COUNTDOWN, countdown=3.4))
    assert not any(
        "left" in w and "s left" in w for w in words(show(phase=Phase.READY))
    )


def test_newest_markers_come_first_and_long_ones_are_cut(show):
    many = tuple(Marker(float(i), "note", f"{i} " + "very long " * 9) for i in range(9))
    view = show(markers=many)
    told = [w for w in words(view) if "very long" in w]
    assert [w.split()[1] for w in told] == ["8", "7", "6"]
    assert view.width() == 1280


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("size", [(1024, 700), (1280, 800), (1920, 1080)])
def test_nothing_overlaps_or_is_cut_off(show, view, phase, size):
    view.resize(*size)
    show(phase=phase)
    show(phase=phase, t=33.0)
    for label in (lab for lab in view.findChildren(QLabel) if lab.isVisible()):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        assert label.height() >= max(needed, label.fontMetrics().height()) - 1, (
            label.text()
        )
        inner = label.parentWidget().rect()
        assert inner.contains(label.geometry()), label.text()
    for button in buttons(view).values():
        needed = button.fontMetrics().horizontalAdvance(button.text()) + 16
        assert button.width() >= needed, button.text()
        parent = button.parentWidget().rect()
        assert parent.contains(button.geometry()), button.text()
    assert_apart([w for w in view.findChildren(QWidget) if w.property("card")])


def assert_apart(widgets):
    shown = [w for w in widgets if w.isVisible()]
    boxes = [(w, w.rect().translated(w.mapToGlobal(QPoint(0, 0)))) for w in shown]
    for i, (one, box) in enumerate(boxes):
        for other, second in boxes[i + 1 :]:
            assert not box.intersects(second), (one, other)


def test_layout_stays_when_a_run_ends(show, view):
    show(phase=Phase.RUN)
    before = {c: c.geometry() for c in view.findChildren(StripChart)}
    stop = view.findChild(Stop).mapTo(view, QPoint(0, 0))
    for phase in (Phase.HELD_ON, Phase.RESULT, Phase.READY, Phase.COUNTDOWN):
        show(phase=phase)
        assert {c: c.geometry() for c in view.findChildren(StripChart)} == before, phase
        assert view.findChild(Stop).mapTo(view, QPoint(0, 0)) == stop, phase


def test_every_control_has_a_name(show):
    view = show(phase=Phase.HELD_ON)
    for kind in (QAbstractButton, Degrees, StripChart, Stop):
        for control in view.findChildren(kind):
            named = control.accessibleName() or control.text()
            assert named or control.parent().accessibleName(), control
    note = field_named(view, "Note for the marker")
    assert note.accessibleName()


def test_unchanged_picture_is_not_painted_again(show, view, qapp):
    show()
    show(t=33.0)
    painted = []
    chart = view.findChild(StripChart)
    paint = chart._strip.paint
    chart._strip.paint = lambda *told: (painted.append(1), paint(*told))
    for _ in range(5):
        view.refresh()
        qapp.processEvents()
    assert painted == []


def test_dark_and_light_repaint_everything(show, view):
    theme.use(dark=True)
    view.restyle()
    dark = show().grab().toImage()
    theme.use(dark=False)
    view.restyle()
    light = show().grab().toImage()
    for point in (QPoint(5, 5), QPoint(640, 160), QPoint(20, 120), QPoint(640, 780)):
        assert dark.pixelColor(point).lightness() < 80, point
        assert light.pixelColor(point).lightness() > 200, point


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (-3.14, "deg", "\N{MINUS SIGN}3.1°"),
        (-0.04, "deg", "0.0°"),
        (12.0, "m/s^2", "12.0 m/s²"),
        (float("nan"), "deg", "\N{EN DASH}"),
    ],
)
def test_values_read_as_people_write_them(value, unit, text):
    assert with_unit(value, unit) == text


def test_span_of_a_chart_holds_all_and_does_not_flap(snapshot_of):
    track = snapshot_of().tracks["board/tilt"]

    def spanning(size, before):
        data = np.full((3, 2), size)
        data[1, 1] = np.nan
        shown = replace(track, t=np.arange(3.0), data=data)
        return reach(shown, least=5.0, before=before)

    assert spanning(0.1, 0.0) == 5.0
    assert spanning(9.0, 0.0) == 10.0
    assert spanning(10.4, 10.0) == 15.0
    assert spanning(9.9, 15.0) == 15.0
    assert spanning(5.0, 15.0) == 10.0
    assert spanning(5000.0, 10.0) >= 5000.0
