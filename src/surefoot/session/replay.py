"""Replaying a recording without a window: the live measures and events again."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any, cast

from surefoot.recording import open_recording
from surefoot.session.engine import Engine
from surefoot.session.player import COALESCE, Player
from surefoot.session.setup import Instead, from_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from surefoot.core import Event, Packet, PacketSource
    from surefoot.recording import Recording


def replay(
    path: Path,
    speed: float | None = None,
    on_event: Callable[[Event], None] | None = None,
    instead: Instead | None = None,
) -> dict[str, Any]:
    """Return what a recorded session measured and decided, computed again.

    Parameters
    ----------
    path : Path
        The recording.
    speed : float, optional
        1 for real time; None for as fast as it goes.
    on_event : callable, optional
        Told of every event as it is decided.
    instead : Instead, optional
        Another profile or calibration; then nothing is compared with what was live.

    Returns
    -------
    dict
        ``file``, ``quality``, ``measures`` (PROVISIONAL, as they were live),
        ``events``, and ``same_as_live``: ``"to the bit"``, ``"to 1e-9"``, ``"no"``, or
        None when the recording does not hold what was live.

    Raises
    ------
    RecordingError
        If the file is not a readable recording.
    """
    recording = open_recording(path)
    coalesce = COALESCE if speed is None else 1
    setup = (instead or Instead()).applied(from_header(recording.header))
    engine = Engine(setup, coalesce=coalesce)
    source = recording if speed is None else _Paced(recording, speed)
    told = 0
    for packet in source.packets():
        engine.feed(packet)
        if on_event is not None:
            for event in engine.events[told:]:
                on_event(event)
            told = len(engine.events)
    engine.close()
    found = summary(path, recording, engine)
    return found | {"same_as_live": None} if instead else found


def open_replay(
    path: Path,
    progress: Callable[[float], None] | None = None,
    instead: Instead | None = None,
) -> Player:
    """Return a recording as a stage for the views.

    Parameters
    ----------
    path : Path
        The recording.
    progress : callable, optional
        Told the share of the recording read so far, 0 to 1.
    instead : Instead, optional
        Another profile or calibration.

    Raises
    ------
    RecordingError
        If the file is not a readable recording.
    """
    recording = open_recording(path)
    length = max(recording.duration, 1e-9)
    setup = (instead or Instead()).applied(from_header(recording.header))

    def share(t: float) -> None:
        if progress is not None:
            progress(min(1.0, t / length))

    return Player(setup, recording, progress=share)


def summary(path: Path, recording: Recording, engine: Engine) -> dict[str, Any]:
    """Return what the engine made of a recording, ready for JSON."""
    measures = [measure.as_json() for measure in engine.measures]
    events = [event.as_json() for event in engine.events]
    return {
        "file": str(path),
        "quality": quality(recording, engine),
        "measures": measures,
        "events": events,
        "same_as_live": _compare(recording.results, measures, events),
    }


def quality(recording: Recording, engine: Engine) -> dict[str, Any]:
    """Return how good the recording and its runs are, before any number."""
    links = engine.state().links
    return {
        "recording": recording.state,
        "damage": list(recording.damage),
        "virtual": bool(recording.header.session.get("virtual")),
        "faults": list(engine.faults),
        "sensors": [
            {
                "role": link.role,
                "device": link.device,
                "samples": link.samples,
                "packets_lost": link.lost,
                "duplicates": link.duplicates,
                "refused": link.refused,
            }
            for link in links
        ],
        "runs": [
            {
                "t0": result.start,
                "ended": result.ended,
                "held_on": result.held_on,
                "grade": result.verdict.grade.value,
                "reasons": list(result.verdict.reasons),
                "lost": result.verdict.lost,
                "longest_gap": result.verdict.longest_gap,
                "jitter": result.verdict.jitter,
            }
            for result in engine.results
        ],
    }


class _Paced:
    """A source slowed down to the pace at which its packets came."""

    def __init__(self, source: PacketSource, speed: float) -> None:
        self._source = source
        self._speed = speed

    def packets(self) -> Iterator[Packet]:
        """Yield each packet when its time has come."""
        zero: int | None = None
        begun = time.monotonic()
        for packet in self._source.packets():
            zero = packet.t_ns if zero is None else zero
            due = begun + (packet.t_ns - zero) * 1e-9 / self._speed
            time.sleep(max(0.0, due - time.monotonic()))
            yield packet


def _compare(
    stored: dict[str, Any] | None, measures: Sequence[Any], events: Sequence[Any]
) -> str | None:
    if stored is None or "measures" not in stored:
        return None
    live = [stored["measures"], stored["events"]]
    if live == [list(measures), list(events)]:
        return "to the bit"
    return "to 1e-9" if close(live, [list(measures), list(events)]) else "no"


def close(a: Any, b: Any) -> bool:
    """Return whether two JSON values are equal but for 1e-9 in their numbers."""
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(a, dict) and isinstance(b, dict):
        first, second = cast("dict[str, Any]", a), cast("dict[str, Any]", b)
        same = first.keys() == second.keys()
        return same and all(close(first[key], second[key]) for key in first)
    if isinstance(a, list) and isinstance(b, list):
        one, other = cast("list[Any]", a), cast("list[Any]", b)
        return len(one) == len(other) and all(map(close, one, other))
    return a == b
