"""`surefoot programme`: what comes next over months, and why."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import json_option, person
from surefoot.cli.output import print_json, print_rows
from surefoot.cli.programme_facts import (
    all_facts,
    decision_facts,
    item_facts,
    number_facts,
    today_facts,
)
from surefoot.cli.programme_log import archived, chosen_day, log, on_day

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from surefoot.training.programme import Today

WEEKS = 16


@click.group()
def programme() -> None:
    """Follow a programme over months: what to do today, what comes next, and why.

    It needs a code for the person, never a name. A therapist sets the aims; no step is
    taken after pain, and time alone opens nothing.
    """


programme.add_command(log)


@programme.command()
@click.argument("code")
@on_day
@json_option
def new(code: str, day: datetime | None, as_json: bool) -> None:
    """Begin the programme of the person CODE, and print the first questions."""
    from surefoot.session.programme_store import load_plan, new_history
    from surefoot.training.programme.entries import Started

    plan = load_plan()
    path = new_history(plan, code, Started(chosen_day(day)))
    archived(code)
    if as_json:
        asked = [{"id": q.id, "ask": q.ask, "then": q.then} for q in plan.questions]
        print_json({"person": code, "file": str(path), "questions": asked})
        return
    click.echo(f"The programme of {code} begins. It is kept in {path}")
    click.echo("Ask these questions first:")
    print_rows([(q.id, q.ask) for q in plan.questions], "  ")
    click.echo(f"Then: surefoot programme log screen {code} [--yes ID ...]")


@programme.command()
@click.argument("code")
@on_day
@json_option
def today(code: str, day: datetime | None, as_json: bool) -> None:
    """Say what the person CODE does today, set by set, and why."""
    from surefoot.training.programme.diary import today_told

    plan_of_day, hint = _planned(code, chosen_day(day))
    if as_json:
        print_json(today_facts(plan_of_day))
    else:
        click.echo("\n".join([*today_told(plan_of_day), *hint]))


@programme.command()
@click.argument("code")
@click.argument("exercise", default="")
@on_day
@click.option(
    "--virtual",
    metavar="PERSON",
    callback=person,
    help="Let a virtual person do it, faster than time.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of all chance.")
@click.option("--to", type=click.Path(path_type=Path, dir_okay=False))
@json_option
def do(code: str, exercise: str, day: datetime | None, **told: Any) -> None:
    """Do what is due for CODE today, and write it down; EXERCISE for another one."""
    from surefoot.cli.programme_do import done

    done(code, exercise, chosen_day(day), told)


@programme.command("next")
@click.argument("code")
@on_day
@json_option
def next_(code: str, day: datetime | None, as_json: bool) -> None:
    """Say what comes next for CODE: an exercise, or the day of the next session."""
    from surefoot.session.programme_store import load_plan, read_history
    from surefoot.training.programme import fold, next_session, plan_day
    from surefoot.training.programme.diary import dated

    chosen = chosen_day(day)
    plan = load_plan()
    standing = fold(plan, read_history(code))
    planned = plan_day(plan, standing, chosen)
    last = standing.last
    done = last.trained if last is not None and last.day == chosen else ()
    item = next((item for item in planned.items if item.name not in done), None)
    when = next_session(standing, chosen)
    if as_json:
        what = item_facts(item) if item else None
        print_json({"exercise": what, "session": when, "asks": all_facts(planned.asks)})
    elif item is not None:
        click.echo(f"{item.title}: {item.how}. {item.focus}")
    else:
        click.echo(f"The next session: {dated(when)}.")
        click.echo(planned.decision.reason)


@programme.command()
@click.argument("code")
@click.argument("about", required=False)
@click.option("--all", "everything", is_flag=True, help="Since the first day.")
@json_option
def why(code: str, about: str | None, everything: bool, as_json: bool) -> None:
    """Say why it is so: the decisions about CODE, with reasons and numbers.

    ABOUT is an exercise, or "programme" or "session". Without --all, and without ABOUT,
    the decisions of the last day are told, and what is still closed and why.
    """
    from surefoot.session.programme_store import load_plan, read_history
    from surefoot.training.programme import fold
    from surefoot.training.programme.gates import gate

    plan = load_plan()
    standing = fold(plan, read_history(code))
    told = [(d, said) for d, said in standing.log if about in {None, said.about}]
    if not everything and about is None and told:
        told = [(d, said) for d, said in told if d == told[-1][0]]
    known = {about} if about else set(plan.ladders)
    gates = [gate(plan, standing, n) for n in plan.ladders.values() if n.name in known]
    if as_json:
        decided = [{"day": d, **decision_facts(said)} for d, said in told]
        print_json({"decisions": decided, "gates": all_facts(gates)})
        return
    for day, said in told:
        click.echo(f"{day} {said}")
    click.echo("now")
    for said in gates:
        click.echo(f"  {said}")


@programme.command()
@click.argument("name", required=False)
@json_option
def exercises(name: str | None, as_json: bool) -> None:
    """List the exercises of the plan, or the steps of the exercise NAME."""
    from surefoot.session.programme_store import load_plan
    from surefoot.training.ladder import in_words

    plan = load_plan()
    found = [plan.ladder(name)] if name else list(plan.ladders.values())
    if as_json:
        print_json(
            [
                {
                    "name": ladder.name,
                    "title": ladder.title,
                    "stage": ladder.stage,
                    "minutes": ladder.minutes,
                    "steps": [dict(step) for step in ladder.steps],
                }
                for ladder in found
            ]
        )
    elif name is None:
        print_rows([(n.name, n.stage, f"0 to {n.top}", n.title) for n in found])
    else:
        steps = [in_words(plan.axes, step) for step in found[0].steps]
        print_rows([(str(number), step) for number, step in enumerate(steps)])


@programme.command()
@click.option("--copy", is_flag=True, help="Put copies there, to be edited.")
@json_option
def plan(copy: bool, as_json: bool) -> None:
    """Say where the plan's files can be edited, and whether they are usable.

    Questions, numbers and exercises are three TOML files. A copy in that folder stands
    for the one that ships, for everybody's programme on this computer.
    """
    from surefoot.session.programme_store import copy_plan, load_plan, plan_folder

    made = copy_plan() if copy else []
    load_plan()
    folder = plan_folder()
    own = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if as_json:
        print_json({"folder": str(folder), "copied": _names(made), "own": _names(own)})
        return
    for path in made:
        click.echo(f"copied {path.name}")
    using = ", ".join(_names(own)) or "no file of your own; the plan that ships is used"
    click.echo(f"{folder}: {using}")


def _names(paths: Iterable[Path]) -> list[str]:
    return [path.name for path in paths]


@programme.command()
@json_option
def numbers(as_json: bool) -> None:
    """List every number of the plan, with its grade and source."""
    from surefoot.session.programme_store import load_plan

    known = load_plan().rules.known
    if as_json:
        print_json([number_facts(r.number) | {"says": r.says} for r in known.values()])
        return
    print_rows(
        [
            (name, f"{r.number.value:g}", r.number.unit, r.number.basis, r.says)
            for name, r in known.items()
        ]
    )


@programme.command()
@click.argument("person")
@click.option("--weeks", type=click.IntRange(1, 104), default=WEEKS, help="How long.")
@json_option
def simulate(person: str, weeks: int, as_json: bool) -> None:
    """Tell the diary of a virtual PERSON: every decision, its reason, its numbers.

    PERSON is steady, unsteady, tiring, in-pain, asymmetric or slipping-sensor.
    """
    from surefoot.session.programme_store import load_plan
    from surefoot.training.programme.diary import day_told
    from surefoot.training.programme.lines import as_object
    from surefoot.virtual.trainees import TRAINEES
    from surefoot.virtual.trainees import simulate as live

    if person not in TRAINEES:
        msg = f"{person!r}: expected one of {', '.join(TRAINEES)}"
        raise click.BadParameter(msg)
    plan = load_plan()
    days = live(plan, person, weeks)
    if as_json:
        told = [
            {
                "day": d.day,
                "entries": [as_object(entry) for entry in d.entries],
                "decisions": all_facts(d.decisions),
                "plan": today_facts(d.today) if d.today else None,
            }
            for d in days
        ]
        print_json({"virtual": True, "person": person, "days": told})
        return
    click.echo(f"Virtual person {person}, {weeks} weeks. Nobody trained. In brackets:")
    click.echo("sets without picture, and the numbers behind a decision.")
    for d in days:
        told_day = day_told(plan, d.day, d.entries, d.decisions, d.today)
        asks = [f"  ?  {ask}" for ask in d.asks] if d.today else []
        click.echo("\n".join([*told_day, *asks]))


def _planned(code: str, day: date) -> tuple[Today, list[str]]:
    """Return the plan of a day, and the line that helps on where one is missing."""
    from surefoot.session.programme_store import load_plan, read_history
    from surefoot.training.programme import What, fold, plan_day

    plan = load_plan()
    standing = fold(plan, read_history(code))
    if standing.screen is None:
        return plan_day(plan, standing, day), [
            f"surefoot programme log screen {code} [--yes ID ...]"
        ]
    found = plan_day(plan, standing, day)
    lines = {
        What.BASELINE: (
            f"surefoot programme log baseline {code} EXERCISE=STEP ... "
            "(surefoot programme exercises NAME lists the steps)"
        ),
        What.TRAIN: f"surefoot programme log check-in {code} --rest N --moving N",
    }
    if found.items or found.decision.what not in lines:
        return found, []
    return found, [lines[found.decision.what]]
