"""A live session: real threads, real bleak code above virtual sensors, a real file."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import pytest

from surefoot.core import Packet, RecordingError
from surefoot.recording import Recorder, open_recording
from surefoot.session.engine import Engine
from surefoot.session.inbox import Inbox
from surefoot.session.live import LiveSession
from surefoot.session.opening import open_live
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
    session = open_live({}, "steady", "rocker-hold-level", path)
    session.start()
    try:
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
