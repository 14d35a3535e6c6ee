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
SHOWN = frozenset(
    {
        "edge_contacts",
        "mean_distance",
        "mean_frequency",
        "mean_velocity",
        "mean_velocity_ap",
        "mean_velocity_ml",
        "path_length",
        "power_frequency_80_ap",
        "power_frequency_80_ml",
        "prediction_ellipse_area",
        "range_of_motion",
        "repetition_consistency",
        "repetition_count",
        "repetition_range",
        "repetition_range_variation",
        "repetition_time_back",
        "repetition_time_hold",
        "repetition_time_out",
        "rms_distance_ap",
        "rms_distance_ml",
        "sparc",
        "sway_angle_deviation",
        "sway_angle_velocity",
        "sway_range_ap",
        "sway_range_ml",
        "tilt_max",
        "tilt_mean_speed",
        "tilt_p80",
        "tilt_rms",
        "tilt_rms_ap",
        "tilt_rms_ml",
        "time_in_zone",
        "time_to_boundary_mean_min",
        "time_to_boundary_min",
        "time_to_boundary_outside",
        "trunk_angle_rms",
        "trunk_jerk_rate",
        "trunk_lean_rms",
        "trunk_rms",
        "zone_longest_stay",
    }
)
"""What is told of the large groups unless all is asked for."""
_FLAGS = {
    "TRIMMED": "Handling was left out: the longest stretch without it was measured",
    "GAP": "More than 0.2 s without a sample in it",
    "FILLED": "Single missing samples were put back by a line",
    "REPEATED": "Many samples repeat the one before: speeds and turns lean on it",
    "UNEVEN": "Uneven samples: orientation took them for even, angles may be off",
    "OWN_TIMES": "Uneven samples: taken at their own times where that can be",
    "RESAMPLED": "Uneven samples: put on an even grid where that must be",
    "NOISY": "Much of the path is faster than any sway: --lowpass 10 takes it out",
    "SIZE_ASSUMED": "The size of the board is not known: 433 x 238 mm was taken",
    "NOT_TARED": "No zero of the load cells is known: shares lean on it",
    "AXES_ASSUMED": "The sensor's axes were taken for right, forward and up",
}
"""What is said once beside the values that carry a flag."""
_IN_FULL = frozenset({"load", "stabilisation", "limits"})
_TITLES = {
    "cop": "Centre of pressure",
    "cop-dynamics": "Centre of pressure, from moment to moment",
    "flexibility": "Range",
    "load": "Load",
    "proprioception": "Knowing the position",
    "repetitions": "Repetitions",
    "smoothness": "Smoothness",
    "stabilisation": "Coming to rest",
    "tilt": "Board",
    "trunk": "Trunk",
    "walking": "Walking",
}


def tell(found: Mapping[str, Any], *, everything: bool = False) -> None:
    """Print what `session.replay` or `session.analyse` returned.

    Parameters
    ----------
    found : mapping
        As returned.
    everything : bool
        Every measure, and every one that is not given; else the usual ones.
    """
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
        _tell_set(run["t0"], found.get("sets", ()))
        if run["grade"] != "not scored":
            inside = _within(run["t0"], end, found["measures"])
            _tell_measures(inside, found.get("primary") or "", everything)
    _tell_answers(found)
    _tell_refused(found, everything)
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


def _tell_set(t0: float, sets: Sequence[Told]) -> None:
    """Print what a run of a sitting counts as, with the rule that was followed."""
    done = next((one for one in sets if one["t0"] == t0), None)
    if done is None:
        return
    score: Told = done["score"] or {}
    place = done["stage"] and f", {done['stage']}"
    if done["invalid"]:
        said = f"does not count: {done['invalid']}"
    elif score.get("kept") is not None:
        said = f"{100 * score['kept']:.0f} % ({score['rule']})"
    else:
        said = score.get("reason") or score.get("rule", "no score")
    click.echo(f"  Set {done['set']} of {done['of']}{place}: {said}")


def _tell_answers(found: Mapping[str, Any]) -> None:
    signs = ("sharp", "stretch", "leg", "painkillers")
    pain: list[Told] = found.get("pain") or []
    for told in pain:
        more = "".join(f", {sign}" for sign in signs if told.get(sign))
        click.echo(f"pain, {told['when']}: {told['value']} of 10{more}")
    for told in found.get("effort") or ():
        click.echo(f"effort: {told['value']} of 5")


