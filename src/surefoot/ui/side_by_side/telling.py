"""What two runs have in common and what not, in the words of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.ui.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.analysis.comparison import Difference
    from surefoot.ui.side_by_side.compared import Compared


def told(found: Compared) -> str:
    """Return the measure of both and what lies between them, or why it is not said."""
    if found.missing:
        why = ", ".join(map(say, found.missing))
        return say("Not compared: {why}", why=why)
    both = say(
        "{title}: {first} left, {second} right",
        title=found.title,
        first=found.first,
        second=found.second,
    )
    if found.forbids:
        why = _listed(found.forbids)
        return f"{both}. {say('Not compared: {why}', why=why)}"
    return f"{both}. {say('Difference: {size}', size=found.difference)}"


def besides(found: Compared) -> str:
    """Return what must be known beside a difference."""
    if found.missing or found.forbids:
        return ""
    parts = [say("One run of each: that alone says nothing about progress.")]
    unlike = [one for one in found.besides if one.second]
    if unlike:
        parts.append(say("They also differ: {what}.", what=_listed(unlike)))
    untold = [n for one in found.besides if not one.second for n in _names(one)]
    if untold:
        parts.append(say("Not told of either: {what}.", what=", ".join(untold)))
    return " ".join(parts)


def _listed(differences: Iterable[Difference]) -> str:
    return "; ".join(map(_one, differences))


def _one(difference: Difference) -> str:
    if not difference.second:
        return ", ".join(_names(difference))
    return say(
        "{what}: {first} against {second}",
        what=difference.what,
        first=difference.first,
        second=difference.second,
    )


def _names(difference: Difference) -> list[str]:
    return [say(name) for name in difference.first.split(", ")]
