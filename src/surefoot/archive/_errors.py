"""What goes wrong with an archive, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.core import SurefootError

if TYPE_CHECKING:
    from sqlalchemy.exc import SQLAlchemyError


class ArchiveError(SurefootError):
    """The archive or the store of identities cannot do what was asked."""


def trouble(where: str, error: SQLAlchemyError) -> ArchiveError:
    """Return what a database said, as one line."""
    told = str(getattr(error, "orig", None) or error).strip()
    why = told.splitlines()[0] if told else type(error).__name__
    return ArchiveError(
        f"archive {where}: expected a database that answers, got {why!r}: see that "
        "its disk has room, its server runs and you may write to it"
    )
