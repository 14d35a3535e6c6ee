"""A stand-in for a virtual class: everybody does what the screen asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.session.director import Director

if TYPE_CHECKING:
    from surefoot.session.group import Group
    from surefoot.session.snapshot import Snapshot


class Crew:
    """Answers for every trainee of a class, each in their own time.

    Parameters
    ----------
    group : Group
        The class, started, with virtual trainees.
    """

    def __init__(self, group: Group) -> None:
        self._directors = {
            person: Director(place.session) for person, place in group.places.items()
        }

    def step(self) -> dict[str, Snapshot]:
        """Look at everybody, do what is due, and return what was seen, by code."""
        return {person: who.step() for person, who in self._directors.items()}

    @property
    def finished(self) -> bool:
        """Whether everybody has come to a result."""
        return all(who.finished for who in self._directors.values())
