"""The catalogue gives back what it was given, the same from every database."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from surefoot.archive import (
    ArchiveError,
    Pain,
    add_person,
    answer,
    decide,
    export_person,
    measured,
    open_archive,
    people,
    progress,
    sessions,
    take,
    write_note,
)
from surefoot.archive._clean import clean
from surefoot.archive._models import Base, MeasureRow
from surefoot.core import DrillError, Measure


def counts(archive) -> dict[str, int]:
    with archive.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def test_progress_is_every_value_in_the_order_of_time(archive, facts):
    for day in (3, 0, 7):
        take(archive, facts(day=day))
    take(archive, facts("P002", day=1))
    found = progress(archive, "P001", "tilt_rms")
    assert [p.measure.value for p in found] == [0.1, 0.13, 0.17]
    first = found[0]
    assert first.measure == Measure("tilt_rms", 0.1, "rad", 10.0, 30.0, "board/imu")
    assert first.started == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (first.trial, first.virtual, first.primary) == (1, False, True)
    assert first.finding.pipeline.rate == 104.0
    assert first.finding.circumstances.support == "none"
    assert progress(archive, "P001", "tilt_max") == []
    assert measured(archive, "P001") == ["tilt_rms"]


def test_a_value_that_could_not_be_given_stays_one(archive, facts, measure, results):
    take(archive, facts(results=(results(measure("sparc", None)),)))
    assert math.isnan(progress(archive, "P001", "sparc")[0].measure.value)


def test_every_digit_of_a_value_is_kept(archive, facts, measure, results):
    value = 0.1 + 2**-56
    take(archive, facts(results=(results(measure("tilt_rms", value)),)))
    assert progress(archive, "P001", "tilt_rms")[0].measure.value == value


def test_the_newest_results_count_and_the_older_stay(archive, facts, measure, results):
    old = results(measure("tilt_rms", 0.5), algorithm="1")
    new = results(measure("tilt_rms", 0.4), algorithm="2")
    take(archive, facts(results=(old, new)))
    assert [p.measure.value for p in progress(archive, "P001", "tilt_rms")] == [0.4]
    assert counts(archive)["measures"] == 2


def test_taking_a_recording_again_changes_it_and_doubles_nothing(archive, facts):
    told = facts()
    take(archive, told)
    before = counts(archive)
    take(archive, replace(told, drill="other", trouble="x"))
    assert counts(archive) == before
    assert sessions(archive, "P001")[0].drill == "other"


def test_a_recording_may_turn_out_to_be_somebody_elses(archive, facts):
    told = facts()
    take(archive, told)
    take(archive, replace(told, person="P002"))
    assert [(p.code, p.sessions) for p in people(archive)] == [("P001", 0), ("P002", 1)]
    take(archive, replace(told, person=""))
    assert [one.uuid for one in sessions(archive, "")] == [told.uuid]


def test_what_is_excluded_is_not_progress(archive, facts, measure, results):
    early, late = measure("tilt_rms", 0.1, 0, 5), measure("tilt_rms", 0.2, 5, 10)
    told = facts(results=(results(early, late),), exclusions=((4.0, 4.5),))
    take(archive, told)
    assert [p.measure.value for p in progress(archive, "P001", "tilt_rms")] == [0.2]
    both = progress(archive, "P001", "tilt_rms", excluded=True)
    assert [p.measure.value for p in both] == [0.1, 0.2]


def test_sessions_are_in_order_and_say_whether_the_file_is_there(
    archive, facts, tmp_path
):
    file = tmp_path / "a.mcap"
    file.touch()
    take(archive, facts(day=2, path=str(file)))
    take(archive, facts(day=1, path=str(tmp_path / "gone.mcap")))
    take(archive, facts(started=None, path=""))
    found = sessions(archive, "P001")
    assert [one.there for one in found] == [False, False, True]
    assert [one.started and one.started.day for one in found] == [None, 2, 3]


def test_an_instant_is_the_same_one_whatever_its_zone(archive, facts):
    there = datetime(2026, 3, 1, 1, 30, tzinfo=timezone(timedelta(hours=9)))
    take(archive, facts(started=there))
    found = sessions(archive)[0].started
    assert found == there
    assert found.tzinfo == UTC


def test_any_text_is_taken(archive, facts):
    text = "zero \0, half \ud800, Ωß 漢字 🦶" + "x" * 5000
    take(archive, facts(drill=clean(text)))
    write_note(archive, "P001", text)
    decide(archive, "P001", "up", {"why": text, "more": [text, float("nan"), 1]})
    assert sessions(archive)[0].drill == clean(text)


def test_a_person_has_a_code_and_perhaps_a_year_of_birth(archive):
    add_person(archive, "P-7", 1950)
    add_person(archive, "P-7")
    add_person(archive, "A1")
    assert [(p.code, p.birth_year) for p in people(archive)] == [
        ("A1", None),
        ("P-7", 1950),
    ]


def test_a_name_is_no_code(archive):
    for code in ("", "Anna Berg", "x" * 33, "a_b", "-"):
        with pytest.raises(DrillError, match="code"):
            add_person(archive, code)
    assert people(archive) == []


def test_a_year_of_birth_that_cannot_be_is_refused(archive):
    with pytest.raises(ArchiveError, match="birth year"):
        add_person(archive, "P1", 1066)
    assert people(archive) == []


def test_what_no_file_holds_is_kept(archive, facts):
    told = facts()
    take(archive, told)
    answer(archive, "P001", Pain(value=3, moment="before", kind="rest"))
    later = Pain(value=4, moment="end", kind="movement", session=told.uuid)
    answer(archive, "P001", later)
    decide(archive, "P001", "stay", {"because": "too early"})
    write_note(archive, "P001", " likes mornings ", by="T1")
    take(archive, replace(told, drill="again"))  # a rebuild does not touch them
    found = counts(archive)
    assert (found["pain_answers"], found["decisions"], found["notes"]) == (2, 1, 2)


def test_an_answer_that_cannot_be_meant_is_refused(archive):
    add_person(archive, "P1")
    for value, moment, kind in (
        (11, "before", "rest"),
        (-1, "before", "rest"),
        (1, "whenever", "rest"),
        (1, "before", "toothache"),
    ):
        with pytest.raises(ArchiveError, match="pain: expected"):
            answer(archive, "P1", Pain(value=value, moment=moment, kind=kind))
    assert counts(archive)["pain_answers"] == 0


def test_an_answer_is_about_a_session_that_is_known(archive):
    add_person(archive, "P1")
    pain = Pain(value=1, moment="end", kind="rest", session="nobody knows")
    with pytest.raises(ArchiveError, match="take its recording in first"):
        answer(archive, "P1", pain)


def test_nobody_is_said_to_be_nobody(archive, tmp_path):
    for ask in (
        lambda: progress(archive, "P9", "tilt_rms"),
        lambda: sessions(archive, "P9"),
        lambda: answer(archive, "P9", Pain(value=1, moment="end", kind="rest")),
        lambda: decide(archive, "P9", "up", {}),
        lambda: write_note(archive, "P9", "x"),
        lambda: export_person(archive, "P9", tmp_path / "x.zip"),
    ):
        with pytest.raises(ArchiveError, match="P9"):
            ask()


def test_half_of_a_recording_is_never_kept(archive, facts, measure, results):
    spoilt = measure("tilt_rms", "no number") | {"value": object()}
    with pytest.raises(ArchiveError):
        take(archive, facts(results=(results(spoilt),)))
    assert set(counts(archive).values()) == {0}


def test_it_is_there_when_it_is_opened_again(where, facts):
    with open_archive(where) as archive:
        take(archive, facts())
    with open_archive(where) as archive:
        assert len(progress(archive, "P001", "tilt_rms")) == 1


def test_a_measure_belongs_to_the_run_it_is_in(archive, facts, measure, results):
    whole = measure("tilt_max", 0.3, 0.0, 44.0)
    take(archive, facts(results=(results(measure("tilt_rms", 0.1), whole),)))
    with archive.reading() as session:
        rows = session.execute(select(MeasureRow.name, MeasureRow.trial_id)).all()
    assert {name: trial is not None for name, trial in rows} == {
        "tilt_rms": True,
        "tilt_max": False,
    }
