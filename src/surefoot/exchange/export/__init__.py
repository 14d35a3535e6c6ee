"""Recordings for other programs: decoded samples, and files that say what they are."""

from surefoot.exchange.export.exporting import EXPORTS, export

__all__ = ["EXPORTS", "export"]
