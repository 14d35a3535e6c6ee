"""Sets, scores, pain and effort in the reports of a session and of months."""

from datetime import UTC, date, datetime, timedelta

import pytest

from surefoot.archive import (
    AnswerFact,
    DecisionFact,
    Facts,
    Pain,
    TrialFact,
    answer,
    sets_done,
    take,
    take_programme,
)
from surefoot.report.person import person_page, person_story
from surefoot.report.scores import scores_part
from surefoot.report.sets import decision_told, pain_told, score_told, sets_part
from surefoot.report.speech import Speech
from surefoot.report.story import Felt
from surefoot.session.programme_store import load_plan
from surefoot.training.pain import Felt as FeltIn
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Morning,
    Screened,
    Started,
)
from surefoot.training.progression import SetDone as Done

DAY = date(2026, 3, 2)
RULE = "share of the time in the zone"
ENTRIES = (
    Started(DAY),
    Screened(DAY),
    Baseline(DAY, (("low-back", 1),)),
    CheckIn(DAY, 1, FeltIn(2)),
    Block(DAY, "low-back", (Done(0.9),), FeltIn(3), 2),
    Ended(DAY, FeltIn(1)),
    Morning(DAY + timedelta(1), 2),
)


def a_set(number=1, kept: float | None = 0.5, **told):
    score = {
        "kept": kept,
        "measure": "time_in_zone",
        "value": kept,
        "unit": "1",
        "rule": RULE,
        "reason": "" if kept is not None else "not scored: nothing was measured",
        "from": "final",
    }
    usual = {
        "set": number,
        "of": 2,
        "stage": "",
        "picture": True,
        "grade": "good",
        "reasons": [],
        "invalid": "",
        "held_on": False,
        "resistance": "",
        "second_task": None,
        "score": score,
    }
    return usual | told


def sitting(number: int, day: date, kept: tuple[float | None, ...], **told) -> Facts:
    trials = tuple(
        TrialFact(
            number=n,
            t0=60.0 * n,
            t1=60.0 * n + 30.0,
            drill="rocker-hold-level",
            set_no=n,
            kept=share,
            invalid="stepped" if n == 3 else "",
            sitting=a_set(n, share),
        )
        for n, share in enumerate(kept, 1)
    )
    usual = {
        "uuid": f"{number:032x}",
        "person": "P001",
        "started": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        "drill": "rocker-hold-level",
        "trials": trials,
        "answers": (
            AnswerFact(t=1.0, moment="before", kind="rest", value=1),
            AnswerFact(t=200.0, moment="block", kind="movement", value=3),
        ),
        "decisions": (DecisionFact(t=201.0, what="effort", decision={"value": 2}),),
    }
    return Facts(**(usual | told))


def test_a_session_tells_each_set_with_its_rule(words):
    say = Speech()
    found = {
        "sets": [
            a_set(1, 0.734, held_on=True),
            a_set(2, 0.9, invalid="stepped", picture=False, stage="Eyes closed"),
            a_set(3, None, second_task=14.0, resistance="a red band"),
        ],
        "pain": [
            {"t": 1.0, "when": "rest", "value": 1},
            {"t": 9.0, "when": "after", "value": 4, "sharp": True},
        ],
        "effort": [{"t": 10.0, "value": 3}],
        "decisions": [
            {"t": 9.0, "kind": "decision", "what": "go on", "reason": "It is fine."},
            {"t": 2.0, "kind": "skipped", "set": 2},
        ],
    }
    told = words(sets_part(found, say))
    assert "73\N{NO-BREAK SPACE}%" in sets_part(found, say) or "73 %" in told
    assert RULE in told
    assert "held on" in told
    assert "Set 2 of 2, Eyes closed" in told
    assert "does not count" in told
    assert "took a step; without a picture" in told
    assert "not scored: nothing was measured" in told
    assert "with: a red band; second task: 14" in told
    order = ("Pain before, at rest: 1 of 10", "Set 2 was left out", "4 of 10, it was")
    places = [told.index(text) for text in order]
    assert places == sorted(places)
    assert "Effort: 3 of 5" in told
    assert "Go on: It is fine." in told


def test_what_was_not_told_is_not_said():
    say = Speech()
    assert sets_part({}, say) == ""
    assert score_told({"score": None}, say) == "\N{EN DASH}"
    assert "of 10" in pain_told({"when": "odd", "value": 2}, say)
    assert decision_told({"what": "go on"}, say) == "go on"
    seconds = {"kept": 0.5, "measure": "stance_time", "value": 15.0, "unit": "s"}
    assert score_told({"score": seconds}, say).startswith("15.0")
    invalid = {"score": seconds, "invalid": "stepped"}
    assert score_told(invalid, say).startswith("does not count (15.0")


@pytest.mark.parametrize("language", ["de", "es"])
def test_a_session_is_told_in_other_languages(language, words):
    told = words(sets_part({"sets": [a_set(1)]}, Speech(language)))
    assert RULE not in told
    assert "Score" not in told


def test_months_tell_scores_with_their_rule(archive, say, words):
    take(
        archive,
        sitting(1, DAY, (0.4, 0.6, 0.1)),
        sitting(2, DAY + timedelta(7), (0.8, None)),
        sitting(3, DAY + timedelta(9), (0.2,), person="P002"),
    )
    assert [one.kept for one in sets_done(archive, "P001")] == [
        0.4,
        0.6,
        0.1,
        0.8,
        None,
    ]
    story = person_story(archive, "P001")
    html = scores_part(story, say)
    told = words(html)
    assert "Scores of the sets" in told
    assert RULE in told
    row = told[told.index("Usual") :]
    # two sessions, five sets, three that are scored and count; 50 % then 80 %
    assert "2 5 3 50 % 80 % 65 %" in row.replace("\N{NO-BREAK SPACE}", " ")
    assert 'download="rocker-hold-level-scores.csv"' in html
    assert story.days == (DAY, DAY + timedelta(7))
    page = words(person_page(story, say).html(say))
    assert "Effort" in page
    assert story.efforts == [(DAY, 2), (DAY + timedelta(7), 2)]


def test_what_a_recording_and_the_log_tell_is_told_once(archive):
    take(archive, sitting(1, DAY, (0.4,)))
    answer(archive, "P001", Pain(value=7, moment="end", kind="rest"))
    take_programme(archive, "P001", ENTRIES, load_plan())
    story = person_story(archive, "P001")
    assert list(story.pain)[:5] == [
        Felt(DAY, "before", 1),
        Felt(DAY, "block", 3),
        Felt(DAY, "before", 2),
        Felt(DAY, "end", 1),
        Felt(DAY + timedelta(1), "next-morning", 2),
    ]
    assert [one.value for one in story.pain[5:]] == [7]
    assert story.efforts == [(DAY, 2)]


def test_the_log_is_read_from_the_archive_where_no_file_is(archive, say, words):
    take(archive, sitting(1, DAY, (0.4,)))
    assert person_story(archive, "P001").per_week is None
    take_programme(archive, "P001", ENTRIES, load_plan())
    story = person_story(archive, "P001")
    assert story.per_week == load_plan().rules["dose.per_week"]
    assert story.exercises
    assert "planned" in words(person_page(story, say).html(say))
