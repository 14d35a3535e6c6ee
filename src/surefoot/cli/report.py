"""`surefoot report`: sessions, months, a group, a sheet for home, a whole archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.archive import place_option
from surefoot.cli.options import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from surefoot.report.page import Page
    from surefoot.report.session import Past
    from surefoot.report.speech import Speech
    from surefoot.session.analysing import Examined


@click.command()
@click.argument("files", metavar="[FILE...]", nargs=-1)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    help="A file ending in .html or .pdf; a folder for several recordings.",
)
@click.option("--person", metavar="CODE", help="Progress over months of one person.")
@click.option(
    "--for",
    "reader",
    type=click.Choice(("trainee", "therapist")),
    default="therapist",
    help="Who reads the progress.",
)
@click.option("--group", is_flag=True, help="Progress of everybody, without codes.")
@click.option("--home", metavar="CODE", help="A sheet for home: what is due.")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day of the sheet for home; today unless told.",
)
@click.option(
    "--batch",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="What analyze --to or --store kept of many recordings.",
)
@click.option(
    "--before",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="An earlier recording to compare with, instead of the archive's.",
)
@click.option(
    "--repetitions", type=click.FloatRange(1, 180), metavar="DEG", help="As of analyze."
)
@click.option("--role", default="board", help="Whose repetitions.")
@click.option(
    "--height",
    type=click.FloatRange(0.5, 2.5),
    metavar="M",
    help="Body height in metres, for angles of sway and lean. As of analyze.",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Of the report. Else the one chosen last, or the system's.",
)
@place_option
def report(files: tuple[str, ...], **told: Any) -> None:
    """Write a report of recordings, of months, or of many people.

    With FILE the session is told: how good the data are, plots, measures, and what
    changed since last time against the error of the measurement. Without --to it goes
    to NAME.report.html in this folder.
    """
    from surefoot.report.speech import Speech
    from surefoot.session.settings import language_for

    asked = [name for name in ("person", "group", "home", "batch") if told[name]]
    if len(asked) + bool(files) != 1:
        msg = "say one of FILE, --person, --group, --home or --batch"
        raise click.UsageError(msg)
    say = Speech(language_for(told["language"]))
    if files:
        _sessions(files, told, say)
        return
    make = {"person": _person, "group": _group, "home": _home, "batch": _batch}
    page, name = make[asked[0]](told, say)
    _written(page, told["to"] or Path(f"{name}.html"), say)


def _sessions(names: Sequence[str], told: dict[str, Any], say: Speech) -> None:
    from surefoot.cli.progress import each, waiting
    from surefoot.report.errors import ReportError

    files = _recordings(names)
    to: Path | None = told["to"]
    if len(files) > 1 and to is not None and to.suffix:
        msg = f"--to: expected a folder for {len(files)} recordings, got {to}"
        raise click.UsageError(msg)
    if len(files) == 1:
        with waiting(f"Reporting {files[0].name}"):
            path = to if to is not None and to.suffix else _beside(files[0], to)
            _session(files[0], path, told, say)
        return
    troubles: list[str] = []
    with each("Reporting", files) as rows:
        for file in rows:
            troubles += _tried(file, _beside(file, to), told, say)
    if troubles:
        more = f"; {len(troubles)} of {len(files)} recordings"
        raise ReportError(troubles[0] + more)


def _tried(file: Path, path: Path, told: dict[str, Any], say: Speech) -> list[str]:
    from surefoot.core import SurefootError

    try:
        _session(file, path, told, say)
    except SurefootError as error:
        why = str(error)
        return [why if file.name in why else f"{file}: {why}"]
    return []


def _session(file: Path, path: Path, told: dict[str, Any], say: Speech) -> None:
    from math import radians

    from surefoot.report.session import session_page
    from surefoot.session.analyse import Options
    from surefoot.session.analysing import examine

    asked = told["repetitions"]
    degrees = None if asked is None else radians(asked)
    options = Options(repetitions=degrees, role=told["role"], height=told["height"])
    examined = examine(file, options)
    page = session_page(examined, _past(examined, options, told), say)
    _written(page, path, say)


def _past(examined: Examined, options: Any, told: dict[str, Any]) -> Past:
    from surefoot.report.known import past_found, past_of
    from surefoot.report.session import Past

    if told["before"] is not None:
        from surefoot.session.analysing import examine

        earlier = examine(told["before"], options)
        day = str(earlier.header.session.get("started") or "")[:10]
        return past_found(earlier.found, day)
    if not examined.person:
        return Past({})
    from surefoot.cli.archive import opened

    with opened(told["where"]) as archive:
        return past_of(archive, examined)


def _person(told: dict[str, Any], say: Speech) -> tuple[Page, str]:
    from surefoot.cli.archive import opened
    from surefoot.report.person import person_page, person_story

    code = told["person"]
    with opened(told["where"]) as archive:
        story = person_story(archive, code)
    return person_page(story, say, told["reader"]), f"{code}.progress"


def _group(told: dict[str, Any], say: Speech) -> tuple[Page, str]:
    from surefoot.archive import numbers, people
    from surefoot.cli.archive import opened
    from surefoot.cli.progress import each
    from surefoot.report.group import group_page, member

    with opened(told["where"]) as archive, each("People", people(archive)) as rows:
        keys = numbers(archive)
        members = [member(archive, person, keys[person.code]) for person in rows]
    return group_page(members, say), "group"


def _home(told: dict[str, Any], say: Speech) -> tuple[Page, str]:
    from surefoot.cli.programme_log import chosen_day
    from surefoot.report.home import home_page
    from surefoot.session.programme_store import load_plan, read_history

    code = told["home"]
    day: datetime | None = told["day"]
    page = home_page(load_plan(), read_history(code), chosen_day(day), code, say)
    return page, f"{code}.home"


def _batch(told: dict[str, Any], say: Speech) -> tuple[Page, str]:
    from surefoot.cli.progress import each
    from surefoot.report.batch import batch_page, gathered, sources

    folder: Path = told["batch"]
    with each("Reading", sources(folder)) as parts:
        found = gathered(parts)
    return batch_page(found, folder, say), f"{folder.resolve().name}.batch"


def _recordings(names: Sequence[str]) -> list[Path]:
    from surefoot.cli.replay import find
    from surefoot.core import RecordingError

    files: list[Path] = []
    for name in names:
        path = find(name)
        inside = sorted(path.rglob("*.mcap")) if path.is_dir() else [path]
        if not inside:
            msg = f"{name}: expected recordings (.mcap) in it, got none: give a file"
            raise RecordingError(msg)
        files.extend(inside)
    return files


def _beside(file: Path, folder: Path | None) -> Path:
    return (folder or Path()) / f"{file.stem}.report.html"


def _written(page: Page, path: Path, say: Speech) -> None:
    from surefoot.report.writing import write

    write(page, path, say)
    click.echo(path)
