"""Sounds are decided from events: the same events, the same sounds."""

from __future__ import annotations

import json
import math
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.core import Event
from surefoot.training.sound_settings import TIMBRES, SoundSettings, sound_settings
from surefoot.training.sounds import WORDS, Score, Sound, SoundPlan, sounds_of

SAMPLES = Path(__file__).parents[3] / "recordings"
PLAN = SoundPlan(zone=4.0, countdown=10.0)
CLOSED = SoundPlan(zone=4.0, countdown=10.0, eyes_closed=True)
ON = SoundSettings()


def phase(t: float, name: str) -> Event:
    return Event(t, "phase", {"phase": name})


def cue(t: float, side: str = "left", deg: object = 6.0) -> Event:
    return Event(t, "cue", {"side": side, "deg": deg})


def run(*events: Event, why: str = "time") -> list[Event]:
    return [
        phase(5.0, "countdown"),
        phase(15.02, "run"),
        *events,
        Event(45.3, "run-end", {"why": why, "run": 1}),
        phase(45.3, "held-on"),
    ]


def told(sounds: tuple[Sound, ...]) -> list[tuple[str, float]]:
    return [(sound.kind, sound.t) for sound in sounds]


class TestARun:
    def test_three_two_one_start_and_end(self) -> None:
        sounds = sounds_of(run(), PLAN, ON)
        assert told(sounds) == [
            ("countdown", 12.0),
            ("countdown", 13.0),
            ("countdown", 14.0),
            ("start", 15.0),
            ("end", 45.3),
        ]
        assert [s.words for s in sounds] == ["Three.", "Two.", "One.", "", "Stop."]

    def test_with_closed_eyes_words_tell_what_the_screen_would(self) -> None:
        sounds = sounds_of(run(), CLOSED, ON)
        assert sounds[0] == Sound("say", 5.0, words="Close your eyes.")
        assert [s.kind for s in sounds][1:] == [*3 * ["countdown"], "start", "end"]
        assert sounds[-1].words == "Stop. Open your eyes."

    def test_a_short_countdown_lets_the_first_sentence_be_heard(self) -> None:
        short = SoundPlan(countdown=4.0, eyes_closed=True)
        events = [phase(5.0, "countdown"), phase(9.0, "run")]
        kinds = [(s.kind, s.t) for s in sounds_of(events, short, ON)]
        assert kinds == [
            ("say", 5.0),
            ("countdown", 7.0),
            ("countdown", 8.0),
            ("start", 9.0),
        ]

    def test_without_a_known_countdown_the_start_is_heard_all_the_same(self) -> None:
        sounds = sounds_of(run(), SoundPlan(zone=4.0), ON)
        assert told(sounds) == [("start", 15.02), ("end", 45.3)]

    def test_a_stopped_countdown_goes_on_no_more(self) -> None:
        stopped = Event(13.4, "countdown-stopped", {"why": "key"})
        for events in (
            [phase(5.0, "countdown"), phase(13.4, "support"), stopped],
            [phase(5.0, "countdown"), stopped, phase(13.4, "support")],
        ):
            sounds = sounds_of([*events, phase(30.0, "ready")], PLAN, ON)
            kinds = [("countdown", 12.0), ("countdown", 13.0), ("end", 13.4)]
            assert told(sounds) == kinds

    @pytest.mark.parametrize(
        ("plan", "words"),
        [
            (PLAN, "Signal lost. Hold on."),
            (CLOSED, "Signal lost. Hold on. Open your eyes."),
        ],
    )
    def test_a_lost_signal_is_an_alarm_and_no_end(
        self, plan: SoundPlan, words: str
    ) -> None:
        lost = Event(45.3, "sensor-lost", {"role": "board"})
        sounds = sounds_of(run(lost, why="sensor-lost"), plan, ON)
        assert [s.kind for s in sounds if s.t > 15.1] == ["lost"]
        assert sounds[-1].words == words

    def test_a_sensor_that_is_not_needed_disturbs_nobody(self) -> None:
        lost = Event(20.0, "sensor-lost", {"role": "trunk"})
        assert sounds_of(run(lost), PLAN, ON) == sounds_of(run(), PLAN, ON)

    def test_a_recording_that_breaks_off_and_a_watched_one_have_no_end(self) -> None:
        assert told(sounds_of(run(why="cut-off"), PLAN, ON))[-1][0] == "start"
        ended = Event(45.3, "run-end", {"why": "end", "run": 1})
        assert sounds_of([ended], PLAN, ON) == ()

    def test_two_runs_each_have_their_own_start(self) -> None:
        again = [phase(60.0, "countdown"), phase(70.0, "run")]
        sounds = sounds_of([*run(), *again], PLAN, ON)
        assert [s.t for s in sounds if s.kind == "start"] == [15.0, 70.0]


