"""The store of identities: who is behind a code, encrypted, apart from the catalogue.

A file of its own. Every entry is sealed with AES-256-GCM under one random key; that key
is sealed with what scrypt makes of a passphrase, and may also lie in the keyring of the
system. An entry is labelled with the person's random number, so that it can be erased
without the passphrase. Nothing else needs the file: without it people are codes.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import (
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from surefoot.archive._errors import ArchiveError, trouble
from surefoot.archive._keyring import keep_key, key_of
from surefoot.archive._place import sqlite, writing

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sqlalchemy import Engine

_META = MetaData()
_LOCKS = Table(
    "locks",
    _META,
    Column("id", Integer, primary_key=True),
    Column("store", String(32), nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("cost", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)
_ENTRIES = Table(
    "entries",
    _META,
    Column("person_id", String(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
)
_COST = 1 << 17  # N of scrypt with r = 8, p = 1
_NONCE = 12  # bytes, random for every sealing
_SHORTEST = 8  # characters of a passphrase; our default


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who is behind a code.

    Attributes
    ----------
    code : str
        The code.
    name, born, contact, consent : str
        As somebody typed them; ``consent`` says to what and when.
    """

    code: str
    name: str = ""
    born: str = ""
    contact: str = ""
    consent: str = ""


class Identities:
    """An unlocked store; made by `create` and `unlock`."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key

    @classmethod
    def create(cls, path: Path, passphrase: str, *, cost: int = _COST) -> Self:
        """Make a store.

        Parameters
        ----------
        path : Path
            Where; on a disk of this computer.
        passphrase : str
            At least 8 characters. Who loses it loses the names: keep it on paper.
        cost : int
            N of scrypt; it takes 1024 times as many bytes.

        Raises
        ------
        ArchiveError
            If there is one, the passphrase is short, or the place not usable.
        """
        if path.exists() and path.stat().st_size:
            msg = f"{path}: expected no store of identities yet, got one: unlock it"
            raise ArchiveError(msg)
        key, store = secrets.token_bytes(32), secrets.token_hex(16)
        lock = _lock(key, store, passphrase, cost)
        engine = _engine(path)
        try:
            with writing(engine).begin() as connection:
                _META.create_all(connection)
                connection.execute(insert(_LOCKS).values(id=1, **lock))
        except SQLAlchemyError as error:
            raise trouble(str(path), error) from error
        finally:
            engine.dispose()
        return cls(path, key)

    @classmethod
    def unlock(cls, path: Path, passphrase: str | None = None) -> Self:
        """Open a store with its passphrase, or with the key in the system's keyring.

        Raises
        ------
        ArchiveError
            If there is none, the passphrase is another one, or no key is kept.
        """
        lock = _rows(path, _LOCKS)[0]
        if passphrase is None:
            key = key_of(lock["store"])
        else:
            made = _stretched(passphrase, lock["salt"], lock["cost"])
            key = _opened(made, lock["sealed"], lock["store"])
        if key is None:
            what = "a key in the keyring" if passphrase is None else "its passphrase"
            got = "none" if passphrase is None else "another one"
            msg = f"{path}: expected {what}, got {got}: try again"
            raise ArchiveError(msg)
        return cls(path, key)

    def change(self, passphrase: str, *, cost: int = _COST) -> None:
        """Give the store another passphrase; the old one does not open it any more.

        Raises
        ------
        ArchiveError
            If the passphrase is short, or the file cannot be written.
        """
        lock = _lock(self._key, self._store(), passphrase, cost)
        self._write(delete(_LOCKS), insert(_LOCKS).values(id=1, **lock))

    def keep_key(self) -> None:
        """Put the key into the system's keyring: this user needs no passphrase then.

        Raises
        ------
        ArchiveError
            If there is no keyring here.
        """
        keep_key(self._store(), self._key)

    def put(self, person_id: str, identity: Identity) -> None:
        """Keep who somebody is, instead of what was kept of that code.

        Raises
        ------
        ArchiveError
            If the file cannot be written.
        """
        old = [n for n, one in self.all().items() if one.code == identity.code]
        gone = _ENTRIES.c.person_id.in_({*old, person_id})
        text = json.dumps(asdict(identity), ensure_ascii=False).encode()
        sealed = _sealed(self._key, text, person_id)
        row = {"person_id": person_id, "sealed": sealed}
        self._write(delete(_ENTRIES).where(gone), insert(_ENTRIES).values(row))

    def get(self, code: str) -> Identity | None:
        """Return who somebody is, or None if nobody said."""
        return next((one for one in self.all().values() if one.code == code), None)

    def all(self) -> dict[str, Identity]:
        """Return everybody by the person's number.

        Raises
        ------
        ArchiveError
            If the file cannot be read, or an entry was changed by somebody else.
        """
        found: dict[str, Identity] = {}
        for row in _rows(self.path, _ENTRIES):
            text = _opened(self._key, row["sealed"], row["person_id"])
            if text is None:
                msg = f"{self.path}: expected sealed entries, got one that was changed"
                raise ArchiveError(msg + ": put a backup back")
            told = json.loads(text)
            known = {f.name for f in fields(Identity)}
            found[row["person_id"]] = Identity(
                **{k: str(v) for k, v in told.items() if k in known}
            )
        return found

    def relabel(self, numbers: Mapping[str, str]) -> int:
        """Label entries anew after a catalogue was rebuilt.

        Parameters
        ----------
        numbers : mapping of str to str
            The number of each code.

        Returns
        -------
        int
            How many were labelled anew.
        """
        moved = [
            (numbers[one.code], one)
            for number, one in self.all().items()
            if numbers.get(one.code, number) != number
        ]
        for number, one in moved:
            self.put(number, one)
        return len(moved)

    def remove(self, code: str) -> bool:
        """Forget who somebody is; return whether anything was known."""
        gone = [number for number, one in self.all().items() if one.code == code]
        return forget(self.path, gone)

    def _store(self) -> str:
        return _rows(self.path, _LOCKS)[0]["store"]

    def _write(self, *statements: Any) -> None:
        engine = _engine(self.path)
        try:
            with writing(engine).begin() as connection:
                for statement in statements:
                    connection.execute(statement)
        except SQLAlchemyError as error:
            raise trouble(str(self.path), error) from error
        finally:
            engine.dispose()


def labels(path: Path) -> set[str]:
    """Return the numbers of the people a store knows; empty if there is none."""
    if not path.exists():
        return set()
    return {row["person_id"] for row in _rows(path, _ENTRIES)}


def forget(path: Path, numbers: Collection[str]) -> bool:
    """Erase entries and the pages they were in; no passphrase is needed.

    Returns
    -------
    bool
        Whether there was any.
    """
    from surefoot.archive._purge import compact

    gone = set(numbers) & labels(path)
    if not gone:
        return False
    engine = _engine(path)
    try:
        with writing(engine).begin() as connection:
            connection.execute(delete(_ENTRIES).where(_ENTRIES.c.person_id.in_(gone)))
        left = compact(engine, str(path))
    except SQLAlchemyError as error:
        raise trouble(str(path), error) from error
    finally:
        engine.dispose()
    if left:
        raise ArchiveError(left[0])
    return True


def _engine(path: Path) -> Engine:
    return sqlite(path)


def _rows(path: Path, table: Table) -> list[dict[str, Any]]:
    if not path.exists():
        msg = f"{path}: expected a store of identities, got none: surefoot people"
        raise ArchiveError(msg + " identify makes one")
    engine = _engine(path)
    try:
        with engine.begin() as connection:
            found = [dict(r) for r in connection.execute(select(table)).mappings()]
    except SQLAlchemyError as error:
        raise trouble(str(path), error) from error
    finally:
        engine.dispose()
    if table is _LOCKS and not found:
        msg = f"{path}: expected a store of identities, got an unfinished one: remove"
        raise ArchiveError(msg + " it")
    return found


def _lock(key: bytes, store: str, passphrase: str, cost: int) -> dict[str, Any]:
    if len(passphrase) < _SHORTEST:
        msg = f"passphrase: expected {_SHORTEST} characters, got {len(passphrase)}: "
        raise ArchiveError(msg + "take a few words")
    salt = secrets.token_bytes(16)
    sealed = _sealed(_stretched(passphrase, salt, cost), key, store)
    return {"store": store, "salt": salt, "cost": cost, "sealed": sealed}


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    most = 1024 * cost + (1 << 21)
    text = passphrase.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=cost, r=8, p=1, maxmem=most, dklen=32)


def _sealed(key: bytes, text: bytes, about: str) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, text, about.encode())


def _opened(key: bytes, sealed: bytes, about: str) -> bytes | None:
    """Return what was sealed about this, or None if key, text or label differ."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        nonce, text = sealed[:_NONCE], sealed[_NONCE:]
        return AESGCM(key).decrypt(nonce, text, about.encode())
    except InvalidTag:
        return None
