"""CSV: one table a stream as it was sampled, one on an even grid, and the events."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from surefoot.exchange.export.description import (
    EVEN,
    IRREGULAR,
    about_recording,
    about_stream,
)
from surefoot.exchange.export.even import evenly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from surefoot.core import Block
    from surefoot.exchange.export.material import Material
    from surefoot.exchange.export.target import Target

TIME = "session_time [s]"
"""Heading of the times; a table that begins so is one of ours."""

_AT_ONCE = 4096  # rows


def write_csv(material: Material, target: Target, rate: float | None) -> None:
    """Write the CSV files and ``export.json``, which says what they are.

    Numbers are written so that they read back equal to the last bit (``%.17g``). A
    cell in a gap of a resampled table says ``nan``.

    Parameters
    ----------
    material : Material
        The recording.
    target : Target
        Where to.
    rate : float or None
        Of the resampled tables [Hz]; the nominal one if None.

    Raises
    ------
    TableError
        If a file is there already or cannot be written.
    """
    files: dict[str, object] = {}
    for block, stem, sampling in tables(material, rate):
        name = f"{stem}.csv"
        _write(target.new(name), block)
        files[name] = about_stream(material, block, sampling)
    target.text("events.csv", events_table(material, ","))
    target.json("export.json", about_recording(material) | {"files": files})


def tables(material: Material, rate: float | None) -> Iterator[tuple[Block, str, str]]:
    """Yield samples, name without ending, and sampling of each table."""
    for name, block in material.blocks.items():
        stem = name.replace("/", "_")
        yield block, f"{stem}_irregular", IRREGULAR
        even = evenly(block, rate or block.info.rate)
        yield even, f"{stem}_resampled_{even.info.rate:g}Hz", EVEN


def events_table(material: Material, separator: str) -> str:
    """Return the events as a table with the columns t, name, detail (JSON)."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    writer.writerow(["session_time_s", "name", "detail"])
    for event in material.events:
        detail = json.dumps(event["detail"], sort_keys=True, ensure_ascii=False)
        writer.writerow([f"{event['t']:.17g}", event["name"], detail])
    return text.getvalue()


def _write(path: Path, block: Block) -> None:
    units = zip(block.info.channels, block.info.units, strict=True)
    headings = [TIME, *(f"{name} [{unit}]" for name, unit in units)]
    row = ",".join(["%.17g"] * len(headings)) + "\n"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(",".join(headings) + "\n")
        for at in range(0, len(block), _AT_ONCE):
            part = block[at : at + _AT_ONCE]
            pairs = zip(part.t.tolist(), part.data.tolist(), strict=True)
            file.write("".join([row % (t, *values) for t, values in pairs]))
