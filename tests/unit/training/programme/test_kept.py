"""A person's entries on disk: one line each, read back the same, refused when wrong."""

from __future__ import annotations

import json
from datetime import date

import pytest

from surefoot.core import SurefootError
from surefoot.session.programme_store import (
    add_entry,
    history_path,
    new_history,
    read_history,
)
from surefoot.training.decision import ProgrammeError
from surefoot.training.programme.entries import Morning, Range, Screened, Started
from surefoot.training.programme.lines import as_object, entry_of

DAY = date(2026, 1, 5)


def test_every_entry_of_six_people_comes_back_the_same(diaries):
    entries = {e for d in diaries.values() for day in d for e in day.entries}
    assert len({type(entry) for entry in entries}) == 11
    for entry in entries:
        told = json.loads(json.dumps(as_object(entry)))
        assert entry_of(told, "x") == entry


def test_a_history_grows_line_by_line(plan, tmp_path):
    path = new_history(plan, "p-01", Started(DAY), tmp_path)
    assert path == history_path("p-01", tmp_path) == tmp_path / "p-01.jsonl"
    before, now = add_entry(plan, "p-01", Screened(DAY), tmp_path)
    assert (before.screen, now.screen is None) == (None, False)
    assert read_history("p-01", tmp_path) == (Started(DAY), Screened(DAY))
    assert len(path.read_text().splitlines()) == 2


def test_what_cannot_follow_is_not_written(plan, tmp_path):
    path = new_history(plan, "p-01", Started(DAY), tmp_path)
    kept = path.read_bytes()
    for wrong in (Morning(DAY, 2), Range(DAY, "calf", 1.0), Started(DAY)):
        with pytest.raises(ProgrammeError):
            add_entry(plan, "p-01", wrong, tmp_path)
    assert path.read_bytes() == kept


def test_a_programme_begins_once_for_a_code_and_with_its_start(plan, tmp_path):
    new_history(plan, "p-01", Started(DAY), tmp_path)
    with pytest.raises(ProgrammeError, match="expected no programme yet"):
        new_history(plan, "p-01", Started(DAY), tmp_path)
    with pytest.raises(ProgrammeError, match="got no start"):
        new_history(plan, "p-02", Screened(DAY), tmp_path)
    with pytest.raises(ProgrammeError, match="surefoot programme new p-03"):
        read_history("p-03", tmp_path)
    with pytest.raises(SurefootError, match="never a name"):
        read_history("Ann Smith", tmp_path)


def test_the_user_folder_is_used_unless_told(plan, own_home):
    path = new_history(plan, "p-01", Started(DAY))
    assert path.is_relative_to(own_home)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{", "expected JSON"),
        ("[]", "expected an object"),
        ('{"entry": "dance"}', "entry: expected one of started, screened"),
        ('{"day": "2026-01-05"}', "entry: expected a text"),
        ('{"entry": "started", "day": "monday"}', "day: expected a date"),
        (
            '{"entry": "started", "day": "2026-01-05", "x": 1}',
            "x: expected no such key",
        ),
        ('{"entry": "morning", "day": "2026-01-06", "pain": 1.5}', "a whole number"),
        ('{"entry": "morning", "day": "2026-01-06", "pain": true}', "a number"),
        ('{"entry": "morning", "day": "2026-01-06", "pain": NaN}', "a number"),
        ('{"entry": "screened", "day": "2026-01-06", "yes": "all"}', "a list"),
        ('{"entry": "ended", "day": "2026-01-06", "felt": 3}', "felt: expected an obj"),
        (
            '{"entry": "ended", "day": "2026-01-06", "felt": {"pain": 1, "leg": "no"}}',
            "leg: expected true or false",
        ),
        ('{"entry": "baseline", "day": "2026-01-06", "steps": []}', "an object"),
    ],
)
def test_a_damaged_line_is_told_with_its_number(plan, tmp_path, line, expected):
    path = new_history(plan, "p-01", Started(DAY), tmp_path)
    with path.open("a") as file:
        file.write(line + "\n")
    with pytest.raises(ProgrammeError) as refused:
        read_history("p-01", tmp_path)
    assert expected in str(refused.value)
    assert f"{path}:2" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_bytes_that_are_no_text_are_refused(plan, tmp_path):
    path = new_history(plan, "p-01", Started(DAY), tmp_path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProgrammeError, match="expected text"):
        read_history("p-01", tmp_path)
