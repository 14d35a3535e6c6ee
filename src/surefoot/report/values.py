"""Measures as tables: value, unit, quality and pipeline of each, never one without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surefoot.analysis.registry import CARDS
from surefoot.report.page import Html, hidden, joined, rows, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from surefoot.analysis.registry import Card
    from surefoot.report.speech import Speech

    Told = Mapping[str, Any]

USUAL = frozenset(
    {
        "edge_contacts",
        "mean_distance",
        "mean_velocity",
        "path_length",
        "prediction_ellipse_area",
        "range_of_motion",
        "repetition_consistency",
        "repetition_count",
        "repetition_range_variation",
        "sway_range_ap",
        "sway_range_ml",
        "tilt_max",
        "tilt_mean_speed",
        "tilt_rms",
        "tilt_rms_ap",
        "tilt_rms_ml",
        "time_in_zone",
        "time_to_boundary_mean_min",
        "trunk_jerk_rate",
        "trunk_lean_rms",
        "trunk_rms",
        "zone_longest_stay",
    }
)
"""What is told beside the plots of a run; everything else stands at the end."""
_GROUPS = frozenset({"load", "stabilisation", "limits", "proprioception", "walking"})
FLAGS = {
    "TRIMMED": "Handling was left out: the longest stretch without it was measured.",
    "GAP": "More than 0.2 s without a sample in it.",
    "FILLED": "Single missing samples were put back by a line.",
    "REPEATED": "Many samples repeat the one before: speeds and turns lean on it.",
    "UNEVEN": "Uneven samples: orientation took them for even, angles may be off.",
    "OWN_TIMES": "Uneven samples: taken at their own times where that can be.",
    "RESAMPLED": "Uneven samples: put on an even grid where that must be.",
    "NOISY": "Much of the path is faster than any sway: a low-pass takes it out.",
    "SIZE_ASSUMED": "The size of the board is not known: 433 x 238 mm was taken.",
    "NOT_TARED": "No zero of the load cells is known: shares lean on it.",
    "AXES_ASSUMED": "The sensor's axes were taken for right, forward and up.",
    "NOT_LEVEL": "The board was not levelled: angles are about its median posture.",
}
"""What a flag means."""


def in_run(found: Told, start: float, end: float) -> list[Told]:
    """Return the measures of one run, those of its repetitions too."""
    hair = 1e-6
    return [
        one
        for one in found["measures"]
        if one["t0"] >= start - hair and one["t1"] <= end + hair
    ]


def is_usual(name: str, primary: str | None) -> bool:
    """Return whether a measure is told beside the plots."""
    group = CARDS[name].group if name in CARDS else ""
    return name == primary or name in USUAL or group in _GROUPS


def usual_table(found: Told, measures: Sequence[Told], grade: str, say: Speech) -> Html:
    """Return the usual measures of a run; the primary one first and bold."""
    primary = found["primary"]
    shown = [one for one in measures if is_usual(one["name"], primary)]
    return values_table(found, shown, grade, say)


def values_table(
    found: Told, measures: Sequence[Told], grade: str, say: Speech
) -> Html:
    """Return measures with unit, quality and pipeline."""
    if not measures:
        return tag("p", say("No measures."))
    head = (say("Measure"), say("Value"), say("Data"), say("Pipeline"))
    lines = [_line(found, one, grade, say) for one in measures]
    body = tag("tbody", *lines)
    heads = tag("thead", tag("tr", *(tag("th", cell, scope="col") for cell in head)))
    return tag("div", tag("table", heads, body), class_="wide")


def pipeline_label(found: Told, one: Told) -> str:
    """Return the short name of the pipeline that a measure passed: ``"P2"``."""
    spans = [one["t0"], one["t1"]]
    passed = [
        (number, told)
        for number, told in enumerate(found["pipelines"], 1)
        if one["name"] in told["measures"] and told["stream"] == one["stream"]
    ]
    here = [number for number, told in passed if spans in told["intervals"]]
    known = here or [number for number, _ in passed]
    return f"P{known[0]}" if known else "?"


def definitions(names: Iterable[str], say: Speech) -> Html:
    """Return what each measure is, for whoever holds the paper."""
    told = [
        tag(
            "li",
            tag("b", say.title(name)),
            " ",
            _defined(CARDS[name], say),
            id=_id(name),
        )
        for name in names
        if name in CARDS
    ]
    return tag("ol", *told, class_="note") if told else Html()


def flags_told(measures: Iterable[Told], say: Speech) -> list[str]:
    """Return what the flags of some measures mean, each once."""
    flags = dict.fromkeys(flag for one in measures for flag in one["flags"])
    return [say(FLAGS[flag]) if flag in FLAGS else flag for flag in flags]


def refused_table(found: Told, say: Speech) -> Html:
    """Return what is not given, by its reason."""
    by_reason: dict[str, list[str]] = {}
    for one in found["refused"]:
        by_reason.setdefault(one["reason"], []).append(one["name"])
    lines = [
        (say(reason), ", ".join(names) if len(names) <= _MANY else _count(names, say))
        for reason, names in by_reason.items()
    ]
    return rows((say("Why not"), say("Measures")), lines) if lines else Html()


_MANY = 12


def _count(names: Sequence[str], say: Speech) -> str:
    first = ", ".join(names[:3])
    return say("{first} and {count} more", first=first, count=len(names) - 3)


def _line(found: Told, one: Told, grade: str, say: Speech) -> Html:
    name, unit, value = one["name"], one["unit"], one["value"]
    exact = {key: one[key] for key in ("name", "unit", "t0", "t1", "stream")}
    exact |= {"value": value if value is None else float(value)}
    cell = tag("td", say.quantity(name, value, unit), class_="value", **hidden(exact))
    title = say.title(name)
    hint = f"{CARDS[name].says} {CARDS[name].formula}" if name in CARDS else ""
    label = tag("abbr", title, title=hint) if hint else tag("span", title)
    marks = f" ({', '.join(one['flags'])})" if one["flags"] else ""
    quality = joined(say(grade), marks)
    parts = (tag("td", label), cell, tag("td", quality))
    where = tag("td", pipeline_label(found, one))
    primary = name == found["primary"]
    return tag("tr", *parts, where, class_="first" if primary else "other")


def _defined(card: Card, say: Speech) -> Html:
    unit = say("[{unit}]", unit=card.unit)
    parts = [say(card.says), f" {card.formula} {unit}. ", say(card.not_said)]
    source = [" ", say("Source: {source}.", source=card.source.rstrip("."))]
    repeats = card.reliability or say("unknown")
    return joined(*parts, *source, " ", say("Repeats: {how}", how=repeats))


def _id(name: str) -> str:
    return f"measure-{name}"
