"""What no recording holds: pain answers, decisions, notes on people, tombstones."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; a note may be on a person instead of a session."""
    _pain()
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("decision", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        _reference("decisions", "person_id", "people.id", "CASCADE"),
    )
    op.create_index("ix_decisions_person_id", "decisions", ["person_id"])
    op.create_table(
        "tombstones",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tombstones"),
    )
    with op.batch_alter_table("notes") as notes:
        notes.add_column(sa.Column("person_id", sa.String(32)))
        notes.alter_column("session_uuid", existing_type=sa.String(64), nullable=True)
        notes.create_foreign_key(
            "fk_notes_person_id", "people", ["person_id"], ["id"], ondelete="CASCADE"
        )
    op.create_index("ix_notes_person_id", "notes", ["person_id"])


def downgrade() -> None:
    """Take them away; notes on people are lost."""
    op.execute("DELETE FROM notes WHERE session_uuid IS NULL")
    op.drop_index("ix_notes_person_id", "notes")
    with op.batch_alter_table("notes") as notes:
        notes.drop_constraint("fk_notes_person_id", type_="foreignkey")
        notes.drop_column("person_id")
        notes.alter_column("session_uuid", existing_type=sa.String(64), nullable=False)
    for table in ("tombstones", "decisions", "pain_answers"):
        op.drop_table(table)


def _reference(
    table: str, column: str, target: str, then: str
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=then)


def _pain() -> None:
    op.create_table(
        "pain_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(32), nullable=False),
        sa.Column("session_uuid", sa.String(64)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pain_answers"),
        _reference("pain_answers", "person_id", "people.id", "CASCADE"),
        _reference("pain_answers", "session_uuid", "sessions.uuid", "SET NULL"),
    )
    op.create_index("ix_pain_answers_person_id", "pain_answers", ["person_id"])
    op.create_index("ix_pain_answers_session_uuid", "pain_answers", ["session_uuid"])
