"""Cards of one family: one text for a measure, however many axes it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.analysis.registry._card import Card

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.analysis.registry._card import Better, Group, Need, Stage

PLANE = ("",)
"""The measure has one value, of the plane or of the whole."""

ALONG = ("ml", "ap")
"""It has one value for each axis."""

BOTH = ("", "ml", "ap")
"""It has one value of the plane and one for each axis."""

_WORDS = {"": "", "ml": "side to side (ML)", "ap": "front to back (AP)"}
_SIGNS = {"": "r", "ml": "x", "ap": "y"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """What the measures of one family have in common.

    Attributes
    ----------
    group, needs, min_duration, min_rate, stage, uniform
        As in `Card`.
    bias : str
        Said after what biases each measure by itself; may be empty.
    not_said : str
        For measures that say nothing of their own.
    source : str
        For measures that name none of their own.
    reliability : str or None
        For measures that name none of their own.
    """

    group: Group
    needs: frozenset[Need]
    min_duration: float = 0.0
    min_rate: float = 0.0
    stage: Stage = "final"
    uniform: bool = False
    bias: str = ""
    not_said: str = ""
    source: str = ""
    reliability: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One measure of a family, along one or more axes.

    In a formula ``{x}`` stands for the sign of the axis, x for ML and y for AP.

    Attributes
    ----------
    name, symbol, title, unit, formula, says, better
        As in `Card`; of an axis, the axis is added to name, symbol and title.
    axes : tuple of str
        `PLANE`, `ALONG` or `BOTH`.
    along, formula_ap : str
        Formula of one axis where it is not that of the plane; of AP where it is not
        that of ML.
    bias, not_said, source, reliability
        Its own; see `Family`.
    more : frozenset of Need
        Needs beyond those of the family.
    min_duration, min_rate : float or None
        Its own; None: those of the family.
    uniform : bool
        Needs evenly spaced samples although the family does not.
    stage : {"final", "both"} or None
        Its own; None: that of the family.
    """

    name: str
    symbol: str
    title: str
    unit: str
    formula: str
    says: str
    better: Better = "neither"
    axes: tuple[str, ...] = PLANE
    along: str = ""
    formula_ap: str = ""
    bias: str = ""
    not_said: str = ""
    source: str = ""
    reliability: str | None = None
    more: frozenset[Need] = frozenset()
    min_duration: float | None = None
    min_rate: float | None = None
    uniform: bool = False
    stage: Stage | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """The cards of one family, or of a part of it.

    Attributes
    ----------
    title : str
        What they are about.
    family : Family
        What they have in common; part of each card.
    measures : tuple of tuple of Card
        One tuple a measure, one card an axis.
    """

    title: str
    family: Family
    measures: tuple[tuple[Card, ...], ...]


def chapter(title: str, family: Family, drafts: Iterable[Draft]) -> Chapter:
    """Return the cards of a family: for each draft, one card an axis."""
    measures = tuple(
        tuple(_card(family, draft, axis) for axis in draft.axes) for draft in drafts
    )
    return Chapter(title, family, measures)


def _card(family: Family, draft: Draft, axis: str) -> Card:
    sign = _SIGNS[axis]
    formula = draft.along if axis and draft.along else draft.formula
    formula = draft.formula_ap if axis == "ap" and draft.formula_ap else formula
    return Card(
        name=f"{draft.name}_{axis}" if axis else draft.name,
        symbol=f"{draft.symbol}_{axis.upper()}" if axis else draft.symbol,
        title=f"{draft.title}, {_WORDS[axis]}" if axis else draft.title,
        unit=draft.unit,
        group=family.group,
        needs=family.needs | draft.more,
        min_duration=_own(draft.min_duration, family.min_duration),
        min_rate=_own(draft.min_rate, family.min_rate),
        better=draft.better,
        stage=draft.stage or family.stage,
        formula=formula.replace("{x}", sign),
        says=draft.says,
        bias=" ".join(text for text in (draft.bias, family.bias) if text),
        not_said=draft.not_said or family.not_said,
        source=draft.source or family.source,
        reliability=draft.reliability or family.reliability,
        uniform=draft.uniform or family.uniform,
    )


def _own(own: float | None, common: float) -> float:
    return common if own is None else own
