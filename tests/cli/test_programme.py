"""`surefoot programme`, as a therapist and a trainee would use it."""

from __future__ import annotations

import json

import pytest

from surefoot.cli.entry import COMMANDS


@pytest.fixture
def call(run, monkeypatch):
    monkeypatch.setitem(COMMANDS, "programme", "surefoot.cli.programme:programme")

    def say(*arguments, day="2026-01-05"):
        return run("programme", *arguments, *(["--day", day] if day else []))

    return say


@pytest.fixture
def begun(call):
    """A person who may train: screened, flexible, with a baseline."""
    steps = [
        call("new", "p-01"),
        call("log", "screen", "p-01"),
        *(call("log", "target", "p-01", m, "70") for m in MUSCLES),
        *(call("log", "range", "p-01", m, "75") for m in MUSCLES),
        call("log", "baseline", "p-01", "abdominals=1", "rocker=2"),
    ]
    assert [step.status for step in steps] == [0] * len(steps)
    return call


MUSCLES = ("low-back", "hip-flexors", "hamstrings")


def test_a_new_programme_asks_the_questions_of_the_first_visit(call):
    told = call("new", "p-01").out
    assert "between your legs" in told
    assert "surefoot programme log screen p-01" in told
    assert "Answer the questions of the first visit" in call("today", "p-01").out
    again = call("new", "p-01")
    assert again.status == 1
    assert "expected no programme yet" in again.complaint


def test_a_red_flag_says_what_to_do_and_plans_nothing(call):
    call("new", "p-01")
    told = call("log", "screen", "p-01", "--yes", "saddle").out
    assert "Contact urgent care now" in told
    planned = json.loads(call("today", "p-01", "--json").out)
    assert planned["decision"]["what"] == "get medical help now"
    assert planned["items"] == []


def test_a_day_from_the_questions_to_the_next_session(begun):
    assert "--rest N --moving N" in begun("today", "p-01").out
    begun("log", "check-in", "p-01", "--rest", "1", "--moving", "1")
    told = begun("today", "p-01").out
    assert "Heel slide" in told
    assert "no picture in set" in told
    assert begun("next", "p-01").out.startswith("Low back, gently: ")
    sets = ("--set", "90,touches=0", "--set", "85,no-picture,grabs=0,seconds=45")
    done = begun("log", "block", "p-01", "abdominals", *sets, "--hard", "2")
    assert "abdominals: good session" in done.out
    hurt = begun("log", "block", "p-01", "low-back", "--set", "-", "--pain", "4")
    assert "end this exercise today" in hurt.out
    begun("log", "end", "p-01", "--pain", "1")
    assert "Wednesday 7 January 2026" in begun("next", "p-01").out
    assert (
        "The morning after was fine"
        in begun("log", "morning", "p-01", "1", day="2026-01-06").out
    )


def test_a_plan_in_json_is_one_document_with_grades(begun):
    begun("log", "check-in", "p-01", "--rest", "5", "--moving", "5")
    planned = json.loads(begun("today", "p-01", "--json").out)
    assert planned["decision"]["what"] == "comfortable flexibility only"
    assert {item["name"] for item in planned["items"]} == set(MUSCLES)
    assert all(item["pictures"][-1] is False for item in planned["items"])
    grades = {n["name"]: n["grade"] for n in planned["decision"]["numbers"]}
    assert grades == {"rest pain": "", "moving": "", "pain.gentle_at": "D"}
    upcoming = json.loads(begun("next", "p-01", "--json").out)
    assert upcoming["session"] == "2026-01-07"


def test_why_tells_the_decisions_and_what_is_closed(begun):
    told = begun("why", "p-01", day=None).out
    assert "2026-01-05 low-back: open. The range is reached." in told
    assert "wood-chop: not yet. All three pairs come first." in told
    one = json.loads(begun("why", "p-01", "rocker", "--json", day=None).out)
    assert [gate["what"] for gate in one["gates"]] == ["not yet"]
    assert begun("why", "p-01", "--all", day=None).out.startswith("2026-01-05")


