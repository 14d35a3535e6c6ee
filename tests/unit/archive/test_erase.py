"""What is erased is gone: rows, pages, files, identity; and stays gone."""

import json
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest
from sqlalchemy import text

from surefoot.archive import (
    ArchiveError,
    Identities,
    Identity,
    NoteFact,
    Pain,
    add_person,
    answer,
    backup,
    decide,
    erase_person,
    export_person,
    open_archive,
    people,
    rebuild,
    register,
    restore,
    sessions,
    take,
    write_note,
)
from surefoot.archive._family import family
from surefoot.archive._models import Base
from surefoot.core import DrillError
from surefoot.recording import Change, annotate, open_recording, recordings_folder
from surefoot.session.people import keep_zone

CODE, OTHER = "Qx7-secret-code", "P002"
CHEAP = 1 << 4


def lived_in(archive, home: Path, sample) -> list[str]:
    """Fill an archive with the traces of two people; return the first one's numbers."""
    numbers: list[str] = []
    folder = recordings_folder()
    folder.mkdir(parents=True)
    for name, code in (("rocker-steady", CODE), ("rocker-unsteady", OTHER)):
        path = Path(shutil.move(sample(name), folder))
        annotate(path, Change.person(code), Change.note(f"{code} was tired"), by="T1")
        (folder / f"{path.stem}.results.jsonl").write_text(f'{{"of": "{code}"}}\n')
        number = str(open_recording(path).header.session["id"])
        if code == CODE:
            numbers.append(number)
        register(archive, path, measure=False)
        add_person(archive, code, 1950)
        answer(archive, code, Pain(value=3, moment="end", kind="rest", session=number))
        decide(archive, code, "up", {"why": f"{code} is doing well"})
        write_note(archive, code, f"{code} likes mornings")
        keep_zone(code, "rocker-hold-level", 5.0)
        programme = home / "surefoot" / "programmes"
        programme.mkdir(exist_ok=True)
        (programme / f"{code}.jsonl").write_text(f'{{"person": "{code}"}}\n')
    # never taken into the catalogue, and a part of a crash
    stray = Path(shutil.copy(sample("rocker-clicker"), folder / "stray.mcap"))
    annotate(stray, Change.person(CODE))
    numbers.append(str(open_recording(stray).header.session["id"]))
    shutil.copy(stray, folder / "stray.mcap.part")
    cache = platformdirs.user_cache_path("surefoot") / f"index-{numbers[0]}.bin"
    cache.parent.mkdir(exist_ok=True)
    cache.write_text(CODE)
    return numbers


def identify(archive) -> Identities:
    """Make a store of identities with two people in it."""
    store = Identities.create(archive.place.identities, "eight words", cost=CHEAP)
    with archive.reading() as session:
        rows = session.execute(text("SELECT code, id FROM people")).all()
    for code, number in rows:
        name = f"Anna {code}"
        store.put(number, Identity(code=code, name=name, born="1950-02-03"))
    return store


def traces(place: Path, needles: list[str]) -> list[str]:
    """Every file with one of these in its name or its bytes."""
    found: list[str] = []
    for file in sorted(place.rglob("*")):
        told = file.name.encode() + (file.read_bytes() if file.is_file() else b"")
        found += [f"{file.name}: {n}" for n in needles if n.encode() in told]
    return found


def test_erasing_leaves_no_trace(where, own_home, sample, tmp_path):
    with open_archive(where) as archive:
        numbers = lived_in(archive, own_home, sample)
        identify(archive)
        places = [own_home, tmp_path / "archive"]
        seen = {line for p in places if p.exists() for line in traces(p, [CODE])}
        assert len(seen) > 5
        found = erase_person(archive, CODE)
        assert (found.sessions, found.troubles, found.unreadable) == (2, (), ())
        assert found.files >= 8
        assert [p.code for p in people(archive)] == [OTHER]
    gone = [CODE, *numbers]
    left = [line for p in places if p.exists() for line in traces(p, gone)]
    tombstones = ("catalogue.db", "erased.jsonl")
    assert all(line.startswith(tombstones) for line in left), left
    assert not [line for line in left if CODE in line]
    names = {file.name for file in recordings_folder().iterdir()}
    assert names == {
        "rocker-unsteady.mcap",
        "rocker-unsteady.annotations.jsonl",
        "rocker-unsteady.results.jsonl",
    }
    with open_archive(where) as archive:
        rows = dump(archive)
        assert not [row for row in rows if CODE in row]
        assert len([row for row in rows if OTHER in row]) >= 4
        assert sessions(archive, OTHER)[0].there
        store = Identities.unlock(archive.place.identities, "eight words")
        assert [one.code for one in store.all().values()] == [OTHER]


