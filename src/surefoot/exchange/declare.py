"""What the rows of a recording mean: a table profile, and what was chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from surefoot.core import TableError
from surefoot.devices import parse_profile
from surefoot.exchange.columns import TIME, UNUSED
from surefoot.exchange.rows import Rows, wall_time
from surefoot.exchange.samples import samples

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.devices.layout import Column
    from surefoot.exchange.columns import Choice
    from surefoot.exchange.samples import Recipe, Survey

IMU = "imu"
COP = "cop"
"""What the one stream of a table is called."""

_RATES = (0.1, 10_000.0)  # Hz; what a profile may say


@dataclass(frozen=True, slots=True)
class About:
    """What a format knows of a file beside its rows.

    Attributes
    ----------
    form : str
        Name of the format.
    stream : str
        `IMU` or `COP`.
    source : str
        Where the meaning of the columns is from.
    recorded : str
        When, in the words of the file.
    started_ns : int or None
        The same as wall time [ns]; None where the times of the rows tell it, or none.
    notes : tuple of str
        What a person should know.
    facts : mapping
        What was chosen, JSON-ready.
    """

    form: str
    stream: str = IMU
    source: str = "The headings of the file, or the person who imported it"
    recorded: str = ""
    started_ns: int | None = None
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict[str, Any])


def rows_of(recipe: Recipe, found: Survey, choice: Choice, about: About) -> Rows:
    """Return the rows of a table that was read and found sound.

    Parameters
    ----------
    recipe : Recipe
        How samples are made of it.
    found : Survey
        What the first reading found.
    choice : Choice
        What a person said; their rate goes before the usual one.
    about : About
        The rest.

    Raises
    ------
    TableError
        If the rate is none of a sensor: then the unit of the time is another.
    """
    rate = choice.rate or found.rate
    low, high = _RATES
    if not low <= rate <= high:
        msg = (
            f"{recipe.grid.where}: expected {low:g} to {high:g} rows a second, got "
            f"{rate:g}: look at the unit of the time, for example --units time=ms"
        )
        raise TableError(msg)
    timed = any(column.name == TIME for column in recipe.whole)
    text = _profile_text(recipe, rate, about, timed=timed)
    started = about.started_ns if about.started_ns is not None else found.first_ns
    facts = {
        "columns": _headings(recipe),
        "units": {c.name: c.unit for c in recipe.whole if c.name != UNUSED},
        "axes": dict(choice.axes),
        "clock": "given" if timed else "nominal",
        "rate": rate,
        "rows_read": found.read,
        **about.facts,
    }
    return Rows(
        format=about.form,
        profile=parse_profile(text, f"profile of {recipe.grid.where}"),
        samples=lambda: samples(recipe),
        count=found.kept,
        recorded=about.recorded,
        started_ns=wall_time(started),
        dropped=dict(found.dropped),
        notes=about.notes,
        facts=facts,
    )


def _headings(recipe: Recipe) -> dict[str, str]:
    names = [heading.cell for heading in recipe.grid.headings]
    pairs = zip(recipe.declared, names, strict=True)
    told = {column.name: name for column, name in pairs if column.name != UNUSED}
    added = {c.name: "worked out" for c in recipe.added if c.name != UNUSED}
    return told | added


def _profile_text(recipe: Recipe, rate: float, about: About, *, timed: bool) -> str:
    """Return the table profile that says what the rows mean."""
    grid = recipe.grid
    columns = "\n".join(f"  {{ {_told(column)} }}," for column in recipe.whole)
    separator = "\\t" if grid.separator == "\t" else grid.separator
    given = f'{{ clock = "given", column = "{TIME}" }}'
    return f"""\
# Written by the import of {grid.where!r}: what its columns were said to be.
schema = 1
id = "imported-table"
name = "Imported table"
kind = ["{about.stream}"]
transport = "table"
evidence = "inferred"
sources = ["{about.source}"]

[table]
separator = "{separator}"
decimal = "{grid.decimal}"

[[streams]]
id = "{about.stream}"
rate = {rate!r}
columns = [
{columns}
]
time = {given if timed else '{ clock = "nominal" }'}
"""


def _told(column: Column) -> str:
    if column.name == UNUSED:
        return 'name = "-"'
    return f'name = "{column.name}", unit = "{column.unit}", scale = {column.scale!r}'
