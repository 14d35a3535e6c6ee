"""A live session: real threads, real bleak code above virtual sensors, a real file."""

from __future__ import annotations

import dataclasses
import itertools
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from surefoot.core import Packet, RecordingError
from surefoot.recording import Recorder, open_recording
from surefoot.session.engine import Engine
from surefoot.session.inbox import Inbox
from surefoot.session.live import LiveSession
from surefoot.session.opening import Seating, open_live
from surefoot.session.people import keep_zone, zone_of
from surefoot.session.replay import replay
from surefoot.session.setup import Setup, load_drill, sensor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Silent:
    """Sensors that only take note of where to put packets."""

    def __init__(self, put: Callable[[Packet], None]) -> None:
        self.put = put

    def start(self) -> None:
        """Nothing starts."""

    def stop(self) -> None:
        """Nothing stops."""


def wait_for(holds: Callable[[], bool], seconds: float = 20.0) -> None:
    """Return as soon as something holds; fail if it never does."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.01)


@pytest.fixture
def quiet(tmp_path: Path):
    """Return a session whose sensors say nothing, and its file."""
    sensors = {"board": sensor("surefoot-sketch")}
    setup = Setup(sensors, load_drill("rocker-hold-level"), virtual=True)
    path = tmp_path / "quiet.mcap"
    recorder = Recorder(path, setup.header(), setup.sources)
    session = LiveSession(setup, Silent, recorder)
    session.start()
    yield session
    session.close()


def test_a_live_session_replays_to_the_bit(tmp_path: Path) -> None:
    path = tmp_path / "live.mcap"
    session = open_live(Seating(virtual="steady"), "rocker-hold-level", path)
    session.start()
    try:
        wait_for(lambda: session.snapshot().phase == "pain-before")
        session.send("pain", value=0)
        session.send("pain", value=0)
        wait_for(lambda: session.snapshot().phase == "level-first")
        session.send("level", edge="left")
        wait_for(lambda: session.snapshot().phase == "level-second")
        session.send("marker", label="half way")
    finally:
        session.finish()
    again = replay(path)
    assert again["same_as_live"] == "to the bit"
    names = [event["name"] for event in again["events"]]
    assert "edge-found" in names
    assert "marker" in names
    assert again["quality"]["virtual"] is True
    assert again["quality"]["sensors"][0]["samples"] > 100


def test_what_leaves_the_inbox_is_in_order_and_ends() -> None:
    inbox = Inbox()
    for i in range(5):
        inbox.put(Packet("board/data", i, b"x"))
    inbox.close("done")
    found = [p.source for p in inbox.packets() if p.source != "clock/tick"]
    assert found == ["clock/start", *["board/data"] * 5, "clock/end"]


def test_ticks_come_when_nothing_else_does() -> None:
    inbox = Inbox()
    found: list[Packet] = []
    for packet in inbox.packets():
        found.append(packet)
        if len(found) == 4:
            inbox.close("enough")
    ticks = [packet.t_ns for packet in found if packet.source == "clock/tick"]
    assert len(ticks) >= 3
    assert all(b - a >= 150_000_000 for a, b in itertools.pairwise(ticks))


def test_paint_times_are_told_recorded_and_summed_up(quiet, monkeypatch) -> None:
    monkeypatch.setattr("surefoot.session.live.EVERY", 0.0)
    wait_for(lambda: quiet.engine.t0_ns is not None)
    for _ in range(100):
        quiet.painted(0.012)
    wait_for(lambda: quiet.snapshot().latency_ms is not None)
    assert quiet.snapshot().latency_ms == pytest.approx(12.0)
    recording = open_recording(quiet.finish())
    assert recording.results["arrival_to_paint_ms"] == {
        "n": 100,
        "p50": 12.0,
        "p95": 12.0,
        "p99": 12.0,
    }
    assert any(p.source == "clock/paint" for p in recording.packets())


def test_a_sleep_of_the_computer_is_told_once_and_before_the_tick() -> None:
    naps = itertools.chain([0, 0, 0, 7_000_000_000], itertools.repeat(7_000_000_000))
    inbox = Inbox(asleep=lambda: next(naps))
    found: list[Packet] = []
    for packet in inbox.packets():
        found.append(packet)
        if len(found) == 6:
            inbox.close("enough")
    told = [packet.source for packet in found]
    assert told.count("clock/suspended") == 1
    at = told.index("clock/suspended")
    assert told[at + 1] == "clock/tick"
    assert b"7000000000" in found[at].payload


def test_recording_goes_on_when_the_engine_fails(quiet, monkeypatch) -> None:
    wait_for(lambda: quiet.engine.t0_ns is not None)

    def broken(*_: object) -> None:
        msg = "no more thinking"
        raise RuntimeError(msg)

    monkeypatch.setattr(Engine, "feed", broken)
    quiet.send("marker", label="before")
    wait_for(lambda: any("no more thinking" in f for f in quiet.snapshot().faults))
    quiet.send("marker", label="after")
    path = quiet.finish()
    kept = [p.payload for p in open_recording(path).packets()]
    assert any(b'"after"' in payload for payload in kept)
    assert b"closed" in kept[-1]


def test_a_disk_that_takes_nothing_is_said_and_the_session_goes_on(quiet) -> None:
    wait_for(lambda: quiet.engine.t > 0)
    quiet.recorder._error = "quiet.mcap.part: the disk is full"
    assert quiet.snapshot().tape.error == "quiet.mcap.part: the disk is full"
    quiet.send("marker", label="still deciding")
    wait_for(lambda: len(quiet.engine.markers) == 1)
    with pytest.raises(RecordingError, match="disk is full"):
        quiet.finish()


def test_without_a_recorder_nothing_is_kept(tmp_path: Path) -> None:
    setup = Setup({"board": sensor("surefoot-sketch")}, None)
    session = LiveSession(setup, Silent, None)
    session.start()
    wait_for(lambda: session.engine.t > 0)
    assert session.snapshot().tape is None
    assert session.finish() is None
    assert list(tmp_path.iterdir()) == []


def test_a_persons_zone_is_kept_under_a_code(tmp_path: Path) -> None:
    assert zone_of("p-01", "rocker-hold-level", tmp_path) is None
    keep_zone("p-01", "rocker-hold-level", 4.257, tmp_path)
    keep_zone("p-01", "other", 9.0, tmp_path)
    assert zone_of("p-01", "rocker-hold-level", tmp_path) == 4.26
    assert zone_of("p-02", "rocker-hold-level", tmp_path) is None


@pytest.mark.parametrize("name", ["Ada Lovelace", "../up", "", "x" * 40])
def test_a_name_is_no_code(tmp_path: Path, name: str) -> None:
    from surefoot.core import DrillError

    with pytest.raises(DrillError, match="never a name"):
        zone_of(name, "rocker-hold-level", tmp_path)


def test_a_name_is_refused_without_a_drill_too(tmp_path: Path) -> None:
    from surefoot.core import DrillError

    with pytest.raises(DrillError, match="never a name"):
        open_live(Seating(virtual="steady"), "", tmp_path / "a.mcap", "Ada Lovelace")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("degrees", ["0", "-3.0", "nan", '"wide"', "90"])
def test_a_kept_zone_that_cannot_be_is_refused(tmp_path: Path, degrees: str) -> None:
    from surefoot.core import DrillError

    path = tmp_path / "p-01.toml"
    path.write_text(f"[zone_deg]\nrocker-hold-level = {degrees}\n")
    with pytest.raises(DrillError, match="mend or remove"):
        zone_of("p-01", "rocker-hold-level", tmp_path)


def test_a_loop_that_is_late_hears_what_waits_before_it_looks_for_silence(
    monkeypatch,
) -> None:
    now = [1_000_000_000]
    monkeypatch.setattr(time, "monotonic_ns", lambda: now[0])
    inbox = Inbox()
    packets = inbox.packets()
    assert next(packets).source == "clock/start"
    inbox.put(Packet("board/data", now[0], b"x"))
    now[0] += 3_000_000_000
    assert next(packets).source == "board/data"
    assert next(packets).source == "clock/tick"


def test_a_session_that_never_started_can_be_closed(tmp_path: Path) -> None:
    setup = Setup({"board": sensor("surefoot-sketch")}, None)
    recorder = Recorder(tmp_path / "a.mcap", setup.header(), setup.sources)
    assert LiveSession(setup, Silent, recorder).finish() == tmp_path / "a.mcap"


def test_a_radio_that_fails_to_stop_does_not_keep_the_file_open(quiet) -> None:
    def stuck() -> None:
        msg = "the radio is gone"
        raise OSError(msg)

    quiet.sensors.stop = stuck
    with pytest.raises(OSError, match="radio is gone"):
        quiet.close()
    assert not quiet._thread.is_alive()
    assert quiet.finish().exists()


def test_a_zone_is_not_taken_from_a_run_with_a_hand_on_the_rail(
    sitting, monkeypatch
) -> None:
    from surefoot.session import opening
    from surefoot.virtual import hold_level

    kept: list[float] = []
    monkeypatch.setattr(opening, "keep_zone", lambda *told: kept.append(told[2]))
    engine = sitting(hold_level(trial_s=6)).engine
    setup = dataclasses.replace(engine._setup, person="p-01")
    (result,) = engine.results
    for held_on in (True, None):
        engine.results[:] = [dataclasses.replace(result, held_on=held_on)]
        assert opening.remember(SimpleNamespace(setup=setup, engine=engine)) is None
    engine.results[:] = [result]
    assert opening.remember(SimpleNamespace(setup=setup, engine=engine)) is not None
    assert len(kept) == 1
