"""Brings the tables of a database to the version this program knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from surefoot.archive._errors import ArchiveError
from surefoot.archive._models import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

VERSIONS = "surefoot_version"
"""The table that holds the version, beside other programs' in one database."""
_LOCK = 0x5F007  # any number that stations agree on


def migrate(engine: Engine, to: str = "head") -> str:
    """Bring the tables to a version; several programs may do it at once.

    Parameters
    ----------
    engine : Engine
        One that takes the write lock as it begins.
    to : str
        The version; ``"head"`` is the newest.

    Returns
    -------
    str
        The version from which it came; empty for a new database.

    Raises
    ------
    ArchiveError
        If a newer program made the tables, or another one tables of these names.
    """
    script = _script()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        before = version(connection)
        if not before:
            _refuse_strange(connection)
        elif before not in versions():
            raise _newer(connection, before, script.get_current_head())
        if before != (to if to != "head" else script.get_current_head()):
            _run(connection, script, to)
        return before


def versions() -> set[str]:
    """Return every version this program knows."""
    return {one.revision for one in _script().walk_revisions()}


def version(connection: Connection) -> str:
    """Return the version of the tables; empty if there are none."""
    options = {"version_table": VERSIONS}
    context = MigrationContext.configure(connection, opts=options)
    return context.get_current_revision() or ""


@cache
def _script() -> ScriptDirectory:
    return ScriptDirectory(Path(__file__).with_name("migrations"))


def _run(connection: Connection, script: ScriptDirectory, to: str) -> None:
    def steps(
        before: tuple[str, ...], _context: MigrationContext
    ) -> list[MigrationStep]:
        found = script.iterate_revisions(to, before[0] if before else "base")
        ordered = reversed(list(found))
        known = script.revision_map
        return [MigrationStep.upgrade_from_script(known, one) for one in ordered]

    options = {"version_table": VERSIONS, "fn": steps, "transactional_ddl": True}
    context = MigrationContext.configure(connection, opts=options)
    with Operations.context(context):
        context.run_migrations()


def _newer(connection: Connection, got: str, known: str | None) -> ArchiveError:
    return ArchiveError(
        f"archive {connection.engine.url.render_as_string()}: expected version {known} "
        f"or older, got {got}: update Surefoot to open it"
    )


def _refuse_strange(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    strange = sorted(there & set(Base.metadata.tables))
    if strange:
        msg = (
            f"archive {connection.engine.url.render_as_string()}: expected an empty "
            f"database or an archive, got another program's table {strange[0]!r}: "
            "name another place"
        )
        raise ArchiveError(msg)
