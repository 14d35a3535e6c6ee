"""Drills of every kind before the therapist, and what the views get of them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from tests.ui.test_class_view import FakeGroup
from tests.ui.test_drills_view import RUNS, SITTING, told
from tests.ui.test_therapist import buttons, field_named, press, words

from surefoot.core import Block, StreamInfo
from surefoot.session.drill_shelf import load_drill
from surefoot.session.performing import Performance
from surefoot.session.replay import open_replay
from surefoot.session.ring import Ring, in_order, strip_of
from surefoot.session.setup import Setup, sensor
from surefoot.session.snapshot import Doing
from surefoot.session.state import dot_of
from surefoot.session.usual import usual_sensors
from surefoot.training import COMMANDS, Grade, Phase, Verdict
from surefoot.training.agreed import Agreed
from surefoot.training.question import Question
from surefoot.training.scoring import Score
from surefoot.training.support import SECOND_PERSON
from surefoot.ui import panels
from surefoot.ui.classroom.view import ClassView
from surefoot.ui.panels.drill import told as told_of
from surefoot.ui.panels.drill import way
from surefoot.ui.therapist import TherapistView
from surefoot.ui.trainee import TraineeView

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.session.player import Player

pytestmark = pytest.mark.gui


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
    def shown(**changes):
        fake_stage.show(**changes)
        view.refresh()
        qapp.processEvents()
        return view

    return shown


@pytest.fixture(scope="module")
def stretched(tmp_path_factory) -> Player:
    """A stretch of twenty seconds on the recording: the dot is an angle."""
    return performed("hamstring-stretch-left", tmp_path_factory.mktemp("drills"))


def performed(name: str, folder: Path) -> Player:
    drill = load_drill(name)
    wanted = usual_sensors(drill.roles, drill.signal)
    sensors = {role: sensor(profile) for role, profile in wanted.items()}
    setup = Setup(sensors, drill, virtual=True, agreed=Agreed(sets=1))
    done = Performance(setup, "steady").run(folder / f"{name}.mcap")
    assert done.path is not None
    assert not done.stuck
    return open_replay(done.path)


class TestStream:
    def test_a_replay_has_the_dot_of_the_drills_own_stream(
        self, stretched: Player
    ) -> None:
        (result,) = stretched.engine.results
        shot = stretched.at(result.start + 8.0)
        assert shot.doing.stream == "left-thigh/angle"
        assert shot.tilt is not None
        assert shot.tilt[0] == 0.0
        assert shot.tilt[1] > math.radians(10)
        track = shot.tracks["left-thigh/angle"]
        assert math.radians(float(track.data[-1, 0])) == pytest.approx(shot.tilt[1])
        assert next(iter(shot.tracks)) == "left-thigh/angle"

    def test_every_instant_of_it_can_be_drawn(self, qtbot, stretched: Player) -> None:
        trainee, therapist = TraineeView(stretched), TherapistView(stretched)
        for made in (trainee, therapist):
            qtbot.addWidget(made)
            made.resize(1280, 720)
        seen: set[Phase] = set()
        stretched.send("pause")
        times = np.arange(0.0, stretched.duration, 2.0).tolist()
        for t in (*times, stretched.duration):
            stretched.send("seek", t=t)
            trainee.refresh()
            therapist.refresh()
            trainee.grab()
            assert trainee.fault == ""
            seen.add(stretched.snapshot().phase)
        assert {Phase.STILL, Phase.RUN, Phase.DONE} <= seen

    def test_streams_of_any_role_have_a_chart_and_come_first(self) -> None:
        names = ["board/acc", "trunk/angle", "trunk/lean"]
        assert in_order(names) == ["trunk/angle", "trunk/lean", "board/acc"]
        assert strip_of("pelvis/tilt") is not None
        assert strip_of("trunk/raw") is None
        place = strip_of("board/place")
        assert place is not None
        info = StreamInfo("board/place", ("ml", "ap", "load"), ("m", "m", "N"), 100.0)
        ring = Ring(place, 100.0)
        ring.append(Block(info, np.arange(3) / 100, np.full((3, 3), 0.02)))
        assert ring.track().data.tolist() == [[20.0, 20.0]] * 3

    def test_an_angle_moves_the_dot_straight_up(self) -> None:
        one = StreamInfo("trunk/angle", ("angle", "turn"), ("rad", "rad/s"), 50.0)
        block = Block(one, np.array([1.0, 1.02]), np.array([[0.1, 5.0], [0.2, 5.0]]))
        assert dot_of(block, 1).tilt == (0.0, 0.2)


class TestButtons:
    @pytest.mark.parametrize(
        ("changes", "text", "sent"),
        [
            ({"phase": Phase.PAIN_AFTER}, "7", ("pain", {"value": 7})),
            ({"phase": Phase.PAIN_AFTER}, "X", ("pain", {"value": 10})),
            (
                {"phase": Phase.PAIN_AFTER},
                "S =",
                ("pain", {"value": 0, "stretch": True}),
            ),
            ({"phase": Phase.EFFORT}, "5", ("effort", {"value": 5})),
            (
                {"phase": Phase.ENTER, "doing": Doing(task="log", wanted=8)},
                "That is right",
                ("done", {"value": 8}),
            ),
            (told("repeat", phase=Phase.STILL), "Still", ("level", {"edge": "still"})),
            (told("repeat", phase=Phase.REST), "Next set", ("again", {})),
            (told("repeat", phase=Phase.READY), "Leave this", ("skip", {})),
            (told("repeat", phase=Phase.DONE), "Do it again", ("again", {})),
            (told("walk"), "Step (", ("count", {"what": "step"})),
            (told("stand"), "Error", ("count", {"what": "error"})),
            (told("stand"), "Opened", ("invalid", {"why": "opened-eyes"})),
            (
                told("stand", phase=Phase.RESULT),
                "Moved",
                ("invalid", {"why": "moved"}),
            ),
            (told("land"), "Pain", ("stop", {"why": "pain"})),
        ],
    )
    def test_they_ask_for_what_they_say(self, show, fake_stage, changes, text, sent):
        press(show(**changes), text)
        assert fake_stage.sent == [sent]
        do, arguments = sent
        assert set(arguments) <= set(COMMANDS[do])

    def test_sharp_pain_goes_with_its_number(self, show, fake_stage):
        view = show(phase=Phase.PAIN_AFTER)
        press(view, "H =")
        assert fake_stage.sent == []
        press(view, "6")
        assert fake_stage.sent == [("pain", {"value": 6, "sharp": True})]

    def test_digits_answer_and_do_not_when_a_text_is_typed(
        self, show, fake_stage, qtbot
    ):
        view = show(phase=Phase.PAIN_AFTER)
        note = field_named(view, "Note for the marker")
        note.setFocus()
        qtbot.keyClicks(note, "3 times")
        assert fake_stage.sent == []
        note.clearFocus()
        qtbot.keyClick(view, Qt.Key.Key_3)
        assert fake_stage.sent == [("pain", {"value": 3})]

    def test_a_number_is_typed_and_given(self, show, fake_stage, qtbot):
        view = show(phase=Phase.ENTER, doing=Doing(task="log", wanted=8))
        for key in (Qt.Key.Key_1, Qt.Key.Key_2):
            qtbot.keyClick(view, key)
        show(phase=Phase.ENTER, doing=Doing(task="log", wanted=8), t=33.0)
        assert "12" in words(view)
        qtbot.keyClick(view, Qt.Key.Key_Return)
        assert fake_stage.sent == [("done", {"value": 12})]

    def test_what_is_not_usual_needs_a_note(self, show, fake_stage, qtbot):
        doing = Doing(task="hold", may_enable=True)
        view = show(**SITTING, phase=Phase.SUPPORT, doing=doing)
        press(view, "Allow")
        assert fake_stage.sent == []
        note = field_named(view, "Why the therapist allows it")
        qtbot.keyClicks(note, "seen it done")
        press(view, "Allow")
        assert fake_stage.sent == [("enable", {"note": "seen it done"})]

    def test_resistance_is_told_where_movements_are_repeated(
        self, show, fake_stage, qtbot
    ):
        view = show(**told("repeat", phase=Phase.READY))
        used = field_named(view, "Resistance that is used")
        assert used.isVisible()
        qtbot.keyClicks(used, "green band\r")
        assert fake_stage.sent == [("resistance", {"text": "green band"})]
        show(**told("tilted", phase=Phase.READY))
        assert not used.isVisible()

    def test_another_question_about_support_has_plain_answers(self, show):
        asked = Question("yes-no", SECOND_PERSON, "support")
        view = show(phase=Phase.SUPPORT, question=asked, prompt=SECOND_PERSON)
        assert {"Yes (Y)", "No (N)"} <= set(buttons(view))

    @pytest.mark.parametrize(
        "phase", [Phase.PAIN_AFTER, Phase.ENTER, Phase.RUN, Phase.REST, Phase.READY]
    )
    def test_stop_stays_in_its_place(self, show, phase):
        stop = show(**told("stand", phase=Phase.READY)).findChild(panels.Trial).stop
        before = stop.mapToGlobal(stop.rect().topLeft())
        show(**told("stand", phase=phase), t=40.0)
        assert stop.mapToGlobal(stop.rect().topLeft()) == before


class TestCard:
    def test_the_sets_so_far_stand_with_score_and_rule(self, show, result_of):
        score = Score(0.5, "repetition_clean_share", 0.5, "1", 0.0, "clean repetitions")
        bad = Verdict(Grade.NOT_SCORED, ("7 % of samples lost",), 0.07, 0.6, 0.02)
        reason = "not scored: 7 % of samples lost"
        lost = Score(None, "x", math.nan, "1", 0.0, "", reason)
        results = (
            result_of(score=score, set_no=1),
            result_of(score=lost, set_no=2, verdict=bad),
            result_of(score=score, set_no=3, invalid="moved"),
        )
        assert told_of(results[0]) == ("50 %", "clean repetitions")
        assert told_of(results[1])[1] == reason
        assert told_of(results[2])[1] == "does not count: Moved"
        view = show(**told("repeat"), results=results)
        card = view.findChild(panels.DrillCard)
        texts = [getattr(k, "whole", k.text()) for k in card.findChildren(QLabel)]
        assert {"50 %", "clean repetitions", "Set 1", "Set 3", reason} <= set(texts)

    def test_it_says_how_this_set_is_done(self, snapshot_of):
        assert way(snapshot_of(**told("tilted"))) == "with picture"
        closed = snapshot_of(**told("eyes closed"))
        assert way(closed) == "without picture, eyes closed"
        assert way(snapshot_of()) == ""

    def test_without_a_sensor_none_is_waited_for(self, show):
        view = show(**told("log"), links=())
        assert "No sensor is needed" in words(view)
        assert "DATA QUALITY" not in words(view)

    def test_instructions_and_safety_are_read_there(self, show):
        doing = Doing(
            "wood-chop", "repeat", instructions=("Bring them down.",), safety=("Stop.",)
        )
        view = show(**SITTING, doing=doing)
        card = view.findChild(panels.DrillCard)
        texts = [getattr(k, "whole", k.text()) for k in card.findChildren(QLabel)]
        assert {"Bring them down.", "Stop.", "Set 2 of 6"} <= set(texts)

    @pytest.mark.parametrize("name", list(RUNS))
    def test_every_task_is_drawn(self, show, qapp, name):
        view = show(**told(name))
        charts = view.findChild(panels.Charts)
        charts.setCurrentWidget(charts.drill)
        qapp.processEvents()
        assert not view.grab().isNull()
        assert charts.drill.widget().width() <= charts.drill.viewport().width()


def test_in_a_class_digits_answer_the_one_who_is_selected(qtbot, monkeypatch):
    monkeypatch.setattr("surefoot.ui.keys.BOUNCE", 0)
    group = FakeGroup()
    pain: dict[str, Any] = {
        "phase": Phase.PAIN_AFTER,
        "question": Question("pain", "How much?", "pain"),
    }
    group.changes = {0: dict(pain), 1: dict(pain)}
    view = ClassView(group)  # pyright: ignore[reportArgumentType]
    qtbot.addWidget(view)
    qtbot.keyClick(view, Qt.Key.Key_2)
    assert view.selected == list(view.tiles)[1]
    assert group.sent == []
    qtbot.keyClick(view, Qt.Key.Key_H)
    qtbot.keyClick(view, Qt.Key.Key_2)
    chosen = view.selected
    assert group.sent == [("pain", chosen, {"value": 2, "sharp": True})]


def test_a_picture_of_a_drill_says_what_it_is(stretched: Player) -> None:
    (result,) = stretched.engine.results
    shot = stretched.at(result.end + 0.5)
    assert (shot.doing.task, shot.doing.signal) == ("stretch", "angle")
    assert shot.doing.name == "hamstring-stretch-left"
    assert shot.results[-1].set_no == 1
    assert replace(shot.doing, name="") != Doing()
