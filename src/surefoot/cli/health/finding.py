"""One thing that was looked at, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

State = Literal["ok", "look", "missing"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing.

    Attributes
    ----------
    name : str
        What was looked at.
    state : {"ok", "look", "missing"}
        Whether it is as it should be, should be looked at, or is not there.
    found : str
        Why.
    todo : str
        What to do; empty if nothing.
    needed : bool
        Whether nothing works without it. An adapter, a screen or sound is not.
    """

    name: str
    state: State
    found: str
    todo: str = ""
    needed: bool = False

    @property
    def stops(self) -> bool:
        """Whether Surefoot cannot work like this."""
        return self.needed and self.state == "missing"


Check = tuple[str, "Callable[[], Iterable[Finding]]"]


def look(checks: Iterable[Check]) -> list[Finding]:
    """Return the findings of all checks; one that fails is a finding itself."""
    found: list[Finding] = []
    for name, check in checks:
        try:
            found += list(check())
        except Exception as error:  # noqa: BLE001 a doctor does not fall ill
            said = " ".join(str(error).split()) or type(error).__name__
            why = f"could not be looked at: {said}"
            found.append(Finding(name, "look", why, "report this line"))
    return found
