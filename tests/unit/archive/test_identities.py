"""Who is behind a code: sealed, apart from the catalogue, and erased without a key."""

import sqlite3

import pytest

from surefoot.archive import ArchiveError, Identities, Identity, open_archive
from surefoot.archive import _share as share
from surefoot.archive._identities import forget, labels

CHEAP = 1 << 4
WORDS = "correct horse battery"
ANNA = Identity(
    code="P001", name="Anna Bergström", born="1950-02-03", consent="study, 2026-03-01"
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "identities.db"


@pytest.fixture
def store(path):
    made = Identities.create(path, WORDS, cost=CHEAP)
    made.put("a" * 32, ANNA)
    return made


def test_what_was_put_in_comes_out_with_the_passphrase_only(path, store):
    assert Identities.unlock(path, WORDS).get("P001") == ANNA
    assert store.get("P002") is None
    for wrong in ("Correct horse battery", "", "\ud800"):
        with pytest.raises(ArchiveError, match="its passphrase, got another"):
            Identities.unlock(path, wrong)


@pytest.mark.usefixtures("store")
def test_nothing_can_be_read_in_the_file(path):
    told = b"".join(p.read_bytes() for p in path.parent.iterdir())
    for word in ("Anna", "Bergstr", "1950", "P001", "study", "horse"):
        assert word.encode() not in told
    assert path.stat().st_mode & 0o077 == 0


def test_sealing_the_same_twice_gives_other_bytes(path, store):
    def sealed():
        with sqlite3.connect(path) as connection:
            return connection.execute("SELECT sealed FROM entries").fetchall()

    before = sealed()
    store.put("a" * 32, ANNA)
    assert sealed() != before


def test_an_entry_cannot_be_given_to_somebody_else(path, store):
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE entries SET person_id = ?", ("b" * 32,))
    with pytest.raises(ArchiveError, match="one that was changed"):
        store.all()


def test_a_changed_byte_is_noticed(path, store):
    with sqlite3.connect(path) as connection:
        row = bytearray(connection.execute("SELECT sealed FROM entries").fetchone()[0])
        row[20] ^= 1
        connection.execute("UPDATE entries SET sealed = ?", (bytes(row),))
    with pytest.raises(ArchiveError, match="one that was changed"):
        store.get("P001")


def test_it_can_be_erased_without_the_passphrase(path, store):
    store.put("b" * 32, Identity(code="P002", name="Bo"))
    assert labels(path) == {"a" * 32, "b" * 32}
    with sqlite3.connect(path) as connection:
        gone = connection.execute(
            "SELECT sealed FROM entries WHERE person_id = ?", ("a" * 32,)
        ).fetchone()[0]
    assert forget(path, ["a" * 32, "c" * 32])
    assert not forget(path, ["a" * 32])
    assert [one.code for one in store.all().values()] == ["P002"]
    assert all(gone not in p.read_bytes() for p in path.parent.iterdir())


def test_a_code_is_known_once(store):
    store.put("b" * 32, Identity(code="P001", name="Anna B"))
    assert list(store.all()) == ["b" * 32]
    assert store.remove("P001")
    assert not store.remove("P001")


def test_after_a_rebuild_people_are_found_by_their_codes(store):
    assert store.relabel({"P001": "a" * 32}) == 0
    assert store.relabel({"P001": "b" * 32, "P009": "c" * 32}) == 1
    assert list(store.all()) == ["b" * 32]


def test_another_passphrase_takes_the_place_of_the_old_one(path, store):
    store.change("other words now", cost=CHEAP)
    with pytest.raises(ArchiveError):
        Identities.unlock(path, WORDS)
    assert Identities.unlock(path, "other words now").get("P001") == ANNA


def test_a_short_passphrase_is_refused_and_nothing_made(path):
    with pytest.raises(ArchiveError, match="8 characters"):
        Identities.create(path, "short", cost=CHEAP)
    assert not path.exists()


def test_a_store_is_never_made_over_another(path, store):
    with pytest.raises(ArchiveError, match="got one"):
        Identities.create(path, WORDS, cost=CHEAP)
    assert store.get("P001") == ANNA


def test_without_a_store_everything_else_works(path, tmp_path):
    with pytest.raises(ArchiveError, match="got none"):
        Identities.unlock(path, WORDS)
    assert labels(path) == set()
    assert not forget(path, ["a"])
    assert not path.exists()
    open_archive(tmp_path / "c.db").close()


def test_it_is_not_made_on_a_share(path, monkeypatch):
    line = f"40 22 0:50 / {path.parent} rw - cifs //server/x rw\n"
    monkeypatch.setattr(share, "_mounts", lambda: line)
    with pytest.raises(ArchiveError, match="cifs"):
        Identities.create(path, WORDS, cost=CHEAP)


@pytest.fixture
def system(monkeypatch):
    """Put a keyring in the place of the system's; it lasts as long as the test."""
    keyring = pytest.importorskip("keyring", reason="no package keyring here")
    kept = {}

    class Memory(keyring.backend.KeyringBackend):
        priority = 1

        def get_password(self, service, username):
            return kept.get((service, username))

        def set_password(self, service, username, password):
            kept[service, username] = password

    def nowhere(*_told):
        raise keyring.errors.NoKeyringError

    def put(*, there: bool):
        monkeypatch.setattr(keyring.core, "_keyring_backend", Memory())
        if not there:
            monkeypatch.setattr(Memory, "get_password", nowhere)
            monkeypatch.setattr(Memory, "set_password", nowhere)

    return put


def test_with_the_key_in_the_keyring_no_passphrase_is_needed(path, store, system):
    system(there=True)
    with pytest.raises(ArchiveError, match="key in the keyring, got none"):
        Identities.unlock(path)
    store.keep_key()
    assert Identities.unlock(path).get("P001") == ANNA
    store.change("other words now", cost=CHEAP)
    assert Identities.unlock(path).get("P001") == ANNA


def test_without_a_keyring_it_says_so_in_one_line(path, store, system, monkeypatch):
    system(there=False)
    for ask in (store.keep_key, lambda: Identities.unlock(path)):
        with pytest.raises(ArchiveError, match="use the passphrase"):
            ask()
    monkeypatch.setattr("surefoot.archive._keyring.find_spec", lambda _name: None)
    with pytest.raises(ArchiveError, match=r"surefoot\[keyring\]"):
        store.keep_key()
    assert Identities.unlock(path, WORDS).get("P001") == ANNA
