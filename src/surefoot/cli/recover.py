"""`surefoot recover`: whole recordings from unfinished or damaged ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from surefoot.recording import Leftover


@click.command()
@click.argument(
    "file", metavar="[FILE.part|DIR]", required=False, type=click.Path(path_type=Path)
)
@click.option("--to", type=click.Path(path_type=Path), help="The recording to write.")
@click.option("--list", "listing", is_flag=True, help="Say what is there, and no more.")
def recover(file: Path | None, to: Path | None, listing: bool) -> None:
    """Make whole recordings of what can be read; the originals stay as they are.

    Without FILE, of every recording that was left unfinished in the folder where
    recordings go by default, or in DIR.
    """
    from surefoot.recording import leftovers, recordings_folder

    if file is not None and not file.is_dir() and not listing:
        _mend(file, to)
        return
    folder = file or recordings_folder()
    if to is not None or not (file is None or folder.is_dir()):
        msg = "--to and --list: expected one file for --to, a folder for --list"
        raise click.UsageError(msg)
    found = leftovers(folder)
    if not found:
        click.echo(f"nothing was left unfinished in {folder}")
    elif listing:
        for one in found:
            click.echo(str(one))
    else:
        _mend_all(found)


def _mend_all(found: Sequence[Leftover]) -> None:
    """Recover each; one that cannot be is said at the end and keeps no other back."""
    from surefoot.core import RecordingError

    failed: list[str] = []
    for one in found:
        try:
            _mend(one.path, None)
        except RecordingError as error:
            failed.append(str(error))
    if failed:
        more = f"; {len(failed)} of {len(found)} files" if len(found) > 1 else ""
        raise RecordingError(failed[0] + more)


def _mend(file: Path, to: Path | None) -> None:
    from surefoot.recording import open_recording
    from surefoot.recording import recover as mend

    with waiting(f"Recovering {file.name}"):
        made = open_recording(mend(file, to))
    packets = sum(made.counts.values())
    click.echo(f"{made.path}: {packets} packets, {made.duration:.1f} s")
    for line in made.header.session["recovered"]["damage"]:
        click.echo(f"  lost: {line}")
