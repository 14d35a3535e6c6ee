"""What ships: samples, drills, the cards of the measures; and sway of plain arrays."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from surefoot.analysis.registry import CARDS
from surefoot.analysis.registry import card as card_of
from surefoot.analysis.sway import core_set
from surefoot.core import SignalError
from surefoot.resources import folder
from surefoot.session import load_drill

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import ArrayLike

    from surefoot.analysis.registry import Card
    from surefoot.training import Drill


def samples() -> dict[str, Path]:
    """Return the recordings that ship, by name; all are of virtual people."""
    return {path.stem: path for path in sorted(folder("recordings").glob("*.mcap"))}


def drills() -> dict[str, Drill]:
    """Return the drills that ship, by name, in the order of the alphabet."""
    shelf = files("surefoot.training") / "catalogue"
    names = sorted(p.name for p in shelf.iterdir() if p.name.endswith(".toml"))
    return {
        name.removesuffix(".toml"): load_drill(name.removesuffix(".toml"))
        for name in names
    }


def cards() -> dict[str, Card]:
    """Return the card of every measure by name: formula, unit, needs, bias, source."""
    return dict(CARDS)


def card(name: str) -> Card:
    """Return the card of one measure.

    Raises
    ------
    SurefootError
        If there is no measure of that name; it names those like it.
    """
    return card_of(name)


def sway(cop: ArrayLike, rate: float, t: ArrayLike | None = None) -> dict[str, float]:
    """Return the core measures of a centre of pressure that is in memory already.

    Parameters
    ----------
    cop : array_like, shape (n, 2)
        Side to side (right positive) and front to back (forward positive) [m]. Nothing
        is filtered here, no start is cut off and no quality is judged: `load_table`
        and `Session.measures` do that.
    rate : float
        Samples a second [Hz], more than 0.
    t : array_like, shape (n,), optional
        Sample times where they are not even [s]; what needs even ones is NaN then.

    Returns
    -------
    dict of str to float
        By the names of the cards, in their units; what is not defined is NaN.

    Raises
    ------
    SurefootError
        If the shapes are others, or a sample is not finite.
    """
    pairs = np.asarray(cop, dtype=np.float64)
    if pairs.ndim != 2 or pairs.shape[1] != 2:
        msg = f"sway: expected an array of shape (n, 2), got {pairs.shape}"
        raise SignalError(msg + ": columns are ML and AP in metres")
    if not np.isfinite(pairs).all():
        msg = "sway: expected finite samples, got NaN or infinity: cut or fill the gap"
        raise SignalError(msg)
    if not (np.isfinite(rate) and rate > 0):
        msg = f"sway: expected a rate above 0 Hz, got {rate!r}: samples a second"
        raise SignalError(msg)
    if t is None:
        return core_set(pairs, rate)
    times = np.asarray(t, dtype=np.float64)
    if times.shape != (len(pairs),) or not (np.diff(times) > 0).all():
        msg = (
            f"sway: expected {len(pairs)} times, each later than the one before, got "
            f"an array of shape {times.shape}: look at t"
        )
        raise SignalError(msg)
    return core_set(pairs, rate, times)
