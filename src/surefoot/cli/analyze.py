"""`surefoot analyze`: the final values of one recording or of many."""

from __future__ import annotations

from contextlib import contextmanager
from math import radians
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json
from surefoot.cli.progress import each, waiting

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from surefoot.session.analyse import Options


FOOTPRINT = 1.0
"""No corner of an outline is further from the middle [m]; millimetres are."""


def cutoff(
    _ctx: click.Context, _param: click.Parameter, value: str
) -> float | str | None:
    """Return a cut-off in Hz, ``auto``, or None for ``none``."""
    if value in {"none", "auto"}:
        return None if value == "none" else value
    try:
        found = float(value)
    except ValueError:
        found = 0.0
    if not 0.1 <= found <= 1000:
        msg = f"{value!r}: expected a number of Hz from 0.1 to 1000, none or auto"
        raise click.BadParameter(msg)
    return found


def corners(
    _ctx: click.Context, _param: click.Parameter, value: Path | None
) -> tuple[tuple[float, float], ...]:
    """Return the corners told by a file, a pair of metres a line."""
    if value is None:
        return ()
    found: list[tuple[float, float]] = []
    try:
        for line in value.read_text("utf-8-sig").splitlines():
            if line.strip():
                ml, ap = map(float, line.split(","))
                found.append((ml, ap))
    except ValueError as error:  # of numbers and of UTF-8
        msg = f"{value}: expected one ML,AP a line, got {error}"
        raise click.BadParameter(msg) from None
    if len(found) < 3 or not all(abs(c) < FOOTPRINT for pair in found for c in pair):
        msg = f"{value}: expected 3 corners or more, in metres, got {len(found)}"
        raise click.BadParameter(msg)
    return tuple(found)


@click.command()
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True)
@json_option
@click.option("--all", "everything", is_flag=True, help="Every measure, not the usual.")
@click.option("--store", is_flag=True, help="Keep the values in NAME.results.jsonl.")
@click.option(
    "--lowpass",
    metavar="HZ|none|auto",
    default="auto",
    show_default=True,
    callback=cutoff,
    help="Zero-phase low-pass of a centre of pressure; auto: our boards 10 Hz, a file "
    "of others as it is.",
)
@click.option(
    "--repetitions",
    metavar="DEG",
    type=click.FloatRange(3, 180),
    help="Look for a movement there and back of that range.",
)
@click.option(
    "--height", metavar="M", type=click.FloatRange(0.5, 2.5), help="Body height."
)
@click.option(
    "--outline",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    callback=corners,
    help="Corners of the outline of the feet, one ML,AP in metres a line.",
)
@click.option("--profile", metavar="TOML|NAME", help="Decode by another profile.")
@click.option(
    "--calibration",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Calibrate by another file.",
)
@click.option(
    "--role",
    default="board",
    show_default=True,
    help="Whose profile, calibration or repetitions.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Work on so many files at once.",
)
@click.option("--dask", metavar="ADDRESS", default="", help="Of a Dask scheduler.")
@click.option(
    "--to",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the values as tables there; what is there already is not done again.",
)
def analyze(paths: tuple[str, ...], as_json: bool, **told: Any) -> None:
    """Compute the final measures of recordings, all samples known."""
    from surefoot.core import RecordingError

    options = _options(told)
    files = _files(paths)
    if told["to"] is not None or told["jobs"] > 1 or told["dask"]:
        found, failed = _by_many(files, options, as_json, told)
    else:
        found, failed = _one_by_one(files, options, store=told["store"])
    if told["to"] is None:
        _print(found, as_json, several=len(files) > 1, everything=told["everything"])
    if failed:
        more = f"; {len(failed)} of {len(files)} recordings" if len(files) > 1 else ""
        raise RecordingError(failed[0] + more)


def _options(told: dict[str, Any]) -> Options:
    from surefoot.session.analyse import Options

    asked = told["repetitions"]
    return Options(
        lowpass=told["lowpass"],
        repetitions=None if asked is None else radians(asked),
        height=told["height"],
        outline=told["outline"],
        profile=told["profile"],
        calibration=told["calibration"],
        role=told["role"],
    )


def _by_many(
    files: Sequence[Path], options: Options, as_json: bool, told: dict[str, Any]
) -> tuple[list[dict[str, Any]], Sequence[str]]:
    """Return what was found, nothing where it is kept in a folder, and what failed."""
    from surefoot.cli.analyze_many import measure_all, measure_to, print_tally
    from surefoot.session.batch import Plan

    plan, jobs, dask = Plan(options, told["store"]), told["jobs"], told["dask"]
    folder: Path | None = told["to"]
    if folder is None:
        return measure_all(files, plan, jobs, dask)
    tally = measure_to(folder, files, plan, jobs, dask)
    print_tally(tally, folder, as_json=as_json)
    return [], tally.failed


def _one_by_one(
    files: Sequence[Path], options: Options, *, store: bool
) -> tuple[list[dict[str, Any]], Sequence[str]]:
    from surefoot.core import SurefootError

    found: list[dict[str, Any]] = []
    failed: list[str] = []
    with _progress(files) as rows:
        for file in rows:
            try:
                found.append(_analysed(file, options, store=store))
            except SurefootError as error:
                failed.append(str(error))
    return found, failed


def _analysed(file: Path, options: Options, *, store: bool) -> dict[str, Any]:
    from surefoot.session.analyse import analyse
    from surefoot.session.final import store as keep

    found = analyse(file, options, workers=2)
    if store:
        keep(found, file)
    return found


def _files(paths: tuple[str, ...]) -> list[Path]:
    from surefoot.cli.replay import find
    from surefoot.core import RecordingError

    files: list[Path] = []
    for name in paths:
        path = find(name)
        inside = sorted(path.rglob("*.mcap")) if path.is_dir() else [path]
        if not inside:
            msg = f"{name}: expected recordings (.mcap) in it, got none: give a file"
            raise RecordingError(msg)
        files.extend(inside)
    return files


@contextmanager
def _progress(files: Sequence[Path]) -> Generator[Iterable[Path]]:
    if len(files) > 1:
        with each("Analysing", files) as rows:
            yield rows
    else:
        with waiting(f"Analysing {files[0].name}"):
            yield files


def _print(
    found: list[dict[str, Any]], as_json: bool, *, several: bool, everything: bool
) -> None:
    from surefoot.cli.story import tell

    if as_json and (several or found):
        print_json(found if several else found[0])
    elif not as_json:
        for one in found:
            tell(one, everything=everything)
