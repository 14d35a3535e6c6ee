"""A replayed session is the session: the same measures and events, to the bit."""

from __future__ import annotations

import json

import numpy as np
import pytest

from surefoot.session.engine import Engine
from surefoot.session.player import Player
from surefoot.session.replay import close, open_replay, replay
from surefoot.virtual import hold_level


def test_eventful_session_replays_to_the_bit(eventful_sitting) -> None:
    again = replay(eventful_sitting.path)
    assert again["same_as_live"] == "to the bit"
    assert again["measures"] == eventful_sitting.results["measures"]
    assert again["events"] == eventful_sitting.results["events"]
    assert len(again["measures"]) > 500
    assert json.loads(json.dumps(again))["events"] == again["events"]


def test_eventful_session_holds_what_it_promises(eventful_sitting) -> None:
    engine = eventful_sitting.engine
    assert engine.t == pytest.approx(300.0)
    links = {link.role: link for link in engine.state().links}
    assert links["board"].lost > 10
    assert links["board"].duplicates > 0
    ended = [result.ended for result in engine.results]
    assert {"time", "clicker", "sensor-lost", "stepped-off"} <= set(ended)
    states = [event["state"] for event in eventful_sitting.named("link")]
    assert states.count("lost") >= 2
    assert engine.faults == []


@pytest.mark.parametrize("coalesce", [1, 2, 7, 100_000])
def test_how_many_packets_wait_changes_nothing(eventful_sitting, coalesce) -> None:
    engine = Engine(eventful_sitting.setup, coalesce=coalesce)
    for packet in eventful_sitting.source.packets():
        if engine.t > 100.0:
            break
        engine.feed(packet)
    engine.flush()
    events = [event.as_json() for event in engine.events]
    assert events == eventful_sitting.results["events"][: len(events)]
    measures = [measure.as_json() for measure in engine.measures]
    assert measures == eventful_sitting.results["measures"][: len(measures)]
    assert len(measures) > 100


def test_other_results_are_noticed(sitting) -> None:
    made = sitting(hold_level(trial_s=6))
    again = replay(made.path)
    assert again["same_as_live"] == "to the bit"
    moved = json.loads(json.dumps(again["measures"]))
    moved[0]["value"] += 1e-6
    assert not close(again["measures"], moved)
    moved[0]["value"] -= 1e-6
    assert close(again["measures"], moved)


def test_the_player_shows_what_was_live(sitting) -> None:
    made = sitting(hold_level(trial_s=6), "unsteady")
    player = open_replay(made.path)
    result = made.engine.results[0]
    at_end = player.at(player.duration)
    assert at_end.result is not None
    assert at_end.result.measures == result.measures
    during = player.at((result.start + result.end) / 2)
    assert during.phase == "run"
    assert during.tilt is not None
    assert not during.stale
    assert during.countdown == pytest.approx(3.0, abs=0.01)
    assert during.replay is not None
    assert during.replay.trials == ((result.start, result.end),)
    track = during.tracks["board/tilt"]
    assert track.t[-1] <= during.t
    np.testing.assert_allclose(np.radians(track.data[-1]), during.tilt, atol=1e-12)


def test_seeking_shows_what_playing_through_shows(sitting) -> None:
    made = sitting(hold_level(trial_s=6))
    now = [0.0]
    source = made.source
    player = Player(made.setup, source, clock=lambda: now[0])
    now[0] = 25.0
    played = player.snapshot()
    player.send("pause")
    player.send("seek", t=3.0)
    player.send("seek", t=25.0)
    sought = player.snapshot()
    assert played.t == pytest.approx(25.0)
    assert sought.tilt == played.tilt
    assert sought.measures == played.measures
    assert sought.phase == played.phase
    assert not sought.replay.playing


def test_the_player_keeps_to_its_speed(sitting) -> None:
    made = sitting(hold_level(trial_s=6))
    now = [100.0]
    player = Player(made.setup, made.source, clock=lambda: now[0])
    player.send("speed", factor=4.0)
    now[0] = 102.0
    assert player.position == pytest.approx(8.0)
    player.send("pause")
    now[0] = 110.0
    assert player.position == pytest.approx(8.0)
    player.send("play")
    now[0] = 1000.0
    assert player.position == player.duration
    player.send("play")
    assert player.position == pytest.approx(0.0)


def test_a_run_that_the_recording_breaks_off_in_is_told(tmp_path, setup_of) -> None:
    from surefoot.recording import Recorder
    from surefoot.session.analyse import analyse
    from surefoot.virtual import VirtualSource

    source = VirtualSource(hold_level(trial_s=30.0))
    setup = setup_of(source, seconds=30.0)
    recorder = Recorder(tmp_path / "cut.mcap", setup.header(), setup.sources)
    for packet in source.packets():
        if packet.t_ns > source.start_ns + 45_000_000_000:
            break
        recorder.write(packet)
    recorder.close()
    (run,) = replay(tmp_path / "cut.mcap")["quality"]["runs"]
    assert run["ended"] == "cut-off"
    assert run["grade"] == "fair"
    values = {m["name"]: m for m in analyse(tmp_path / "cut.mcap")["measures"]}
    assert values["tilt_rms"]["t1"] == pytest.approx(45.0, abs=0.3)


def test_a_recording_without_a_run_says_so(tmp_path, setup_of) -> None:
    from surefoot.recording import Recorder
    from surefoot.session.analyse import analyse
    from surefoot.virtual import VirtualSource

    source = VirtualSource(hold_level(trial_s=6.0))
    setup = setup_of(source)
    recorder = Recorder(tmp_path / "short.mcap", setup.header(), setup.sources)
    for packet in source.packets():
        if packet.t_ns > source.start_ns + 5_000_000_000:
            break
        recorder.write(packet)
    recorder.close()
    found = analyse(tmp_path / "short.mcap")
    assert found["measures"] == []
    why = "no run in this recording"
    assert {"name": "tilt_rms", "reason": why} in found["refused"]


@pytest.mark.parametrize(
    ("session", "profiles"),
    [
        ({}, {}),
        ({"sensors": {"board": {}}}, {}),
        ({"sensors": [1]}, {}),
        ({"sensors": {}, "zone_deg": "wide"}, {}),
    ],
)
def test_a_recording_without_its_parts_is_told_in_one_line(
    tmp_path, session, profiles
) -> None:
    from surefoot.core import RecordingError
    from surefoot.recording import Header, Recorder

    Recorder(tmp_path / "a.mcap", Header(session, profiles, {}, ""), []).close()
    with pytest.raises(RecordingError, match="expected its sensors"):
        replay(tmp_path / "a.mcap")


def test_a_session_without_a_drill_shows_no_endless_countdown(setup_of) -> None:
    from dataclasses import replace

    from surefoot.virtual import VirtualSource

    source = VirtualSource(hold_level(trial_s=6.0))
    player = Player(replace(setup_of(source), drill=None), source)
    shot = player.at(5.0)
    assert shot.phase == "run"
    assert (shot.countdown, shot.duration) == (None, 0.0)
