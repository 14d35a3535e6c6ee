"""Final values: a recording decoded, measured and told, with all of it known."""

from surefoot.session.analysing._examined import Examined, Interval, Moved, examine
from surefoot.session.analysing._identity import identity
from surefoot.session.analysing._material import Options
from surefoot.session.analysing._told import analyse

__all__ = [
    "Examined",
    "Interval",
    "Moved",
    "Options",
    "analyse",
    "examine",
    "identity",
]
