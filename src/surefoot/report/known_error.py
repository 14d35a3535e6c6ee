"""How far a measure differs from itself: from a source, an own retest, or unknown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from surefoot.analysis.comparison import Finding, comparable
from surefoot.analysis.measurement_error import Repeatability, repeatability
from surefoot.analysis.pipeline import circumstances_of, pipeline_of
from surefoot.core import SignalError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

RETEST = "retest"
"""The kind under which the archive keeps an own retest."""


@dataclass(frozen=True, slots=True)
class KnownError:
    """The error of a measure.

    Attributes
    ----------
    sem : float or None
        Of one run, in the unit of the measure.
    interval : tuple of float, or None
        Of ``sem``, 95 %.
    mdc : float
        Smallest change between the two values at hand that is beyond error.
    source : str
        A text with places, and `places` fill them.
    places : mapping of str to object
        The numbers of the source: people, days, runs.
    """

    sem: float | None
    interval: tuple[float, float] | None
    mdc: float
    source: str
    places: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Retest:
    """Values of one person when nothing changed.

    Attributes
    ----------
    person : str
        A code.
    finding : Finding
        What they are values of.
    days : tuple of tuple of float
        For each day the value of each run, SI.
    dates : tuple of str
        Of the days.
    """

    person: str
    finding: Finding
    days: tuple[tuple[float, ...], ...]
    dates: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it as the archive keeps it; `retest_of` reads it back."""
        return {
            "measure": self.finding.measure,
            "unit": self.finding.unit,
            "pipeline": self.finding.pipeline.as_json(),
            "circumstances": self.finding.circumstances.as_json(),
            "days": [list(day) for day in self.days],
            "dates": list(self.dates),
            "source": "own",
        }


@dataclass(frozen=True, slots=True)
class Published:
    """A smallest detectable change from a source, and where it may be used."""

    measure: str
    mdc: float
    surface: str
    source: str


PUBLISHED = (
    Published(
        "edge_contacts",
        9.0,
        "wobble",
        "32 adults on an instrumented wobble board (Williams & Bentman 2014, "
        "doi:10.1016/j.ptsp.2013.08.003): other people and another board",
    ),
)
"""Few sources give a change in a unit and on a board that ours can be held against."""


def retest_of(person: str, told: Mapping[str, Any]) -> Retest | None:
    """Return a retest that the archive kept; None if it cannot be read."""
    try:
        finding = Finding(
            told["measure"],
            told["unit"],
            pipeline_of(told["pipeline"]),
            circumstances_of(told["circumstances"]),
        )
        days = tuple(tuple(map(float, day)) for day in told["days"])
        return Retest(person, finding, days, tuple(map(str, told["dates"])))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def error_of(
    finding: Finding,
    person: str,
    retests: Sequence[Retest],
    runs: tuple[int, int] = (1, 1),
) -> KnownError | None:
    """Return the error of a measure, or None where nobody knows it.

    Parameters
    ----------
    finding : Finding
        What the values are values of.
    person : str
        Whose; empty for nobody's.
    retests : sequence of Retest
        All own ones; only those made alike are used.
    runs : tuple of int
        Over how many runs the value now and the one before are means.

    Returns
    -------
    KnownError or None
        From a source that was made alike, where there is one; else the person's own
        retests; else those of all people here; else None.
    """
    return (
        _published(finding)
        or _own([one for one in retests if one.person == person], finding, runs)
        or _own(retests, finding, runs)
    )


def _published(finding: Finding) -> KnownError | None:
    for one in PUBLISHED:
        alike = one.surface == finding.circumstances.surface
        if one.measure == finding.measure and alike:
            return KnownError(None, None, one.mdc, one.source, {})
    return None


def _own(
    retests: Iterable[Retest], finding: Finding, runs: tuple[int, int]
) -> KnownError | None:
    alike = [one for one in retests if _alike(one.finding, finding)]
    try:
        found = repeatability([one.days for one in alike]) if alike else None
    except SignalError:
        return None
    if found is None or not found.sem() > 0:  # counts that never differ tell nothing
        return None
    return KnownError(
        found.sem(),
        found.interval(),
        found.mdc(*runs),
        "own retest: people {people}, days {days}, runs {runs}",
        places_of(found),
    )


def places_of(found: Repeatability) -> dict[str, object]:
    """Return how many people, days and runs an own error is from."""
    return {"people": found.people, "days": found.days, "runs": found.runs}


def _alike(a: Finding, b: Finding) -> bool:
    return not any(one.forbids for one in comparable(a, b)) and not math.isnan(
        a.pipeline.rate
    )
