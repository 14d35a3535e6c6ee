"""A replayed or analysed recording in plain text: quality first, then numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from surefoot.cli.output import print_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.core import Event

Told = dict[str, Any]

_LIVE = {
    "to the bit": "the same as live, to the bit",
    "to 1e-9": "the same as live, to 9 digits (another computer or version)",
    "no": "NOT the same as live: another version, or the file was changed",
}


def tell(found: Mapping[str, Any]) -> None:
    """Print what `session.replay` or `session.analyse` returned."""
    quality: Told = found["quality"]
    virtual = ", virtual sensors" if quality["virtual"] else ""
    click.echo(f"{found['file']}: {quality['recording']}{virtual}")
    for line in (*quality["damage"], *quality["faults"]):
        click.echo(f"  ! {line}")
    print_rows((_sensor(sensor) for sensor in quality["sensors"]), "  ")
    runs: list[Told] = quality["runs"]
    ends = [*(run["t0"] for run in runs[1:]), float("inf")][: len(runs)]
    for number, (run, end) in enumerate(zip(runs, ends, strict=True), 1):
        _tell_run(number, run)
        if run["grade"] != "not scored":
            _tell_measures(_last(run["t0"], end, found["measures"]))
    for refused in found.get("refused", ()):
        click.echo(f"not given: {refused['name']}: {refused['reason']}")
    if found.get("pipeline"):
        click.echo(f"final values; {found['pipeline']}")
    if found.get("same_as_live"):
        click.echo(f"live values; {_LIVE[found['same_as_live']]}")


def event_line(event: Event) -> str:
    """Return one event as a line: time, name, detail."""
    from surefoot.ui.words import minutes

    detail = ", ".join(f"{key} {value}" for key, value in event.detail.items())
    return f"{minutes(event.t):>7}  {event.name:<14} {detail}".rstrip()


def _sensor(sensor: Told) -> Sequence[str]:
    counts = f"{sensor['samples']} samples, {sensor['packets_lost']} packets lost"
    twice = f", {sensor['duplicates']} came twice" if sensor["duplicates"] else ""
    refused = f", {sensor['refused']} refused" if sensor["refused"] else ""
    return (sensor["role"], sensor["device"], counts + twice + refused)


def _tell_run(number: int, run: Told) -> None:
    from surefoot.ui.words import ending, minutes

    reasons = f" ({'; '.join(run['reasons'])})" if run["reasons"] else ""
    whole = run["ended"] == "end"
    ended = "to the end of the recording" if whole else ending(run["ended"])
    click.echo(f"Run {number} at {minutes(run['t0'])}: {ended}")
    click.echo(f"  Quality: {run['grade']}{reasons}")
    if run["held_on"]:
        click.echo("  Held on to something during the run")


def _tell_measures(measures: Sequence[Told]) -> None:
    from surefoot.core import Measure
    from surefoot.ui.words import plain

    if any("NOT_LEVEL" in told["flags"] for told in measures):
        live = any("PROVISIONAL" in told["flags"] for told in measures)
        about = "the sensor's own axes" if live else "its median posture"
        click.echo(f"  The board was not levelled: angles are about {about}")
    for told in measures:
        value = float("nan") if told["value"] is None else float(told["value"])
        where = (told["unit"], told["t0"], told["t1"], told["stream"])
        label, text = plain(Measure(told["name"], value, *where))
        click.echo(f"  {label:<32}{text}")


def _last(t0: float, end: float, measures: Sequence[Told]) -> list[Told]:
    """Return the last word on each measure that began in an interval."""
    return list({m["name"]: m for m in measures if t0 <= m["t0"] < end}.values())
