"""Three programs open an archive and write at once; none fails, all of it arrives."""

import contextlib
import os
import subprocess
import sys
import threading
import time

import pytest
from sqlalchemy import func, select, text

from surefoot.archive import (
    ArchiveError,
    add_person,
    open_archive,
    people,
    progress,
    sessions,
    take,
)
from surefoot.archive._archive import now
from surefoot.archive._models import PersonRow, SessionRow
from surefoot.archive._register import _take

EACH = 150 if os.environ.get("SUREFOOT_SOAK") == "1" else 5
WRITE = """
import sys
from surefoot.archive import Facts, Pain, add_person, answer, open_archive, take

who, count, places = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
measure = {"name": "tilt_rms", "value": 0.1, "unit": "rad", "t0": 0, "t1": 1}
measure |= {"stream": "board/imu", "flags": []}
for where in places:
    with open_archive(where) as archive:
        for n in range(count):
            results = ({"key": {}, "measures": [measure]},)
            take(archive, Facts(uuid=f"{who}-{n}", person=f"P{n % 5}", results=results))
            take(archive, Facts(uuid=f"same-{n % 3}", person="P0", results=results))
            answer(archive, f"P{n % 5}", Pain(value=1, moment="end", kind="rest"))
            add_person(archive, f"new-{n}", 1950)
"""


@pytest.mark.timeout(900)
def test_three_programs_make_the_tables_and_write_at_once(request, tmp_path, say):
    places = [str(tmp_path / "new" / "catalogue.db")]
    with contextlib.suppress(pytest.skip.Exception):  # others say that it is missing
        places.append(request.getfixturevalue("new_database")())
    command = [sys.executable, "-c", WRITE]
    writers = [
        subprocess.Popen(
            [*command, who, str(EACH), *places], stderr=subprocess.PIPE, text=True
        )
        for who in "abc"
    ]
    told = [writer.communicate(timeout=800)[1] for writer in writers]
    assert told == ["", "", ""]
    say(f"three programs, {12 * EACH} writes on {len(places)} databases: no error")
    for where in places:
        with open_archive(where) as archive:
            assert len(sessions(archive)) == 3 * EACH + 3
            assert len(people(archive)) == EACH + 5
            mine = [len(progress(archive, f"P{n}", "tilt_rms")) for n in range(5)]
            assert sum(mine) == 3 * EACH + 3


def test_one_who_reads_sees_one_state_meanwhile(where, facts):
    count = select(func.count()).select_from(SessionRow)
    with open_archive(where) as archive, open_archive(where) as other:
        take(archive, facts())
        with archive.reading() as session:
            assert session.scalar(count) == 1
            take(other, facts(day=1))
            assert session.scalar(count) == 1
        with archive.reading() as session:
            assert session.scalar(count) == 2


def test_whoever_loses_a_race_does_it_again(new_database):
    where = new_database()
    tries = []
    with open_archive(where) as archive, open_archive(where) as other:

        def slow(session):
            code = f"P{min(len(tries), 2)}"
            tries.append(code)
            session.execute(select(PersonRow)).all()
            if len(tries) < 3:
                add_person(other, code)  # the other one is quicker
            session.add(PersonRow(id=code, code=code, birth_year=None, added=now()))

        archive.write(slow)
        assert tries == ["P0", "P1", "P2"]
        assert [p.code for p in people(archive)] == ["P0", "P1", "P2"]

        def hopeless(session):
            tries.append("")
            session.add(PersonRow(id="x", code="P0", birth_year=None, added=now()))

        tries.clear()
        with pytest.raises(ArchiveError, match="duplicate key"):
            archive.write(hopeless)
        assert 1 < len(tries) < 20


def test_one_program_at_a_time_makes_the_tables(new_database, monkeypatch):
    from surefoot.archive import _schema

    seen = []
    whole = _schema._run

    def look(connection, script, to):
        locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        seen.append(connection.execute(text(locks)).scalar())
        whole(connection, script, to)

    monkeypatch.setattr(_schema, "_run", look)
    open_archive(new_database()).close()
    assert seen == [1]


@pytest.mark.parametrize("known", [True, False])
def test_one_recording_taken_by_two_at_once_is_not_doubled(new_database, facts, known):
    where = new_database()
    told = facts(trials=())
    waits = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with open_archive(where) as archive, open_archive(where) as other:
        if known:
            take(archive, told)
        second = threading.Thread(target=take, args=(other, told), daemon=True)

        def slow(session):
            _take(session, told)
            session.flush()
            second.start()
            deadline = time.monotonic() + 20.0
            while not session.execute(waits).scalar() and second.is_alive():
                assert time.monotonic() < deadline

        archive.write(slow)
        second.join(20.0)
        assert len(progress(archive, "P001", "tilt_rms")) == 1
        assert len(sessions(archive)) == 1
