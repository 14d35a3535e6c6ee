"""What a virtual person stands on and wears."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scene:
    """What the world has in it.

    Attributes
    ----------
    signal : str
        As of a drill: ``"tilt"`` stands on a board that tilts, ``"cop"`` on one that
        measures weight, anything else moves sensors that are worn.
    axis : {"ml", "ap", "both"}
        The axis a board rocks about.
    """

    signal: str = "tilt"
    axis: str = "ml"

    @property
    def rocks(self) -> bool:
        """Whether there is a board that tilts."""
        return self.signal == "tilt"

    @property
    def plate(self) -> bool:
        """Whether there is a board that measures weight."""
        return self.signal == "cop"

    @property
    def worn(self) -> bool:
        """Whether the drill is about a sensor that is worn."""
        return not self.rocks and not self.plate
