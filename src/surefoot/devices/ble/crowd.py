"""How many sensors one adapter carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from surefoot.devices.profile import Profile

CROWDED = 4
"""More sensors than this on one adapter are warned of (our default)."""


def crowding(profiles: Collection[Profile]) -> str:
    """Return a warning if these are too many sensors for one adapter, or nothing.

    Adapters built into computers are known to drop links with more than three or four
    sensors; how many a certain one carries only a trial shows.

    Parameters
    ----------
    profiles : collection of Profile
        One for each sensor.
    """
    count = len(profiles)
    for profile in profiles:
        most = profile.link.max_devices
        same = sum(other.id == profile.id for other in profiles)
        if 0 < most < same:
            return (
                f"{same} sensors {profile.name}: its maker says {most} at most: "
                "use fewer, or a second adapter (--adapter)"
            )
    if count > CROWDED:
        return (
            f"{count} sensors on one adapter: links may break above {CROWDED}: "
            "use fewer, or a second adapter (--adapter)"
        )
    return ""