def _tell_measures(measures: Sequence[Told], primary: str, everything: bool) -> None:
    _tell_flags({flag for told in measures for flag in told["flags"]})
    values = _by_name(measures)
    groups: dict[str, list[str]] = {}
    for name in values:
        groups.setdefault(_group(name), []).append(name)
    left = 0
    for group, names in groups.items():
        shown = [n for n in names if everything or n == primary or _usual(n)]
        left += len(names) - len(shown)
        if shown and len(groups) > 1:
            click.echo(f"  {_TITLES.get(group, group.capitalize())}")
        rows = [_row(values[name], primary) for name in shown]
        width = max((32, *(len(label) + 2 for label, _ in rows)))
        for label, text in rows:
            click.echo(f"  {label:<{width}}{text}")
    if left:
        click.echo(f"  and {left} more: --all, or --json")


def _tell_flags(flags: set[str]) -> None:
    if "NOT_LEVEL" in flags:
        live = "PROVISIONAL" in flags
        about = "the sensor's own axes" if live else "its median posture"
        click.echo(f"  The board was not levelled: angles are about {about}")
    for flag, text in _FLAGS.items():
        if flag in flags:
            click.echo(f"  {text}")


def _row(told: Sequence[Told], primary: str) -> tuple[str, str]:
    """Return what a measure is called, and its value as people read it."""
    from math import degrees, isfinite
    from statistics import median

    from surefoot.analysis.registry import CARDS
    from surefoot.core import Measure
    from surefoot.ui.words import plain

    last = told[-1]
    known = [float(one["value"]) for one in told if one["value"] is not None]
    value = median(known) if known else float("nan")
    where = (last["unit"], last["t0"], last["t1"], last["stream"])
    name = last["name"]
    label, text = plain(Measure(name, value, *where))
    if _group(name) == "cop":  # a screen has room for less
        label = CARDS[name].title
    if last["unit"] in {"rad", "rad/s"} and _group(name) == "cop" and isfinite(value):
        text = f"{degrees(value):.2f}°{last['unit'][3:]}"  # of a body, not of a board
    several = f"  (median of {len(told)})" if len(told) > 1 else ""
    first = "  (what this drill is about)" if name == primary else ""
    return label, f"{text}{several}{first}"


def _elsewhere(reason: str) -> bool:
    """Return whether a measure is of a sensor, drill or option that is not here."""
    from surefoot.analysis.registry import LACKS

    return "asked for:" in reason or reason.endswith(tuple(LACKS.values()))


def _tell_refused(found: Mapping[str, Any], everything: bool) -> None:
    """Print why measures are not given, one line a reason."""
    reasons: dict[str, list[str]] = {}
    for refused in found.get("refused", ()):
        reasons.setdefault(refused["reason"], []).append(refused["name"])
    given = {_group(measure["name"]) for measure in found["measures"]}
    primary = found.get("primary")
    beside = 0
    for reason, names in reasons.items():
        near = primary in names or not given.isdisjoint(map(_group, names))
        near = near or not _elsewhere(reason)
        if everything or near or not found["measures"]:
            click.echo(f"not given: {_names(names)}: {reason}")
        else:
            beside += len(names)
    if beside:
        click.echo(f"not given: {beside} measures of other kinds: --all says why")


def _names(names: Sequence[str]) -> str:
    if len(names) <= 3:
        return ", ".join(names)
    return f"{names[0]}, {names[1]} and {len(names) - 2} more"


def _within(t0: float, end: float, measures: Sequence[Told]) -> list[Told]:
    """Return the measures that began in an interval."""
    return [m for m in measures if t0 <= m["t0"] < end]


def _by_name(measures: Sequence[Told]) -> dict[str, list[Told]]:
    """Return the last word on each measure, or all of them where each is its own."""
    values: dict[str, list[Told]] = {}
    for told in measures:
        before = values.get(told["name"])
        if before is None or "PROVISIONAL" in told["flags"]:
            values[told["name"]] = [told]
        else:
            before.append(told)
    return values


def _usual(name: str) -> bool:
    return name in SHOWN or _group(name) in _IN_FULL


def _group(name: str) -> str:
    from surefoot.analysis.registry import CARDS

    card = CARDS.get(name)
    return card.group if card else "tilt"
