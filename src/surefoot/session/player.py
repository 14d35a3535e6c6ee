"""A recording on the stage: decided once on opening, then shown at any instant."""

from __future__ import annotations

import time
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from surefoot.core import Block
from surefoot.core.control import is_control
from surefoot.session.engine import Engine
from surefoot.session.ring import in_order, strip_of
from surefoot.session.snapshot import Replay, Track
from surefoot.session.state import dot_of, picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import JsonValue, PacketSource
    from surefoot.session.setup import Setup
    from surefoot.session.snapshot import Snapshot
    from surefoot.session.state import Dot, State

COALESCE = 256
_WINDOW = 31.0  # s of samples handed to the strip charts
_SPEEDS = (0.1, 16.0)
_GAP = 0.2  # s without a sample that the timeline marks


class Player:
    """Shows a recording as it was live, at any instant (a `Stage`).

    The recording is decided once, as fast as it goes, by the same engine; what it
    decided is kept with its time, so that seeking is a look-up and shows exactly what
    a straight replay shows.

    Parameters
    ----------
    setup : Setup
        From the recording.
    source : PacketSource
        The recording.
    clock : callable
        Seconds; drives playing. Only the position depends on it.
    progress : callable, optional
        Told the session time reached while opening [s].
    """

    def __init__(
        self,
        setup: Setup,
        source: PacketSource,
        clock: Callable[[], float] = time.monotonic,
        progress: Callable[[float], None] | None = None,
    ) -> None:
        self.setup = setup
        """What the session was set up with."""
        self._blocks: dict[str, list[Block]] = {}
        self.engine = Engine(setup, coalesce=COALESCE, sink=self._keep)
        self._states: list[State] = []
        self._times: list[float] = []
        self._decide(source, progress)
        self._streams = {k: Block.concat(v) for k, v in self._blocks.items()}
        self._blocks.clear()
        self.duration = self.engine.t
        self._trials = _trials(self.engine)
        self._moving = self._streams.get(self.engine.stream)
        self._gaps = _gaps(self._moving)
        self._clock = clock
        self._position = 0.0
        self._since = clock()
        self._speed = 1.0
        self._playing = True

    @property
    def position(self) -> float:
        """Where the replay stands [s]."""
        if not self._playing:
            return self._position
        gone = (self._clock() - self._since) * self._speed
        return min(self._position + gone, self.duration)

    def snapshot(self) -> Snapshot:
        """Return the picture at the position."""
        return self.at(self.position)

    def at(self, t: float) -> Snapshot:
        """Return the picture at session time ``t`` [s]."""
        state = self._states[max(0, bisect_right(self._times, t) - 1)]
        state = replace(state, markers=tuple(self.engine.markers))
        shot = picture(
            state, t, self._dot(t) if state.levelled else None, self._tracks(t)
        )
        playing = self._playing and t < self.duration
        replay = Replay(
            t, self.duration, self._speed, playing, self._trials, self._gaps
        )
        return replace(shot, replay=replay)

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Follow ``play``, ``pause``, ``seek`` (``t``) and ``speed`` (``factor``)."""
        here = self.position
        if do == "seek":
            here = float(arguments.get("t") or 0.0)
        elif do == "speed":
            low, high = _SPEEDS
            self._speed = min(high, max(low, float(arguments.get("factor") or 1.0)))
        elif do == "play":
            here = 0.0 if here >= self.duration else here
        self._playing = do == "play" or (do != "pause" and self._playing)
        self._position = min(max(here, 0.0), self.duration)
        self._since = self._clock()

    def close(self) -> None:
        """Nothing is held open."""

    def _decide(
        self, source: PacketSource, progress: Callable[[float], None] | None
    ) -> None:
        for packet in source.packets():
            self.engine.feed(packet)
            if is_control(packet):
                self._times.append(self.engine.t)
                self._states.append(self.engine.state())
                if progress is not None:
                    progress(self.engine.t)
        self.engine.close()
        self._times.append(self.engine.t)
        self._states.append(self.engine.state())

    def _keep(self, block: Block) -> None:
        if strip_of(block.info.name) is not None:
            self._blocks.setdefault(block.info.name, []).append(block)

    def _dot(self, t: float) -> Dot | None:
        moving = self._moving
        if moving is None:
            return None
        i = int(np.searchsorted(moving.t, t, side="right")) - 1
        return dot_of(moving, i) if i >= 0 else None

    def _tracks(self, t: float) -> dict[str, Track]:
        tracks: dict[str, Track] = {}
        for name in in_order(self._streams):
            whole, strip = self._streams[name], strip_of(name)
            if strip is None:
                continue
            first, last = np.searchsorted(whole.t, [t - _WINDOW, t])
            part = whole[int(first) : int(last)]
            data = part.data[:, : len(strip.channels)] * strip.scale
            rate = whole.info.rate
            tracks[name] = Track(
                strip.title, strip.channels, strip.unit, rate, part.t, data
            )
        return tracks


def _trials(engine: Engine) -> tuple[tuple[float, float], ...]:
    return tuple((result.start, result.end) for result in engine.results)


def _gaps(moving: Block | None) -> tuple[tuple[float, float], ...]:
    if moving is None or len(moving) < 2:
        return ()
    t = moving.t
    wide = np.flatnonzero(np.diff(t) > _GAP)
    return tuple((float(t[i]), float(t[i + 1])) for i in wide)
