"""Where a trial stands, and what people may ask for meanwhile."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """The steps of a trial, in their usual order."""

    WAITING = "waiting"
    """For a sensor to stream."""
    LEVEL_FIRST = "level-first"
    """Nobody on board: rest it on its first edge (left, or front)."""
    LEVEL_SECOND = "level-second"
    """Rest it on the other edge (right, or back)."""
    DIRECTION = "direction"
    """Tip it to the first edge: did the dot go there?"""
    SUPPORT = "support"
    """Is something to hold within reach?"""
    READY = "ready"
    COUNTDOWN = "countdown"
    RUN = "run"
    HELD_ON = "held-on"
    """Did you hold on?"""
    RESULT = "result"
    """Shown until the next start."""


COMMANDS: dict[str, tuple[str, ...]] = {
    "level": ("edge",),  # "left" "right" "front" "back": capture this rest now
    "direction": ("yes",),  # did the dot go to the side that was tipped?
    "support": ("yes",),  # is support in reach?
    "start": (),
    "stop": ("why",),  # "key" "clicker" "stepped-off" "pain"
    "held-on": ("yes",),
    "again": (),  # from the result back to "ready"
    "relevel": (),
    "zone": ("degrees",),
    "marker": ("label", "detail"),
}
"""What a person may ask a session to do (``do``), with the names of the arguments."""
