"""`surefoot programme log`: write down what was asked, done and decided."""

from __future__ import annotations

from datetime import date, datetime
from math import radians
from typing import TYPE_CHECKING, Any, TypeVar

import click

from surefoot.cli.output import print_json
from surefoot.cli.programme_facts import all_facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.training.pain import Felt
    from surefoot.training.programme import Entry
    from surefoot.training.progression import SetDone

F = TypeVar("F", bound="Callable[..., Any]")
PAIN = click.IntRange(0, 10)
NOT_SCORED = "-"
AS_JSON = "surefoot.programme.json"


def _options(*options: Callable[[F], F]) -> Callable[[F], F]:
    def give(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return give


on_day = click.option(
    "--day", type=click.DateTime(["%Y-%m-%d"]), help="Another day than today."
)
"""What lets a command be about another day."""


def _in_json(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    ctx.meta[AS_JSON] = value


_common = _options(
    click.argument("code"),
    on_day,
    click.option(
        "--json",
        is_flag=True,
        expose_value=False,
        callback=_in_json,
        help="One JSON document.",
    ),
)
_signs = _options(
    click.option("--sharp", is_flag=True, help="The pain was sharp."),
    click.option("--leg", is_flag=True, help="New leg pain, numbness or weakness."),
)


@click.group()
def log() -> None:
    """Write down what was asked, done or decided for the person CODE."""


@log.command()
@_common
@click.option("--yes", multiple=True, metavar="ID", help="Answered with yes.")
def screen(code: str, day: datetime | None, yes: tuple[str, ...]) -> None:
    """Write down the questions of the first visit; all others were a no."""
    from surefoot.training.programme.entries import Screened

    _write(code, Screened(chosen_day(day), yes))


@log.command()
@_common
@click.argument("muscle")
@click.argument("degrees", type=float)
def target(code: str, day: datetime | None, muscle: str, degrees: float) -> None:
    """Write down the pain-free range of MUSCLE the therapist aims at."""
    from surefoot.training.programme.entries import Target

    _write(code, Target(chosen_day(day), muscle, radians(degrees)))


@log.command("range")
@_common
@click.argument("muscle")
@click.argument("degrees", type=float)
def range_(code: str, day: datetime | None, muscle: str, degrees: float) -> None:
    """Write down the pain-free range of MUSCLE measured today."""
    from surefoot.training.programme.entries import Range

    _write(code, Range(chosen_day(day), muscle, radians(degrees)))


@log.command()
@_common
@click.argument("steps", nargs=-1, metavar="EXERCISE=STEP ...")
def baseline(code: str, day: datetime | None, steps: tuple[str, ...]) -> None:
    """Write down the step that could be done well on each exercise; 0 the easiest."""
    from surefoot.training.programme.entries import Baseline

    found: list[tuple[str, int]] = []
    for told in steps:
        name, _, step = told.partition("=")
        if not step.isdecimal():
            msg = f"{told!r}: expected EXERCISE=STEP, for example rocker=2"
            raise click.BadParameter(msg)
        found.append((name, int(step)))
    _write(code, Baseline(chosen_day(day), tuple(found)))


@log.command("check-in")
@_common
@click.option("--rest", type=PAIN, required=True, help="Pain at rest, asked first.")
@click.option("--moving", type=PAIN, required=True, help="Pain in an easy movement.")
@_signs
@click.option("--painkillers", is_flag=True, help="Taken today.")
def check_in(code: str, day: datetime | None, **told: Any) -> None:
    """Write down the pain before training, 0 to 10: at rest, then moving."""
    from surefoot.training.pain import Felt
    from surefoot.training.programme.entries import CheckIn

    moved = Felt(told["moving"], told["sharp"], leg=told["leg"])
    _write(code, CheckIn(chosen_day(day), told["rest"], moved, told["painkillers"]))


@log.command()
@_common
@click.argument("exercise")
@click.option(
    "--set",
    "sets",
    multiple=True,
    required=True,
    metavar="KEPT[,no-picture][,grabs=N][,touches=N][,seconds=N]",
    help="Percent of what was asked, or - when it was not scored.",
)
@click.option("--pain", type=PAIN, default=0, help="Felt in it, 0 to 10.")
@click.option("--stretch", is_flag=True, help="Stretch, not pain.")
@_signs
@click.option("--hard", type=click.IntRange(1, 5), help="How hard it felt, 1 to 5.")
def block(code: str, day: datetime | None, exercise: str, **told: Any) -> None:
    """Write down one EXERCISE, set by set, and what was felt in it."""
    from surefoot.training.programme.entries import Block

    felt = _felt(told["pain"], told)
    sets = tuple(_set(text) for text in told["sets"])
    _write(code, Block(chosen_day(day), exercise, sets, felt, told["hard"]))


@log.command()
@_common
@click.option("--pain", type=PAIN, required=True, help="0 to 10.")
@_signs
def end(code: str, day: datetime | None, pain: int, **told: Any) -> None:
    """Write down the end of a session, and the pain at the end."""
    from surefoot.training.programme.entries import Ended

    _write(code, Ended(chosen_day(day), _felt(pain, told)))


@log.command()
@_common
@click.argument("pain", type=PAIN)
def morning(code: str, day: datetime | None, pain: int) -> None:
    """Write down the PAIN of the morning after a session, 0 to 10."""
    from surefoot.training.programme.entries import Morning

    _write(code, Morning(chosen_day(day), pain))


@log.command()
@_common
def test(code: str, day: datetime | None) -> None:
    """Write down that the monthly test of maintenance was done."""
    from surefoot.training.programme.entries import Retest

    _write(code, Retest(chosen_day(day)))


@log.command()
@_common
@click.argument("kind")
@click.argument("about", default="programme")
@click.argument("value", type=float, default=0.0)
@click.option("--note", required=True, help="Why. It is kept with the decision.")
def word(code: str, day: datetime | None, **told: Any) -> None:
    """Write down what the therapist decided, with a note.

    KIND is go-on, clear, train, step, limit, enable, first, open-setting, maintenance
    or number; ABOUT the exercise or number; VALUE the step or the new value.
    """
    from surefoot.training.programme.entries import Word

    kind, about, note = told["kind"], told["about"], told["note"]
    _write(code, Word(chosen_day(day), kind, about, note, told["value"]))


def archived(code: str) -> None:
    """Take what was just written down into the archive, if there is one."""
    from surefoot.archive import keep_programme

    trouble = keep_programme(code)
    if trouble:
        click.echo(trouble, err=True)


def chosen_day(day: datetime | None) -> date:
    """Return the day that was told, or today's."""
    return (day or datetime.now().astimezone()).date()


def _felt(pain: int, told: dict[str, Any]) -> Felt:
    from surefoot.training.pain import Felt

    return Felt(pain, told["sharp"], told.get("stretch", False), told["leg"])


def _set(text: str) -> SetDone:
    """Return one set told as ``85,no-picture,grabs=1``."""
    from surefoot.training.progression import SetDone

    kept, *rest = text.split(",")
    counts: dict[str, Any] = {}
    try:
        share = None if kept == NOT_SCORED else float(kept) / 100
        for part in rest:
            name, _, value = part.partition("=")
            if part == "no-picture":
                counts["picture"] = False
            elif name in {"grabs", "touches"}:
                counts[name] = int(value)
            elif name == "seconds":
                counts[name] = float(value)
            else:
                raise ValueError
    except ValueError:
        msg = f"{text!r}: expected percent or -, for example 85,no-picture,grabs=1"
        raise click.BadParameter(msg) from None
    return SetDone(share, **counts)


def _write(code: str, entry: Entry) -> None:
    """Write an entry down, and say what was decided from it."""
    from surefoot.session.programme_store import add_entry, load_plan

    before, now = add_entry(load_plan(), code, entry)
    archived(code)
    decided = [decision for _, decision in now.log[len(before.log) :]]
    if click.get_current_context().meta[AS_JSON]:
        print_json({"person": code, "decisions": all_facts(decided)})
        return
    for decision in decided:
        click.echo(str(decision))
