"""`surefoot analyze`: the final values of one recording or of many."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json
from surefoot.cli.progress import each, waiting

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path


@click.command()
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True)
@json_option
def analyze(paths: tuple[str, ...], as_json: bool) -> None:
    """Compute the final measures of recordings, all samples known."""
    from surefoot.core import RecordingError, SurefootError
    from surefoot.session.analyse import analyse

    files = _files(paths)
    found: list[dict[str, Any]] = []
    failed: list[str] = []
    with _progress(files) as rows:
        for file in rows:
            try:
                found.append(analyse(file))
            except SurefootError as error:
                failed.append(str(error))
    _print(found, as_json, several=len(files) > 1)
    if failed:
        more = f"; {len(failed)} of {len(files)} recordings" if len(files) > 1 else ""
        raise RecordingError(failed[0] + more)


def _files(paths: tuple[str, ...]) -> list[Path]:
    from surefoot.cli.replay import find
    from surefoot.core import RecordingError

    files: list[Path] = []
    for name in paths:
        path = find(name)
        inside = sorted(path.rglob("*.mcap")) if path.is_dir() else [path]
        if not inside:
            msg = f"{name}: expected recordings (.mcap) in it, got none: give a file"
            raise RecordingError(msg)
        files.extend(inside)
    return files


@contextmanager
def _progress(files: Sequence[Path]) -> Generator[Iterable[Path]]:
    if len(files) > 1:
        with each("Analysing", files) as rows:
            yield rows
    else:
        with waiting(f"Analysing {files[0].name}"):
            yield files


def _print(found: list[dict[str, Any]], as_json: bool, *, several: bool) -> None:
    from surefoot.cli.story import tell

    if as_json and (several or found):
        print_json(found if several else found[0])
    elif not as_json:
        for one in found:
            tell(one)
