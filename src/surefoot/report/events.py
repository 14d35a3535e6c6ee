"""What happened when in a session, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from surefoot.report.sets import decision_told, effort_told, pain_told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from surefoot.report.speech import Speech
    from surefoot.session.analysing import Examined

_KINDS = {
    "cue": "cue given",
    "in-zone": "back in the zone",
    "edge-contact": "edge touched",
    "pain": "pain told",
    "effort": "effort told",
    "repetition": "repetition counted",
    "step": "step counted",
    "decision": "decision of the session",
    "stepped-off": "stepped off",
    "sensor-lost": "sensor lost",
    "run-end": "end of a run",
}

_SAID: dict[str, Callable[[Mapping[str, Any], Speech], str]] = {
    "pain": pain_told,
    "effort": effort_told,
    "decision": decision_told,
}
"""What is said in words beside the instant."""


def happened(examined: Examined, say: Speech) -> list[dict[str, Any]]:
    """Return feedback, pain, ends and markers in the order of time.

    Events are those that were kept live; a recording without them has markers only.

    Parameters
    ----------
    examined : Examined
        The recording.
    say : Speech
        The language.
    """
    live: list[dict[str, Any]] = (examined.live or {}).get("events") or []
    told = [one for event in live if (one := _event(event, say)) is not None]
    told += [
        {"t": mark.t, "kind": say(mark.label), "detail": mark.detail}
        for mark in examined.markers
    ]
    return sorted(told, key=lambda one: float(one["t"]))


def _event(event: Mapping[str, Any], say: Speech) -> dict[str, Any] | None:
    name, detail = str(event["name"]), dict(event.get("detail") or {})
    lost = name == "link" and detail.get("state") == "lost"
    kind = "sensor lost" if lost else _KINDS.get(name)
    if kind is None and "pain" in name:
        kind = "pain told"
    if kind is None:
        return None
    said = _SAID.get(name)
    if said is not None:
        return {"t": float(event["t"]), "kind": say(kind), "detail": said(detail, say)}
    told = ", ".join(f"{key} {value}" for key, value in detail.items())
    return {"t": float(event["t"]), "kind": say(kind), "detail": told}
