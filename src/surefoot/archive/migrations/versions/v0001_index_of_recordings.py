"""The index of recordings: whatever can be taken from the files again."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER: sa.Double[float] = sa.Double()


def upgrade() -> None:
    """Make the tables of people, sessions and what was measured in them."""
    _people_and_sessions()
    _trials()
    _results()
    _said()


def downgrade() -> None:
    """Take all of them away."""
    for table in (
        "notes",
        "markers",
        "measures",
        "results",
        "trials",
        "sessions",
        "people",
    ):
        op.drop_table(table)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete="CASCADE")


def _people_and_sessions() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("birth_year", sa.Integer()),
        sa.Column("added", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("code", name="uq_people_code"),
    )
    op.create_table(
        "sessions",
        sa.Column("uuid", sa.String(64), nullable=False),
        sa.Column("person_id", sa.String(32)),
        sa.Column("started", sa.DateTime(timezone=True)),
        sa.Column("drill", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("duration", NUMBER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("virtual", sa.Boolean(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("exclusions", sa.JSON(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("registered", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("uuid", name="pk_sessions"),
        _reference("sessions", "person_id", "people.id"),
    )
    op.create_index(
        "ix_sessions_person_id_started", "sessions", ["person_id", "started"]
    )


def _trials() -> None:
    op.create_table(
        "trials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_uuid", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("t0", NUMBER, nullable=False),
        sa.Column("t1", NUMBER, nullable=False),
        sa.Column("drill", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("held_on", sa.Boolean()),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("circumstances", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_trials"),
        sa.UniqueConstraint(
            "session_uuid", "number", name="uq_trials_session_uuid_number"
        ),
        _reference("trials", "session_uuid", "sessions.uuid"),
    )


def _results() -> None:
    op.create_table(
        "results",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_uuid", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("surefoot", sa.Text(), nullable=False),
        sa.Column("profiles", sa.Text(), nullable=False),
        sa.Column("calibration", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), nullable=False),
        sa.Column("pipelines", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_results"),
        sa.UniqueConstraint(
            "session_uuid", "number", name="uq_results_session_uuid_number"
        ),
        _reference("results", "session_uuid", "sessions.uuid"),
    )
    op.create_index(
        "ix_results_session_uuid_current", "results", ["session_uuid", "current"]
    )
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("trial_id", sa.Integer()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", NUMBER),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("t0", NUMBER, nullable=False),
        sa.Column("t1", NUMBER, nullable=False),
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("primary", sa.Boolean(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_measures"),
        _reference("measures", "result_id", "results.id"),
        _reference("measures", "trial_id", "trials.id"),
    )
    op.create_index("ix_measures_result_id_name", "measures", ["result_id", "name"])
    op.create_index("ix_measures_trial_id", "measures", ["trial_id"])


def _said() -> None:
    op.create_table(
        "markers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_uuid", sa.String(64), nullable=False),
        sa.Column("t", NUMBER, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_markers"),
        _reference("markers", "session_uuid", "sessions.uuid"),
    )
    op.create_index("ix_markers_session_uuid", "markers", ["session_uuid"])
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_uuid", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        _reference("notes", "session_uuid", "sessions.uuid"),
    )
    op.create_index("ix_notes_session_uuid", "notes", ["session_uuid"])
