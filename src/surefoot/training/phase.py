"""Where a trial stands, and what people may ask for meanwhile."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """The steps of a sitting, in their usual order."""

    WAITING = "waiting"
    """For a sensor to stream."""
    PAIN_BEFORE = "pain-before"
    """How much does it hurt now: at rest, then in an easy movement?"""
    LEVEL_FIRST = "level-first"
    """Nobody on board: rest it on its first edge (left, or front)."""
    LEVEL_SECOND = "level-second"
    """Rest it on the other edge (right, or back)."""
    DIRECTION = "direction"
    """Tip it to the first edge: did the dot go there?"""
    STILL = "still"
    """Be still, as the drill begins."""
    BOW = "bow"
    """Lean forward a little and come back: that tells where the front is."""
    SUPPORT = "support"
    """Is what is needed for safety in place? One question after the other."""
    READY = "ready"
    COUNTDOWN = "countdown"
    RUN = "run"
    HELD_ON = "held-on"
    """Did you hold on?"""
    ENTER = "enter"
    """How many did you do? Of drills without a sensor."""
    RESULT = "result"
    """What the set came to."""
    REST = "rest"
    """Until the next set."""
    PAIN_AFTER = "pain-after"
    """What was felt in it?"""
    EFFORT = "effort"
    """How hard was it, 1 to 5?"""
    DONE = "done"
    """All sets are done, or no more will be."""


COMMANDS: dict[str, tuple[str, ...]] = {
    "level": ("edge",),  # "left" "right" "front" "back" "still" "bow": capture it now
    "direction": ("yes",),  # did the dot go to the side that was tipped?
    "support": ("yes",),  # is what the screen asks for in place?
    "start": ("seed",),  # everything random of a set comes from this number
    "stop": ("why",),  # "key" "clicker" "stepped-off" "pain"
    "held-on": ("yes",),
    "again": (),  # from the result or a rest to the next set; from the end anew
    "skip": (),  # leave out the set that is next
    "relevel": (),
    "zone": ("degrees",),
    "marker": ("label", "detail"),
    "pain": ("value", "sharp", "stretch", "leg", "painkillers"),  # value 0 to 10
    "effort": ("value",),  # 1 to 5
    "done": ("value",),  # how many, of a drill without a sensor
    "count": ("what", "detail"),  # "step" "misstep" "error" "there" "learned"
    "invalid": ("why",),  # "stepped" "grabbed" "opened-eyes" "moved": a test only
    "enable": ("note",),  # the therapist agrees to what is not usual
    "resistance": ("text",),  # what was used: "green band", "1 kg"
}
"""What a person may ask a session to do (``do``), with the names of the arguments."""
