"""`surefoot archive`: the catalogue of recordings, progress, backup."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from surefoot.archive import Archive, Facts, Point, Sitting

F = TypeVar("F", bound="Callable[..., Any]")


def place_option(function: F) -> F:
    """Give a command the option that says where the archive is."""
    return click.option(
        "--archive",
        "where",
        metavar="PLACE",
        help="File, folder or postgresql://...; else $SUREFOOT_ARCHIVE, else your own.",
    )(function)


def opened(where: str | None) -> Archive:
    """Open the archive, made if there is none."""
    from surefoot.archive import open_archive

    return open_archive(where)


@click.group()
def archive() -> None:
    """Keep a catalogue of recordings: whose, when, what was measured."""


@archive.command()
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True)
@click.option("--measure/--no-measure", default=True, help="What has no results yet.")
@place_option
def add(paths: tuple[str, ...], measure: bool, where: str | None) -> None:
    """Take recordings in, or take note of what changed.

    A folder is taken with all folders inside: so a catalogue is made anew from the
    files. What lies beside a recording (results, annotations) is read too, and the
    logs of the programmes of everybody who is then in the archive.
    """
    from surefoot.archive import take_programmes
    from surefoot.core import RecordingError

    failed: list[str] = []
    count = 0
    with opened(where) as found:
        for name in paths:
            taken, troubles = _added(found, Path(name), measure=measure)
            count += len(taken)
            failed += troubles
            for one in taken:
                if one.trouble:
                    click.echo(f"{one.path}: taken without measures: {one.trouble}")
        for trouble in take_programmes(found):
            click.echo(trouble, err=True)
        click.echo(f"{count} recordings are in {found.place}")
    if failed:
        more = f"; {len(failed)} recordings" if len(failed) > 1 else ""
        raise RecordingError(failed[0] + more)


def _added(
    archive: Archive, path: Path, *, measure: bool
) -> tuple[Sequence[Facts], list[str]]:
    from surefoot.archive import rebuild, register
    from surefoot.cli.progress import each
    from surefoot.cli.replay import find
    from surefoot.core import SurefootError

    if not path.is_dir():
        try:
            return [register(archive, find(str(path)), measure=measure)], []
        except SurefootError as error:
            return [], [str(error)]
    with each("Taking in", sorted(path.rglob("*.mcap"))) as files:
        done = rebuild(archive, path, measure=measure, each=lambda _found: files)
    for gone in done.erased:
        click.echo(f"{gone}: was erased before, and is erased again")
    return done.taken, list(done.troubles)


@archive.command("list")
@click.option("--person", metavar="CODE", help="Only this person's; '' for nobody's.")
@place_option
@json_option
def list_(person: str | None, where: str | None, as_json: bool) -> None:
    """List the sessions, oldest first."""
    from surefoot.archive import sessions

    with opened(where) as found:
        rows = sessions(found, person)
    if as_json:
        print_json([session_facts(row) for row in rows])
    elif rows:
        print_rows([_line(row) for row in rows])
    else:
        click.echo("no sessions: surefoot archive add DIR takes them in")


@archive.command()
@click.argument("person", metavar="CODE")
@click.argument("measure", required=False)
@place_option
@json_option
def progress(
    person: str, measure: str | None, where: str | None, as_json: bool
) -> None:
    """Tell one measure of one person over time.

    Without MEASURE, which there are. Values that came about in other ways are marked:
    a change between them says nothing about the person.
    """
    from surefoot.archive import measured
    from surefoot.archive import progress as ask

    with opened(where) as found:
        if measure is None:
            names = measured(found, person)
            if as_json:
                print_json(names)
            else:
                click.echo("\n".join(names) or f"{person}: nothing measured yet")
            return
        points = ask(found, person, measure)
    marks = differences(points)
    if as_json:
        told = zip(points, marks, strict=True)
        print_json([_point(point) | {"differs": mark} for point, mark in told])
    elif points:
        rows = zip(points, marks, strict=True)
        print_rows([_told(point, mark) for point, mark in rows])
    else:
        click.echo(f"{person}: no {measure} yet")


@archive.command()
@click.option("--to", type=click.Path(path_type=Path), required=True, help="A folder.")
@place_option
def backup(to: Path, where: str | None) -> None:
    """Copy the catalogue to a folder, while others go on.

    The sealed store of identities goes with it. Recordings are copied by whatever
    copies your files.
    """
    from surefoot.archive import backup as copy

    with opened(where) as found:
        for path in copy(found, to):
            click.echo(path)


@archive.command()
@click.argument("file", type=click.Path(path_type=Path))
@place_option
def restore(file: Path, where: str | None) -> None:
    """Put a backup in the place of what is there.

    Who was erased since it was made is erased again.
    """
    from surefoot.archive import ArchiveError
    from surefoot.archive import restore as put_back

    with opened(where) as found:
        troubles = put_back(found, file)
        click.echo(f"{file} is back in {found.place}")
    if troubles:
        raise ArchiveError(troubles[0])


def differences(points: Sequence[Point]) -> list[str]:
    """Return what keeps each value from being compared with the newest; else empty."""
    from surefoot.analysis.comparison import comparable

    last = points[-1].finding if points else None
    marks: list[str] = []
    for point in points:
        if point.finding is None or last is None:
            marks.append("how it came about is not known")
            continue
        found = [one for one in comparable(point.finding, last) if one.forbids]
        marks.append("; ".join(map(str, found)))
    return marks


def session_facts(row: Sitting) -> dict[str, object]:
    """Return a session as it is printed in JSON."""
    return {
        "uuid": row.uuid,
        "person": row.person or None,
        "started": row.started.isoformat() if row.started else None,
        "drill": row.drill,
        "file": row.path,
        "there": row.there,
        "seconds": row.duration,
        "state": row.state,
        "virtual": row.virtual,
        "trouble": row.trouble,
    }


def _line(row: Sitting) -> tuple[str, ...]:
    started = f"{row.started:%Y-%m-%d %H:%M}" if row.started else "-"
    marks = ["virtual"] * row.virtual + ["file is gone"] * (not row.there)
    if row.state != "complete":
        marks.append(row.state)
    told = (row.drill or "-", f"{row.duration:.0f} s", Path(row.path).name)
    return (started, row.person or "-", *told, ", ".join(marks))


def _point(point: Point) -> dict[str, Any]:
    return {
        "session": point.session,
        "started": point.started.isoformat() if point.started else None,
        "trial": point.trial,
        "virtual": point.virtual,
        **point.measure.as_json(),
        "primary": point.primary,
    }


def _told(point: Point, mark: str) -> tuple[str, ...]:
    started = f"{point.started:%Y-%m-%d %H:%M}" if point.started else "-"
    value = f"{point.measure.value:.5g} {point.measure.unit}"
    run = f"run {point.trial}" if point.trial else "-"
    said = [*point.measure.flags, *(["virtual"] if point.virtual else [])]
    if mark:
        said.append(f"not to be compared with the newest ({mark})")
    return (started, run, value, ", ".join(said))
