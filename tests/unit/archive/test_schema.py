"""The tables: made by steps, from every older version, and never over another's."""

import sqlite3

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from surefoot.archive import (
    Archive,
    ArchiveError,
    Pain,
    add_person,
    answer,
    decide,
    decided,
    open_archive,
    pain_answers,
    people,
    progress,
    sessions,
    write_note,
)
from surefoot.archive._models import Base
from surefoot.archive._place import place_of
from surefoot.archive._schema import VERSIONS, migrate, version

OLD = """
INSERT INTO people (id, code, birth_year, added)
  VALUES ('p1', 'P001', 1950, '2026-01-01 10:00:00');
INSERT INTO sessions (uuid, person_id, started, drill, path, sha256, size, duration,
    state, virtual, imported, labels, exclusions, trouble, registered)
  VALUES ('s1', 'p1', '2026-01-01 10:00:00', 'rocker', '', '', 0, 44.5, 'complete',
    false, false, '[]', '[]', '', '2026-01-01 10:00:00');
INSERT INTO results (id, session_uuid, number, current, algorithm, surefoot, profiles,
    calibration, options, pipelines)
  VALUES (1, 's1', 1, true, '1', '0.1.0', '', '', '', '[]');
INSERT INTO measures (id, result_id, name, value, unit, t0, t1, stream, flags,
    "primary", excluded)
  VALUES (1, 1, 'tilt_rms', 0.25, 'rad', 1, 2, 'board/imu', '[]', true, false);
INSERT INTO notes (id, session_uuid, "at", "by", text)
  VALUES (1, 's1', NULL, '', 'an old note')
"""


def test_an_archive_of_the_previous_version_is_brought_up_to_date(empty):
    old = Archive(place_of(empty))
    migrate(old.writer, "0001")
    with old.writer.begin() as connection:
        assert "tombstones" not in inspect(connection).get_table_names()
        for statement in OLD.split(";"):
            connection.execute(text(statement))
    old.close()
    with open_archive(empty) as archive:
        assert [(p.code, p.birth_year) for p in people(archive)] == [("P001", 1950)]
        assert sessions(archive)[0].started.year == 2026
        assert progress(archive, "P001", "tilt_rms")[0].measure.value == 0.25
        write_note(archive, "P001", "a new note")
        with archive.reading() as session:
            notes = session.execute(text("SELECT text FROM notes ORDER BY id"))
            assert [row[0] for row in notes] == ["an old note", "a new note"]


SECOND = """
INSERT INTO trials (id, session_uuid, number, t0, t1, drill, ended, held_on, excluded,
    circumstances)
  VALUES (1, 's1', 1, 1, 2, 'rocker', 'time', true, false, '{"vision": "open"}');
UPDATE measures SET trial_id = 1;
INSERT INTO pain_answers (id, person_id, session_uuid, at, moment, kind, value, detail)
  VALUES (1, 'p1', 's1', '2026-01-01 10:00:00', 'end', 'rest', 3, '{}');
INSERT INTO decisions (id, person_id, at, what, decision)
  VALUES (1, 'p1', '2026-01-01 10:00:00', 'up', '{"why": "it went well"}')
"""


def test_an_archive_of_version_2_keeps_runs_values_answers_and_decisions(empty):
    old = Archive(place_of(empty))
    migrate(old.writer, "0002")
    with old.writer.begin() as connection:
        for statement in f"{OLD};{SECOND}".split(";"):
            connection.execute(text(statement))
    old.close()
    with open_archive(empty) as archive:
        with archive.engine.connect() as connection:
            assert version(connection) == "0003"
        point = progress(archive, "P001", "tilt_rms")[0]
        assert (point.trial, point.measure.value) == (1, 0.25)
        (pain,) = pain_answers(archive, "P001")
        assert (pain.value, pain.session, pain.source) == (3, "s1", "")
        (told,) = decided(archive, person="P001")
        assert told.decision == {"why": "it went well"}
        with archive.reading() as session:
            (row,) = session.execute(text("SELECT set_no, stage, kept FROM trials"))
            assert tuple(row) == (0, "", None)
        decide(archive, "P001", "down", {})
        add_person(archive, "P002")
        answer(archive, "P002", Pain(value=1, moment="end", kind="rest"))


