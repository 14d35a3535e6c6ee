"""Collects what an analysis gives, and why it does not give the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from surefoot.analysis.registry import CARDS, Supply, refusal
from surefoot.core import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surefoot.analysis.pipeline import Pipeline
    from surefoot.analysis.registry import Card, Need

_ORDER = {name: place for place, name in enumerate(CARDS)}
UNDEFINED = "not defined for these samples: see its card, surefoot measures show NAME"


@dataclass(frozen=True, slots=True)
class Part:
    """Where a set of values is from.

    Attributes
    ----------
    start, end : float
        The interval [s].
    pipeline : Pipeline
        What was done to the samples of it.
    supply : Supply
        What they are good for.
    flags : tuple of str
        Said beside every value.
    run : str
        Put before a reason where there are several: ``"run at 34 s: "``.
    gap : str
        Where samples are missing, when they are not evenly spaced.
    """

    start: float
    end: float
    pipeline: Pipeline
    supply: Supply
    flags: tuple[str, ...] = ()
    run: str = ""
    gap: str = ""

    def refusal(self, card: Card) -> str | None:
        """Return why a measure cannot be given of these samples."""
        why = refusal(card, self.supply)
        if why and self.gap and card.uniform:
            even = replace(self.supply, uniform=True)
            why = refusal(card, even) or f"needs evenly spaced samples: {self.gap}"
        return why


class Findings:
    """What was found so far.

    Parameters
    ----------
    primary : str
        The measure the drill declares; it is told first.
    """

    def __init__(self, primary: str = "") -> None:
        self.primary = primary
        self._measures: list[Measure] = []
        self._refused: dict[tuple[str, str], None] = {}
        self._pipelines: dict[Pipeline, dict[str, None]] = {}
        self._intervals: dict[Pipeline, dict[tuple[float, float], None]] = {}

    def give(
        self,
        values: Mapping[str, float],
        part: Part,
        undefined: Mapping[str, str] | None = None,
    ) -> None:
        """Take values of one part; what its samples are not good for is refused.

        Parameters
        ----------
        values : mapping of str to float
            By the names of the registry; NaN where one is not defined.
        part : Part
            Where they are from.
        undefined : mapping of str to str, optional
            Why one is not, where there is more to say than that.
        """
        for name, value in values.items():
            card = CARDS[name]
            why = part.refusal(card)
            if why is None and math.isnan(value):
                why = (undefined or {}).get(name) or UNDEFINED
            if why is not None:
                self.refuse(name, part.run + why)
            else:
                self._add(card, value, part)

    def take(self, measures: Iterable[Measure], part: Part) -> None:
        """Take measures that carry flags of their own."""
        for measure in measures:
            flags = tuple(f for f in measure.flags if f not in part.flags)
            own = replace(part, flags=(*flags, *part.flags))
            self.give({measure.name: measure.value}, own)

    def refuse(self, names: str | Iterable[str], why: str) -> None:
        """Say why measures are not given, once each."""
        for name in (names,) if isinstance(names, str) else names:
            self._refused.setdefault((name, why))

    def everything(self, why: str) -> None:
        """Say why nothing is given."""
        self.refuse(CARDS, why)

    def refuse_group(self, groups: Iterable[str], why: str) -> None:
        """Say why no measure of these groups is given."""
        wanted = frozenset(groups)
        self.refuse((c.name for c in CARDS.values() if c.group in wanted), why)

    def rest(self, needs: Iterable[Need]) -> None:
        """Refuse every measure that nothing was said of, by what the recording has."""
        supply = Supply(frozenset(needs), math.inf, math.inf)
        told = {m.name for m in self._measures} | {name for name, _ in self._refused}
        for name, card in CARDS.items():
            if name not in told:
                why = refusal(card, supply) or "this recording is not of that kind"
                self.refuse(name, why)

    @property
    def measures(self) -> list[Measure]:
        """What is given: run after run, the primary measure first in each."""
        return sorted(self._measures, key=self._place)

    def refused(self) -> list[dict[str, str]]:
        """Return what is not given and why, in the order of the registry."""
        pairs = sorted(self._refused, key=lambda pair: _ORDER.get(pair[0], -1))
        return [{"name": name, "reason": why} for name, why in pairs]

    def pipelines(self) -> list[dict[str, Any]]:
        """Return every pipeline, the measures that passed it, and their intervals."""
        return [
            {
                **pipeline.as_json(),
                "measures": list(names),
                "intervals": [list(one) for one in self._intervals[pipeline]],
            }
            for pipeline, names in self._pipelines.items()
        ]

    def story(self) -> list[str]:
        """Return the same as one clause each."""
        return list(dict.fromkeys(map(str, self._pipelines)))

    def _add(self, card: Card, value: float, part: Part) -> None:
        self._pipelines.setdefault(part.pipeline, {}).setdefault(card.name)
        held = self._intervals.setdefault(part.pipeline, {})
        held.setdefault((part.start, part.end))
        where = (part.start, part.end, part.pipeline.stream, part.flags)
        self._measures.append(Measure(card.name, float(value), card.unit, *where))

    def _place(self, measure: Measure) -> tuple[float, bool, int, str]:
        first = measure.name != self.primary
        return measure.t0, first, _ORDER[measure.name], measure.stream
