"""All cards, by name."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from surefoot.analysis.registry import (
    _board,
    _body,
    _cop_dynamics,
    _cop_motion,
    _cop_place,
    _cop_spectrum,
    _drills,
    _movement,
    _rest,
    _stays,
    _trials,
    _trunk,
)
from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.analysis.registry._card import Card
    from surefoot.analysis.registry._family import Chapter

CHAPTERS: tuple[Chapter, ...] = (
    _board.TILT,
    _stays.STAYS,
    _stays.SIDES,
    _cop_place.DISTANCES,
    _cop_place.AREAS,
    _cop_motion.MOTION,
    _cop_motion.SHAPE,
    _cop_motion.TURNS,
    _cop_spectrum.POWERS,
    _cop_spectrum.FREQUENCIES,
    _cop_spectrum.TIMES,
    _cop_dynamics.SWAY_ANGLES,
    _cop_dynamics.DIFFUSION,
    _cop_dynamics.SCALING,
    _cop_dynamics.DENSITY,
    _cop_dynamics.TIMES_TO_BOUNDARY,
    _board.LOAD,
    _board.LIMITS,
    _board.SHIFTS,
    _drills.REACHED,
    _stays.FOLLOWING,
    _trunk.LEAN,
    _trunk.ACCELERATION,
    _trunk.SPECTRUM,
    _movement.SMOOTHNESS,
    _movement.REPETITIONS,
    _movement.SETS,
    _drills.ASKED,
    _rest.STABILISATION,
    _drills.STEP_DOWN,
    _body.REPOSITION,
    _body.BALL,
    _body.HIP,
    _body.WALKING,
    _body.STRETCH,
    _drills.CALM,
    _drills.STANCE,
    _trials.TRIALS,
)
"""All chapters, in the order in which measures are printed."""

CARDS: Mapping[str, Card] = MappingProxyType(
    {
        card.name: card
        for chapter in CHAPTERS
        for card in chain.from_iterable(chapter.measures)
    }
)
"""Every measure by its name, in the order in which they are printed; read-only."""


def card(name: str) -> Card:
    """Return the card of a measure.

    Parameters
    ----------
    name : str
        As printed by ``analyze``.

    Returns
    -------
    Card
        The one of this name.

    Raises
    ------
    SignalError
        If there is none; names that look like it are said.
    """
    found = CARDS.get(name)
    if found is None:
        near = get_close_matches(name, CARDS, n=3)
        hint = f"did you mean {', '.join(near)}" if near else "see measures list"
        msg = f"measure: expected a name of the registry, got {name!r}: {hint}"
        raise SignalError(msg)
    return found
