"""What a sitting came to reaches the catalogue: sets, scores, pain, decisions."""

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from surefoot.archive import (
    AnswerFact,
    DecisionFact,
    Pain,
    TrialFact,
    answer,
    decide,
    decided,
    erase_person,
    export_person,
    facts_of,
    keep_programme,
    open_archive,
    pain_answers,
    people,
    programme_entries,
    rebuild,
    register,
    take,
    take_programme,
    take_programmes,
)
from surefoot.archive._models import Base
from surefoot.archive._purge import purge
from surefoot.archive._sitting import answers_of, decisions_of, kept_of, sets_of
from surefoot.archive._tombs import bury
from surefoot.core import SurefootError
from surefoot.recording import Change, annotate
from surefoot.session.analysing import analyse
from surefoot.session.drill_shelf import load_drill
from surefoot.session.final import store, stored
from surefoot.session.opening import rules_text
from surefoot.session.performing import Performance
from surefoot.session.programme_store import load_plan, new_history, read_history
from surefoot.session.setup import Setup, sensor
from surefoot.session.templates import keep_template
from surefoot.session.usual import usual_sensors
from surefoot.training.agreed import Agreed
from surefoot.training.pain import Felt
from surefoot.training.programme.entries import (
    Baseline,
    Block,
    CheckIn,
    Ended,
    Morning,
    Screened,
    Started,
)
from surefoot.training.progression import SetDone
from surefoot.training.template import plain_template

DAY = date(2026, 3, 2)
ENTRIES = (
    Started(DAY),
    Screened(DAY),
    Baseline(DAY, (("low-back", 1), ("rocker", 0))),
    CheckIn(DAY, 1, Felt(2), painkillers=True),
    Block(DAY, "low-back", (SetDone(0.9), SetDone(0.8)), Felt(3), 2),
    Ended(DAY, Felt(1)),
    Morning(date(2026, 3, 3), 2),
)


def sat(folder: Path, name: str, who: str, sets: int | None = None) -> Path:
    """Let a virtual person do a drill; return the recording."""
    drill = load_drill(name)
    wanted = usual_sensors(drill.roles, drill.signal)
    sensors = {role: sensor(profile) for role, profile in wanted.items()}
    told = {"virtual": True, "person": "P001", "agreed": Agreed(sets=sets)}
    told |= {"rules": rules_text()}
    path = folder / f"{name}.mcap"
    done = Performance(Setup(sensors, drill, **told), who).run(path)
    assert done.stuck == ""
    return path


@pytest.fixture(scope="session")
def performed(tmp_path_factory):
    """Two sittings of P001: two sets on a board, and one without a sensor."""
    folder = tmp_path_factory.mktemp("performed")
    sat(folder, "rocker-hold-level", "unsteady", 2)
    sat(folder, "dead-bug", "in-pain")
    return folder


@pytest.fixture
def recordings(performed, tmp_path):
    """Copies of them."""
    return Path(shutil.copytree(performed, tmp_path / "performed"))


def trials(archive):
    query = (
        "SELECT trials.drill, set_no, stage, invalid, kept, held_on, ended, sitting, "
        "circumstances FROM trials JOIN sessions ON uuid = session_uuid "
        "ORDER BY trials.drill, number"
    )
    with archive.reading() as session:
        return session.execute(text(query)).all()


def everything(archive) -> dict[str, list[str]]:
    """Every row of every table without what is by chance or of the moment."""
    left_out = {"id", "registered", "added", "person_id", "trial_id", "result_id"}
    with archive.engine.connect() as connection:
        return {
            table.name: sorted(
                str({k: v for k, v in row._mapping.items() if k not in left_out})
                for row in connection.execute(table.select())
            )
            for table in Base.metadata.sorted_tables
        }


def test_sets_scores_and_answers_are_told_by_the_final_values(recordings):
    found = analyse(recordings / "rocker-hold-level.mcap")
    assert [(one["set"], one["of"], one["picture"]) for one in found["sets"]] == [
        (1, 2, True),
        (2, 2, True),
    ]
    for one in found["sets"]:
        values = [
            m["value"]
            for m in found["measures"]
            if m["name"] == "time_in_zone" and m["t0"] == one["t0"]
        ]
        score = one["score"]
        assert [score["value"]] == values
        assert score["kept"] == score["value"] < 1.0
        assert score["rule"] == "share of the time in the zone"
        assert score["from"] == "final"
        assert one["position"]["surface"] == "rocker-ml"
    assert [(p["when"], p["value"]) for p in found["pain"]] == [
        ("rest", 0),
        ("moving", 0),
        ("after", 0),
    ]
    assert [one["what"] for one in found["decisions"]] == ["train", "go on"]
    assert len(found["effort"]) == 1