def test_the_steps_make_the_tables_the_program_knows(archive):
    with archive.engine.connect() as connection:
        options = {"version_table": VERSIONS, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_a_second_opening_changes_nothing(archive):
    assert migrate(archive.writer) == "0003"


def test_a_step_can_be_taken_again_after_it_failed(empty, monkeypatch):
    from surefoot.archive import _schema

    place = Archive(place_of(empty))
    with monkeypatch.context() as patch:
        patch.setattr(_schema.MigrationStep, "upgrade_from_script", failing)
        with pytest.raises(RuntimeError):
            migrate(place.writer)
    with place.engine.connect() as connection:
        assert version(connection) == ""
        assert "people" not in inspect(connection).get_table_names()
    place.close()
    with open_archive(empty) as archive:
        assert people(archive) == []


def failing(revisions, script):
    """Make the first step as it is, and the second one fail half-way."""
    from alembic.runtime.migration import RevisionStep

    step = RevisionStep(revisions, script, True)
    if script.revision == "0002":
        whole = step.migration_fn

        def half(**told):
            whole(**told)
            raise RuntimeError

        step.migration_fn = half
    return step


def test_a_newer_archive_is_refused(empty):
    with open_archive(empty) as archive, archive.writer.begin() as connection:
        connection.execute(text(f"UPDATE {VERSIONS} SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="update Surefoot"):
        open_archive(empty)


def test_another_programs_database_is_refused(tmp_path):
    file = tmp_path / "shop.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE people (name TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(ArchiveError, match="another program's table 'people'"):
        open_archive(file)


def test_a_file_that_is_no_database_is_refused(tmp_path):
    file = tmp_path / "notes.db"
    file.write_text("not a database at all, but long enough to look at" * 20)
    with pytest.raises(ArchiveError, match="not a database"):
        open_archive(file)


@pytest.mark.parametrize("told", ["mysql://a/b", "oracle://x", "://", "x://y"])
def test_another_kind_of_database_is_refused(told):
    with pytest.raises(ArchiveError, match="expected a file or postgresql"):
        open_archive(told)


def test_a_server_that_does_not_answer_is_said_in_one_line(tmp_path):
    pytest.importorskip("psycopg", reason="the package psycopg is not installed")
    url = f"postgresql://anna:secret@/none?host={tmp_path}"
    with pytest.raises(ArchiveError) as caught:
        open_archive(url)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_without_psycopg_a_server_is_refused_and_a_file_is_not(monkeypatch, tmp_path):
    monkeypatch.setattr("surefoot.archive._place.find_spec", lambda _name: None)
    with pytest.raises(ArchiveError, match=r"surefoot\[postgresql\]"):
        open_archive("postgresql://a@localhost/b")
    open_archive(tmp_path).close()


def test_the_place_is_told_by_a_variable_or_is_the_users(monkeypatch, own_home):
    assert place_of().file == own_home / "surefoot" / "archive" / "catalogue.db"
    monkeypatch.setenv("SUREFOOT_ARCHIVE", str(own_home / "x.db"))
    assert place_of().file == own_home / "x.db"
    monkeypatch.setenv("SUREFOOT_ARCHIVE", "postgresql://host/clinic")
    assert place_of().file is None
    assert place_of(own_home).file == own_home / "catalogue.db"


def test_nobody_else_on_this_computer_may_read_it(tmp_path):
    file = tmp_path / "new" / "catalogue.db"
    with open_archive(file) as archive:
        add_person(archive, "P1")
        beside = list(file.parent.iterdir())
        assert len(beside) == 3
        assert [p.stat().st_mode & 0o077 for p in (*beside, file.parent)] == [0] * 4


def test_a_place_that_cannot_be_written_to_is_said_in_one_line(tmp_path):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file" / "c.db", tmp_path / "file" / "deep" / "c.db"):
        with pytest.raises(ArchiveError, match="name another place"):
            open_archive(place)
