"""What is said afterwards: beside the packets, only added to, the last word wins."""

from __future__ import annotations

import json
import random
import threading
from pathlib import Path

import pytest

from surefoot.cli import main
from surefoot.core import Marker, RecordingError
from surefoot.recording import (
    Change,
    Exclusion,
    annotate,
    annotations_file,
    annotations_of,
    recover,
)


@pytest.fixture
def path(build, packets):
    return build(packets)


def test_nothing_is_said_at_first(path):
    found = annotations_of(path)
    assert (found.person, found.labels, found.exclusions) == (None, (), ())
    assert (found.notes, found.corrections, found.history) == ((), {}, ())
    assert not annotations_file(path).exists()


def test_record_first_and_ask_later_leaves_the_recording_untouched(path):
    before = path.read_bytes()
    found = annotate(
        path,
        Change.person("p-12"),
        Change.correct("drill", "rocker-hold-level"),
        Change.label("eyes closed"),
        Change.note("first time\non this board"),
        by="t-1",
    )
    assert found == annotations_of(path)
    assert found.person == "p-12"
    assert found.labels == ("eyes closed",)
    assert found.corrections == {"drill": "rocker-hold-level"}
    assert found.notes == ("first time\non this board",)
    assert {entry.by for entry in found.history} == {"t-1"}
    assert path.read_bytes() == before


def test_the_last_word_wins_and_the_history_stays(path):
    annotate(path, Change.person("p-12"), Change.correct("drill", "a"))
    annotate(path, Change.person("p-13"), Change.correct("drill", "b"))
    found = annotate(path, Change.label("x"), Change.label("y"), Change.unlabel("x"))
    assert (found.person, found.corrections) == ("p-13", {"drill": "b"})
    assert found.labels == ("y",)
    assert [entry.number for entry in found.history] == [*range(1, 8)]
    assert annotate(path, Change.person("")).person == ""


def test_a_withdrawal_can_be_withdrawn(path):
    annotate(path, Change.person("p-1"), Change.person("p-2"))
    assert annotate(path, Change.withdraw(2)).person == "p-1"
    found = annotate(path, Change.withdraw(3))
    assert found.person == "p-2"
    assert [entry.withdrawn for entry in found.history] == [False, False, True, False]
    with pytest.raises(RecordingError, match="one of its lines, got 9"):
        annotate(path, Change.withdraw(9))


def test_intervals_cut_one_another(path):
    found = annotate(
        path,
        Change.exclude(10, 20, "phone"),
        Change.exclude(15, 30, "talk"),
        Change.include(12, 13),
    )
    assert found.exclusions == (
        Exclusion(10, 12, "phone"),
        Exclusion(13, 15, "phone"),
        Exclusion(15, 30, "talk"),
    )
    assert found.excludes(0, 10.1)
    assert not found.excludes(12, 13)
    assert not found.excludes(30, 40)
    assert not annotate(path, Change.include(0, 100)).exclusions


def test_a_marker_can_be_set_afterwards_and_taken_back(path):
    annotate(path, Change.mark(12.5, "step-down"), Change.mark(3, "push"))
    found = annotations_of(path)
    assert found.markers == (Marker(3.0, "push"), Marker(12.5, "step-down"))
    assert found.as_json()["markers"][1] == {"t": 12.5, "label": "step-down"}
    left = annotate(path, Change.withdraw(1))
    assert left.markers == (Marker(3.0, "push"),)
    assert [entry.change.kind for entry in left.history] == ["mark", "mark", "withdraw"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Change.person("Jane Doe"),
        lambda: Change.label(""),
        lambda: Change.label("two\nlines"),
        lambda: Change.exclude(20, 10),
        lambda: Change.exclude(-1, 10),
        lambda: Change.exclude(0, float("inf")),
        lambda: Change.include(float("nan"), 1),
        lambda: Change.note("  "),
        lambda: Change.note("x" * 10_001),
        lambda: Change.correct("Drill name", "x"),
        lambda: Change.withdraw(0),
        lambda: Change.mark(-1, "push"),
        lambda: Change.mark(float("nan"), "push"),
        lambda: Change.mark(1, ""),
    ],
)
def test_what_cannot_be_meant_so_is_refused_in_one_line(wrong):
    with pytest.raises(RecordingError, match="expected") as caught:
        wrong()
    assert "\n" not in str(caught.value)