def test_a_set_that_no_sensor_saw_is_told_as_it_was_entered(recordings):
    found = analyse(recordings / "dead-bug.mcap")
    (one,) = found["sets"]
    assert (one["ended"], one["score"]["from"]) == ("pain", "entered")
    assert one["score"]["kept"] is not None
    assert [p["value"] for p in found["pain"]] == [1, 2, 3]
    assert found["decisions"][-1]["what"] == "end this exercise today"
    assert found["measures"] == []


def test_a_score_of_what_only_the_set_can_tell_is_final_too(tmp_path):
    path = sat(tmp_path, "sharpened-romberg", "steady", 1)
    one = analyse(path)["sets"][0]
    assert (one["score"]["measure"], one["score"]["from"]) == ("stance_time", "final")
    assert one["score"]["value"] == pytest.approx(one["t1"] - one["t0"], abs=1.0)


def test_a_run_left_out_afterwards_has_no_score(recordings):
    path = recordings / "rocker-hold-level.mcap"
    annotate(path, Change.exclude(0.0, 25.0, "the sensor slipped"))
    first, second = analyse(path)["sets"]
    assert first["score"]["kept"] is None
    assert first["score"]["reason"]
    assert second["score"]["kept"] is not None


def test_results_of_an_older_schema_are_read_and_followed_by_new_ones(recordings):
    path = recordings / "rocker-hold-level.mcap"
    found = analyse(path)
    assert store(found, path)
    assert not store(found, path)
    (row,) = stored(path)
    assert (row["schema"], len(row["sets"]), len(row["pain"])) == (2, 2, 3)
    old = {k: v for k, v in row.items() if k not in {"sets", "pain", "decisions"}}
    rewritten(path, old | {"schema": 1})
    assert facts_of(path).answers == ()
    assert [one.set_no for one in facts_of(path).trials] == [0, 0]
    assert store(found, path)
    assert [one["schema"] for one in stored(path)] == [1, 2]
    assert [one.set_no for one in facts_of(path).trials] == [1, 2]


def rewritten(path: Path, row: dict) -> None:
    from surefoot.session.final import _line, results_path

    results_path(path).write_bytes(_line(row))


def test_the_catalogue_has_sets_pain_and_decisions(archive, recordings):
    done = rebuild(archive, recordings)
    assert (len(done.taken), done.troubles) == (2, ())
    bug, one, two = trials(archive)
    assert (bug.set_no, bug.ended, bug.kept is None) == (1, "pain", False)
    assert (one.set_no, two.set_no, one.stage, one.invalid) == (1, 2, "", "")
    assert 0.0 < one.kept < 1.0
    told = two.sitting if isinstance(two.sitting, dict) else json.loads(two.sitting)
    assert told["score"]["rule"] == "share of the time in the zone"
    assert told["picture"] is True
    pain = pain_answers(archive, "P001")
    assert sorted((p.moment, p.kind, p.value) for p in pain) == [
        ("before", "movement", 0),
        ("before", "movement", 2),
        ("before", "rest", 0),
        ("before", "rest", 1),
        ("block", "movement", 0),
        ("block", "movement", 3),
    ]
    assert {p.source for p in pain} == {"recording"}
    assert all(p.session for p in pain)
    told = [one.decision for one in decided(archive, "decision", "P001")]
    (ended,) = (one for one in told if one["what"] == "end this exercise today")
    assert (ended["drill"], bool(ended["reason"])) == ("dead-bug", True)
    assert len(decided(archive, "effort", "P001")) == 2


def test_taking_in_again_and_making_anew_give_the_same(archive, recordings, tmp_path):
    first = rebuild(archive, recordings)
    answer(archive, "P001", Pain(value=4, moment="end", kind="rest"))
    decide(archive, "P001", "up", {"why": "told by hand"})
    before = everything(archive)
    register(archive, recordings / "dead-bug.mcap")
    rebuild(archive, recordings)
    assert everything(archive) == before
    with open_archive(tmp_path / "new.db") as new:
        rebuild(new, recordings)
        anew = everything(new)
    assert anew["trials"] == before["trials"]
    assert len(anew["pain_answers"]) == len(before["pain_answers"]) - 1
    assert set(anew["pain_answers"]) <= set(before["pain_answers"])
    assert set(anew["decisions"]) < set(before["decisions"])
    assert len(first.taken) == 2


