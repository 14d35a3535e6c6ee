"""What nobody looks at is decided alike."""

from __future__ import annotations

from surefoot.recording import open_recording
from surefoot.resources import folder
from surefoot.session.deciding import Deciding
from surefoot.session.engine import Engine
from surefoot.session.setup import from_header


def decided(made: type[Engine], path) -> Engine:
    recording = open_recording(path)
    engine = made(from_header(recording.header))
    for packet in recording.packets():
        engine.feed(packet)
    engine.close()
    return engine


def test_runs_ends_and_quality_are_the_same_and_nothing_is_measured() -> None:
    for path in sorted(folder("recordings").glob("*.mcap")):
        live, quiet = decided(Engine, path), decided(Deciding, path)
        assert len(live.results) == len(quiet.results) > 0
        for a, b in zip(live.results, quiet.results, strict=True):
            assert (a.verdict, a.ended, a.start, a.end) == (
                b.verdict,
                b.ended,
                b.start,
                b.end,
            )
            assert (a.zone, a.held_on) == (b.zone, b.held_on)
        shown = {"cue", "in-zone", "edge-contact"}
        assert [e for e in live.events if e.name not in shown] == quiet.events
        assert not [m for m in quiet.measures if m.stream == "board/tilt"]
