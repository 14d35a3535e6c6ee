"""`surefoot people`: people as codes; who they are apart; all of one out, or erased."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from surefoot.cli.archive import opened, place_option
from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from surefoot.archive import Archive, Erasure, Identities, Person

F = TypeVar("F", bound="Callable[..., Any]")
PASSPHRASE = "SUREFOOT_PASSPHRASE"
_WHERE = click.option(
    "--in",
    "folders",
    multiple=True,
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Look for recordings here too.",
)
_WHO = click.option("--identity", is_flag=True, help="Unlock the store of identities.")


@click.group()
def people() -> None:
    """Keep people as codes; names apart and sealed; hand out or erase all of one."""


@people.command("list")
@place_option
@json_option
def list_(where: str | None, as_json: bool) -> None:
    """List everybody: code, year of birth, sessions, the latest."""
    from surefoot.archive import people as everybody

    with opened(where) as found:
        rows = everybody(found)
    if as_json:
        print_json([_facts(row) for row in rows])
    elif rows:
        print_rows([_line(row) for row in rows])
    else:
        click.echo("nobody yet: surefoot people add CODE")


@people.command()
@click.argument("code")
@click.option("--birth-year", type=int, metavar="YEAR", help="If you want it kept.")
@place_option
def add(code: str, birth_year: int | None, where: str | None) -> None:
    """Take somebody in under CODE, or correct the year of birth."""
    from surefoot.archive import add_person

    with opened(where) as found:
        add_person(found, code, birth_year)
    click.echo(f"{code} is in the archive")


@people.command()
@click.argument("code")
@click.option("--name", help="As it is to be kept.")
@click.option("--born", metavar="DATE", help="Date of birth.")
@click.option("--contact", metavar="TEXT", help="Telephone, address.")
@click.option("--consent", metavar="TEXT", help="To what, and when.")
@click.option("--keep-key", is_flag=True, help="Keep the key in the system's keyring.")
@place_option
@json_option
def identify(
    code: str, where: str | None, keep_key: bool, as_json: bool, **told: str | None
) -> None:
    """Say who is behind CODE, or show it.

    Kept sealed in a file of its own, never in the catalogue. The passphrase is asked
    for, or taken from $SUREFOOT_PASSPHRASE. The first one given is the one that
    counts: without it, or the key in the keyring, nobody can read the file.
    """
    with opened(where) as found:
        said = {key: text for key, text in told.items() if text is not None}
        store = unlocked(found, make=bool(said))
        if keep_key:
            store.keep_key()
        told_now = _identified(found, store, code, said)
    if as_json:
        print_json(told_now)
    else:
        print_rows([(key, value or "-") for key, value in told_now.items()])


@people.command()
@click.argument("code")
@click.option(
    "--to", type=click.Path(path_type=Path), required=True, help="A zip file."
)
@_WHO
@_WHERE
@place_option
def export(
    code: str, to: Path, identity: bool, folders: Sequence[Path], where: str | None
) -> None:
    """Write all that is kept of CODE to a zip.

    Recordings with what lies beside them, every row, every value. It is not
    encrypted; who is behind the code goes with it only with --identity.
    """
    from surefoot.archive import export_person

    with opened(where) as found:
        store = unlocked(found) if identity else None
        with waiting(f"Collecting all of {code}"):
            made = export_person(found, code, to, store, folders)
    click.echo(f"{made.path}: {made.recordings} recordings")
    for uuid in made.missing:
        click.echo(f"  not where it was: recording {uuid}")


@people.command()
@click.argument("code")
@click.option("--yes", is_flag=True, help="Do not ask.")
@_WHO
@_WHERE
@place_option
def erase(
    code: str, yes: bool, identity: bool, folders: Sequence[Path], where: str | None
) -> None:
    """Erase all that is kept of CODE; it cannot be undone.

    Rows, recordings, results, annotations, zones, programme, identity. Not reached:
    backups (who is erased is erased again when one is put back), exports and copies
    in other places, and a server's own logs.
    """
    from surefoot.archive import erase_person

    if not yes:
        what = f"Erase all of {code}: type the code again"
        there = sys.stdin.isatty()
        again = click.prompt(what, err=True) if there else _piped(what, "say --yes")
        if again != code:
            msg = f"{again!r} is not {code!r}: nothing was erased"
            raise click.UsageError(msg)
    with opened(where) as found:
        store = unlocked(found) if identity else None
        with waiting(f"Erasing all of {code}"):
            done = erase_person(found, code, store, folders)
        _tell(code, done)


def unlocked(archive: Archive, *, make: bool = False) -> Identities:
    """Return the store of identities: by the keyring, or by its passphrase."""
    from surefoot.archive import ArchiveError, Identities

    path = archive.place.identities
    if make and not path.exists():
        return Identities.create(path, _passphrase(twice=True))
    told = os.environ.get(PASSPHRASE)
    if told is None and path.exists():
        try:
            return Identities.unlock(path)
        except ArchiveError:
            told = _passphrase(twice=False)
    return Identities.unlock(path, told or "")


def _passphrase(*, twice: bool) -> str:
    told = os.environ.get(PASSPHRASE)
    if told is not None:
        return told
    label = "New passphrase, some words" if twice else "Passphrase"
    if sys.stdin.isatty():
        return click.prompt(label, hide_input=True, confirmation_prompt=twice, err=True)
    return _piped(label, f"set {PASSPHRASE}")


def _piped(what: str, instead: str) -> str:
    """Return a line that comes from no terminal, or say what to do when none does."""
    line = sys.stdin.readline()
    if not line:
        msg = f"{what}: expected somebody to answer, got nobody: {instead}"
        raise click.UsageError(msg)
    return line.rstrip("\r\n")


def _identified(
    archive: Archive, store: Identities, code: str, said: dict[str, str]
) -> dict[str, str]:
    """Keep what was said of somebody and return all that is known."""
    from dataclasses import asdict, replace

    from surefoot.archive import ArchiveError, Identity, add_person, numbers

    store.relabel(numbers(archive))
    known = store.get(code)
    if said:
        add_person(archive, code)
        known = replace(known or Identity(code=code), **said)
        store.put(numbers(archive)[code], known)
    if known is None:
        msg = f"person {code!r}: expected an identity, got none: say --name"
        raise ArchiveError(msg)
    return asdict(known)


def _tell(code: str, done: Erasure) -> None:
    from surefoot.archive import ArchiveError

    click.echo(f"{code}: {done.sessions} sessions and {done.files} files are erased")
    for path in done.unreadable:
        click.echo(f"  nobody can tell whose it is, look at it: {path}")
    if done.troubles:
        more = len(done.troubles) - 1
        raise ArchiveError(done.troubles[0] + (f"; {more} more" if more else ""))


def _facts(row: Person) -> dict[str, object]:
    return {
        "code": row.code,
        "birth_year": row.birth_year,
        "sessions": row.sessions,
        "last": row.last.isoformat() if row.last else None,
    }


def _line(row: Person) -> tuple[str, ...]:
    last = f"{row.last:%Y-%m-%d %H:%M}" if row.last else "-"
    born = str(row.birth_year) if row.birth_year else "-"
    return (row.code, f"born {born}", f"{row.sessions} sessions", f"last {last}")
