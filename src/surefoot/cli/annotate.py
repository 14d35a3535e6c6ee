"""`surefoot annotate`: say afterwards whose a recording is, and what is to be known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import around, json_option
from surefoot.cli.output import print_json, print_rows

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.recording import Annotations, Change, Entry

_MEASURED = frozenset({"exclude", "include", "correct", "mark", "withdraw"})
"""What is said so changes what is measured, or what it is a measure of."""


def interval(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> list[tuple[float, float]]:
    """Return start and end [s] of each ``START:END``."""
    found: list[tuple[float, float]] = []
    for value in values:
        start, _, end = value.partition(":")
        try:
            found.append((float(start), float(end)))
        except ValueError:
            msg = f"{value!r}: expected START:END in seconds, for example 10:20"
            raise click.BadParameter(msg) from None
    return found


def correction(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return key and value of each ``KEY=VALUE``."""
    parts = [tuple(value.partition("=")[::2]) for value in values]
    if not all(key and value for key, value in parts):
        msg = "expected KEY=VALUE, for example drill=rocker-hold-level"
        raise click.BadParameter(msg)
    from surefoot.analysis.pipeline import TOLD

    return [(k, around(k, v) if k in TOLD else v) for k, v in parts]


def circumstance(
    ctx: click.Context, param: click.Parameter, values: tuple[str, ...]
) -> list[tuple[str, str]]:
    """Return name and value of each circumstance that is told."""
    return [(k, around(k, v)) for k, v in correction(ctx, param, values)]


def mark(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> list[tuple[float, str]]:
    """Return instant [s] and label of each ``SECONDS:LABEL``."""
    found: list[tuple[float, str]] = []
    for value in values:
        t, _, label = value.partition(":")
        try:
            found.append((float(t), label or "marker"))
        except ValueError:
            msg = f"{value!r}: expected SECONDS:LABEL, for example 12.5:step-down"
            raise click.BadParameter(msg) from None
    return found


@click.command()
@click.argument("file")
@click.option("--person", metavar="CODE", help="Whose it is; '' for nobody's.")
@click.option("--label", "labels", multiple=True, metavar="TEXT", help="Add a label.")
@click.option("--unlabel", "unlabels", multiple=True, metavar="TEXT", help="Remove it.")
@click.option(
    "--exclude",
    "exclusions",
    multiple=True,
    metavar="START:END",
    callback=interval,
    help="Seconds that are not to be measured.",
)
@click.option(
    "--include",
    "inclusions",
    multiple=True,
    metavar="START:END",
    callback=interval,
    help="Seconds to be measured after all.",
)
@click.option("--because", default="", metavar="TEXT", help="Why they are excluded.")
@click.option("--note", "notes", multiple=True, metavar="TEXT", help="Write it down.")
@click.option(
    "--correct",
    "corrections",
    multiple=True,
    metavar="KEY=VALUE",
    callback=correction,
    help="What is true instead of what the recording says.",
)
@click.option(
    "--set",
    "circumstances",
    multiple=True,
    metavar="NAME=VALUE",
    callback=circumstance,
    help="A circumstance, for example stance=tandem or vision=closed.",
)
@click.option(
    "--mark",
    "marks",
    multiple=True,
    metavar="SECONDS:LABEL",
    callback=mark,
    help="Set a marker there, for example 12.5:step-down.",
)
@click.option(
    "--withdraw",
    "withdrawals",
    multiple=True,
    type=click.IntRange(min=1),
    metavar="N",
    help="Take line N of the history back.",
)
@click.option("--by", default="", metavar="CODE", help="Who says it: a code.")
@json_option
def annotate(file: str, by: str, as_json: bool, **told: Any) -> None:
    """Say something about FILE afterwards; the recording itself stays as it is.

    Without options, show what was said. Everything goes to a file beside the
    recording: the last word wins, and the history stays.
    """
    from surefoot.cli.replay import find
    from surefoot.recording import annotate as say
    from surefoot.recording import annotations_of

    path = find(file)
    changes = _changes(told)
    found = say(path, *changes, by=by) if changes else annotations_of(path)
    if any(change.kind in _MEASURED for change in changes):
        _stale(path)
    if as_json:
        print_json(found.as_json())
    else:
        _tell(path, found)


def _stale(path: Path) -> None:
    """Say how to measure again, if values were kept before this was said."""
    from surefoot.session.final import results_path

    if results_path(path).exists():
        again = f"surefoot analyze --store {path}"
        click.echo(f"values kept before do not know of this yet: {again}", err=True)


def _changes(told: dict[str, Any]) -> list[Change]:
    """Return what was said, withdrawals first."""
    from surefoot.recording import Change

    if told["because"] and not told["exclusions"]:
        msg = "--because tells why of --exclude; there is none"
        raise click.UsageError(msg)
    why: str = told["because"]
    said: list[Change] = [Change.withdraw(number) for number in told["withdrawals"]]
    if told["person"] is not None:
        said.append(Change.person(told["person"]))
    said += [Change.unlabel(text) for text in told["unlabels"]]
    said += [Change.label(text) for text in told["labels"]]
    said += [Change.include(start, end) for start, end in told["inclusions"]]
    said += [Change.exclude(start, end, why) for start, end in told["exclusions"]]
    said += [Change.correct(key, value) for key, value in told["corrections"]]
    said += [Change.correct(what, value) for what, value in told["circumstances"]]
    said += [Change.mark(t, label) for t, label in told["marks"]]
    said += [Change.note(text) for text in told["notes"]]
    return said


def _tell(path: Path, found: Annotations) -> None:
    if not found.history and not found.damage:
        click.echo(f"{path.name}: nothing was said about it")
        return
    person = "as recorded" if found.person is None else found.person or "nobody"
    rows: list[tuple[str, ...]] = [("person", person)]
    rows += [("label", label) for label in found.labels]
    rows += [(key, value) for key, value in found.corrections.items()]
    for gone in found.exclusions:
        why = f", {gone.because}" if gone.because else ""
        rows.append(("excluded", f"{gone.start:g} to {gone.end:g} s{why}"))
    rows += [("marker", f"{one.t:g} s, {one.label}") for one in found.markers]
    rows += [("note", note.replace("\n", " / ")) for note in found.notes]
    click.echo(path.name)
    print_rows(rows, "  ")
    click.echo("history")
    print_rows([_row(entry) for entry in found.history], "  ")
    for line in found.damage:
        click.echo(f"  {line}")


def _row(entry: Entry) -> tuple[str, ...]:
    told = " ".join(str(value) for value in entry.change.fields.values())
    kind = f"({entry.change.kind})" if entry.withdrawn else entry.change.kind
    return (str(entry.number), entry.at, entry.by or "-", kind, told.split("\n")[0])
