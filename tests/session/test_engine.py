"""What the engine decides, and what it must never do."""

from __future__ import annotations

import pytest

from surefoot.core import Packet, control
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.training import Grade
from surefoot.virtual import (
    VirtualSource,
    clicker,
    hold_level,
    sensor_lost,
    stepping_off,
)


def names(engine: Engine) -> list[str]:
    return [event.name for event in engine.events]


def test_a_steady_person_is_scored(sitting) -> None:
    made = sitting(hold_level(trial_s=10), seconds=10)
    (result,) = made.engine.results
    assert result.verdict.grade is Grade.GOOD
    values = {measure.name: measure for measure in result.measures}
    assert values["time_in_zone"].value > 0.8
    assert values["tilt_rms"].unit == "rad"
    assert result.end - result.start == pytest.approx(10.0)
    assert all("PROVISIONAL" in measure.flags for measure in result.measures)
    assert result.next_zone is not None


def test_skill_shows(sitting) -> None:
    rms = {}
    for person in ("steady", "unsteady"):
        (result,) = sitting(hold_level(trial_s=10), person, seconds=10).engine.results
        rms[person] = next(m.value for m in result.measures if m.name == "tilt_rms")
    assert rms["unsteady"] > 2 * rms["steady"]


def test_level_is_the_middle_between_the_edges(sitting) -> None:
    made = sitting(hold_level(trial_s=6))
    (found,) = made.named("levelled")
    assert found["low_deg"] == pytest.approx(-15.0, abs=0.5)
    assert found["high_deg"] == pytest.approx(15.0, abs=0.5)


def test_a_lost_sensor_ends_the_run_unscored(sitting) -> None:
    (result,) = sitting(sensor_lost(trial_s=20, after=8), seconds=20).engine.results
    assert result.ended == "sensor-lost"
    assert result.verdict.grade is Grade.NOT_SCORED
    assert result.measures == ()
    assert any("sensor lost" in reason for reason in result.verdict.reasons)


def test_stepping_off_ends_the_run_where_the_board_came_to_rest(sitting) -> None:
    made = sitting(stepping_off(trial_s=30, after=12), seconds=30)
    (result,) = made.engine.results
    (known,) = made.named("stepped-off")
    assert result.ended == "stepped-off"
    assert known["t"] - result.end == pytest.approx(1.5, abs=0.1)


def test_the_clicker_ends_the_run_at_once(sitting) -> None:
    made = sitting(clicker(trial_s=30, after=12), seconds=30)
    (result,) = made.engine.results
    (ended,) = made.named("run-end")
    assert result.ended == "clicker"
    assert result.end == ended["t"]
    assert result.verdict.grade is Grade.FAIR


def test_no_dot_before_level_and_none_that_goes_the_wrong_way(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=6))
    engine = Engine(setup_of(source))
    for packet in source.packets():
        wrong = packet.source == "person/command" and b"direction" in packet.payload
        if wrong:
            told = {"do": "direction", "yes": False}
            packet = control.control("person/command", packet.t_ns, **told)
        before = engine.dot
        engine.feed(packet)
        if wrong:
            assert before is not None
            assert before.tilt[0] < 0
            break
    assert engine.trial.phase == "level-first"
    assert engine.dot is None
    assert "wrong way" in engine.state().prompt


def test_without_support_no_run_begins(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=6))
    engine = Engine(setup_of(source))
    for packet in source.packets():
        if not (packet.source == "person/command" and b"support" in packet.payload):
            engine.feed(packet)
    assert engine.results == []
    assert engine.trial.phase == "support"
    assert "refused" in names(engine)


def test_a_failing_score_is_said_and_decoding_goes_on(setup_of, monkeypatch) -> None:
    from surefoot.session import run as run_module

    def broken(*_: object) -> None:
        msg = "scores are broken today"
        raise RuntimeError(msg)

    monkeypatch.setattr(run_module.TiltMeter, "feed", broken)
    source = VirtualSource(hold_level(trial_s=6))
    engine = Engine(setup_of(source))
    run(source, engine)
    assert "fault" in names(engine)
    assert any("scores are broken today" in fault for fault in engine.faults)
    assert engine.state().links[0].samples > 2000


@pytest.mark.parametrize(
    "payload", [b"", b"\xff\xfe", b"[]", b'{"do":"zone","degrees":"wide"}', b'{"do":3}']
)
def test_a_damaged_command_changes_nothing(setup_of, payload) -> None:
    source = VirtualSource(hold_level(trial_s=6))
    engine = Engine(setup_of(source))
    for i, packet in enumerate(source.packets()):
        engine.feed(packet)
        if i % 50 == 0:
            engine.feed(Packet("person/command", packet.t_ns, payload))
    assert len(engine.results) == 1


def test_packets_that_do_not_fit_are_counted(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=6))
    engine = Engine(setup_of(source))
    for i, packet in enumerate(source.packets()):
        engine.feed(packet)
        if packet.role == "board" and i % 40 == 0:
            engine.feed(Packet("board/data", packet.t_ns, packet.payload[:9]))
        engine.feed(Packet("stranger/data", packet.t_ns, b"?"))
    board = engine.state().links[0]
    assert board.refused > 5
    assert len(engine.results) == 1


def test_a_person_with_a_zone_gets_no_baseline(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=6))
    engine = Engine(setup_of(source, zone_deg=3.0))
    run(source, engine)
    (result,) = engine.results
    assert result.zone == pytest.approx(0.05236, abs=1e-4)
    assert result.next_zone is None
