"""What a sitting came to: sets and scores of trials, where answers were told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is there was told in no set, and to the archive itself.

    Runs keep their table: one that is made anew in SQLite takes what refers to it away.
    """
    for column in (
        sa.Column("set_no", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("stage", sa.Text(), nullable=False, server_default=""),
        sa.Column("invalid", sa.Text(), nullable=False, server_default=""),
        sa.Column("kept", sa.Double()),
        sa.Column("sitting", sa.JSON(), nullable=False, server_default="{}"),
    ):
        op.add_column("trials", column)
    for table in ("pain_answers", "decisions"):
        source = sa.Column("source", sa.String(16), nullable=False, server_default="")
        op.add_column(table, source)
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
