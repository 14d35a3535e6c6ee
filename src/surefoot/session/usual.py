"""Which virtual sensors a drill gets unless others are asked for."""

from __future__ import annotations

FORCE = "surefoot-board"
"""A board that weighs."""
WORN = "movesense"
BOARD = "surefoot-sketch"


def usual_sensors(roles: tuple[str, ...], signal: str) -> dict[str, str]:
    """Return virtual sensors, profiles by role; the first role moves the dot."""
    first = {"tilt": BOARD, "cop": FORCE}.get(signal, WORN)
    return {role: first if i == 0 else WORN for i, role in enumerate(roles)}
