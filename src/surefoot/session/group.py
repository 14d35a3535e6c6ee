"""A class: two to six trainees at a time, each with a session of their own."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from surefoot.core import LinkState, RadioError, SurefootError
from surefoot.training import SILENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from surefoot.core import JsonValue
    from surefoot.session.live import LiveSession
    from surefoot.session.snapshot import Link, Snapshot
    from surefoot.virtual.radio import VirtualHall

LEAST, MOST = 2, 6
"""How many trainees a class has."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a trainee is recognised by, beside the code.

    Attributes
    ----------
    number : int
        1 to 6: the key that selects this trainee, in the order of the class.
    colour, shape : str
        Names; a view has them in its palette.
    """

    number: int
    colour: str
    shape: str


MARKS = (
    Mark(1, "blue", "circle"),
    Mark(2, "pink", "square"),
    Mark(3, "yellow", "triangle"),
    Mark(4, "orange", "star"),
    Mark(5, "green", "cross"),
    Mark(6, "red", "moon"),
)
"""No two share a colour or a shape."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One trainee of a class at one instant.

    Attributes
    ----------
    person : str
        The code.
    mark : Mark
        Colour, shape and number.
    picture : Snapshot or None
        As in a session alone; None if there never was one.
    fault : str
        Why the picture is an old one; empty while it is not.
    """

    person: str
    mark: Mark
    picture: Snapshot | None
    fault: str = ""

    @property
    def lost(self) -> tuple[str, ...]:
        """Roles of the sensors that were heard before and are not now."""
        links = self.picture.links if self.picture else ()
        return tuple(link.role for link in links if _is_lost(link))


@dataclass(frozen=True, slots=True, eq=False)
class GroupSnapshot:
    """One picture of a class: everybody at the same instant of the same clock.

    Attributes
    ----------
    t : float
        Seconds since the class began.
    trainees : tuple of Seen
        In the order of the class, never by how they do.
    """

    t: float
    trainees: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of one trainee's session after the class.

    Attributes
    ----------
    person : str
        The code.
    path : Path or None
        The finished recording; None if nothing was kept, or it could not be finished.
    error : str
        Why it could not, one line.
    """

    person: str
    path: Path | None
    error: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One trainee's place in a class.

    Attributes
    ----------
    person : str
        The code.
    session : LiveSession
        Not started yet.
    air : VirtualHall or None
        Where the sensors are, if they are virtual.
    """

    person: str
    session: LiveSession
    air: VirtualHall | None = None


class Group:
    """Two to six sessions side by side, on one clock; none can disturb another.

    Every session has its own sensors, settings, engine, thread and recording. All count
    from the same instant: `start` gives them one start on the monotonic and on the wall
    clock, so recordings of a class can be laid beside each other.

    Parameters
    ----------
    places : sequence of Place
        The trainees; each code once. The sessions are not started yet.

    Raises
    ------
    RadioError
        If there are fewer than two or more than six, or a code stands twice.
    """

    def __init__(self, places: Sequence[Place]) -> None:
        check_class([place.person for place in places])
        self.places = {place.person: place for place in places}
        """In the order of the class, by code."""
        self.began: tuple[int, int] | None = None
        """Monotonic and wall clock of the start [ns]."""
        self._last: dict[str, Snapshot] = {}
        self._faults: dict[str, str] = {}

    def start(self) -> None:
        """Begin with everybody at once; who cannot begin is told in the picture."""
        self.began = (time.monotonic_ns(), time.time_ns())
        for place in self.places.values():
            place.session.inbox.begin = self.began
        for person, place in self.places.items():
            try:
                place.session.start()
            except Exception as error:  # noqa: BLE001 the others must begin all the same
                self._faults[person] = f"could not begin ({error})"

    def snapshot(self) -> GroupSnapshot:
        """Return the newest picture of everybody; raises nothing."""
        now = 0.0 if self.began is None else self._since(self.began[0])
        seen = zip(self.places, MARKS, strict=False)
        return GroupSnapshot(now, tuple(self._seen(*told) for told in seen))

    def send(self, do: str, person: str | None = None, **arguments: JsonValue) -> None:
        """Ask something of one trainee's session, or of all.

        Parameters
        ----------
        do : str
            As listed in `surefoot.training.commands`.
        person : str, optional
            A code of the class; everybody unless told.
        **arguments
            Of the command.
        """
        for place in self._asked(person):
            place.session.send(do, **arguments)

    def stop(self, person: str | None = None, why: str = "key") -> None:
        """Stop one trainee's run, or everybody's.

        Parameters
        ----------
        person : str, optional
            A trainee's own stop ends that trainee's run alone; the therapist's, without
            a code, everybody's.
        why : str
            ``"key"``, ``"clicker"``, ``"pain"`` ...
        """
        self.send("stop", person, why=why)

    def painted(self, person: str, seconds: float) -> None:
        """Take note of how long a packet took to the screen [s]."""
        self.places[person].session.painted(seconds)

    def close(self) -> None:
        """End every session in order; the recordings stay unfinished until `finish`."""
        self._at_once(_closed)

    def finish(self) -> tuple[Kept, ...]:
        """End every session in order and return what is kept of each.

        All are ended at the same time: neither a hanging link nor a full disk keeps
        another trainee's recording from being finished. Raises nothing for one of them.
        """
        return self._at_once(_finished)

    def _at_once(self, what: Callable[[Place], Kept]) -> tuple[Kept, ...]:
        with ThreadPoolExecutor(len(self.places), "class") as together:
            return tuple(together.map(what, self.places.values()))

    def _asked(self, person: str | None) -> list[Place]:
        if person is None:
            return list(self.places.values())
        if person not in self.places:
            known = ", ".join(self.places)
            msg = f"class: expected one of {known}, got {person!r}: check the code"
            raise RadioError(msg)
        return [self.places[person]]

    def _seen(self, person: str, mark: Mark) -> Seen:
        fault = self._faults.get(person, "")
        try:
            self._last[person] = self.places[person].session.snapshot()
        except Exception as error:  # noqa: BLE001 the others must be seen all the same
            fault = f"no picture ({error})"
        picture = self._last.get(person)
        if fault and picture is not None:
            picture = replace(picture, stale=True)
        return Seen(person, mark, picture, fault)

    @staticmethod
    def _since(start_ns: int) -> float:
        return (time.monotonic_ns() - start_ns) * 1e-9


def check_class(people: Sequence[str]) -> None:
    """Refuse what is no class.

    Parameters
    ----------
    people : sequence of str
        The codes.

    Raises
    ------
    RadioError
        If there are fewer than two or more than six, or a code stands twice.
    """
    if not LEAST <= len(people) <= MOST:
        msg = (
            f"class: expected {LEAST} to {MOST} trainees, got {len(people)}: "
            "use surefoot live for one, two classes for more"
        )
        raise RadioError(msg)
    twice = [person for person in people if people.count(person) > 1]
    if twice:
        msg = f"class: expected every code once, got {twice[0]!r} twice: change one"
        raise RadioError(msg)


def _is_lost(link: Link) -> bool:
    silent = link.state is not LinkState.STREAMING or link.age > SILENCE
    return link.samples > 0 and link.state is not LinkState.CLOSED and silent


def _closed(place: Place) -> Kept:
    try:
        place.session.close()
    except Exception as error:  # noqa: BLE001 the others must be closed all the same
        return Kept(place.person, None, _told(error))
    return Kept(place.person, None)


def _finished(place: Place) -> Kept:
    kept = _closed(place)
    try:
        path = place.session.finish()
    except Exception as error:  # noqa: BLE001 the others must be finished all the same
        return Kept(place.person, None, _told(error))
    return Kept(place.person, path, kept.error)


def _told(error: Exception) -> str:
    if isinstance(error, SurefootError):
        return str(error)
    return f"{type(error).__name__}: {error}"