def dump(archive) -> list[str]:
    """Every row of every table."""
    with archive.engine.connect() as connection:
        return [
            f"{table.name}: {row}"
            for table in Base.metadata.sorted_tables
            for row in connection.execute(table.select())
        ]


def test_the_pages_of_a_server_hold_nothing_either(request, own_home, sample):
    url = request.getfixturevalue("new_database")()
    folder = Path(url.partition("host=")[2])
    with open_archive(url) as archive:
        lived_in(archive, own_home, sample)
        checkpoint(archive)
        assert traces(folder / "data" / "base", [CODE])
        erase_person(archive, CODE)
        checkpoint(archive)
    assert traces(folder / "data" / "base", [CODE]) == []


def checkpoint(archive) -> None:
    with archive.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("CHECKPOINT"))


def test_a_backup_that_is_put_back_is_erased_again(tmp_path, own_home, sample):
    where = tmp_path / "catalogue.db"
    with open_archive(where) as archive:
        lived_in(archive, own_home, sample)
        identify(archive)
        made = backup(archive, tmp_path / "backup")
        assert [file.name.partition("-")[0] for file in made] == [
            "catalogue",
            "identities",
        ]
        kept = tmp_path / "kept"
        shutil.copytree(recordings_folder(), kept)
        erase_person(archive, CODE)
        # everything comes back, also the files
        shutil.copytree(kept, recordings_folder(), dirs_exist_ok=True)
        shutil.copy(made[1], archive.place.identities)
        assert restore(archive, made[0]) == []
        assert [p.code for p in people(archive)] == [OTHER]
        again = rebuild(archive, recordings_folder(), measure=False)
        assert [path.name for path in again.erased] == ["stray.mcap"]
        store = Identities.unlock(archive.place.identities, "eight words")
        assert [one.code for one in store.all().values()] == [OTHER]
    shutil.rmtree(tmp_path / "backup")
    shutil.rmtree(kept)
    assert [line for line in traces(own_home, [CODE]) if ".part" not in line] == []
    assert traces(tmp_path, [CODE]) == []


def test_a_copied_file_is_erased_again_when_it_is_opened(tmp_path, facts):
    where, copy = tmp_path / "a" / "catalogue.db", tmp_path / "copy.db"
    with open_archive(where) as archive:
        take(archive, facts(CODE))
        take(archive, facts(OTHER))
    shutil.copy(where, copy)
    with open_archive(where) as archive:
        erase_person(archive, CODE)
    shutil.copy(copy, where)
    with open_archive(where) as archive:
        assert [p.code for p in people(archive)] == [OTHER]
        assert len(sessions(archive)) == 1
    assert traces(where.parent, [CODE]) == []


def test_the_list_of_what_was_erased_is_mended_from_the_table(archive, facts):
    from surefoot.archive._tombs import buried, tombstones

    told = facts(CODE)
    take(archive, told)
    erase_person(archive, CODE)
    file = tombstones(archive)
    whole = buried(archive)[0]
    assert whole[told.uuid] == "session"
    file.write_bytes(file.read_bytes()[:-20] + b"\n[1]\nno json")
    everything, news = buried(archive)
    assert (everything, len(news)) == (whole, 1)
    archive.write(lambda session: session.execute(text("DELETE FROM tombstones")))
    assert buried(archive) == (whole, set())
    file.unlink()
    assert buried(archive) == (whole, set(whole))
    assert len(file.read_text().splitlines()) == 2


def test_an_erased_recording_is_not_taken_again(archive, facts):
    told = facts(CODE)
    take(archive, told)
    erase_person(archive, CODE)
    with pytest.raises(ArchiveError, match="was: remove the file"):
        take(archive, told)
    take(archive, facts(CODE))  # the code is free for somebody else
    assert len(sessions(archive, CODE)) == 1


def test_a_session_that_changed_hands_is_the_second_ones(tmp_path, facts):
    where, copy = tmp_path / "catalogue.db", tmp_path / "copy.db"
    told = facts(OTHER)
    with open_archive(where) as archive:
        take(archive, told)
        take(archive, facts(OTHER))
    shutil.copy(where, copy)
    with open_archive(where) as archive:
        take(archive, replace(told, person=CODE))
        erase_person(archive, CODE)
    shutil.copy(copy, where)
    with open_archive(where) as archive:
        assert [(p.code, p.sessions) for p in people(archive)] == [(OTHER, 1)]


