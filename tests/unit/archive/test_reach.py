"""Whether an archive answers is found out without making or changing anything."""

from __future__ import annotations

import pytest

from surefoot.archive import ArchiveError, open_archive
from surefoot.archive.reach import reach


def test_an_archive_that_is_not_there_is_not_made(tmp_path):
    told, folder = reach(tmp_path / "later" / "catalogue.db")
    assert "none yet" in told
    assert folder == tmp_path / "later"
    assert not folder.exists()


def test_a_file_answers_with_its_version(ready_file, tmp_path):
    told, folder = reach(ready_file)
    assert "answers, version 0" in told
    assert folder == ready_file.parent
    before = {path.name for path in ready_file.parent.iterdir()}
    assert before == {ready_file.name}, "nothing is left beside it"
    assert tmp_path.exists()


def test_a_folder_with_a_strange_name_is_no_option(tmp_path):
    place = tmp_path / "a ? b # c %41" / "catalogue.db"
    open_archive(place).close()
    before = place.read_bytes()
    assert "answers, version 0" in reach(place)[0]
    assert place.read_bytes() == before


def test_a_server_answers_with_its_version(ready_database):
    told, folder = reach(ready_database)
    assert "answers, version 0" in told
    assert folder is None


def test_an_empty_database_of_a_server_is_left_empty(new_database):
    url = new_database()
    assert "none yet" in reach(url)[0]
    assert "none yet" in reach(url)[0]


def test_a_server_that_does_not_answer_is_told_in_one_line():
    pytest.importorskip("psycopg")
    with pytest.raises(ArchiveError) as told:
        reach("postgresql://nobody@127.0.0.1:1/none")
    assert "\n" not in str(told.value)
    assert "expected a database that answers" in str(told.value)


def test_a_password_is_not_told():
    pytest.importorskip("psycopg")
    with pytest.raises(ArchiveError) as told:
        reach("postgresql://nobody:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value)
