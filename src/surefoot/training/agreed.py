"""What holds for one person in one sitting, told before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was told or agreed before.

    Attributes
    ----------
    rest_pain : int or None
        Today's pain at rest, when it was asked before: then it is not asked again.
    enabled : bool
        Whether the therapist enabled closed eyes on a board that tilts, or more than
        the whole way, for this person.
    gentle : bool
        Whether today is for comfortable flexibility only.
    sets : int or None
        How many sets in all; None for what the drill says.
    step : tuple of (str, str)
        The step of the programme: axes and values that go before those of the drill.
    pictures : tuple of bool
        Which sets have a live picture; empty for what the drill says.
    way : float or None
        How far a stretch goes without pain [rad]; None where it was not measured.
    """

    rest_pain: int | None = None
    enabled: bool = False
    gentle: bool = False
    sets: int | None = None
    step: tuple[tuple[str, str], ...] = ()
    pictures: tuple[bool, ...] = ()
    way: float | None = None

    def told(self) -> dict[str, Any]:
        """Return what differs from the default, for the recording."""
        usual = Agreed()
        names = ("rest_pain", "enabled", "gentle", "sets")
        told = {
            name: getattr(self, name)
            for name in names
            if getattr(self, name) != getattr(usual, name)
        }
        if self.step:
            told["step"] = dict(self.step)
        if self.way is not None:
            told["way"] = self.way
        if self.pictures:
            told["pictures"] = list(self.pictures)
        return told


def agreed_of(told: Mapping[str, Any]) -> Agreed:
    """Return what `Agreed.told` told; what is not usable is passed over."""
    rest, sets = told.get("rest_pain"), told.get("sets")
    step, pictures, way = (told.get(k) for k in ("step", "pictures", "way"))
    steps = cast("dict[object, object]", step) if isinstance(step, dict) else {}
    shown = cast("list[object]", pictures) if isinstance(pictures, list) else []
    return Agreed(
        rest_pain=rest if isinstance(rest, int) and 0 <= rest <= 10 else None,
        enabled=told.get("enabled") is True,
        gentle=told.get("gentle") is True,
        sets=sets if isinstance(sets, int) and sets > 0 else None,
        step=tuple((str(axis), str(value)) for axis, value in steps.items()),
        pictures=tuple(picture is True for picture in shown),
        way=float(way) if isinstance(way, float) and 0 < way < 4 else None,
    )
