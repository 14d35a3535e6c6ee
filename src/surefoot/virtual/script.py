"""What happens in a virtual session, and when: said, done, or gone wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.core import JsonValue

Wrong = Literal["loss", "twice", "silent", "drop", "restart"]


@dataclass(frozen=True, slots=True)
class Say:
    """Somebody tells the session something; whoever is on the board acts on it."""

    do: str
    detail: Mapping[str, JsonValue] = field(default_factory=dict[str, "JsonValue"])


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody does something with the board and nobody tells the session."""

    do: str
    detail: Mapping[str, JsonValue] = field(default_factory=dict[str, "JsonValue"])


@dataclass(frozen=True, slots=True)
class Fault:
    """Something goes wrong with a sensor or its link.

    Attributes
    ----------
    role : str
        Whose.
    kind : {"loss", "twice", "silent", "drop", "restart"}
        ``loss`` and ``twice``: from now on this ``share`` of packets is lost or comes
        twice. ``silent``: linked, and nothing comes. ``drop``: the link breaks.
        ``restart``: the link breaks and the device begins anew. The last three are
        over after ``seconds``; the link is found lost after three of silence.
    share : float
        0 to 1.
    seconds : float
        How long it lasts; for ever if infinite.
    """

    role: str
    kind: Wrong
    share: float = 0.0
    seconds: float = float("inf")


Action = Say | Move | Fault


@dataclass(frozen=True, slots=True)
class Script:
    """A virtual session.

    Attributes
    ----------
    name : str
        What it shows.
    seconds : float
        How long it lasts.
    actions : tuple of (float, Action)
        Seconds since session start, in order.
    """

    name: str
    seconds: float
    actions: tuple[tuple[float, Action], ...]

    def __post_init__(self) -> None:
        times = [t for t, _ in self.actions]
        if times != sorted(times) or (times and times[-1] > self.seconds):
            msg = f"{self.name}: actions are not in order within {self.seconds} s"
            raise ValueError(msg)

    def __or__(self, faults: Mapping[float, Action]) -> Script:
        """Return the script with more actions, by their times."""
        added = (*self.actions, *faults.items())
        return Script(self.name, self.seconds, tuple(sorted(added, key=_time)))


@dataclass(slots=True)
class Writer:
    """Writes a script from front to back.

    Attributes
    ----------
    t : float
        Time of the next action [s].
    """

    t: float = 2.0
    actions: list[tuple[float, Action]] = field(
        default_factory=list[tuple[float, "Action"]]
    )

    def say(self, do: str, then: float = 0.0, **detail: JsonValue) -> None:
        """Let somebody tell the session something, then wait."""
        self.act(Say(do, detail), then)

    def act(self, action: Action, then: float = 0.0) -> None:
        """Let something happen, then wait."""
        self.actions.append((round(self.t, 6), action))
        self.t += then

    def script(self, name: str) -> Script:
        """Return what was written; it ends now."""
        return Script(name, round(self.t, 6), tuple(self.actions))


def _time(item: tuple[float, Action]) -> float:
    return item[0]
