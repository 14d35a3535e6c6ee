"""The keyring of the system, if there is one."""

from __future__ import annotations

from base64 import b64decode, b64encode
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from surefoot.archive._errors import ArchiveError

_SERVICE = "surefoot identities"


def keep_key(store: str, key: bytes) -> None:
    """Put the key of a store into the keyring.

    Raises
    ------
    ArchiveError
        If the package or a keyring is missing.
    """
    keyring = _keyring()
    try:
        keyring.set_password(_SERVICE, store, b64encode(key).decode())
    except keyring.errors.KeyringError as error:
        raise _none(str(error)) from error


def key_of(store: str) -> bytes | None:
    """Return the key of a store, or None if it is not kept.

    Raises
    ------
    ArchiveError
        If the package or a keyring is missing.
    """
    keyring = _keyring()
    try:
        told = keyring.get_password(_SERVICE, store)
    except keyring.errors.KeyringError as error:
        raise _none(str(error)) from error
    return b64decode(told) if told else None


def _keyring() -> Any:
    if find_spec("keyring") is None:
        why = "no package keyring, pip install 'surefoot[keyring]'"
        raise _none(why)
    keyring = import_module("keyring")
    import_module("keyring.errors")
    return keyring


def _none(why: str) -> ArchiveError:
    told = " ".join(why.split())
    return ArchiveError(
        f"keyring: expected one of the system, got none ({told}): use the passphrase"
    )
