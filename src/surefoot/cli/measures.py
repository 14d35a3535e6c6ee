"""`surefoot measures`: what each number means, needs and does not mean."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json, print_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from surefoot.analysis.registry import Card

WIDTH = 88
LABEL = 13
UNKNOWN = "unknown"
_HEAD = ("measure", "unit", "needs", "at least", "better")


@click.group()
def measures() -> None:
    """List and show the measures: formula, needs, pitfalls, source."""


@measures.command("list")
@click.option("--needs", metavar="NEED", help="Only those that need this, as cop.")
@click.option("--group", metavar="GROUP", help="Only this family, as trunk.")
@json_option
def list_(needs: str | None, group: str | None, as_json: bool) -> None:
    """List the measures, one a line: unit, needs, least length and rate."""
    from surefoot.analysis.registry import CARDS, Need

    _one_of("--needs", needs, [need.value for need in Need])
    _one_of("--group", group, dict.fromkeys(card.group for card in CARDS.values()))
    found = [
        card
        for card in CARDS.values()
        if needs in {None, *card.needs} and group in {None, card.group}
    ]
    if as_json:
        print_json([facts(card) for card in found])
    else:
        print_rows([_HEAD, *(_row(card) for card in found)])


@measures.command()
@click.argument("name")
@json_option
def show(name: str, as_json: bool) -> None:
    """Show the card of the measure NAME."""
    from surefoot.analysis.registry import card

    found = card(name)
    if as_json:
        print_json(facts(found))
    else:
        click.echo("\n".join(lines(found)))


def facts(card: Card) -> dict[str, object]:
    """Return a card as it is printed in JSON."""
    return {
        "name": card.name,
        "symbol": card.symbol,
        "title": card.title,
        "unit": card.unit,
        "group": card.group,
        "needs": needs_of(card),
        "min_duration": card.min_duration,
        "min_rate": card.min_rate,
        "uniform": card.uniform,
        "better": card.better,
        "stage": card.stage,
        "formula": card.formula,
        "says": card.says,
        "bias": card.bias,
        "not_said": card.not_said,
        "source": card.source,
        "reliability": card.reliability,
    }


def lines(card: Card) -> list[str]:
    """Return a card as text, no line longer than 88."""
    unit = "a number" if card.unit == "1" else card.unit
    told = [f"{card.name} ({card.symbol}), {unit}", card.title, ""]
    spacing = ", evenly spaced samples" if card.uniform else ""
    live = "live (provisional) and final" if card.stage == "both" else "final only"
    parts = {
        "formula": card.formula,
        "says": card.says,
        "biased by": card.bias,
        "not meant": card.not_said,
        "needs": ", ".join(needs_of(card)),
        "at least": least(card) + spacing,
        "better": card.better,
        "given": live,
        "source": card.source,
        "reliability": card.reliability or UNKNOWN,
    }
    for label, text in parts.items():
        told += textwrap.wrap(
            text,
            WIDTH,
            initial_indent=f"{label:{LABEL}}",
            subsequent_indent=" " * LABEL,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return told


def least(card: Card) -> str:
    """Return the least length and rate, or that there is none."""
    length = f"{card.min_duration:g} s" if card.min_duration else ""
    rate = f"{card.min_rate:g} Hz" if card.min_rate else ""
    return ", ".join(part for part in (length, rate) if part) or "any length and rate"


def needs_of(card: Card) -> list[str]:
    """Return what a card needs, in the order of the registry."""
    from surefoot.analysis.registry import Need

    return [need.value for need in Need if need in card.needs]


def _row(card: Card) -> tuple[str, ...]:
    asked = least(card) if card.min_duration or card.min_rate else "-"
    return card.name, card.unit, " ".join(needs_of(card)), asked, card.better


def _one_of(option: str, value: str | None, known: Collection[str]) -> None:
    if value is not None and value not in known:
        msg = f"{option} {value!r}: expected one of {', '.join(known)}"
        raise click.BadParameter(msg)