def test_a_file_that_cannot_be_removed_is_said_and_tried_again(
    tmp_path, sample, monkeypatch
):
    file = tmp_path / "held.mcap"
    shutil.copy(sample(), file)
    whole = Path.unlink

    def held(self, missing_ok=False):
        if self.name == "held.mcap":
            raise PermissionError(13, "in use")
        whole(self, missing_ok)

    with open_archive(tmp_path / "catalogue.db") as archive:
        annotate(file, Change.person(CODE), Change.note("tired"))
        register(archive, file, measure=False)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", held)
            found = erase_person(archive, CODE)
        assert len(found.troubles) == 1
        assert "in use" in found.troubles[0]
        assert people(archive) == []
        assert [row for row in dump(archive) if "tired" in row or CODE in row] == []
        monkeypatch.setattr(Path, "unlink", held)
        with open_archive(tmp_path / "catalogue.db"):
            assert file.exists()
    monkeypatch.undo()
    with open_archive(tmp_path / "catalogue.db") as archive:
        assert sessions(archive) == []
    assert not file.exists()


def test_who_reads_meanwhile_is_told(tmp_path, facts, monkeypatch):
    monkeypatch.setattr("surefoot.archive._purge._PATIENCE", 0)
    with open_archive(tmp_path / "c.db") as archive:
        take(archive, facts(CODE))
        reader = sqlite3.connect(tmp_path / "c.db")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM people").fetchall()
        found = erase_person(archive, CODE)
        reader.close()
    assert len(found.troubles) == 1
    assert "another program" in found.troubles[0]


def test_an_entry_of_nobody_asks_for_the_passphrase(tmp_path, facts):
    with open_archive(tmp_path / "c.db") as archive:
        take(archive, facts(CODE))
        store = Identities.create(archive.place.identities, "eight words", cost=CHEAP)
        store.put("f" * 32, Identity(code=CODE, name="Anna"))
        with pytest.raises(ArchiveError, match="passphrase"):
            erase_person(archive, CODE)
        assert len(people(archive)) == 1
        erase_person(archive, CODE, store)
        assert store.all() == {}


def test_another_station_erases_its_own_files(
    new_database, own_home, sample, monkeypatch
):
    where = new_database()
    with open_archive(where) as archive:
        (number, *_more) = lived_in(archive, own_home, sample)
        nobodys = shutil.copy(sample("rocker-steps-off"), recordings_folder())
    # at another station the recordings are not there
    away = (own_home / "surefoot").rename(own_home / "away")
    monkeypatch.setenv("XDG_DATA_HOME", str(own_home / "elsewhere"))
    with open_archive(where) as archive:
        assert erase_person(archive, CODE).troubles == ()
    away.rename(own_home / "surefoot")
    monkeypatch.setenv("XDG_DATA_HOME", str(own_home))
    assert (recordings_folder() / "rocker-steady.mcap").exists()
    with open_archive(where) as archive:
        assert not (recordings_folder() / "rocker-steady.mcap").exists()
        assert (recordings_folder() / "rocker-unsteady.mcap").exists()
        assert Path(nobodys).exists()
        erase_person(archive, CODE)  # what is kept under the code, and the stray
    assert not [p for p in own_home.rglob("*") if number in p.name or CODE in p.name]
    assert not (recordings_folder() / "stray.mcap").exists()


def test_only_the_files_of_one_recording_are_its_family(tmp_path):
    for name in (
        "a.mcap",
        "a.results.jsonl",
        "a.annotations.jsonl",
        "a.b.mcap",
        "a.b.results.jsonl",
        "ab.mcap",
        "ab.results.jsonl",
        "a.mcap.part",
    ):
        (tmp_path / name).touch()
    found = {file.name for file in family(tmp_path / "a.mcap")}
    assert found == {"a.mcap", "a.results.jsonl", "a.annotations.jsonl"}
    found = {file.name for file in family(tmp_path / "a.b.mcap")}
    assert found == {"a.b.mcap", "a.b.results.jsonl"}


@pytest.mark.parametrize("path", ["", ".", "README.md", "a.mcap", "/", ".mcap"])
def test_what_is_no_recording_has_no_family(path):
    Path("a.mcap.txt").write_text("a stranger's")
    try:
        assert family(Path(path)) == []
        assert family(Path("README.md").absolute()) == []
    finally:
        Path("a.mcap.txt").unlink()


def test_what_was_replaced_leaves_no_trace_either(tmp_path, facts):
    told = facts(notes=(NoteFact(text="a word too many " * 300),))
    with open_archive(tmp_path / "a" / "c.db") as archive:
        take(archive, told)
        take(archive, replace(told, notes=()))
    assert traces(tmp_path / "a", ["a word too many"]) == []


def test_nothing_is_erased_that_could_come_back(tmp_path, facts):
    with open_archive(tmp_path / "c.db") as archive:
        take(archive, facts(CODE))
        (tmp_path / "erased.jsonl").mkdir()
        with pytest.raises(ArchiveError, match="list of what was erased"):
            erase_person(archive, CODE)
        assert [p.code for p in people(archive)] == [CODE]
        assert len(sessions(archive)) == 1


