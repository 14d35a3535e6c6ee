"""Many recordings at once: how good they are, how values lie, and what stands out."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np

from surefoot.analysis.registry import CARDS
from surefoot.report.figure import INK, SOFT, drawing
from surefoot.report.page import Html, Page, csv_of, plot, rows, tag
from surefoot.report.shelf import Row, rows_in, sources
from surefoot.report.speech import scale
from surefoot.report.values import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from surefoot.report.figure import Floats
    from surefoot.report.speech import Speech

__all__ = ["Batch", "batch_page", "gathered", "sources"]

FAR = 3.5
"""So many robust standard deviations from the middle stands out. Our default."""
LEAST = 10
"""Fewer values have no outliers and no picture. Our default."""
SHOWN = 50
"""So many outliers are listed, the furthest."""
PLOTS_MAX = 8
_ROBUST = 1.4826  # of a normal distribution


@dataclass(slots=True)
class Pool:
    """All values of one measure: 24 bytes each."""

    unit: str
    values: array[float] = field(default_factory=lambda: array("d"))
    files: array[int] = field(default_factory=lambda: array("q"))
    times: array[float] = field(default_factory=lambda: array("d"))


@dataclass(slots=True)
class Batch:
    """What came of many recordings; grows by 24 bytes a value and a line a file.

    Attributes
    ----------
    files : list of str
        The recordings.
    status, flags, troubles, ways : Counter
        How often each: outcome, flag of a value, reason of a failure, way of measuring.
    virtual, empty : int
        Recordings of nobody real; those without a value.
    pools : dict
        Values by measure.
    unreadable : list of str
        Parts that cannot be read.
    """

    files: list[str] = field(default_factory=list[str])
    status: Counter[str] = field(default_factory=Counter[str])
    flags: Counter[str] = field(default_factory=Counter[str])
    troubles: Counter[str] = field(default_factory=Counter[str])
    ways: Counter[str] = field(default_factory=Counter[str])
    virtual: int = 0
    empty: int = 0
    pools: dict[str, Pool] = field(default_factory=dict[str, Pool])
    unreadable: list[str] = field(default_factory=list[str])

    def take(self, told: Iterable[Row]) -> None:
        """Take the rows of one part: one a measure, or one that says why not."""
        places: dict[str, int] = {}
        for row in told:
            place = places.get(row.file)
            if place is None:
                place = places[row.file] = len(self.files)
                self.files.append(row.file)
                self._file(row)
            if row.name:
                self._value(row, place)

    def _file(self, row: Row) -> None:
        self.status[row.status] += 1
        self.ways[row.way] += 1
        self.virtual += row.virtual
        if row.trouble:
            self.troubles[row.trouble] += 1
        elif not row.name:
            self.empty += 1

    def _value(self, row: Row, place: int) -> None:
        self.flags.update(row.flags)
        if row.value is None:
            return
        pool = self.pools.setdefault(row.name, Pool(row.unit))
        pool.values.append(row.value)
        pool.files.append(place)
        pool.times.append(row.t0)


@dataclass(frozen=True, slots=True)
class Outlier:
    """One value that stands out."""

    name: str
    value: float
    unit: str
    file: str
    t: float
    away: float


def gathered(parts: Iterable[Path]) -> Batch:
    """Return what is in some parts, read one after the other.

    Parts are Parquet or JSON lines of ``surefoot analyze --to``, results beside a
    recording, or a recording that has none.
    """
    found = Batch()
    for part in parts:
        try:
            found.take(rows_in(part))
        except Exception as error:  # noqa: BLE001 whatever a damaged file brings about
            found.unreadable.append(f"{part.name}: {error}")
    return found


def outliers(found: Batch) -> list[Outlier]:
    """Return the values that stand out, the furthest first.

    Further than `FAR` robust standard deviations (1.4826 times the median distance)
    from the median of their measure; where half of all values are the same, none.
    """
    told: list[Outlier] = []
    for name, pool in found.pools.items():
        values = np.asarray(pool.values)
        if len(values) < LEAST:
            continue
        away = np.abs(values - np.median(values))
        wide = _ROBUST * float(np.median(away))
        if wide <= 0:
            continue
        for place in np.flatnonzero(away > FAR * wide).tolist():
            file, t = found.files[pool.files[place]], pool.times[place]
            far = float(away[place] / wide)
            told.append(Outlier(name, pool.values[place], pool.unit, file, t, far))
    return sorted(told, key=lambda one: -one.away)


def batch_page(found: Batch, folder: Path, say: Speech) -> Page:
    """Return the report of many recordings.

    Parameters
    ----------
    found : Batch
        What came of them.
    folder : Path
        Where they are, for the title.
    say : Speech
        The language.
    """
    title = say("Batch report: {folder}", folder=folder.resolve().name)
    far = outliers(found)
    parts = [
        tag("h1", title),
        tag("h2", say("How good the data are")),
        _quality(found, say),
        *_mixed(found, say),
        tag("h2", say("What stands out")),
        *_outliers(far, folder, say),
        tag("h2", say("How the values lie")),
        *_distributions(found, say),
        _table(found, say),
    ]
    every = bool(found.files) and found.virtual == len(found.files)
    return Page(title, tuple(parts), every)


def _quality(found: Batch, say: Speech) -> Html:
    lines: list[tuple[object, object]] = [
        (say("Recordings"), len(found.files)),
        *((say(status), count) for status, count in found.status.most_common()),
        (say("of virtual sensors"), found.virtual),
        (say("measured, without any value (not scored)"), found.empty),
        *((f"{say('values flagged')} {f}", n) for f, n in found.flags.most_common()),
        *((why, count) for why, count in found.troubles.most_common(20)),
        *((say("part that cannot be read"), why) for why in found.unreadable),
    ]
    return rows((say("What"), say("How many")), lines)


def _mixed(found: Batch, say: Speech) -> list[Html]:
    """Warn where values came about in several ways."""
    ways = [way for way in found.ways if way]
    if len(ways) < 2:
        return []
    text = (
        "Measured in {count} ways (algorithm, profiles, calibration, options): compare "
        "values of one way only."
    )
    return [tag("p", say(text, count=len(ways)), class_="warn")]


def _outliers(told: Sequence[Outlier], folder: Path, say: Speech) -> list[Html]:
    if not told:
        return [tag("p", say("Nothing stands out."))]
    head = (say("Recording"), say("At"), say("Measure"), say("Value"), say("How far"))
    lines = [
        (
            _link(one, folder),
            f"{say.number(one.t, 4)} s",
            say.title(one.name),
            say.quantity(one.name, one.value, one.unit),
            say("{n} robust SD", n=f"{one.away:.1f}"),
        )
        for one in told[:SHOWN]
    ]
    text = "{count} values further than {far} robust standard deviations (our default)."
    parts = [tag("p", say(text, count=len(told), far=FAR)), rows(head, lines)]
    if len(told) > SHOWN:
        parts.append(tag("p", say("The furthest {count} are listed.", count=SHOWN)))
    return parts


def _link(one: Outlier, folder: Path) -> Html:
    """Return a link to a recording; a media fragment says the second."""
    from pathlib import Path as Paths

    path = Paths(one.file)
    whole = path if path.is_absolute() else folder.resolve() / path
    href = f"file://{quote(whole.as_posix())}#t={one.t:.1f}"
    hint = f"surefoot replay {whole}"
    return tag("a", path.name, href=href, title=hint)


def _distributions(found: Batch, say: Speech) -> list[Html]:
    names = [n for n in CARDS if n in USUAL and len(_values(found, n)) >= LEAST]
    names.sort(key=lambda name: -len(_values(found, name)))
    return [
        _histogram(found, name, number, say)
        for number, name in enumerate(names[:PLOTS_MAX], 1)
    ]


def _histogram(found: Batch, name: str, number: int, say: Speech) -> Html:
    values = _values(found, name)
    factor, shown = scale(name, found.pools[name].unit)
    ends = np.percentile(values * factor, [1, 99]).tolist()
    counts, edges = np.histogram(values * factor, bins=30, range=ends)
    with drawing(f"lie{number}", (6.4, 1.9), say.title(name)) as figure:
        axes = figure.axes
        axes.stairs(counts, edges, fill=True, color=SOFT)
        axes.axvline(float(np.median(values)) * factor, color=INK, lw=2)
        sign = "" if shown == "1" else f" [{shown}]"
        axes.set_xlabel(f"{say.title(name)}{sign}", fontsize=9)
        axes.set_ylabel(say("Values"), fontsize=9)
    lines: list[Any] = list(zip(edges[:-1], edges[1:], counts, strict=True))
    csv = csv_of(("from", "to", "count"), lines)
    text = "{count} values, the outer 2 % left out. Line: the middle one."
    caption = say(text, count=len(values))
    return plot(figure.svg, caption, csv, f"distribution-{name}", say)


def _table(found: Batch, say: Speech) -> Html:
    head = (
        *(say("Measure"), say("Values"), say("Lowest"), say("Lower quarter")),
        *(say("Middle"), say("Upper quarter"), say("Highest")),
    )
    order = [name for name in CARDS if name in found.pools]
    order += sorted(found.pools.keys() - set(order))
    lines: list[tuple[object, ...]] = []
    for name in order:
        values, unit = _values(found, name), found.pools[name].unit
        marks = np.percentile(values, [0, 25, 50, 75, 100]).tolist()
        told = (say.quantity(name, mark, unit) for mark in marks)
        lines.append((say.title(name), len(values), *told))
    return rows(head, lines) if lines else tag("p", say("No values."))


def _values(found: Batch, name: str) -> Floats:
    pool = found.pools.get(name)
    return np.asarray(pool.values if pool else (), dtype=np.float64)
