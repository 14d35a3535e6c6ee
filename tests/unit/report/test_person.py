"""Months of one person, and of a group without codes."""

import subprocess
import sys
import time
from datetime import date

import pytest

from surefoot.archive import Pain, answer, decide, history, numbers, people, take
from surefoot.core import SurefootError
from surefoot.report.group import group_page, member
from surefoot.report.known import past_of, retests
from surefoot.report.known_error import RETEST
from surefoot.report.months import best, typical
from surefoot.report.person import person_page, person_story
from surefoot.report.retest import Asked, find_retest
from surefoot.report.sides import by_leg
from surefoot.report.story import weeks_of

KEY = ("rocker-hold-level", "tilt_rms")


def test_a_retest_is_found_kept_and_used(months, say, words):
    found = find_retest("P001", history(months, "P001"), Asked())
    assert found.dates == ("2026-01-05", "2026-01-08")
    assert found.finding.measure == "tilt_rms"
    assert [len(day) for day in found.days] == [3, 3]
    before = words(person_page(person_story(months, "P001"), say).html(say))
    assert "error unknown" in before
    decide(months, "P001", RETEST, found.as_json())
    assert retests(months) == [found]
    after = words(person_page(person_story(months, "P001"), say).html(say))
    assert "beyond the error" in after
    assert "own retest: people 1, days 2, runs 6" in after


def test_days_of_a_retest_can_be_told(months):
    values = history(months, "P001")
    days = (date(2026, 1, 5), date(2026, 1, 8))
    assert find_retest("P001", values, Asked(days=days)).dates[0] == "2026-01-05"
    with pytest.raises(SurefootError, match="two days of 3 like runs"):
        find_retest("P001", values, Asked(days=(date(2026, 1, 5), date(2026, 1, 6))))
    with pytest.raises(SurefootError, match="expected sparc"):
        find_retest("P001", values, Asked(measure="sparc"))


def test_months_apart_are_no_retest(archive, sitting):
    take(archive, sitting(1, (0.1, 0.1, 0.2)), sitting(2, (0.1, 0.1, 0.2), day=30))
    with pytest.raises(SurefootError, match="within 7 days"):
        find_retest("P001", history(archive, "P001"), Asked())


def test_best_and_usual_are_of_like_values(archive, sitting):
    take(
        archive,
        sitting(1, (0.01,), vision="closed"),
        *(sitting(2 + n, (0.05 - n / 1000,), day=1 + n) for n in range(4)),
    )
    ones = person_story(archive, "P001").ones[KEY]
    found = best(ones)
    assert found is not None
    assert found.value == pytest.approx(0.047)
    assert typical(ones)[1] == pytest.approx(0.0485)


def test_the_pages_tell_weeks_pain_and_the_measure(months, say, words):
    answer(months, "P001", Pain(value=4, moment="end", kind="rest"))
    story = person_story(months, "P001")
    assert len(story.days) == 9
    assert sum(story.weeks.values()) == 9
    html = person_page(story, say).html(say)
    told = words(html)
    assert "9 days with a session" in told
    assert "Pain" in told
    assert 'download="rocker-hold-level-tilt_rms.csv"' in html
    assert "RMS tilt from level. A dot a session." in told
    assert ">[°]</text>" in html  # an axis is too short for a title
    trainee = words(person_page(story, say, "trainee").html(say))
    assert "You trained on 9 days in 9 weeks." in trainee
    assert "usually" in trainee
    assert "at best" in trainee


def test_legs_are_told_apart(archive, sitting, say, words):
    take(
        archive,
        *(
            sitting(n, (0.03 + n % 2 * 0.02,), day=n, stance=f"single-{side}")
            for n, side in enumerate(("left", "right") * 3)
        ),
    )
    story = person_story(archive, "P001")
    left, right = by_leg(story)[KEY]
    assert {one.value for one in left} == {0.03}
    assert {one.value for one in right} == {0.05}
    assert "Right less left" in words(person_page(story, say).html(say))


def test_somebody_without_sessions_has_a_page(archive, sitting, say, words):
    take(archive, sitting(1, ()))
    told = words(person_page(person_story(archive, "P001"), say).html(say))
    assert "Nothing was measured yet" in told or "No session yet" in told


def test_a_group_is_told_without_codes(archive, sitting, say, words):
    take(
        archive,
        *(
            sitting(10 * p + n, (0.05 - n / 200,), day=n, person=f"ANNA-{p}")
            for p in range(3)
            for n in range(3)
        ),
    )
    keys = numbers(archive)
    members = [member(archive, one, keys[one.code]) for one in people(archive)]
    html = group_page(members, say).html(say)
    assert "ANNA" not in html
    assert not any(key in html for key in keys.values())
    assert "3 people" in words(html)
    assert "3 with an unknown error" in words(html)


def test_a_session_is_compared_with_those_before_it(months, steady):
    from dataclasses import replace

    known = replace(steady, person="P001")
    past = past_of(months, known)
    assert "tilt_rms" not in past.ones  # the sample is of the first day, all are later
    header = replace(
        steady.header,
        session={**steady.header.session, "started": "2026-02-01T00:00:00+00:00"},
    )
    past = past_of(months, replace(known, header=header))
    assert [one.day for one in past.ones["tilt_rms"]][-1] == "2026-01-24"
    assert past_of(months, replace(known, person="P999")).ones == {}


def test_weeks_without_a_session_count_too():
    days = [date(2026, 1, 5), date(2026, 1, 7), date(2026, 1, 20)]
    assert list(weeks_of(days).values()) == [2, 0, 1]
    assert weeks_of([]) == {}


def test_a_page_of_months_is_made_in_two_seconds(months, say):
    person_page(person_story(months, "P001"), say)  # imports
    began = time.process_time()
    person_page(person_story(months, "P001"), say).html(say)
    assert time.process_time() - began < 2


def test_a_page_of_months_loads_nothing_that_it_does_not_use():
    heavy = ("scipy", "surefoot.session.engine", "alembic.command")
    code = f"import sys, surefoot.report.person; print({{*{heavy}}} & {{*sys.modules}})"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert told.stdout.strip() == "set()", told.stderr


def test_the_trainee_reads_of_the_drill_done_last(months, sitting, say, words):
    from dataclasses import replace

    later = replace(sitting(500, (0.02,), day=200), drill="a-newer-drill")
    earlier = replace(sitting(501, (0.02,), day=100), drill="z-older-drill")
    take(months, later, earlier)
    page = person_page(person_story(months, "P001"), say, "trainee")
    told = words(page.html(say))
    assert "A newer drill" in told
    assert "older drill" not in told
