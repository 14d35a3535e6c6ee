"""What the commands print: one JSON document, or text that reads calmly."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import click


def print_json(document: object) -> None:
    """Print one JSON document; a number that is not finite becomes null."""
    click.echo(json.dumps(_finite(document), allow_nan=False, default=str))


def print_rows(rows: Iterable[Sequence[str]], indent: str = "") -> None:
    """Print rows in columns as wide as they need."""
    for line in table(rows):
        click.echo(indent + line)


def table(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Return rows as lines, in columns as wide as they need."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:{width}}" for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        told = cast("Mapping[object, object]", value)
        return {str(key): _finite(part) for key, part in told.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in cast("Sequence[object]", value)]
    return value
