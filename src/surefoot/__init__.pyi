"""What a type checker sees of the package: names that are imported when asked for."""

from surefoot.api import (
    Block,
    Card,
    Drill,
    Event,
    Marker,
    Measure,
    Measures,
    Options,
    Session,
    SurefootError,
    Trial,
    card,
    cards,
    drills,
    load,
    load_table,
    samples,
    sway,
)

__all__ = [
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
]
__version__: str
