"""What a sitting came to: sets and scores of trials, where answers were told."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


NUMBER: sa.Double[float] = sa.Double()


def upgrade() -> None:
    """Add the columns; what is there was told in no set, and to the archive itself.

    Runs keep their table: one that is made anew in SQLite takes what refers to it away.
    """
    _add("trials", sa.Column("set_no", sa.Integer(), **_needed("0")))
    _add("trials", sa.Column("stage", sa.Text(), **_needed("")))
    _add("trials", sa.Column("invalid", sa.Text(), **_needed("")))
    _add("trials", sa.Column("kept", NUMBER))
    _add("trials", sa.Column("sitting", sa.JSON(), **_needed("{}")))
    for table in ("pain_answers", "decisions"):
        _add(table, sa.Column("source", sa.String(16), **_needed("")))
    with op.batch_alter_table("decisions") as decisions:
        decisions.add_column(sa.Column("session_uuid", sa.String(64)))
        decisions.create_foreign_key(
            "fk_decisions_session_uuid",
            "sessions",
            ["session_uuid"],
            ["uuid"],
            ondelete="SET NULL",
        )
    op.create_index("ix_decisions_session_uuid", "decisions", ["session_uuid"])


def downgrade() -> None:
    """Take them away; sets, scores and where something was told are lost."""
    op.drop_index("ix_decisions_session_uuid", "decisions")
    with op.batch_alter_table("decisions") as decisions:
        decisions.drop_constraint("fk_decisions_session_uuid", type_="foreignkey")
        decisions.drop_column("session_uuid")
        decisions.drop_column("source")
    op.drop_column("pain_answers", "source")
    for name in ("set_no", "stage", "invalid", "kept", "sitting"):
        op.drop_column("trials", name)


def _add(table: str, column: "sa.Column[Any]") -> None:
    op.add_column(table, column)


def _needed(default: str) -> dict[str, Any]:
    return {"nullable": False, "server_default": default}
