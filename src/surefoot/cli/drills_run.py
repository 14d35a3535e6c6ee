"""`surefoot drills run`: a drill from the first question to the last set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import json_option, person
from surefoot.cli.output import print_json
from surefoot.cli.replay import speed_of
from surefoot.cli.sitting import new_file

if TYPE_CHECKING:
    from surefoot.core import Event
    from surefoot.session.engine import Engine
    from surefoot.session.performing import Performed
    from surefoot.session.setup import Setup
    from surefoot.session.snapshot import Result
    from surefoot.training import Drill
    from surefoot.training.agreed import Agreed

_TOLD = frozenset(
    {"set", "run-end", "held-on", "pain", "decision", "effort", "invalid", "refused"}
)


@click.command()
@click.argument("name")
@click.option(
    "--virtual",
    metavar="PERSON",
    callback=person,
    help="A virtual person: steady, unsteady, tiring, in-pain ...",
)
@click.option("--headless", is_flag=True, help="No window; the person answers alone.")
@click.option("--auto", is_flag=True, help="In the window too it answers alone.")
@click.option(
    "--speed",
    default="max",
    show_default=True,
    metavar="N|max",
    callback=speed_of,
    help="Of --headless: 1 for real time.",
)
@click.option("--sets", type=click.IntRange(1, 60), help="Only so many sets.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of all chance.")
@click.option("--whole-rests", is_flag=True, help="Wait for every rest to its end.")
@click.option(
    "--keep-for",
    "kept",
    metavar="NAME",
    default="",
    help="The drill that a captured movement is for; own-movement unless said.",
)
@click.option("--person", "code", metavar="CODE", default="", help="A code, no name.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Recording to write.",
)
@click.option("--sensor", "sensors", multiple=True, metavar="ROLE=PROFILE[:NAME]")
@json_option
@click.pass_context
def run(ctx: click.Context, name: str, as_json: bool, **told: Any) -> None:
    """Do the drill NAME (from the list, or a TOML file) from question to result.

    With --headless a virtual person does it, faster than time; without, a window opens
    as for "surefoot live".
    """
    if not told["headless"]:
        _in_window(ctx, name, told)
        return
    from surefoot.session.drill_shelf import load_drill
    from surefoot.training.agreed import Agreed

    drill, agreed = load_drill(name), Agreed(sets=told["sets"])
    told["to"] = told["to"] or new_file(drill.name)
    done = performed(drill, agreed, as_json=as_json, **told)
    _kept_template(done.engine, drill, told["code"], told["kept"])
    if as_json:
        print_json(facts(done))


def performed(drill: Drill, agreed: Agreed, *, as_json: bool, **told: Any) -> Performed:
    """Let a virtual person do a drill, and tell what happens.

    Parameters
    ----------
    drill : Drill
        The drill.
    agreed : Agreed
        What holds for this sitting.
    as_json : bool
        Say nothing on the way.
    **told
        ``virtual``, ``seed``, ``whole_rests``, ``code`` and ``to``.
    """
    from surefoot.session.performing import Pace, Performance

    setup = _setup(drill, agreed, told["code"])
    who = told["virtual"] or "steady"
    performance = Performance(setup, who, told["seed"], patient=told["whole_rests"])
    if not as_json:
        click.echo(f"{drill.title}: a virtual person ({who}). Nothing here is real.")
    pace = Pace(told["speed"]) if told.get("speed") else None
    performance.pace = pace
    done = performance.run(told["to"], None if as_json else _say)
    if not as_json:
        for result in done.engine.results:
            click.echo(line(result))
        click.echo(f"recording: {done.path}" if done.path else "not recorded")
    if done.stuck:
        why = done.engine.trial.refused or "nothing came of it"
        msg = f"{drill.name}: stuck in {done.stuck}: {why}"
        raise click.ClickException(msg)
    return done


def facts(done: Performed) -> dict[str, Any]:
    """Return a sitting ready for JSON."""
    engine = done.engine
    return {
        "drill": engine.trial.drill.name,
        "file": str(done.path) if done.path else None,
        "phase": engine.trial.phase.value,
        "over": engine.trial.over or None,
        "faults": list(engine.faults),
        "sets": [_set_facts(result) for result in engine.results],
        "events": [event.as_json() for event in engine.events],
    }


def line(result: Result) -> str:
    """Return one set in one line: quality first, then what it counts as."""
    place = f"set {result.set_no}" + (f", {result.stage}" if result.stage else "")
    score = result.score
    said = result.invalid and f"does not count: {result.invalid}"
    if not said and score is not None and score.kept is not None:
        said = f"{100 * score.kept:.0f} % ({score.rule})"
    elif not said and score is not None:
        said = score.reason or score.rule
    why = "; ".join(result.verdict.reasons)
    quality = result.verdict.grade.value + (f" ({why})" if why else "")
    if score is not None and score.measure == "entered":
        return f"{place}: {said}"  # no sensor: nothing has a quality
    return f"{place}: {quality}: {said or result.ended}"


def _in_window(ctx: click.Context, name: str, told: dict[str, Any]) -> None:
    from surefoot.cli.live import live

    if told["virtual"] is None and not told["sensors"]:
        msg = "say --virtual PERSON, or --sensor ROLE=PROFILE, or --headless"
        raise click.UsageError(msg)
    args = ["--drill", name]
    args += [part for s in told["sensors"] for part in ("--sensor", s)]
    args += ["--virtual", told["virtual"]] if told["virtual"] else []
    args += ["--auto"] if told["auto"] else []
    args += ["--person", told["code"]] if told["code"] else []
    args += ["--to", str(told["to"])] if told["to"] else []
    with live.make_context("live", args, parent=ctx.parent) as inner:
        live.invoke(inner)


def _setup(drill: Drill, agreed: Agreed, code: str) -> Setup:
    from surefoot.session.opening import rules_text, with_person
    from surefoot.session.setup import Setup, sensor
    from surefoot.session.usual import usual_sensors

    wanted = usual_sensors(drill.roles, drill.signal)
    sensors = {role: sensor(profile) for role, profile in wanted.items()}
    setup = Setup(
        sensors,
        drill,
        virtual=True,
        person=code,
        circumstances=drill.circumstances,
        rules=rules_text(),
        agreed=agreed,
    )
    return with_person(setup)


def _kept_template(engine: Engine, drill: Drill, code: str, kept: str) -> None:
    """Keep a movement that was captured, for a person with a code."""
    from surefoot.session.templates import captured, keep_template, kept_for

    template = captured(engine.events)
    if template is not None and code:
        path = keep_template(template, code, kept or kept_for(drill))
        click.echo(f"movement of {code} kept: {path}", err=True)


def _say(event: Event) -> None:
    if event.name in _TOLD:
        told = ", ".join(f"{k} {v}" for k, v in event.detail.items() if v != "")
        click.echo(f"{event.t:8.1f} s  {event.name}: {told}")


def _set_facts(result: Result) -> dict[str, Any]:
    score = result.score
    return {
        "set": result.set_no,
        "stage": result.stage,
        "ended": result.ended,
        "invalid": result.invalid or None,
        "held_on": result.held_on,
        "grade": result.verdict.grade.value,
        "reasons": list(result.verdict.reasons),
        "kept": score.kept if score else None,
        "score_from": score.measure if score else None,
        "rule": score.rule if score else None,
        "not_scored": (score.reason or None) if score else None,
        "zone": result.zone,
        "measures": [measure.as_json() for measure in result.measures],
    }
