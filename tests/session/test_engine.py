"""What the engine decides, and what it must never do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from surefoot.core import Packet, control
from surefoot.session.engine import Engine
from surefoot.session.loop import run
from surefoot.session.setup import Setup, sensor
from surefoot.training import Grade
from surefoot.virtual import (
    Fault,
    Firmware,
    Move,
    Script,
    VirtualSource,
    clicker,
    hold_level,
    sensor_lost,
    stepping_off,
)
from surefoot.virtual.script import Writer
from surefoot.virtual.scripts import level

if TYPE_CHECKING:
    from collections.abc import Callable


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
    from surefoot.session.tasks import hold as run_module

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


def test_a_sleep_of_the_computer_ends_the_run_unscored(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=20))
    engine = Engine(setup_of(source, 20.0))
    for packet in source.packets():
        running = engine.trial.phase == "run" and engine.t - engine.trial.start > 12
        if running and packet.source == "clock/tick":
            nap = {"asleep_ns": 30_000_000_000}
            engine.feed(control.control("clock/suspended", packet.t_ns, **nap))
        engine.feed(packet)
    (result,) = engine.results
    assert result.ended == "suspended"
    assert result.verdict.grade is Grade.NOT_SCORED
    (told,) = [e.detail for e in engine.events if e.name == "suspended"]
    assert told == {"seconds": 30.0}


def test_a_mistake_in_one_command_costs_that_command_only(
    setup_of, monkeypatch
) -> None:
    def broken(*_: object) -> None:
        msg = "zones are broken today"
        raise RuntimeError(msg)

    monkeypatch.setattr(Engine, "_set_zone", broken)
    source = VirtualSource(clicker(trial_s=30, after=12))
    engine = Engine(setup_of(source, 30.0))
    for packet in source.packets():
        engine.feed(packet)
        if packet.source == "clock/tick" and engine.trial.phase == "ready":
            zone = {"do": "zone", "degrees": 4}
            engine.feed(control.control("person/command", packet.t_ns, **zone))
    assert any("zones are broken today" in fault for fault in engine.faults)
    (result,) = engine.results
    assert result.ended == "clicker"


@pytest.mark.parametrize(("ms", "shown"), [(20.0, True), (300.0, True), (450.0, False)])
def test_a_picture_that_comes_too_late_is_not_shown(setup_of, ms, shown) -> None:
    source = VirtualSource(hold_level(trial_s=10), person="unsteady")
    engine = Engine(setup_of(source, 10.0))
    hidden: set[bool] = set()
    for packet in source.packets():
        engine.feed(packet)
        if packet.source == "clock/tick" and engine.trial.phase == "ready":
            engine.feed(control.control("clock/paint", packet.t_ns, ms=ms))
        if engine.trial.phase == "run":
            hidden.add(engine.state().hide_dot)
            assert not (engine.state().cue and not shown)
    assert hidden == {not shown}
    assert ("cue" in names(engine)) is shown
    told = [e.detail["grade"] for e in engine.events if e.name == "latency"]
    assert told == {20.0: [], 300.0: ["slow"], 450.0: ["too slow"]}[ms]
    (result,) = engine.results
    assert result.measures  # the result comes at the end all the same


def test_a_picture_that_went_within_a_run_does_not_come_back(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=10))
    engine = Engine(setup_of(source, 10.0))
    seen: list[bool] = []
    late = iter([500.0, *[10.0] * 500])
    for packet in source.packets():
        engine.feed(packet)
        if packet.source == "clock/tick" and engine.trial.phase == "run":
            engine.feed(control.control("clock/paint", packet.t_ns, ms=next(late)))
            seen.append(engine.state().hide_dot)
    assert set(seen) == {True}
    assert not engine.state().hide_dot


def test_without_a_drill_nobody_is_cued() -> None:
    source = VirtualSource(hold_level(trial_s=20), person="unsteady")
    engine = Engine(Setup({r: sensor(p) for r, p in source.profiles.items()}, None))
    run(source, engine)
    assert engine.results
    assert "cue" not in names(engine)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"do":"zone","degrees":"wide"}',
        b'{"do":3}',
        b"[" * 99_999,
    ],
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


def written(name: str, write: Callable[[Writer], None]) -> Script:
    writer = Writer()
    level(writer)
    writer.say("support", 2.5, yes=True)
    writer.say("start", 1.0)
    write(writer)
    return writer.script(name)


def test_no_run_begins_while_the_sensor_is_silent(sitting) -> None:
    def write(writer: Writer) -> None:
        writer.act(Fault("board", "silent", seconds=8.0), 4.0)
        writer.say("support", 0.5, yes=True)
        writer.say("start", 14.0)
        writer.say("start", 6.0)

    made = sitting(written("silent-start", write))
    (stopped,) = made.named("countdown-stopped")
    assert stopped["why"] == "sensor-lost"
    (refused,) = made.named("refused")
    assert "nothing comes from the sensor on the board" in str(refused["why"])
    begun = [e["t"] for e in made.named("phase") if e["phase"] == "countdown"]
    assert len(begun) == 2
    assert begun[1] > made.named("sensor-back")[0]["t"]


def test_packets_without_a_sample_are_silence(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=20), person="steady")
    engine = Engine(setup_of(source, seconds=20.0))
    for packet in source.packets():
        late = packet.t_ns - source.start_ns > 30e9 and packet.role == "board"
        engine.feed(
            Packet(packet.source, packet.t_ns, packet.payload[:9]) if late else packet
        )
    engine.close()
    (result,) = engine.results
    assert result.ended == "sensor-lost"


def test_closing_in_a_run_is_not_a_lost_sensor(sitting) -> None:
    def write(writer: Writer) -> None:
        writer.t += 20.0

    made = sitting(written("closed", write), seconds=30)
    (result,) = made.engine.results
    assert result.ended == "end"
    assert result.verdict.grade is Grade.FAIR
    assert "sensor-lost" not in names(made.engine)


def test_a_scoring_that_fails_late_gives_a_result_without_numbers(
    setup_of, monkeypatch
) -> None:
    from surefoot.session.tasks import hold as run_module

    source = VirtualSource(hold_level(trial_s=20))
    engine = Engine(setup_of(source, seconds=20.0))

    def broken(*_: object) -> None:
        msg = "scores broke late"
        raise RuntimeError(msg)

    for packet in source.packets():
        if engine.t > 38.0:
            monkeypatch.setattr(run_module.TiltMeter, "feed", broken)
        engine.feed(packet)
    engine.close()
    (result,) = engine.results
    assert result.verdict.grade is Grade.NOT_SCORED
    assert result.measures == ()
    assert any("scores broke late" in fault for fault in engine.faults)


def test_only_a_scored_run_suggests_a_zone(sitting) -> None:
    def write(writer: Writer) -> None:
        writer.act(Move("leave"), 12.0)

    (result,) = sitting(written("left-early", write)).engine.results
    assert result.ended == "stepped-off"
    assert result.verdict.grade is Grade.NOT_SCORED
    assert result.next_zone is None
    (result,) = sitting(stepping_off(30, after=12), seconds=30).engine.results
    assert result.next_zone is not None
    largest = next(m.value for m in result.measures if m.name == "tilt_max")
    assert result.next_zone < 0.5 * largest


def test_how_trunk_and_board_interleave_changes_no_result(setup_of) -> None:
    """The trunk's radio falls two seconds behind, and the person steps off."""
    source = VirtualSource(stepping_off(30, after=12))

    def delayed(packet: Packet) -> Packet:
        behind = packet.t_ns - source.start_ns - 33_000_000_000
        delay = min(2_200_000_000, max(0, behind)) * (packet.role == "trunk")
        return Packet(packet.source, packet.t_ns + delay, packet.payload)

    late = sorted(map(delayed, source.packets()), key=lambda packet: packet.t_ns)
    found = []
    for coalesce in (1, 100_000):
        engine = Engine(setup_of(source, seconds=30.0), coalesce=coalesce)
        for packet in late:
            engine.feed(packet)
        engine.close()
        assert engine.results[0].ended == "stepped-off"
        found.append([measure.as_json() for measure in engine.measures])
        assert found[-1][-1]["name"] == "trunk_lean_rms"
    assert found[0] == found[1]


