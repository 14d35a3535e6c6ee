"""Whether two values of one measure may be compared, and if not, why not."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.analysis.pipeline import TOLD
from surefoot.analysis.registry import CARDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.analysis.pipeline import Circumstances, Pipeline

DURATION_MAX = 0.05
"""Lengths that differ by more than this share are not compared. Our default."""
RATE_MAX = 0.05
"""Rates that differ by more than this share are not compared. Our default."""
SAME = 0.01
"""Lengths and rates that differ by less than this share are taken for equal."""

_UNSEEN = "not known"
_DECISIVE = ("algorithm", "stream", "filter", "orientation", "level", "sampling")
_CIRCUMSTANCES = {
    # may it be compared when this differs?
    "drill": False,
    "board": False,
    "stance": False,
    "support": False,
    "vision": False,
    "surface": False,
    "feedback": False,
    "footwear": True,
}
_OF_THE_ZONE = frozenset(
    {"time_in_zone", "zone_exits", "zone_first_stay", "zone_longest_stay"}
)
_OF_A_MOVEMENT = frozenset(
    name for name, card in CARDS.items() if card.group in {"repetitions", "smoothness"}
)
"""How long a movement took is a result, not a circumstance."""
_ZONE_SAME = math.radians(0.05)
_UNTOUCHED = frozenset({"none", "rail-near"})
"""Nothing was held on to in either; how near a rail is may still tell on a person."""
_IMMATERIAL = {
    "composite": frozenset({"vision", "surface"}),  # they are what it compares
    "flexibility": frozenset({"board", "surface", "vision", "footwear", "feedback"}),
    "proprioception": frozenset({"footwear"}),
    "repetitions": frozenset({"vision", "footwear"}),
    "smoothness": frozenset({"vision", "footwear"}),
    "walking": frozenset({"board"}),
}
"""What need not be told for the measures of a group. Our choice."""
_NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one value is a value of.

    Attributes
    ----------
    measure, unit : str
        Its name in the registry, and its unit.
    pipeline : Pipeline
        What was done to the samples.
    circumstances : Circumstances
        What the person stood on, and how.
    """

    measure: str
    unit: str
    pipeline: Pipeline
    circumstances: Circumstances


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing in which two values differ.

    Attributes
    ----------
    what : str
        The name of it: ``"filter"``, ``"vision"``, ``"numpy"``.
    first, second : str
        What it was for either; what nobody told of both is ``"not told"``, with the
        names of it first and nothing second.
    forbids : bool
        True: a change between the two says nothing about the person. False: it may be
        shown, with this beside it.
    """

    what: str
    first: str
    second: str
    forbids: bool

    def __str__(self) -> str:
        against = f" against {self.second}" if self.second else ""
        return f"{self.what}: {self.first}{against}"


def comparable(a: Finding, b: Finding) -> tuple[Difference, ...]:
    """Return in what two values differ, apart from themselves.

    Parameters
    ----------
    a, b : Finding
        What the two values are values of.

    Returns
    -------
    tuple of Difference
        Empty: they may be compared. Any with ``forbids``: they may not. Refused is
        another measure, unit, algorithm, stream, filter, orientation, level or
        sampling; a length or rate more than 5 % apart; another drill, board, stance,
        support, vision, surface or feedback; another zone for what is measured by the
        zone. Flagged is a length or rate 1 to 5 % apart, any other length of a movement
        that somebody made (repetitions, smoothness), another kind of sensor, other
        versions, footwear, another zone, a rail that is near against none, and whatever
        is known of one of the two only. What nobody told of either may differ all the
        same: that is one flag, ``"not told"``, with the names of what matters for the
        measure.

        The limits are our defaults.
    """
    return (
        *_plain("measure", a.measure, b.measure),
        *_plain("unit", a.unit, b.unit),
        *_of_pipeline(a, b),
        *_of_circumstances(a, b),
    )


def _of_pipeline(first: Finding, second: Finding) -> Iterator[Difference]:
    a, b = first.pipeline, second.pipeline
    longest = math.inf if first.measure in _OF_A_MOVEMENT else DURATION_MAX
    for what in _DECISIVE:
        yield from _plain(what, getattr(a, what), getattr(b, what))
    yield from _plain("sensor", a.sensor, b.sensor, forbids=False)
    yield from _near("rate", "Hz", (a.rate, b.rate), RATE_MAX)
    yield from _near("duration", "s", (a.duration, b.duration), longest)
    one, other = dict(a.libraries), dict(b.libraries)
    for name in sorted(one.keys() | other.keys()):
        versions = one.get(name, ""), other.get(name, "")
        yield from _plain(name, *versions, forbids=False)


def _of_circumstances(a: Finding, b: Finding) -> Iterator[Difference]:
    one, other = a.circumstances, b.circumstances
    for what, allowed in _CIRCUMSTANCES.items():
        first, second = getattr(one, what), getattr(other, what)
        near = what == "support" and {first, second} <= _UNTOUCHED
        known = bool(first and second)
        yield from _plain(what, first, second, forbids=known and not (allowed or near))
    yield from _zone(a.measure, one.zone, other.zone)
    missing = _not_told(a.measure, one, other)
    if missing:
        yield Difference(_NOT_TOLD, ", ".join(missing), "", forbids=False)


def _not_told(measure: str, one: Circumstances, other: Circumstances) -> list[str]:
    """Return what matters for a measure and is known of neither."""
    group = CARDS[measure].group if measure in CARDS else ""
    needless = _IMMATERIAL.get(group, frozenset[str]())
    known = one.told().keys() | other.told().keys() | needless
    zone = measure in _OF_THE_ZONE and one.zone is None and other.zone is None
    return [*(what for what in TOLD if what not in known), *(["zone"] if zone else [])]


def _zone(
    measure: str, first: float | None, second: float | None
) -> Iterator[Difference]:
    if first is None and second is None:
        return
    if first is None or second is None:
        told = tuple(_UNSEEN if z is None else _degrees(z) for z in (first, second))
        yield Difference("zone", *told, forbids=measure in _OF_THE_ZONE)
    elif abs(first - second) > _ZONE_SAME:
        forbids = measure in _OF_THE_ZONE
        yield Difference("zone", _degrees(first), _degrees(second), forbids)


def _plain(
    what: str, first: str, second: str, *, forbids: bool = True
) -> Iterator[Difference]:
    if first != second:
        yield Difference(what, first or _UNSEEN, second or _UNSEEN, forbids)


def _near(
    what: str, unit: str, values: tuple[float, float], most: float
) -> Iterator[Difference]:
    first, second = values
    apart = abs(first - second) / max(abs(first), abs(second), 1e-12)
    if not apart <= SAME:  # NaN is never near
        told = (f"{first:.4g} {unit}", f"{second:.4g} {unit}")
        yield Difference(what, *told, forbids=not apart <= most)


def _degrees(zone: float) -> str:
    return f"{math.degrees(zone):.3g} degrees"
