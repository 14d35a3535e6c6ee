"""The commands. Each imports what it needs when it runs, so that help is instant."""

from surefoot.cli.entry import main, surefoot

__all__ = ["main", "surefoot"]
