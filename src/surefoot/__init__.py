"""Balance training with movement sensors: live feedback and exact recordings.

For scripts and notebooks: `load` opens a recording, `load_table` a table of a force
plate or a sensor; both give a `Session` with its samples, events and measures.
``docs/python-api.md`` tells it all. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from importlib import import_module

__version__ = "0.1.0"

# the names stand in __init__.pyi for type checkers, who do not see what is lazy
_OFFERED = (
    "Block",
    "Card",
    "Drill",
    "Event",
    "Marker",
    "Measure",
    "Measures",
    "Options",
    "Session",
    "SurefootError",
    "Trial",
    "card",
    "cards",
    "drills",
    "load",
    "load_table",
    "samples",
    "sway",
)


def __getattr__(name: str) -> object:
    if name == "__all__":
        return list(_OFFERED)
    if name in _OFFERED:
        return getattr(import_module("surefoot.api"), name)
    msg = f"module 'surefoot' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted({*globals(), *_OFFERED})