class TestCues:
    def test_there_is_silence_inside(self) -> None:
        back = Event(21.0, "in-zone")
        sounds = sounds_of(run(cue(20.0), back), PLAN, ON)
        assert [s.kind for s in sounds if s.t > 15.0] == ["cue", "end"]

    @pytest.mark.parametrize(
        ("side", "pan", "height"),
        [("left", -1, 0), ("right", 1, 0), ("front", 0, 1), ("back", 0, -1)],
    )
    def test_the_side_is_where_it_comes_from(
        self, side: str, pan: float, height: int
    ) -> None:
        (heard,) = sounds_of([cue(20.0, side)], PLAN, ON)
        assert (heard.pan, heard.height, heard.words) == (pan, height, "")

    @pytest.mark.parametrize(
        ("deg", "amount"),
        [(4.0, 0.0), (5.0, 0.25), (8.0, 1.0), (80.0, 1.0), (1.0, 0.0), (None, 0.0)],
    )
    def test_the_amount_is_how_far_outside(self, deg: object, amount: float) -> None:
        assert sounds_of([cue(20.0, deg=deg)], PLAN, ON)[0].amount == amount

    def test_the_amount_follows_the_zone(self) -> None:
        wider = Event(10.0, "zone", {"degrees": 6.0})
        assert sounds_of([wider, cue(20.0, deg=9.0)], PLAN, ON)[0].amount == 0.5
        assert sounds_of([cue(20.0, deg=9.0)], SoundPlan(), ON)[0].amount == 0.0

    def test_millimetres_count_as_well(self) -> None:
        moved = Event(20.0, "cue", {"side": "front", "mm": 30.0})
        assert sounds_of([moved], SoundPlan(zone=20.0), ON)[0].amount == 0.5

    def test_a_set_without_a_picture_has_no_cue_and_may_tell_the_rest(self) -> None:
        details = {"picture": False, "vision": "closed", "countdown": 5.0}
        blind = [Event(4.0, "set", details), *run(cue(20.0))]
        kinds = [(s.kind, s.t) for s in sounds_of(blind, PLAN, ON)]
        counted = [("countdown", t) for t in (7.0, 8.0, 9.0)]
        assert kinds == [("say", 5.0), *counted, ("start", 10.0), ("end", 45.3)]


class TestTasks:
    @pytest.mark.parametrize(
        ("side", "pan", "words"),
        [
            ("", 0.0, "Step down now."),
            ("left", -1.0, "Left foot. Step down now."),
            ("right", 1.0, "Right foot. Step down now."),
        ],
    )
    def test_a_step_down_is_told_with_or_without_a_picture_and_cues(
        self, side: str, pan: float, words: str
    ) -> None:
        blind = Event(4.0, "set", {"picture": False})
        told = {"kind": "step-down", "side": side}
        steps = [Event(20.0, "target", told), Event(20.0, "cue", told)]
        (heard,) = sounds_of([blind, *steps], PLAN, SoundSettings(cues=False))
        assert sounds_of(steps, PLAN, ON) == (heard,)
        assert heard == Sound("go", 20.0, pan=pan, words=words)

    def test_what_was_taken_and_what_was_too_far_is_heard(self) -> None:
        names = ("learned", "there", "hold", "too-far", "too-fast", "repetition")
        events = [Event(20.0 + i, name) for i, name in enumerate(names)]
        kinds = [sound.kind for sound in sounds_of(events, PLAN, ON)]
        assert kinds == ["mark", "mark", "mark", "warn"]