def test_export_hands_out_everything(archive, own_home, sample, tmp_path):
    numbers = lived_in(archive, own_home, sample)
    store = identify(archive)
    found = export_person(archive, CODE, tmp_path / "out.zip", store)
    assert (found.recordings, found.missing) == (3, ())
    with zipfile.ZipFile(found.path) as box:
        names = set(box.namelist())
        told = json.loads(box.read("person.json"))
        whole = box.read(f"recordings/{numbers[0]}/rocker-steady.mcap")
        assert b"tired" in box.read(
            f"recordings/{numbers[0]}/rocker-steady.annotations.jsonl"
        )
        assert all(OTHER.encode() not in box.read(name) for name in names)
    assert whole == (recordings_folder() / "rocker-steady.mcap").read_bytes()
    assert {"README.txt", "measures.csv", f"kept/people/{CODE}.toml"} <= names
    assert f"kept/programmes/{CODE}.jsonl" in names
    assert told["identity"]["name"] == f"Anna {CODE}"
    assert [len(told[k]) for k in ("pain_answers", "decisions", "notes")] == [1, 1, 2]
    with pytest.raises(ArchiveError, match="new file"):
        export_person(archive, CODE, tmp_path / "out.zip")


def test_the_table_of_measures_reads_back_exactly(archive, facts, tmp_path):
    import csv
    import io

    take(archive, facts(CODE, day=3))
    found = export_person(archive, CODE, tmp_path / "out.zip")
    with zipfile.ZipFile(found.path) as box:
        rows = list(csv.DictReader(io.StringIO(box.read("measures.csv").decode())))
        told = json.loads(box.read("person.json"))
    assert [float(row["value"]) for row in rows] == [0.13]
    assert (rows[0]["name"], rows[0]["trial"], rows[0]["unit"]) == (
        "tilt_rms",
        "1",
        "rad",
    )
    assert told["identity"] is None
    assert len(found.missing) == 1


def test_only_a_code_is_looked_for(archive, tmp_path):
    for ask in (
        lambda: erase_person(archive, "*"),
        lambda: export_person(archive, "../x", tmp_path / "x.zip"),
    ):
        with pytest.raises(DrillError, match="code"):
            ask()
    with pytest.raises(ArchiveError, match="got nobody"):
        erase_person(archive, "P404")


@pytest.mark.parametrize("code", ["archive", "sensors", "recordings", "erased", "P001"])
def test_a_code_that_is_a_files_name_takes_no_strangers_file(
    tmp_path, own_home, facts, code
):
    data = own_home / "surefoot"
    strangers = [
        data / "sensors.json",
        data / "calibration" / f"{code}.toml",
        data / code / "something.txt",
        data / "people" / f"{code}2.toml",
        tmp_path / f"{code}.txt",
    ]
    for file in strangers:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("not ours")
    with open_archive() as archive:
        # paths that no register would write
        for path in ("", ".", "..", "README.md", str(tmp_path), "other.mcap"):
            take(archive, facts(code, path=path))
        take(archive, facts(code, path=str(tmp_path / f"{code}.txt")))
        erase_person(archive, code)
        assert people(archive) == []
        assert (data / "archive" / "catalogue.db").exists()
        assert (data / "archive" / "erased.jsonl").exists()
    assert all(file.exists() for file in strangers)


def test_another_recording_that_took_the_name_stays(tmp_path, sample):
    path = sample("rocker-steady")
    with open_archive(tmp_path / "c.db") as archive:
        annotate(path, Change.person(CODE))
        register(archive, path, measure=False)
        path.with_name("rocker-steady.annotations.jsonl").unlink()
        shutil.copy(sample("rocker-unsteady"), path)
        found = erase_person(archive, CODE)
    assert found.troubles == ()
    assert path.exists()


def test_a_file_that_nobody_can_tell_is_said_and_stays(tmp_path, facts):
    file = tmp_path / "torn.mcap"
    file.write_bytes(b"nothing that can be read")
    with open_archive(tmp_path / "c.db") as archive:
        take(archive, facts(CODE, path=str(file)))
        found = erase_person(archive, CODE)
        assert found.unreadable == (file,)
        assert "which was erased" in found.troubles[0]
    assert file.exists()


def test_a_short_number_is_not_looked_for_in_names(tmp_path, facts):
    cache = platformdirs.user_cache_path("surefoot") / "a-cache.bin"
    cache.parent.mkdir(parents=True)
    cache.touch()
    with open_archive(tmp_path / "c.db") as archive:
        take(archive, facts(CODE, uuid="a"))
        erase_person(archive, CODE)
    assert cache.exists()
