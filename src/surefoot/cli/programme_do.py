"""`surefoot programme do`: the exercise that is due, done and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.output import print_json
from surefoot.cli.programme_facts import all_facts
from surefoot.cli.programme_log import archived
from surefoot.cli.sitting import kept

if TYPE_CHECKING:
    from datetime import date

    from surefoot.session.engine import Engine
    from surefoot.training.agreed import Agreed
    from surefoot.training.programme.today import Item


def done(code: str, exercise: str, day: date, told: dict[str, Any]) -> None:
    """Do an exercise of today and write it into the programme.

    Parameters
    ----------
    code : str
        The person.
    exercise : str
        Which; the next one where it is empty.
    day : date
        Today.
    told : dict
        ``virtual``, ``seed``, ``to`` and ``as_json``.
    """
    from surefoot.session.programme_link import block_of, due, log_block

    item, agreed = due(code, day, exercise)
    if not told["as_json"]:
        click.echo(f"{item.title}: {item.how}. {item.focus}")
    engine = _sat(code, item, agreed, told)
    block = block_of(engine, item.name, day)
    if block is None:
        click.echo("Nothing was done; nothing is written down.")
        return
    decided = log_block(code, block)
    archived(code)
    if told["as_json"]:
        made = {"person": code, "exercise": item.name, "sets": len(block.sets)}
        print_json({**made, "decisions": all_facts(decided)})
        return
    click.echo(f"Written into the programme of {code}: {item.name}.")
    for decision in decided:
        click.echo(str(decision))


def _sat(code: str, item: Item, agreed: Agreed, told: dict[str, Any]) -> Engine:
    """Return the engine of the sitting, after it."""
    from surefoot.session.drill_shelf import load_drill

    drill = load_drill(item.drill)
    if told["virtual"] is not None:
        from surefoot.cli.drills_run import performed

        rest: dict[str, Any] = {**told, "code": code, "whole_rests": False}
        sat = performed(drill, agreed, **rest)
        if sat.path is not None:
            kept(sat.path)
        return sat.engine
    from surefoot.cli.live import sat

    return sat(code, drill, agreed, told["to"])