def test_a_flipped_bit_costs_what_it_hits_and_is_told(path, trials):
    for n in range(8):
        annotate(path, Change.label(f"label {n}"), by="t-1")
    beside = annotations_file(path)
    whole = beside.read_bytes()
    chance = random.Random(4)
    for _ in range(trials):
        at = chance.randrange(len(whole))
        spoilt = bytearray(whole)
        spoilt[at] ^= 1 << chance.randrange(8)
        beside.write_bytes(spoilt)
        found = annotations_of(path)
        assert {int(label[-1]) + 1 for label in found.labels} == {
            entry.number for entry in found.history
        }
        # the end of a line hits two of them
        assert 6 <= len(found.history) <= 7 or at == len(whole) - 1
        assert found.damage or at == len(whole) - 1


def test_a_torn_line_takes_no_later_one_with_it_and_numbers_stay(path):
    annotate(path, Change.label("a"), Change.label("b"))
    beside = annotations_file(path)
    whole = beside.read_bytes()
    for cut in range(0, len(whole), 5):
        beside.write_bytes(whole[:cut])
        found = annotate(path, Change.note("after"))
        assert found.notes == ("after",)
        assert found.labels == ("a", "b")[: whole[: cut + 1].count(b"\n")]
        assert len({entry.number for entry in found.history}) == len(found.history)


def test_a_line_that_comes_twice_counts_once(path):
    annotate(path, Change.person("p-1"), Change.label("x"))
    beside = annotations_file(path)
    lines = beside.read_bytes().splitlines(keepends=True)
    beside.write_bytes(b"".join([*lines, lines[0]]))
    found = annotations_of(path)
    assert "repeats" in found.damage[0]
    assert len(found.history) == 2


def test_a_recovered_recording_keeps_what_was_said_of_its_part(build, packets):
    part = build(packets, finish=False)
    annotate(part, Change.person("p-3"))
    assert annotations_of(recover(part)).person == "p-3"
    elsewhere = recover(part, part.with_name("b.mcap"))
    assert annotations_of(elsewhere).person == "p-3"
    assert annotate(elsewhere, Change.person("p-4")).person == "p-4"
    assert annotations_of(part).person == "p-3"


def test_another_recording_of_that_name_does_not_inherit(build, packets):
    path = build(packets)
    annotate(path, Change.person("p-3"))
    path.unlink()
    again = build(packets)
    assert again == path
    found = annotations_of(again)
    assert found.person is None
    assert "about another recording" in found.damage[0]


def test_two_threads_lose_nothing(path):
    def say(who: str) -> None:
        for n in range(15):
            annotate(path, Change.note(f"{who}{n}"))

    threads = [threading.Thread(target=say, args=(who,)) for who in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = annotations_of(path)
    assert found.damage == ()
    assert sorted(found.notes) == sorted(f"{w}{n}" for w in "abc" for n in range(15))
    assert [entry.number for entry in found.history] == [*range(1, 46)]


def test_a_folder_that_may_not_be_written_to_is_told(path, monkeypatch):
    def refuse(_self: Path, *_told: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RecordingError, match="Permission denied"):
        annotate(path, Change.note("x"))


def test_nonsense_beside_a_recording_is_told_and_harms_nothing(path):
    for text in (b"\xff\xfe\n", b"[1]\n", b'{"crc": ""}\n', b"[" * 100_000 + b"\n"):
        annotations_file(path).write_bytes(text)
        found = annotations_of(path)
        assert len(found.damage) == 1, text[:20]
        assert annotate(path, Change.note("x")).notes == ("x",)


def test_the_command_says_it_and_shows_it(path, capsys):
    call = ["annotate", str(path)]
    assert main(call) == 0
    assert "nothing was said about it" in capsys.readouterr().out
    options = ["--person", "p-07", "--note", "held on", "--exclude", "10:20"]
    assert main([*call, *options, "--because", "phone", "--by", "t-1"]) == 0
    told = capsys.readouterr().out
    assert "excluded  10 to 20 s, phone" in told
    assert "p-07" in told
    assert main([*call, "--withdraw", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["person"] is None
    assert found["exclusions"] == [{"start": 10.0, "end": 20.0, "because": "phone"}]
    assert [entry["withdrawn"] for entry in found["history"]] == [True] + [False] * 3


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (["--exclude", "ten"], 2, "expected START:END"),
        (["--exclude", "20:10"], 1, "exclude: expected seconds"),
        (["--correct", "drill"], 2, "expected KEY=VALUE"),
        (["--person", "Jane Doe"], 1, "person: expected a code"),
        (["--because", "x"], 2, "--because"),
        (["--withdraw", "4"], 1, "withdraw: expected one of its lines"),
    ],
)
def test_the_command_refuses_in_words(path, capsys, options, status, words):
    assert main(["annotate", str(path), *options]) == status
    assert words in capsys.readouterr().err
    assert annotations_of(path).history == ()