def test_answers_follow_the_person_a_recording_is_given_to(archive, recordings):
    path = recordings / "dead-bug.mcap"
    register(archive, path)
    annotate(path, Change.person("P009"))
    register(archive, path)
    assert pain_answers(archive, "P001") == []
    assert [p.value for p in pain_answers(archive, "P009")] == [1, 2, 3]


def test_the_log_of_a_programme_comes_in_once(archive):
    plan = load_plan()
    take_programme(archive, "P001", ENTRIES, plan)
    before = everything(archive)
    take_programme(archive, "P001", ENTRIES, plan)
    assert everything(archive) == before
    pain = pain_answers(archive, "P001")
    assert [(p.moment, p.kind, p.value) for p in pain] == [
        ("before", "rest", 1),
        ("before", "movement", 2),
        ("block", "movement", 3),
        ("end", "movement", 1),
        ("next-morning", "rest", 2),
    ]
    assert pain[0].detail == {"painkillers": True}
    assert pain[2].detail == {"exercise": "low-back"}
    assert programme_entries(archive, "P001") == ENTRIES
    steps = [one.decision for one in decided(archive, "programme", "P001")]
    assert all(one["reason"] for one in steps)
    assert any(one["numbers"] for one in steps)
    shorter = ENTRIES[:4]
    take_programme(archive, "P001", shorter, plan)
    assert programme_entries(archive, "P001") == shorter


def test_a_log_that_cannot_be_followed_changes_nothing(archive):
    plan = load_plan()
    take_programme(archive, "P001", ENTRIES, plan)
    before = everything(archive)
    with pytest.raises(SurefootError, match="expected one start"):
        take_programme(archive, "P001", ENTRIES[1:], plan)
    assert everything(archive) == before


def test_an_answer_told_twice_counts_once_whichever_came_first(archive, facts):
    asked = (
        AnswerFact(t=5.0, moment="before", kind="rest", value=1),
        AnswerFact(t=900.0, moment="block", kind="movement", value=3),
        AnswerFact(t=960.0, moment="block", kind="movement", value=5),
    )
    started = datetime(2026, 3, 2, 9, tzinfo=UTC)
    sitting = facts(started=started, answers=asked)
    for order in ((0, 1), (1, 0)):
        steps = (
            lambda: take(archive, sitting),
            lambda: take_programme(archive, "P001", ENTRIES, load_plan()),
        )
        for n in order:
            steps[n]()
        found = pain_answers(archive, "P001")
        assert sorted((p.moment, p.kind, p.value) for p in found) == [
            ("before", "movement", 2),
            ("before", "rest", 1),
            ("block", "movement", 3),
            ("block", "movement", 5),
            ("end", "movement", 1),
            ("next-morning", "rest", 2),
        ]


def kept_log(code: str) -> None:
    from surefoot.session.programme_store import add_entry

    plan = load_plan()
    new_history(plan, code, ENTRIES[0])
    for entry in ENTRIES[1:]:
        add_entry(plan, code, entry)


def test_logs_of_those_who_are_known_come_in_with_the_recordings(archive, facts):
    take(archive, facts())
    for code in ("P001", "P002"):
        kept_log(code)
    assert take_programmes(archive) == []
    assert programme_entries(archive, "P001") == read_history("P001")
    assert [one.code for one in people(archive)] == ["P001"]


def test_a_damaged_log_is_said_and_keeps_no_other_back(archive, facts, own_home):
    take(archive, facts(), facts("P002"))
    kept_log("P002")
    (own_home / "surefoot" / "programmes" / "P001.jsonl").write_text("{}\n")
    (trouble,) = take_programmes(archive)
    assert "P001.jsonl:1" in trouble
    assert programme_entries(archive, "P002") == ENTRIES


