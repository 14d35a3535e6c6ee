"""The commands of the archive say what they did, or in one line why not."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from surefoot.archive import ArchiveError, Identities, open_archive, take
from surefoot.cli import surefoot
from surefoot.cli.archive import archive as archive_command
from surefoot.cli.people import people as people_command
from surefoot.core import SurefootError
from surefoot.recording import Change, annotate

WORDS = "correct horse battery"


@pytest.fixture
def cheap(monkeypatch):
    """Let no test spend the time that a passphrase costs a thief."""
    whole = Identities.create.__func__
    monkeypatch.setattr(
        Identities,
        "create",
        classmethod(lambda cls, path, words: whole(cls, path, words, cost=16)),
    )
    monkeypatch.setenv("SUREFOOT_PASSPHRASE", WORDS)


@pytest.fixture
def run():
    def call(command, *arguments, typed=""):
        words = [command.name, *map(str, arguments)]
        told = CliRunner().invoke(surefoot, words, input=typed)
        if told.exception and not isinstance(told.exception, SystemExit):
            raise told.exception
        return told

    return call


@pytest.fixture
def archived(run, sample):
    """A folder with two recordings of one person, taken in."""
    folder = None
    for name in ("rocker-steady", "rocker-unsteady"):
        path = sample(name)
        annotate(path, Change.person("P001"))
        folder = path.parent
    (folder / "text.mcap").write_text("no recording")
    with pytest.raises(SurefootError, match=r"text\.mcap"):
        run(archive_command, "add", folder, "--no-measure")
    return folder


def test_recordings_are_taken_in_listed_and_told(run, archived):
    told = json.loads(run(archive_command, "list", "--json").output)
    assert {Path(one["file"]).parent for one in told} == {archived}
    assert {one["person"] for one in told} == {"P001"}
    lines = run(archive_command, "list", "--person", "P001").output.splitlines()
    assert len(lines) == 2
    assert "rocker-hold-level" in lines[0]
    assert "virtual" in lines[0]
    assert "nothing measured" in run(archive_command, "progress", "P001").output
    files = sorted(archived.glob("rocker*.mcap"))
    assert "2 recordings" in run(archive_command, "add", *files).output
    names = run(archive_command, "progress", "P001").output.split()
    assert "tilt_rms" in names
    points = json.loads(
        run(archive_command, "progress", "P001", "tilt_rms", "--json").output
    )
    assert len(points) == 2
    assert all(point["value"] > 0 and point["unit"] == "rad" for point in points)
    assert points[-1]["differs"] == ""
    assert "rad" in run(archive_command, "progress", "P001", "tilt_rms").output
    assert "no x yet" in run(archive_command, "progress", "P001", "x").output


def test_a_value_that_came_about_in_another_way_is_marked(run, facts, measure, results):
    old, new = results(measure("tilt_rms", 0.2)), results(measure("tilt_rms", 0.1))
    old["pipelines"][0]["filter"] = "another one"
    with open_archive() as archive:
        take(archive, facts(results=(old,)), facts(day=1, results=(new,)))
        take(archive, facts(day=2, results=(new,)))
    told = json.loads(
        run(archive_command, "progress", "P001", "tilt_rms", "--json").output
    )
    assert ["filter" in point["differs"] for point in told] == [True, False, False]
    lines = run(archive_command, "progress", "P001", "tilt_rms").output.splitlines()
    assert ["not to be compared" in line for line in lines] == [True, False, False]


def test_an_empty_archive_says_how_to_go_on(run):
    assert "archive add" in run(archive_command, "list").output
    assert "people add" in run(people_command, "list").output


def test_a_file_that_is_none_is_said(run, tmp_path):
    with pytest.raises(SurefootError, match="none"):
        run(archive_command, "add", tmp_path / "none.mcap")


def test_people_are_taken_in_and_listed(run):
    run(people_command, "add", "P-9", "--birth-year", "1948")
    assert "born 1948" in run(people_command, "list").output
    told = json.loads(run(people_command, "list", "--json").output)
    assert told == [{"code": "P-9", "birth_year": 1948, "sessions": 0, "last": None}]
    with pytest.raises(SurefootError, match="never a name"):
        run(people_command, "add", "Anna Berg")


@pytest.mark.usefixtures("cheap")
def test_an_identity_is_kept_and_shown(run, own_home):
    run(people_command, "identify", "P1", "--name", "Anna Bergström")
    run(people_command, "identify", "P1", "--consent", "study, 2026")
    told = json.loads(run(people_command, "identify", "P1", "--json").output)
    assert (told["name"], told["consent"]) == ("Anna Bergström", "study, 2026")
    kept = b"".join(p.read_bytes() for p in own_home.rglob("*") if p.is_file())
    assert "Bergström".encode() not in kept
    with pytest.raises(ArchiveError, match="--name"):
        run(people_command, "identify", "P2")


@pytest.mark.usefixtures("cheap")
def test_the_passphrase_is_asked_for_and_never_shown(run, monkeypatch):
    monkeypatch.delenv("SUREFOOT_PASSPHRASE")
    made = run(people_command, "identify", "P1", "--name", "Anna", typed=f"{WORDS}\n")
    shown = run(people_command, "identify", "P1", typed=f"{WORDS}\n")
    assert "Anna" in shown.output
    assert WORDS not in made.output + shown.output
    with pytest.raises(ArchiveError, match="its passphrase, got another"):
        run(people_command, "identify", "P1", typed="something else\n")


@pytest.mark.usefixtures("cheap")
def test_all_of_one_person_is_handed_out_and_erased(run, archived, tmp_path):
    run(people_command, "identify", "P001", "--name", "Anna")
    to = tmp_path / "P001.zip"
    said = run(people_command, "export", "P001", "--to", to, "--identity").output
    assert "2 recordings" in said
    with zipfile.ZipFile(to) as box:
        assert json.loads(box.read("person.json"))["identity"]["name"] == "Anna"
    wrong = run(people_command, "erase", "P001", typed="P002\n")
    assert wrong.exit_code == 2
    assert len(list(archived.glob("rocker*.mcap"))) == 2
    done = run(people_command, "erase", "P001", typed="P001\n")
    assert "2 sessions" in done.output
    assert "text.mcap" in done.output
    assert [p.name for p in archived.iterdir()] == ["text.mcap"]
    assert "nobody yet" in run(people_command, "list").output
    with pytest.raises(SurefootError, match="nobody"):
        run(people_command, "erase", "P001", "--yes")


def test_what_cannot_be_erased_is_said_and_it_is_no_success(run, archived, monkeypatch):
    def held(_self, missing_ok=False):  # noqa: ARG001 as Path has it
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(ArchiveError, match="in use"):
        run(people_command, "erase", "P001", "--yes")
    assert archived.exists()


def test_a_backup_is_made_and_put_back(run, tmp_path):
    place = tmp_path / "mine.db"
    run(people_command, "add", "P1", "--archive", place)
    copy = run(archive_command, "backup", "--to", tmp_path / "b", "--archive", place)
    run(people_command, "add", "P2", "--archive", place)
    run(archive_command, "restore", copy.output.strip(), "--archive", place)
    told = json.loads(run(people_command, "list", "--json", "--archive", place).output)
    assert [one["code"] for one in told] == ["P1"]


@pytest.mark.usefixtures("cheap")
def test_where_nobody_can_answer_it_says_what_to_do(run, monkeypatch):
    run(people_command, "add", "P1")
    asked = run(people_command, "erase", "P1")
    assert asked.exit_code == 2
    assert "say --yes" in asked.output
    assert "P1" in run(people_command, "list").output
    monkeypatch.delenv("SUREFOOT_PASSPHRASE")
    asked = run(people_command, "identify", "P1", "--name", "Anna")
    assert asked.exit_code == 2
    assert "set SUREFOOT_PASSPHRASE" in asked.output


def test_the_log_of_a_programme_comes_in_as_it_is_written(run, archived, own_home):
    from surefoot.archive import pain_answers, programme_entries
    from surefoot.cli.programme import programme

    day = ("--day", "2026-03-02")
    run(programme, "new", "P001", *day)
    run(programme, "log", "screen", "P001", *day)
    run(programme, "log", "baseline", "P001", "low-back=1", *day)
    run(programme, "log", "check-in", "P001", "--rest", 1, "--moving", 2, *day)
    with open_archive() as archive:
        assert len(programme_entries(archive, "P001")) == 4
        assert [one.value for one in pain_answers(archive, "P001")] == [1, 2]
    elsewhere = own_home / "elsewhere.db"
    told = run(
        archive_command, "add", archived / "rocker-steady.mcap", "--archive", elsewhere
    )
    assert "1 recordings" in told.output
    with open_archive(elsewhere) as archive:
        assert len(programme_entries(archive, "P001")) == 4


def test_a_log_that_cannot_be_taken_in_is_written_all_the_same(run, own_home):
    from surefoot.cli.programme import programme

    file = own_home / "surefoot" / "archive" / "catalogue.db"
    file.parent.mkdir(parents=True)
    file.write_text("no database, and long enough to be looked at" * 40)
    told = run(programme, "new", "P001", "--day", "2026-03-02")
    assert told.exit_code == 0
    assert "not in the archive" in told.stderr
    assert (own_home / "surefoot" / "programmes" / "P001.jsonl").is_file()
