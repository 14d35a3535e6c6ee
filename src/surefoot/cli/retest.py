"""`surefoot retest`: how far a measure differs from itself, of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.archive import opened, place_option
from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows

if TYPE_CHECKING:
    from datetime import datetime

    from surefoot.analysis.measurement_error import Repeatability
    from surefoot.report.known_error import Retest


@click.command()
@click.argument("person", metavar="CODE")
@click.option("--drill", default="", metavar="NAME", help="Else the newest that fits.")
@click.option("--measure", default="", metavar="NAME", help="Else what it declares.")
@click.option(
    "--day",
    "days",
    multiple=True,
    type=click.DateTime(["%Y-%m-%d"]),
    help="The days, twice or more; else the newest two that fit.",
)
@click.option("--keep", is_flag=True, help="Keep it in the archive, for reports.")
@json_option
@place_option
def retest(person: str, **told: Any) -> None:
    """Compute how far a measure of CODE differs when nothing changed.

    Do three runs of a drill on one day and again within a week, alike, with no training
    of it between, and take them into the archive. Reports then say whether a change is
    beyond that error.
    """
    from surefoot.analysis.measurement_error import repeatability
    from surefoot.archive import decide, history
    from surefoot.report.known_error import RETEST
    from surefoot.report.retest import Asked, find_retest

    keep: bool = told["keep"]
    days: tuple[datetime, ...] = told["days"]
    asked = Asked(told["drill"], told["measure"], tuple(day.date() for day in days))
    with opened(told["where"]) as archive:
        found = find_retest(person, history(archive, person), asked)
        own = repeatability([found.days])
        if keep:
            decide(archive, person, RETEST, found.as_json())
    if told["as_json"]:
        print_json(_facts(found, own) | {"kept": keep})
    else:
        _tell(found, own, keep=keep)


def _facts(found: Retest, own: Repeatability) -> dict[str, object]:
    low, high = own.interval()
    return {
        "person": found.person,
        "measure": found.finding.measure,
        "unit": found.finding.unit,
        "drill": found.finding.circumstances.drill,
        "days": found.dates,
        "values": found.days,
        "sem": own.sem(),
        "sem_95": [low, high],
        "mdc": own.mdc(),
        "people": own.people,
        "runs": own.runs,
        "shift": own.shift,
        "source": "own",
    }


def _tell(found: Retest, own: Repeatability, *, keep: bool) -> None:
    from surefoot.report.speech import Speech

    say, finding = Speech(), found.finding
    name, unit = finding.measure, finding.unit

    def read(value: float) -> str:
        return say.quantity(name, value, unit)

    click.echo(f"{say.title(name)} of {found.person}, {finding.circumstances.drill}")
    for day, values in zip(found.dates, found.days, strict=True):
        click.echo(f"  {day}: {', '.join(map(read, values))}")
    low, high = own.interval()
    told = [
        (
            "SEM of one run",
            f"{read(own.sem())}, 95 % interval {read(low)} to {read(high)}",
        ),
        (
            "MDC of one run",
            f"{read(own.mdc())}, with t of {own.df():.1f} degrees of freedom",
        ),
        ("last day less first", read(own.shift)),
        ("from", f"{own.people} person, {own.days} days, {own.runs} runs; source own"),
    ]
    print_rows(told, "  ")
    if keep:
        click.echo("Kept: reports hold changes against it.")
    else:
        click.echo("Not kept: --keep does.")
