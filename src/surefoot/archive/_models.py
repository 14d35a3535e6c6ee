"""The tables of the catalogue: an index of recordings, and what no file holds.

People are codes here, never names. What a recording or the log of a programme tells can
be taken from it again; people, other answers and decisions, notes on people and
tombstones live here only.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CASCADE = "CASCADE"
HERE, RECORDING, PROGRAMME = "", "recording", "programme"
"""Where an answer or a decision was told: here only, in a recording, in the log."""


class Utc(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 SQLAlchemy passes it
    ) -> datetime | None:
        """Return what the database is given."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 SQLAlchemy passes it
    ) -> datetime | None:
        """Return what Python is given; SQLite forgets the zone."""
        if value is None or value.tzinfo is not None:
            return value if value is None else value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The catalogue."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 SQLAlchemy reads it from the class
        datetime: Utc,
        float: Double,
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON,
    }


class PersonRow(Base):
    """Somebody who trains, under a code; ``id`` is random and means nothing else."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    birth_year: Mapped[int | None]
    added: Mapped[datetime]


class SessionRow(Base):
    """One recording."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "person_id", "started"),)

    uuid: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[str | None] = mapped_column(
        ForeignKey("people.id", ondelete=CASCADE)
    )
    started: Mapped[datetime | None]
    drill: Mapped[str]
    path: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    duration: Mapped[float]
    state: Mapped[str]
    virtual: Mapped[bool]
    imported: Mapped[bool]
    labels: Mapped[list[Any]]
    exclusions: Mapped[list[Any]]
    trouble: Mapped[str]
    registered: Mapped[datetime]


class TrialRow(Base):
    """One run of a session."""

    __tablename__ = "trials"
    __table_args__ = (UniqueConstraint("session_uuid", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_uuid: Mapped[str] = mapped_column(
        ForeignKey("sessions.uuid", ondelete=CASCADE)
    )
    number: Mapped[int]
    t0: Mapped[float]
    t1: Mapped[float]
    drill: Mapped[str]
    ended: Mapped[str]
    held_on: Mapped[bool | None]
    excluded: Mapped[bool]
    circumstances: Mapped[dict[str, Any]]
    set_no: Mapped[int]
    stage: Mapped[str]
    invalid: Mapped[str]
    kept: Mapped[float | None]
    sitting: Mapped[dict[str, Any]]


class ResultRow(Base):
    """One way in which a session was measured; the newest is current."""

    __tablename__ = "results"
    __table_args__ = (
        Index(None, "session_uuid", "current"),
        UniqueConstraint("session_uuid", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_uuid: Mapped[str] = mapped_column(
        ForeignKey("sessions.uuid", ondelete=CASCADE)
    )
    number: Mapped[int]
    current: Mapped[bool]
    algorithm: Mapped[str]
    surefoot: Mapped[str]
    profiles: Mapped[str]
    calibration: Mapped[str]
    options: Mapped[str]
    pipelines: Mapped[list[Any]]


class MeasureRow(Base):
    """One number about an interval; no value where it could not be given."""

    __tablename__ = "measures"
    __table_args__ = (Index(None, "result_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id", ondelete=CASCADE))
    trial_id: Mapped[int | None] = mapped_column(
        ForeignKey("trials.id", ondelete=CASCADE), index=True
    )
    name: Mapped[str]
    value: Mapped[float | None]
    unit: Mapped[str]
    t0: Mapped[float]
    t1: Mapped[float]
    stream: Mapped[str]
    flags: Mapped[list[Any]]
    primary: Mapped[bool]
    excluded: Mapped[bool]


class MarkerRow(Base):
    """An instant somebody wanted to keep."""

    __tablename__ = "markers"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_uuid: Mapped[str] = mapped_column(
        ForeignKey("sessions.uuid", ondelete=CASCADE), index=True
    )
    t: Mapped[float]
    label: Mapped[str]
    detail: Mapped[str]


class NoteRow(Base):
    """A note on a session (from its file), or on a person (here only)."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_uuid: Mapped[str | None] = mapped_column(
        ForeignKey("sessions.uuid", ondelete=CASCADE), index=True
    )
    person_id: Mapped[str | None] = mapped_column(
        ForeignKey("people.id", ondelete=CASCADE), index=True
    )
    at: Mapped[datetime | None]
    by: Mapped[str]
    text: Mapped[str]


class PainRow(Base):
    """One answer about pain, 0 to 10; ``source`` says where it was told."""

    __tablename__ = "pain_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(
        ForeignKey("people.id", ondelete=CASCADE), index=True
    )
    session_uuid: Mapped[str | None] = mapped_column(
        ForeignKey("sessions.uuid", ondelete="SET NULL"), index=True
    )
    at: Mapped[datetime]
    moment: Mapped[str]
    kind: Mapped[str]
    value: Mapped[int]
    detail: Mapped[dict[str, Any]]
    source: Mapped[str] = mapped_column(String(16))


class DecisionRow(Base):
    """What the programme, a session or a therapist decided, with its reason."""

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(
        ForeignKey("people.id", ondelete=CASCADE), index=True
    )
    at: Mapped[datetime]
    what: Mapped[str]
    decision: Mapped[dict[str, Any]]
    session_uuid: Mapped[str | None] = mapped_column(
        ForeignKey("sessions.uuid", ondelete="SET NULL"), index=True
    )
    source: Mapped[str] = mapped_column(String(16))


class TombstoneRow(Base):
    """That somebody, or a session, was erased: a random number and a day."""

    __tablename__ = "tombstones"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    day: Mapped[str] = mapped_column(String(10))
