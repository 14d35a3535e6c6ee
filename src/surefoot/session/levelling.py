"""Finding level: the empty board at rest on each edge, named in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.analysis import board_rotation
from surefoot.core import CalibrationError
from surefoot.stream import Rest, RestWindow, RockAxis

if TYPE_CHECKING:
    from surefoot.analysis import BoardFit
    from surefoot.core import Block
    from surefoot.training import Drill


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why no rest was found, and when that was known [s]."""

    t: float
    why: str


class Levelling:
    """Captures two rests and what lies between them, and fits the board's frame.

    An empty rocker rests tilted and a principal axis has no sign. So level is the
    midpoint of the two rests, their order fixes the signs, and the turn between them
    gives the axis.

    Parameters
    ----------
    drill : Drill
        Names the edges and the axis.
    """

    def __init__(self, drill: Drill) -> None:
        self._drill = drill
        self._window: RestWindow | None = None
        self._first: Rest | None = None
        self._rock: RockAxis | None = None

    @property
    def capturing(self) -> bool:
        """Whether a rest is being waited for."""
        return self._window is not None

    def restart(self) -> None:
        """Forget what was found."""
        self._window = None
        self._first = None
        self._rock = None

    def capture(self, t: float) -> None:
        """Wait for the board to be at rest, from now on."""
        self._window = RestWindow(t)

    def feed(self, block: Block) -> tuple[int, Rest | Refusal | None]:
        """Take raw samples until something is decided.

        Returns
        -------
        tuple
            How many samples were used (none, when the first one is past the rest), and
            the rest, or why there was none, or None for not yet.
        """
        window = self._window
        if window is None:
            self._note_turn(block)
            return len(block), None
        found = window.feed(block) or self._given_up(window)
        if found is None:
            self._note_turn(block)
            return len(block), None
        self._window = None
        known = found.t1 if isinstance(found, Rest) else found.t
        used = int(block.t.searchsorted(known))
        self._note_turn(block[:used])
        return used, found

    def expire(self, t: float) -> Refusal | None:
        """Give up waiting when no samples come to tell the time."""
        if self._window is None or not self._window.expire(t):
            return None
        refusal = self._given_up(self._window)
        self._window = None
        return refusal

    def fit(self, second: Rest) -> BoardFit:
        """Return the board's frame from the two rests.

        Raises
        ------
        CalibrationError
            If the two rests or the turn between them do not fit a rocker.
        """
        if self._first is None:
            msg = "levelling: expected the first edge before the second: start again"
            raise CalibrationError(msg)
        moment = self._rock.moment(self._first.gyr) if self._rock else None
        self._rock = None
        return board_rotation(
            self._first.acc, second.acc, self._drill.axis, gyr_moment=moment
        )

    def keep(self, first: Rest) -> None:
        """Keep the rest on the first edge and watch the turn that follows."""
        self._first = first
        self._rock = RockAxis(first.t1)

    def _given_up(self, window: RestWindow) -> Refusal | None:
        if not window.refusal:
            return None
        why = f"not at rest: {window.refusal}. Let go of the board and try again"
        return Refusal(window.start + window.limit, why)

    def _note_turn(self, block: Block) -> None:
        if self._rock is not None:
            self._rock.feed(block)
