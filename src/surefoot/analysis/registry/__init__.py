"""The registry of measures: a card for each, and why one cannot be given."""

from surefoot.analysis.registry._card import (
    LACKS,
    Better,
    Card,
    Group,
    Need,
    Stage,
    Supply,
    refusal,
)
from surefoot.analysis.registry._catalogue import CARDS, CHAPTERS, card
from surefoot.analysis.registry._family import Chapter, Family

__all__ = [
    "CARDS",
    "CHAPTERS",
    "LACKS",
    "Better",
    "Card",
    "Chapter",
    "Family",
    "Group",
    "Need",
    "Stage",
    "Supply",
    "card",
    "refusal",
]