def test_an_entry_is_kept_where_there_is_an_archive(tmp_path, own_home):
    kept_log("P001")
    assert keep_programme("P001", tmp_path / "none.db") == ""
    assert not (tmp_path / "none.db").exists()
    where = tmp_path / "catalogue.db"
    open_archive(where).close()
    assert keep_programme("P001", where) == ""
    with open_archive(where) as archive:
        assert programme_entries(archive, "P001") == ENTRIES
    history = own_home / "surefoot" / "programmes" / "P001.jsonl"
    history.write_text("no json\n")
    assert "written down, and not in the archive" in keep_programme("P001", where)


def test_all_of_it_is_handed_out_and_erased(where, recordings, own_home, tmp_path):
    import zipfile

    code = "Qx7-secret-sitting"
    with open_archive(where) as archive:
        for path in sorted(recordings.glob("*.mcap")):
            annotate(path, Change.person(code))
            store(analyse(path), path)
        rebuild(archive, recordings)
        kept_log(code)
        take_programmes(archive)
        keep_template(plain_template(0.5, (2.0, 1.0, 2.0)), code, "dead-bug")
        keep_template(plain_template(0.6, (2.0, 1.0, 2.0)), code, "dead-bug")
        handed = export_person(archive, code, tmp_path / "all.zip")
        with zipfile.ZipFile(handed.path) as box:
            names = set(box.namelist())
            rows = json.loads(box.read("person.json"))
        assert {
            f"kept/programmes/{code}.jsonl",
            "kept/templates/dead-bug.json",
            "kept/templates/dead-bug.json.before",
        } <= names
        assert {one["set_no"] for one in rows["trials"]} == {1, 2}
        assert {one["source"] for one in rows["pain_answers"]} == {
            "recording",
            "programme",
        }
        kinds = {one["what"] for one in rows["decisions"]}
        assert {"entry", "programme", "decision", "effort"} <= kinds
        handed.path.unlink()
        found = erase_person(archive, code)
        assert found.troubles == ()
    for place in (own_home, tmp_path):
        for file in place.rglob("*"):
            told = file.name.encode() + (file.read_bytes() if file.is_file() else b"")
            assert code.encode() not in told, file
            assert b"low-back" not in told, file
    with open_archive(where) as archive:
        left = everything(archive)
    assert [name for name, rows in left.items() if rows] == ["tombstones"]


def test_what_has_not_the_shape_of_a_sitting_is_left_out():
    odd = {
        "sets": [{"set": 1, "t0": 1.0, "t1": 2.0}, {"set": "x"}, 4, {"t0": 1}],
        "pain": [
            {"t": 1.0, "when": "rest", "value": 11},
            {"t": float("nan"), "when": "rest", "value": 1},
            {"t": 1.0, "when": "never", "value": 1},
            {"t": 2.0, "when": "after", "value": 3, "sharp": True},
            "pain",
        ],
        "effort": "hard",
        "decisions": [{"t": 1.0, "kind": "skipped", "set": 2}, {"kind": "decision"}],
    }
    assert [one["set"] for one in sets_of(odd)] == [1]
    assert answers_of(odd) == (
        AnswerFact(
            t=2.0, moment="block", kind="movement", value=3, detail={"sharp": True}
        ),
    )
    assert decisions_of(odd) == (
        DecisionFact(t=1.0, what="skipped", decision={"set": 2}),
    )
    assert (sets_of({}), answers_of({}), decisions_of({})) == ([], (), ())
    assert kept_of({"score": {"kept": None}}) is None
    assert kept_of({"score": "good"}) is None
    assert kept_of({"score": {"kept": 0.5}}) == 0.5


def test_a_trial_without_a_sitting_tells_none(archive, facts):
    plain = TrialFact(number=1, t0=1.0, t1=2.0)
    take(archive, facts(trials=(plain,)))
    (row,) = trials(archive)
    assert (row.set_no, row.stage, row.kept) == (0, "", None)


def test_what_an_erased_recording_told_goes_with_it(archive, facts):
    told = AnswerFact(t=5.0, moment="block", kind="movement", value=3)
    felt = DecisionFact(t=6.0, what="effort", decision={"value": 2})
    one = facts(answers=(told,), decisions=(felt,))
    take(archive, one)
    by_hand = Pain(value=4, moment="end", kind="rest", session=one.uuid)
    answer(archive, "P001", by_hand)
    bury(archive, {one.uuid: "session"})
    assert purge(archive) == []
    assert [p.value for p in pain_answers(archive, "P001")] == [4]
    assert decided(archive, person="P001") == []
