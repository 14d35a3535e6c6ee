"""What nobody looks at is decided alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import Packet
from surefoot.recording import Recorder, open_recording
from surefoot.resources import folder
from surefoot.session.deciding import Deciding
from surefoot.session.engine import Engine
from surefoot.session.setup import from_header

if TYPE_CHECKING:
    from pathlib import Path


SHOWN = {"cue", "in-zone", "edge-contact"} | {
    # what the runs of tasks tell on the way; it decides nothing
    *("target", "middle", "reached", "repetition", "step", "misstep", "error", "hold"),
}


def decided(made: type[Engine], path: Path) -> Engine:
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
        assert [e for e in live.events if e.name not in SHOWN] == [
            e for e in quiet.events if e.name not in SHOWN
        ]
        assert not [m for m in quiet.measures if m.stream == "board/tilt"]


def taken(path: Path) -> Deciding:
    recording = open_recording(path)
    engine = Deciding(from_header(recording.header))
    for batch in recording.batches():
        engine.take(batch)
    engine.close()
    return engine


def joined(path: Path, to: Path) -> Path:
    """Return a recording that a stranger's packets are in: first, between and last."""
    recording = open_recording(path)
    packets = list(recording.packets())
    last = packets[-1]
    stray = [
        Packet("hip/data", p.t_ns + (7_000_000 if n % 90 else -9_000_000), b"?")
        for n, p in enumerate(packets)
    ]
    recorder = Recorder(to, recording.header, (), flush_s=0.05)
    for packet, other in zip(packets, stray, strict=True):
        recorder.write(other)
        recorder.write(packet)
    recorder.write(Packet("hip/data", last.t_ns + 3_000_000_000, b"?"))
    return recorder.close()


def test_chunks_are_decided_as_their_packets_are(tmp_path: Path) -> None:
    for path in sorted(folder("recordings").glob("*.mcap")):
        file = joined(path, tmp_path / path.name)
        one, many = decided(Deciding, file), taken(file)
        assert one.t == many.t
        assert one.t0_ns == many.t0_ns
        assert one.events == many.events
        assert one.results == many.results
        assert one.faults == many.faults
        assert one.state() == many.state()
