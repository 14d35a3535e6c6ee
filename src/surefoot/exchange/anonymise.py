"""A copy of a recording by which nobody is known, with the same results."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surefoot.core import RecordingError
from surefoot.exchange.anonymous.header import header_of
from surefoot.exchange.anonymous.packets import Scrub
from surefoot.recording import (
    Change,
    Recorder,
    annotate,
    annotations_of,
    open_recording,
)
from surefoot.session.engine import Engine
from surefoot.session.player import COALESCE
from surefoot.session.setup import from_header

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.recording import Annotations, Header, Recording

_AHEAD = 20_000  # packets that may wait for the disk
_PAUSE = 0.005  # s


@dataclass(frozen=True, slots=True)
class Anonymous:
    """What became of a recording.

    Attributes
    ----------
    path : Path
        The copy.
    code : str
        The new code of the person.
    left_out : int
        Packets that are not in the copy, for no sample is made of them.
    excluded : int
        Intervals that are excluded, as in the original.
    """

    path: Path
    code: str
    left_out: int
    excluded: int


def anonymise(path: Path, to: Path, code: str = "") -> Anonymous:
    """Write a copy of a recording without what tells a person, a device or a day.

    Times count from the first packet. Gone are: person, names and serial numbers of
    devices, addresses, wall time, notes, markers' texts, labels, the name of an
    imported file, comments and free texts of profiles and drills, columns of tables
    and bytes of packets that are not used, and packets that no sample is made of.
    Excluded intervals stay excluded, without their reasons. The original is only read.

    Movement itself, and the calibration of a unit, may still be known again by whoever
    has them from elsewhere. Of packets that come cut into frames nothing is blanked
    inside a frame.

    Parameters
    ----------
    path : Path
        The recording.
    to : Path
        The copy; it must not exist.
    code : str
        A new code; one is drawn if left out.

    Returns
    -------
    Anonymous
        Of the copy. Its measures equal those of the original to the last bit.

    Raises
    ------
    SurefootError
        If the recording cannot be read, the copy not be written, or the code is none.
    """
    code = code or f"anon-{secrets.token_hex(4)}"
    Change.person(code)  # a code, never a name
    recording = open_recording(path)
    said = annotations_of(path)
    setup = from_header(recording.header)
    scrub = Scrub(setup)
    made = header_of(recording, setup, code)
    _write(recording, scrub, made, to)
    _exclude(said, to)
    return Anonymous(to, code, scrub.left_out, len(said.exclusions))


def _write(recording: Recording, scrub: Scrub, header: Header, to: Path) -> None:
    setup = from_header(header)
    engine = Engine(setup, coalesce=COALESCE)
    recorder = Recorder(to, header, setup.sources)
    try:
        for i, packet in enumerate(scrub.each(recording.packets())):
            recorder.write(packet)
            engine.feed(packet)
            while i % _AHEAD == 0 and recorder.backlog > _AHEAD and not recorder.error:
                time.sleep(_PAUSE)  # packets are read faster than disks write
        engine.close()
        if recorder.lost:
            msg = f"{to}: expected room for all, got {recorder.alarm}: do it again"
            raise RecordingError(msg)
        recorder.close(_results(recording, engine))
    except BaseException:  # the original is still there: half a copy is no use
        recorder.abandon()
        recorder.part.unlink(missing_ok=True)
        raise


def _results(recording: Recording, engine: Engine) -> dict[str, Any] | None:
    """Return what the live session came to, if the original tells it.

    The measures are those that were live; events are decided again, for those of the
    original may quote names.
    """
    told = recording.results
    if told is None or not isinstance(told.get("measures"), list):
        return None
    measures: list[dict[str, Any]] = told["measures"]
    keys = ("name", "value", "unit", "t0", "t1", "stream", "flags")
    return {
        "measures": [{key: one[key] for key in keys if key in one} for one in measures],
        "events": [event.as_json() for event in engine.events],
    }


def _exclude(said: Annotations, to: Path) -> None:
    changes = [Change.exclude(gone.start, gone.end) for gone in said.exclusions]
    if changes:
        annotate(to, *changes)
