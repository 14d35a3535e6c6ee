"""One person's progress is found at once, however many others there are."""

import os
import time
from dataclasses import replace
from statistics import median

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from surefoot.archive import open_archive, progress, take
from surefoot.archive._progress import _query

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
PEOPLE, SESSIONS = (400, 12_500) if SOAK else (8, 250)
MOST = 0.030  # s, of the processor: others may be busy


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """An archive of many people, each with some thirty sessions of twenty values."""
    with open_archive(tmp_path_factory.mktemp("clinic") / "catalogue.db") as archive:
        yield archive


@pytest.mark.timeout(900)
def test_progress_of_one_person_is_found_at_once(say, clinic, facts, measure, results):
    values = [measure(f"m{n}", n / 7) for n in range(20)]
    told = facts(results=(results(*values),))
    everything = [
        replace(told, uuid=f"{n:032x}", person=f"P{n % PEOPLE}")
        for n in range(SESSIONS)
    ]
    for first in range(0, SESSIONS, 250):
        take(clinic, *everything[first : first + 250])
    took = []
    for n in range(15):
        began = time.process_time()
        found = progress(clinic, f"P{n % PEOPLE}", "m3")
        took.append(time.process_time() - began)
        assert abs(len(found) - SESSIONS / PEOPLE) < 1
    line = f"{SESSIONS} sessions: progress {median(took) * 1e3:.1f} ms"
    say(line)
    assert median(took) < MOST


def test_progress_looks_at_no_whole_table(clinic):
    query = _query("p", "tilt_rms", excluded=False)
    line = query.compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    with clinic.engine.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {line}")).all()
    steps = [row[-1] for row in plan]
    assert steps
    assert [step for step in steps if not step.startswith("SEARCH")] == []
