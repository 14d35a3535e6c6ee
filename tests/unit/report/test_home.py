"""The sheet for home: what is due if the answers about pain are as usual."""

from datetime import timedelta

import pytest

from surefoot.report.home import home_page, picture
from surefoot.resources import intended_use
from surefoot.session.programme_store import load_plan
from surefoot.training.pain import Felt
from surefoot.training.programme.entries import CheckIn, Screened, Started
from surefoot.virtual.trainees import FIRST_DAY, simulate


@pytest.fixture(scope="module")
def plan():
    return load_plan()


def entries(plan, name, weeks):
    return [entry for day in simulate(plan, name, weeks) for entry in day.entries]


def test_what_is_due_is_told_large_with_boxes_and_when_to_stop(plan, say, words):
    known = entries(plan, "steady", 6)
    day = known[-1].day + timedelta(days=3)
    html = home_page(plan, known, day, "P001", say).html(say)
    told = words(html)
    assert html.count("<li><h3") + html.count("<li><svg") >= 1
    assert "First ask yourself" in told
    assert "Stop at once" in told
    assert "\N{BALLOT BOX}" in told
    assert intended_use() in told


def test_before_the_first_questions_nothing_is_due(plan, say, words):
    told = words(home_page(plan, [Started(FIRST_DAY)], FIRST_DAY, "P1", say).html(say))
    assert "Answer the questions" in told
    assert "\N{BALLOT BOX}" not in told


def test_after_an_answer_that_forbids_training_nothing_is_due(plan, say, words):
    known = [*entries(plan, "steady", 3)]
    day = known[-1].day + timedelta(days=3)
    known.append(CheckIn(day, 2, Felt(2, leg=True)))
    told = words(home_page(plan, known, day, "P001", say).html(say))
    assert "\N{BALLOT BOX}" not in told
    assert "Do not train today" in told


def test_a_screen_that_says_no_stays_no(plan, say, words):
    bad = plan.questions[0].id
    known = [Started(FIRST_DAY), Screened(FIRST_DAY, (bad,))]
    told = words(home_page(plan, known, FIRST_DAY, "P1", say).html(say))
    assert "\N{BALLOT BOX}" not in told


def test_a_drill_without_a_picture_has_none():
    assert picture("there-is-none") == ""
    assert picture("../../secret") == ""
    assert picture("") == ""
