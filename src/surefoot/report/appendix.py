"""For the therapist: quality in numbers, pipelines, versions, definitions, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surefoot.report.page import Html, joined, listed, rows, tag
from surefoot.report.values import (
    definitions,
    in_run,
    is_usual,
    refused_table,
    values_table,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from surefoot.report.speech import Speech
    from surefoot.session.analysing import Examined

    Told = Mapping[str, Any]


_HAIR = 0.005
"""Less than that of a percent, second or millisecond is nothing."""


def quality_part(found: Told, say: Speech) -> Html:
    """Return how good the recording, its sensors and its runs are."""
    quality = found["quality"]
    state = say("Recording: {state}.", state=say(quality["recording"]))
    faults = [*quality["damage"], *quality["faults"]]
    return joined(
        tag("p", state),
        listed(faults, "warn"),
        _sensors(quality["sensors"], say),
        _runs(quality["runs"], say),
    )


def appendix(examined: Examined, say: Speech) -> Html:
    """Return everything somebody needs to check or repeat the values."""
    found = examined.found
    primary = found["primary"]
    every = dict.fromkeys(one["name"] for one in found["measures"])
    names = [name for name in every if is_usual(name, primary)]
    return joined(
        tag("h2", say("For the therapist: how it was measured")),
        _pipelines(found["pipelines"], say),
        tag("p", found["pipeline"], class_="note"),
        tag("h3", say("Circumstances")),
        _circumstances(found["circumstances"], say),
        tag("h3", say("Sensors and calibration")),
        _calibration(examined, say),
        tag("h3", say("What the values depend on")),
        rows((say("What"), say("Digest")), list(found["key"].items())),
        tag("h3", say("All values")),
        _all_values(found, say),
        tag("h3", say("What the measures are")),
        _in_english(say),
        definitions(names, say),
        tag("p", say("surefoot measures show NAME tells all of each."), class_="note"),
        tag("h3", say("What is not given, and why")),
        refused_table(found, say),
    )


def _in_english(say: Speech) -> Html:
    if say.language == "en":
        return Html()
    return tag("p", say("The definitions are in English."), class_="note")


def _sensors(sensors: Sequence[Told], say: Speech) -> Html:
    if not sensors:
        return tag("p", say("No sensor."))
    head = (
        *(say("Sensor"), say("Device"), say("Samples")),
        *(say("Packets lost"), say("Came twice"), say("Refused")),
    )
    keys = ("role", "device", "samples", "packets_lost", "duplicates", "refused")
    return rows(head, [[one[key] for key in keys] for one in sensors])


def _runs(runs: Sequence[Told], say: Speech) -> Html:
    if not runs:
        return Html()
    head = (
        *(say("Run"), say("Begins"), say("Data"), say("Why")),
        *(say("Samples lost"), say("Longest gap"), say("Jitter")),
    )
    lines = [
        (
            number,
            _second(run["t0"], say),
            say(run["grade"]),
            "; ".join(say(reason) for reason in run["reasons"]) or "\N{EN DASH}",
            _known(run["lost"], 100.0, "%", say),
            _known(run["longest_gap"], 1.0, "s", say),
            _known(run["jitter"], 1e3, "ms", say),
        )
        for number, run in enumerate(runs, 1)
    ]
    return rows(head, lines)


def _pipelines(pipelines: Sequence[Told], say: Speech) -> Html:
    head = (
        *("", say("Stream"), say("Sensor"), say("Rate"), say("Length")),
        *(say("Filter"), say("Orientation"), say("Angles about"), say("Sampling")),
    )
    lines = [
        (
            f"P{number}",
            one["stream"],
            one["sensor"],
            f"{say.number(one['rate'], 4)} Hz",
            _second(one["duration"], say),
            *(one[key] or "\N{EN DASH}" for key in ("filter", "orientation", "level")),
            one["sampling"],
        )
        for number, one in enumerate(pipelines, 1)
    ]
    return rows(head, lines) if lines else tag("p", say("Nothing was measured."))


def _circumstances(told: Sequence[Told], say: Speech) -> Html:
    if not told:
        return tag("p", say("Nothing was measured."))
    lines = [
        (
            f"{_second(one['t0'], say)} {say('to')} {_second(one['t1'], say)}",
            _known_of(one, say),
        )
        for one in told
    ]
    return rows((say("Interval"), say("Circumstances")), lines)


def _known_of(one: Told, say: Speech) -> str:
    """Return what is known of one interval, and what nobody told."""
    keys = [key for key in one if key not in {"t0", "t1", "zone"}]
    known = [f"{say(key)}: {say(str(one[key]))}" for key in keys if one[key]]
    if one["zone"] is not None:
        known.append(f"{say('zone')}: {say.quantity('zone', one['zone'], 'rad')}")
    missing = ", ".join(say(key) for key in keys if not one[key])
    if missing:
        known.append(say("not told: {what}", what=missing))
    return "; ".join(known)


def _calibration(examined: Examined, say: Speech) -> Html:
    header = examined.header
    lines = [
        (role, say("stored with the recording"))
        if header.calibration.get(role)
        else (role, say("none: raw units of the profile"))
        for role in header.profiles
    ]
    versions = ", ".join(f"{k} {v}" for k, v in _versions(header.session).items())
    recorded = say("Recorded with {versions}.", versions=versions or say("not known"))
    told = rows((say("Sensor"), say("Calibration")), lines) if lines else Html()
    return joined(told, tag("p", recorded, class_="note"))


def _versions(session: Told) -> dict[str, str]:
    told: dict[str, Any] = session.get("versions") or {}
    return {key: str(value) for key, value in told.items()}


def _all_values(found: Told, say: Speech) -> Html:
    parts: list[Html] = []
    runs = found["quality"]["runs"]
    for number, told in enumerate(found["circumstances"], 1):
        measures = in_run(found, told["t0"], told["t1"])
        grade = _grade_of(told, runs)
        span = f"{_second(told['t0'], say)} {say('to')} {_second(told['t1'], say)}"
        parts.append(
            tag("p", tag("b", say("Run {number}", number=number)), f": {span}")
        )
        parts.append(values_table(found, measures, grade, say))
    return joined(*parts) if parts else tag("p", say("No measures."))


def _grade_of(told: Told, runs: Sequence[Told]) -> str:
    near = [run for run in runs if run["t0"] <= told["t0"] + 1e-6]
    return str(near[-1]["grade"]) if near else "not known"


def _second(t: float, say: Speech) -> str:
    return f"{say.number(t, 4)} s"


def _known(value: float | None, factor: float, unit: str, say: Speech) -> str:
    if value is None or value != value:
        return "\N{EN DASH}"
    told = value * factor
    return f"{say.number(told, 2) if abs(told) >= _HAIR else 0} {unit}"
