"""The sensors beside the board's own: force boards and the trunk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.analysis.orientation import ACC
from surefoot.session.plate import COP, Plate
from surefoot.session.trunk import Trunk
from surefoot.stream.pressure import cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.core import Block, Measure, StreamInfo
    from surefoot.session.setup import Setup

LIVE = 2
"""Sessions from this one on measure the sway of force boards and the trunk live."""


class Others:
    """Keeps the parts of all roles but the moving board's, and what they measure live.

    Parameters
    ----------
    setup : Setup
        What the session is set up with.
    sink : callable
        Gets every stream a chart or an analysis can use.
    """

    def __init__(self, setup: Setup, sink: Callable[[Block], None]) -> None:
        self.live = setup.live >= LIVE
        """Whether anything is measured live."""
        self._setup = setup
        self._sink = sink
        self._plates: dict[str, Plate] = {}
        self._trunk: Trunk | None = None
        self._told: list[Measure] = []

    def open(self, role: str, info: StreamInfo) -> bool:
        """Take a role if it is one of these; return whether it is."""
        sensor = self._setup.sensors[role]
        if cells(info) or COP in info.channels:
            self._plates[role] = Plate(sensor, self._sink)
        elif role == "trunk" and ACC[0] in info.channels:
            drilled = self._setup.drill is not None
            self._trunk = Trunk(sensor, info, self._sink, drilled=drilled)
        else:
            return False
        return True

    def feed(self, role: str, raw: Block) -> None:
        """Take raw samples; a role that is not here is left alone."""
        part = self._trunk if role == "trunk" else self._plates.get(role)
        part = part or self._plates.get(role)
        if part is not None:
            part.feed(raw, self._told if self.live else None)

    def drop(self, role: str) -> None:
        """Forget a part that failed."""
        if role == "trunk":
            self._trunk = None
        self._plates.pop(role, None)

    def begin(self, start: float) -> None:
        """Watch the trunk from ``start`` on."""
        if self._trunk is not None:
            self._trunk.begin(start)

    def measures(self, start: float, end: float) -> tuple[Measure, ...]:
        """Return the lean of the run that ended; nothing without a trunk."""
        return self._trunk.measures(start, end) if self._trunk else ()

    def taken(self) -> list[Measure]:
        """Return what was measured live since the last call.

        Call it at a cut, when everything that came was fed: what is here then, and its
        order, do not depend on how the samples were cut.
        """
        told, self._told[:] = sorted(self._told, key=lambda m: (m.t1, m.stream)), []
        return told
