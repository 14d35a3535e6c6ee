"""What `import surefoot` offers to scripts and notebooks; the names are its own."""

from surefoot.analysis.registry import Card
from surefoot.api._catalogue import card, cards, drills, samples, sway
from surefoot.api._loading import load, load_table
from surefoot.api._measures import Measures
from surefoot.api._session import Session, Trial
from surefoot.core import Block, Event, Marker, Measure, SurefootError
from surefoot.session.analyse import Options
from surefoot.training import Drill

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
