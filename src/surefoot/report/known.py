"""What an archive knows that a report compares with: earlier values, own retests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surefoot.archive import decided, history
from surefoot.report.change import ones_found, ones_kept
from surefoot.report.known_error import RETEST, Retest, retest_of
from surefoot.report.session import Past

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.archive import Archive
    from surefoot.session.analysing import Examined


def retests(archive: Archive) -> list[Retest]:
    """Return all own retests that were kept; the newest of a person and measure."""
    kept: dict[tuple[str, str, str], Retest] = {}
    for one in decided(archive, RETEST):
        found = retest_of(one.person, one.decision)
        if found is not None:
            finding = found.finding
            key = (one.person, finding.measure, finding.circumstances.drill)
            kept[key] = found
    return list(kept.values())


def past_of(archive: Archive, examined: Examined) -> Past:
    """Return what the archive knows of a person's drill before a session.

    Nobody's recording has no past.
    """
    people = _codes(archive)
    if examined.person not in people:
        return Past({}, retests(archive))
    number = str(examined.found["id"] or "")
    started = str(examined.header.session.get("started") or "")
    drill = examined.drill.name if examined.drill is not None else ""
    earlier = [
        value
        for value in history(archive, examined.person)
        if value.drill == drill
        and value.point.session != number
        and value.point.started is not None
        and value.point.started.isoformat() < started
    ]
    ones = {name: told for (_, name), told in ones_kept(earlier).items()}
    return Past(ones, retests(archive))


def past_found(found: Mapping[str, Any], day: str) -> Past:
    """Return one earlier recording as a past."""
    return Past({name: [one] for name, one in ones_found(found, day).items()})


def _codes(archive: Archive) -> set[str]:
    from surefoot.archive import people

    return {one.code for one in people(archive)}
