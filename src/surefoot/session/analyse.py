"""The final values of a recording, computed again with all of it known."""

from surefoot.session.analysing import Options, analyse, identity

__all__ = ["Options", "analyse", "identity"]