def test_a_wrong_request_does_not_stay_on_the_screen(setup_of) -> None:
    source = VirtualSource(hold_level(trial_s=20))
    engine = Engine(setup_of(source, seconds=20.0))
    asked = False
    shown: list[str] = []
    for packet in source.packets():
        engine.feed(packet)
        if engine.trial.phase == "run":
            if not asked:
                told = {"do": "zone", "degrees": 3.0}
                engine.feed(control.control("person/command", packet.t_ns, **told))
                asked = True
            shown.append(engine.state().prompt)
    assert "not change in a run" in shown[0]
    assert shown[-1] == "Keep the board level."


def test_a_decoder_that_fails_costs_a_packet_and_not_the_session(
    setup_of, monkeypatch
) -> None:
    from surefoot.devices import ProfileDecoder

    sound, calls = ProfileDecoder.decode, [0]

    def sometimes(decoder, packet):
        calls[0] += 1
        if calls[0] % 51 == 0:
            msg = "a mistake in the decoder"
            raise RuntimeError(msg)
        return sound(decoder, packet)

    monkeypatch.setattr(ProfileDecoder, "decode", sometimes)
    source = VirtualSource(hold_level(trial_s=6))
    engine = Engine(setup_of(source))
    run(source, engine)
    (result,) = engine.results
    assert result.ended == "time"
    assert result.verdict.lost > 0


class TestForceBoard:
    """Boards with cells, and imported centres of pressure, in a session."""

    def test_a_force_board_is_heard_and_shown_without_a_drill(self) -> None:
        units = {"board": Firmware("surefoot-board")}
        source = VirtualSource(hold_level(trial_s=6), units=units)
        setup = Setup({"board": sensor("surefoot-board")}, None, virtual=True)
        seen: dict[str, int] = {}

        def count(block) -> None:
            seen[block.info.name] = seen.get(block.info.name, 0) + len(block)

        engine = Engine(setup, sink=count)
        run(source, engine)
        assert engine.faults == []
        assert seen["board/force"] > 1000
        assert 100 < seen["board/cop"] < seen["board/force"]  # nobody stood at first
        assert engine.trial.count == 1  # all of it is one run, as for other boards

    def test_a_sensor_without_acceleration_is_recorded_and_left_alone(self) -> None:
        units = {"board": Firmware("tindeq-progressor")}
        source = VirtualSource(hold_level(trial_s=6), units=units)
        setup = Setup({"board": sensor("tindeq-progressor")}, None, virtual=True)
        engine = Engine(setup)
        run(source, engine)
        assert engine.faults == []
        assert engine.state().links[0].samples > 100