def test_a_therapists_word_needs_a_note_and_is_kept(begun):
    assert begun("log", "word", "p-01", "limit", "rocker", "3").status == 2
    told = begun("log", "word", "p-01", "limit", "rocker", "3", "--note", "knee").out
    assert "Note: knee" in told
    said = begun("log", "word", "p-01", "go-on", "--note", "seen", "--json").out
    assert json.loads(said)["decisions"][0]["about"] == "programme"
    bad = begun("log", "word", "p-01", "number", "up.kept", "0", "--note", "easy")
    assert bad.status == 1
    assert "expected 0.6 to 1" in bad.complaint
    assert begun("log", "test", "p-01").status == 0


@pytest.mark.parametrize(
    "wrong",
    [
        ("log", "block", "p-01", "rocker", "--set", "good"),
        ("log", "block", "p-01", "rocker", "--set", "90,jumps=1"),
        ("log", "baseline", "p-01", "rocker"),
        ("log", "check-in", "p-01", "--rest", "11", "--moving", "1"),
        ("log", "morning", "p-01"),
    ],
)
def test_a_wrong_call_is_told_apart_from_a_wrong_entry(begun, wrong):
    assert begun(*wrong).status == 2


def test_an_entry_that_cannot_be_is_one_line(begun):
    for wrong in (
        ("log", "morning", "p-01", "2"),
        ("log", "block", "p-01", "rocker", "--set", "190"),
        ("log", "range", "p-01", "calf", "70"),
        ("today", "p-02"),
        ("today", "Ann Smith"),
    ):
        told = begun(*wrong)
        assert told.status == 1
        assert "expected" in told.complaint


def test_exercises_and_numbers_are_listed(call):
    assert "rocker" in call("exercises", day=None).out
    steps = call("exercises", "rocker", day=None).out.splitlines()
    assert steps[0].startswith("0  one hand on the rail")
    found = json.loads(call("exercises", "--json", day=None).out)
    assert found[0]["steps"][0] == {"stance": "lying", "range": "50"}
    assert "our default" in call("numbers", day=None).out
    numbers = json.loads(call("numbers", "--json", day=None).out)
    assert all(number["grade"] in {"S", "S2", "D"} for number in numbers)


def test_a_copy_of_the_plan_can_be_edited(call, own_home):
    assert "the plan that ships is used" in call("plan", day=None).out
    told = json.loads(call("plan", "--copy", "--json", day=None).out)
    assert told["own"] == ["ladders.toml", "rules.toml", "screen.toml"]
    rules = own_home / "surefoot" / "plans" / "rules.toml"
    text = rules.read_text()
    rules.write_text(
        text.replace("[up.sessions]\nvalue = 2", "[up.sessions]\nvalue = 4")
    )
    numbers = json.loads(call("numbers", "--json", day=None).out)
    assert {n["name"]: n["value"] for n in numbers}["up.sessions"] == 4
    assert json.loads(call("plan", "--copy", "--json", day=None).out)["copied"] == []
    rules.write_text(text.replace('grade = "D"', "", 1))
    wrong = call("plan", day=None)
    assert wrong.status == 1
    assert "rules.toml: pain.rise: grade: expected one of" in wrong.complaint


def test_a_virtual_diary_says_that_it_is_virtual(call):
    told = call("simulate", "in-pain", "--weeks", "3", day=None).out
    assert told.startswith("Virtual person in-pain, 3 weeks. Nobody trained.")
    assert "comfortable flexibility only" in told
    week = call("simulate", "steady", "--weeks", "1", "--json", day=None)
    days = json.loads(week.out)
    assert days["virtual"] is True
    assert days["days"][0]["plan"]["items"]
    assert call("simulate", "nobody", day=None).status == 2
