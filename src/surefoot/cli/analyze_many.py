"""`surefoot analyze` with several workers, or into a folder of results."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.output import print_json
from surefoot.cli.progress import steps

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from surefoot.session.batch import Plan, Tally


def measure_all(
    files: Sequence[Path], plan: Plan, jobs: int, dask: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return what was found and what failed, both in the order of the files."""
    from surefoot.session.batch import Outcome, measured, runner

    by = runner(jobs, dask)
    came: dict[str, Outcome] = {}
    with steps("Analysing", len(files)) as told:
        for outcomes in measured(files, plan, by):
            came |= {outcome.mark.file: outcome for outcome in outcomes}
            told(len(came))
    found: list[dict[str, Any]] = []
    failed: list[str] = []
    for file in files:
        # workers elsewhere are told whole paths
        outcome = came.get(str(file)) or came[str(file.resolve())]
        if outcome.found is None:
            failed.append(outcome.error)
        else:
            found.append(outcome.found | {"file": str(file)})
    return found, failed


def measure_to(
    folder: Path, files: Sequence[Path], plan: Plan, jobs: int, dask: str
) -> Tally:
    """Measure what is not in a folder of results yet, and keep it there."""
    from surefoot.session.batch import measure_into, runner

    by = runner(jobs, dask)
    with steps("Analysing", len(files)) as told:
        return measure_into(folder, files, plan, by, told)


def print_tally(tally: Tally, folder: Path, *, as_json: bool) -> None:
    """Print what came of the files."""
    if as_json:
        print_json(
            {
                "folder": str(folder),
                "files": tally.files,
                "known": tally.known,
                "measured": tally.measured,
                "failed": list(tally.failed),
                "unreadable": [str(path) for path in tally.unreadable],
            }
        )
        return
    parts = [
        f"{tally.measured} measured",
        f"{tally.known} known before" if tally.known else "",
        f"{len(tally.failed)} failed" if tally.failed else "",
    ]
    told = ", ".join(part for part in parts if part)
    click.echo(f"{tally.files} recordings: {told}; results in {folder}")
    for path in tally.unreadable:
        click.echo(f"  {path.name} cannot be read: its recordings were measured again")
