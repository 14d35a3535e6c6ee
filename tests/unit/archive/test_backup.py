"""A backup is whole, made while others write, and is put back."""

import shutil
import sqlite3

import pytest

from surefoot.archive import (
    ArchiveError,
    add_person,
    backup,
    dump_line,
    open_archive,
    people,
    progress,
    restore,
    take,
)


@pytest.fixture
def filled(tmp_path, facts):
    with open_archive(tmp_path / "a" / "catalogue.db") as archive:
        take(archive, facts())
        yield archive


def test_a_backup_is_an_archive_of_its_own(filled, tmp_path):
    made = backup(filled, tmp_path / "safe" / "deep")
    assert [p.name[:10] for p in made] == ["catalogue-"]
    assert [p.name for p in made[0].parent.iterdir()] == [made[0].name]
    with open_archive(made[0]) as copy:
        assert len(progress(copy, "P001", "tilt_rms")) == 1


def test_a_backup_holds_what_is_kept_not_what_is_under_way(filled, tmp_path):
    with filled.writer.connect() as connection:
        connection.exec_driver_sql("UPDATE people SET code = 'half'")
        made = backup(filled, tmp_path / "safe")
        connection.rollback()
    with open_archive(made[0]) as copy:
        assert [p.code for p in people(copy)] == ["P001"]


def test_a_backup_is_put_back(filled, tmp_path):
    made = backup(filled, tmp_path / "safe")
    add_person(filled, "P002")
    assert len(people(filled)) == 2
    assert restore(filled, made[0]) == []
    assert [p.code for p in people(filled)] == ["P001"]
    assert made[0].exists()


def test_a_backup_of_an_older_version_is_brought_up_to_date(filled, tmp_path):
    from surefoot.archive import Archive
    from surefoot.archive._place import place_of
    from surefoot.archive._schema import migrate

    old = Archive(place_of(tmp_path / "old.db"))
    migrate(old.writer, "0001")
    old.close()
    assert restore(filled, tmp_path / "old.db") == []
    assert people(filled) == []
    add_person(filled, "P003")


def test_what_is_no_backup_is_refused_and_nothing_changed(filled, tmp_path):
    text, shop = tmp_path / "text.db", tmp_path / "shop.db"
    text.write_text("no database" * 100)
    connection = sqlite3.connect(shop)
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    torn = backup(filled, tmp_path / "safe")[0]
    whole = torn.read_bytes()
    middle = len(whole) // 2
    torn.write_bytes(whole[:middle] + b"\xff" * 4096 + whole[middle + 4096 :])
    for copy in (text, shop, torn, tmp_path / "none.db", tmp_path):
        with pytest.raises(ArchiveError, match="expected a backup"):
            restore(filled, copy)
    assert len(progress(filled, "P001", "tilt_rms")) == 1


def test_a_place_that_cannot_be_written_to_is_said(filled, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="another place"):
        backup(filled, tmp_path / "file")


def test_a_newer_backup_is_refused(filled, tmp_path):
    copy = tmp_path / "copy.db"
    shutil.copy(backup(filled, tmp_path / "safe")[0], copy)
    connection = sqlite3.connect(copy)
    connection.execute("UPDATE surefoot_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(ArchiveError, match="update Surefoot"):
        restore(filled, copy)
    with open_archive(filled.place.file) as again:
        assert len(progress(again, "P001", "tilt_rms")) == 1


def test_a_server_has_its_own_ways(new_database, tmp_path):
    with open_archive(new_database()) as archive:
        with pytest.raises(ArchiveError, match="pg_dump"):
            backup(archive, tmp_path)
        with pytest.raises(ArchiveError, match="pg_restore"):
            restore(archive, tmp_path / "x")
        assert dump_line(archive).startswith("pg_dump --format=custom")
    shown = "postgresql://anna:secret@clinic/surefoot"
    from surefoot.archive import Archive
    from surefoot.archive._place import place_of

    line = dump_line(Archive(place_of(shown)))
    assert "secret" not in line
    assert "postgresql://anna@clinic/surefoot" in line
