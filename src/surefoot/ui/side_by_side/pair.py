"""Two recordings at one position: the same moment of a run of each."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from surefoot.session.snapshot import Replay

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from surefoot.core import JsonValue
    from surefoot.session.player import Player
    from surefoot.session.snapshot import Snapshot

_SLOWEST, _FASTEST = 0.1, 16.0
_BEFORE = 3.0  # s before the runs begin: the first that is seen
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two recordings.

    Attributes
    ----------
    name : str
        What it is called: the name of the file.
    about : str
        When it was made and by whom, as far as the recording tells.
    player : Player
        It, at any instant.
    found : mapping
        Its final values, as `surefoot.session.analyse.analyse` returns them; empty
        where they could not be had.
    why : str
        Why not.
    """

    name: str
    about: str
    player: Player
    found: Mapping[str, Any]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is to be seen of one of the two.

    Attributes
    ----------
    snapshot : Snapshot
        Its picture. Before its begin it is the first one, after its end the last.
    run, runs : int
        Which of how many runs is aligned, from 1; 0 of 0 without any.
    place : int
        -1 before the recording begins, 1 after its end, otherwise 0.
    """

    snapshot: Snapshot
    run: int
    runs: int
    place: int


class Pair:
    """Two recordings that are moved as one (a `Stage` for the timeline).

    The time that both share is zero where the earlier of the two begins, once the
    chosen runs are laid upon each other.

    Parameters
    ----------
    first, second : Half
        The left and the right one.
    clock : callable
        Seconds; drives playing, nothing else.
    """

    def __init__(
        self, first: Half, second: Half, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.halves = (first, second)
        self._trials = (_trials(first), _trials(second))
        self._runs = [0, 0]
        self._clock = clock
        self._speed, self._playing = 1.0, False
        self._since = clock()
        self._position = max(0.0, self.origin - _BEFORE)

    @property
    def origin(self) -> float:
        """Where on the common time the chosen runs begin [s]."""
        return max(self._start(0), self._start(1))

    @property
    def duration(self) -> float:
        """Length of the common time [s]."""
        ends = [self.shift(k) + self.halves[k].player.duration for k in (0, 1)]
        return max(ends)

    @property
    def position(self) -> float:
        """Where on the common time both stand [s]."""
        if not self._playing:
            return self._position
        gone = (self._clock() - self._since) * self._speed
        return min(self._position + gone, self.duration)

    def shift(self, which: int) -> float:
        """Return where on the common time a recording begins [s]."""
        return self.origin - self._start(which)

    def trials(self, which: int) -> tuple[Span, ...]:
        """Return the runs of a recording, in its own time [s]."""
        return self._trials[which]

    def run(self, which: int) -> Span | None:
        """Return the run of a recording that is aligned, in its own time [s]."""
        trials = self.trials(which)
        return trials[self._runs[which]] if trials else None

    def seen(self) -> tuple[Seen, Seen]:
        """Return what is to be seen of both now, of one and the same moment."""
        at = self.position
        return self._seen(0, at), self._seen(1, at)

    def snapshot(self) -> Snapshot:
        """Return the picture of the left one, with the place of both in it."""
        at = self.position
        shot = self._seen(0, at).snapshot
        return replace(shot, replay=self._replay(at))

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Follow ``play``, ``pause``, ``seek``, ``speed`` and ``run``.

        ``run`` aligns the next (``by`` 1) or the previous (-1) run of the recording
        ``which`` (0 or 1); the other one stays at the moment that is seen.
        """
        here = self.position
        if do == "seek":
            here = _number(arguments.get("t"), 0.0)
        elif do == "speed":
            told = _number(arguments.get("factor"), 1.0)
            self._speed = min(_FASTEST, max(_SLOWEST, told))
        elif do == "run":
            here = self._choose(arguments, here)
        elif do == "play":
            here = 0.0 if here >= self.duration else here
        self._playing = do == "play" or (do != "pause" and self._playing)
        self._position = min(max(here, 0.0), self.duration)
        self._since = self._clock()

    def close(self) -> None:
        """Close both."""
        for half in self.halves:
            half.player.close()

    def _choose(self, arguments: Mapping[str, JsonValue], here: float) -> float:
        which = int(_number(arguments.get("which"), 0.0)) % 2
        last = max(0, len(self.trials(which)) - 1)
        before = here - self.origin
        wanted = self._runs[which] + int(_number(arguments.get("by"), 1.0))
        self._runs[which] = min(last, max(0, wanted))
        return self.origin + before  # as far into the run as before

    def _start(self, which: int) -> float:
        run = self.run(which)
        return run[0] if run else 0.0

    def _replay(self, at: float) -> Replay:
        playing = self._playing and at < self.duration
        return Replay(at, self.duration, self._speed, playing)

    def _seen(self, which: int, at: float) -> Seen:
        player = self.halves[which].player
        t = at - self.shift(which)
        place = -1 if t < 0 else int(t > player.duration)
        shot = player.at(min(max(t, 0.0), player.duration))
        common = self._replay(at)
        own = replace(shot.replay or common, playing=common.playing, speed=common.speed)
        runs = len(self.trials(which))
        run = self._runs[which] + 1 if runs else 0
        return Seen(replace(shot, replay=own), run, runs, place)


def _trials(half: Half) -> tuple[Span, ...]:
    replay = half.player.at(0.0).replay
    return replay.trials if replay is not None else ()


def _number(value: JsonValue, otherwise: float) -> float:
    return float(value) if isinstance(value, int | float) else otherwise
