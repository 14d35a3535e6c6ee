"""Opens recordings: finished, unfinished or damaged. The reader is a packet source."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, cast

from surefoot.core import RecordingError
from surefoot.recording import _layout as layout
from surefoot.recording._chunk import Batch
from surefoot.recording._contents import (
    Damage,
    attachments,
    batch_at,
    batches,
    ending,
    mapped,
)
from surefoot.recording._header import Header, header_of, object_of, texts_of
from surefoot.recording._survey import Index, State, Survey, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap
    from pathlib import Path

    from surefoot.core import Packet

_SEARCHED = 1 << 20


def open_recording(path: Path) -> Recording:
    """Open a recording, or the ``.part`` of one that was not closed.

    Parameters
    ----------
    path : Path
        The file. It is mapped, not loaded: memory stays at one chunk.

    Returns
    -------
    Recording
        Usable also if torn or damaged: every packet it gives is as it was written.

    Raises
    ------
    RecordingError
        If it is not a file, not MCAP, not one of ours, or of a newer schema.
    """
    data = mapped(path)
    size = len(data)
    is_mcap = data[: len(layout.MAGIC)] == layout.MAGIC
    # whatever is no MCAP from its first byte on is not searched to its end
    parts, spoilt = _parts(data, size if is_mcap else min(size, _SEARCHED))
    session = _session(path, parts, is_mcap=is_mcap)
    if not is_mcap:
        parts, spoilt = _parts(data, size)
    return Recording(path, size, session, parts, tuple(spoilt))


class Recording:
    """A recording on disk.

    Attributes
    ----------
    path : Path
        The file.
    size : int
        Its size when it was opened [bytes]; what is appended later is not read.
    header : Header
        What it says about itself.
    results : dict or None
        What the live session came to, if it was closed in order.
    alarm : str
        Why packets were left out while it was recorded; empty if none was.
    """

    def __init__(
        self,
        path: Path,
        size: int,
        session: dict[str, Any],
        parts: dict[str, bytes],
        spoilt: tuple[Damage, ...],
    ) -> None:
        self.path = path
        self.size = size
        self.header: Header = header_of(session, parts)
        self.results = object_of(parts.get(layout.RESULTS, b""))
        self._spoilt = spoilt
        self._anchor: int = session["anchor_ns"]
        self._sources = _channels(session, parts)
        told = object_of(parts.get(layout.ENDING, b"")) or {}
        self.alarm = str(told.get("alarm", ""))
        self._taken = _number(told.get("taken"))
        self._known: Survey | None = None
        self._looking: Iterator[float] | None = None
        self._lock = threading.Lock()

    def packets(
        self, start: float | None = None, end: float | None = None
    ) -> Iterator[Packet]:
        """Yield the packets in file order; what is damaged is left out.

        Parameters
        ----------
        start, end : float, optional
            Only packets received at ``start <= t < end``, in seconds since the first
            packet. Other chunks are not even unpacked.
        """
        for batch in self.batches(start, end):
            yield from batch.packets()

    def batches(
        self, start: float | None = None, end: float | None = None
    ) -> Iterator[Batch]:
        """Yield the packets chunk by chunk, side by side: for whoever reads many.

        Parameters
        ----------
        start, end : float, optional
            As for `packets`.
        """
        if start is None and end is None:
            tally = Tally()
            for found in self._batches():
                tally.add(found)
                if isinstance(found, Batch):
                    yield found
            with self._lock:
                self._settle(tally)
            return
        first = _nanoseconds(start, -layout.HALF, self.t0_ns)
        last = _nanoseconds(end, layout.HALF - 1, self.t0_ns)
        data = mapped(self.path)
        for at in self._survey.index.places(first, last):
            found = batch_at(data, self.size, at, self._sources, self._anchor)
            if isinstance(found, Batch):
                yield found.where((found.t_ns >= first) & (found.t_ns < last))

    def numbered(self) -> Iterator[tuple[int, Packet]]:
        """Yield the packets with their global sequence numbers; gaps are losses."""
        for batch in self.batches():
            yield from zip(batch.sequence.tolist(), batch.packets(), strict=True)

    def indexing(self) -> Iterator[float]:
        """Look through the file step by step, so that a view stays alive meanwhile.

        Whatever needs the index looks through the rest by itself; so may several
        threads.

        Yields
        ------
        float
            The share of the file looked through, up to 1.
        """
        while True:
            share = self._look()
            yield share
            if share >= 1.0:
                return

    @property
    def index(self) -> Index:
        """Where the chunks are and which times are in them."""
        return self._survey.index

    @property
    def state(self) -> State:
        """Whether it was closed in order, and whether every byte is intact."""
        return self._survey.state

    @property
    def damage(self) -> tuple[str, ...]:
        """What is damaged and where, one line each."""
        return self._survey.damage

    @property
    def missing(self) -> int:
        """Packets between the first and the last that the file does not hold."""
        return self._survey.missing

    @property
    def t0_ns(self) -> int:
        """Reception time of the first packet; 0 if there is none."""
        return self._survey.first_ns

    @property
    def duration(self) -> float:
        """Seconds from the first packet to the latest."""
        return (self._survey.latest_ns - self._survey.first_ns) / 1e9

    @property
    def counts(self) -> dict[str, int]:
        """Packets of each source, in order of appearance."""
        return dict(self._survey.counts)

    def info(self) -> dict[str, Any]:
        """Return what there is to say about the file, JSON-ready."""
        session = self.header.session
        return {
            "file": str(self.path),
            "id": session.get("id"),
            "state": self.state,
            "started": session.get("started"),
            "virtual": session.get("virtual"),
            "person": session.get("person"),
            "drill": session.get("drill"),
            "seconds": self.duration,
            "bytes": self.size,
            "packets": sum(self._survey.counts.values()),
            "sources": self.counts,
            "missing": self.missing,
            "damage": list(self.damage),
        }

    @property
    def _survey(self) -> Survey:
        while self._known is None:
            self._look()
        return self._known

    def _look(self) -> float:
        """Take one step of the only pass that all threads share."""
        with self._lock:
            if self._known is not None:
                return 1.0
            if self._looking is None:
                self._looking = self._steps()
            try:
                return next(self._looking)
            except Exception:
                self._looking = None  # from the start the next time
                raise

    def _steps(self) -> Iterator[float]:
        tally = Tally()
        for found in self._batches():
            tally.add(found)
            yield min(0.99, found.at / max(1, self.size))
        self._settle(tally)
        yield 1.0

    def _settle(self, tally: Tally) -> None:
        """Keep what a whole pass found: nobody needs to look through it again."""
        if self._known is None:
            finished, wrong = ending(mapped(self.path), self.size)
            others = [*self._spoilt, *wrong]
            self._known = tally.survey(others, finished=finished, taken=self._taken)

    def _batches(self) -> Iterator[Batch | Damage]:
        data = mapped(self.path)
        return batches(data, self.size, self._sources, self._anchor)


def _parts(data: mmap | bytes, end: int) -> tuple[dict[str, bytes], list[Damage]]:
    """Return the first intact attachment of each name, the newest of the channels."""
    parts: dict[str, bytes] = {}
    spoilt: list[Damage] = []
    for found in attachments(data, end):
        if isinstance(found, Damage):
            spoilt.append(found)
        elif found[0] == layout.CHANNELS or found[0] not in parts:
            parts[found[0]] = found[1]
    return parts, spoilt


def _session(path: Path, parts: dict[str, bytes], *, is_mcap: bool) -> dict[str, Any]:
    session = object_of(parts.get(layout.SESSION, b""))
    if session is None and not is_mcap:
        msg = f"{path}: expected a recording (MCAP), got another file: check the name"
        raise RecordingError(msg)
    if session is None or not _is_ours(session):
        msg = (
            f"{path}: expected a recording by Surefoot, got an MCAP file without a "
            f"usable {layout.SESSION}: it is another program's, or cut off at its start"
        )
        raise RecordingError(msg)
    if session["schema"] > layout.SCHEMA:
        msg = (
            f"{path}: expected schema {layout.SCHEMA} or older, got "
            f"{session['schema']}: update Surefoot to read it"
        )
        raise RecordingError(msg)
    return session


def _is_ours(session: dict[str, Any]) -> bool:
    numbers = (session.get("schema"), session.get("anchor_ns"))
    return all(isinstance(n, int) for n in numbers) and isinstance(
        session.get("channels"), dict
    )


def _number(told: object) -> int:
    return told if isinstance(told, int) and told > 0 else 0


def _nanoseconds(t: float | None, unless: int, zero: int) -> int:
    """Return a time of the session on the clock of the packets."""
    if t is None:
        return unless
    return min(max(zero + round(t * 1e9), -layout.HALF), layout.HALF - 1)


def _channels(session: dict[str, Any], parts: dict[str, bytes]) -> dict[int, str]:
    told = cast("dict[str, Any]", session["channels"])
    late = texts_of(parts.get(layout.CHANNELS, b""))
    return {
        int(key): str(value) for key, value in (told | late).items() if key.isdigit()
    }