class TestSettings:
    def test_off_is_silence_and_markers_turn_it(self) -> None:
        off = Event(19.0, "marker", {"label": "sound", "detail": "off"})
        on = Event(22.0, "marker", {"label": "sound", "detail": "on"})
        other = Event(22.5, "marker", {"label": "marker", "detail": "off"})
        events = run(off, cue(20.0), on, other, cue(23.0))
        heard = [s.t for s in sounds_of(events, PLAN, ON) if s.kind == "cue"]
        assert heard == [23.0]
        silent = SoundSettings(on=False)
        assert [s.t for s in sounds_of(events, PLAN, silent)] == [23.0, 45.3]
        assert sounds_of(run(cue(20.0)), PLAN, silent) == ()

    def test_cues_and_speech_can_be_left_out(self) -> None:
        events = run(cue(20.0))
        quiet = sounds_of(events, PLAN, SoundSettings(cues=False))
        assert quiet == sounds_of(run(), PLAN, ON)
        wordless = sounds_of(events, PLAN, SoundSettings(speech=False))
        assert len(wordless) == 6
        assert not any(s.words for s in wordless)

    @pytest.mark.parametrize("volume", [-1.0, 0.0, 0.3, 1.0, 7.0, math.inf, math.nan])
    def test_the_volume_is_never_above_one(self, volume: float) -> None:
        kept = SoundSettings(volume=volume).volume
        assert 0.0 <= kept <= 1.0
        assert kept in {0.0, 0.3, 1.0}

    @pytest.mark.parametrize("timbre", TIMBRES)
    def test_they_survive_toml(self, timbre: str) -> None:
        kept = SoundSettings(True, 0.25, timbre, speech=False, cues=False)
        lines = [f"{k} = {json.dumps(v)}" for k, v in kept.as_table().items()]
        assert sound_settings(tomllib.loads("\n".join(lines))) == kept

    @pytest.mark.parametrize(
        "damaged",
        [None, True, 0, -1, 10**400, math.nan, -math.inf, "", "loud", [], [1.0], {}],
    )
    def test_whatever_was_kept_can_be_read(self, damaged: object) -> None:
        names = ("on", "volume", "timbre", "speech", "cues", "else")
        read = sound_settings(dict.fromkeys(names, damaged))
        assert read.timbre in TIMBRES
        assert 0.0 <= read.volume <= 1.0
        assert read.on is True
        assert sound_settings(read.as_table()) == read


class TestAnyEvents:
    events = st.builds(
        Event,
        st.floats(0.0, 100.0),
        st.sampled_from(
            ["phase", "cue", "run-end", "countdown-stopped", "zone", "set", "marker"]
        ),
        st.dictionaries(
            st.sampled_from(
                ["phase", "side", "deg", "why", "degrees", "label", "detail", "vision"]
            ),
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.sampled_from(["countdown", "run", "left", "sound", "off", "closed"]),
        ),
    )

    @settings(max_examples=60, deadline=None)
    @given(st.lists(events, max_size=30), st.integers(0, 30), st.floats(0.0, 100.0))
    def test_how_often_one_looks_changes_nothing(
        self, events: list[Event], cut: int, between: float
    ) -> None:
        events = sorted(events, key=lambda event: event.t)
        whole = sounds_of(events, PLAN, ON)
        score, made = Score(ON, PLAN), list[Sound]()
        for i, event in enumerate(events):
            made.extend(score.take(event))
            following = events[i + 1].t if i + 1 < len(events) else event.t
            if i == cut % 30:  # somebody looks between two events
                made.extend(score.due(min(event.t + between, following - 1e-3)))
        made.extend(score.due(events[-1].t if events else 0.0))
        assert tuple(made) == whole
        for sound in whole:
            assert -1.0 <= sound.pan <= 1.0
            assert 0.0 <= sound.amount <= 1.0
            assert sound.words in {"", *WORDS}


@pytest.mark.parametrize("name", ["steady", "unsteady", "clicker", "sensor-lost"])
def test_of_a_recording_each_cue_is_heard_once(name: str) -> None:
    expected = json.loads((SAMPLES / f"rocker-{name}.expected.json").read_text())
    events = [Event(e["t"], e["name"], e["detail"]) for e in expected["events"]]
    sounds = sounds_of(events, PLAN, ON)
    cues = [e for e in events if e.name == "cue"]
    heard = [s for s in sounds if s.kind == "cue"]
    assert [s.t for s in heard] == [round(e.t, 3) for e in cues]
    sides = {-1.0: "left", 1.0: "right"}
    assert [sides[s.pan] for s in heard] == [e.detail["side"] for e in cues]
    assert all(b.t - a.t > 0.29 for a, b in pairwise(heard))
    lost = [e.detail["why"] for e in events if e.name == "run-end"].count("sensor-lost")
    assert [s.kind for s in sounds].count("lost") == lost
    starts = sum(e.detail.get("phase") == "run" for e in events)
    assert [s.kind for s in sounds].count("start") == starts > 0


def test_some_recordings_have_cues_and_a_lost_signal() -> None:
    text = (SAMPLES / "rocker-unsteady.expected.json").read_text()
    assert text.count('"cue"') > 3
    assert '"sensor-lost"' in (SAMPLES / "rocker-sensor-lost.expected.json").read_text()
