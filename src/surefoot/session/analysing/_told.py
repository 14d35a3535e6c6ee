"""The final measures of a recording: all its samples support, and why no others."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from surefoot.analysis.pipeline import (
    ALGORITHM,
    TOLD,
    Circumstances,
    circumstances_of,
)
from surefoot.session.analysing._decided import decided
from surefoot.session.analysing._findings import Findings
from surefoot.session.analysing._material import Options, read
from surefoot.session.analysing._measuring import COMPUTING, at_hand, library, measure
from surefoot.session.analysing._spans import Ups, spans
from surefoot.training.position import circumstances_of_stage

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.session.analysing._material import Material
    from surefoot.session.analysing._spans import Span


_HELD = frozenset({"fingertips", "one-hand", "two-hands"})


def analyse(
    path: Path, options: Options | None = None, workers: int = 1
) -> dict[str, Any]:
    """Return the final measures of a recording.

    Parameters
    ----------
    path : Path
        The recording.
    options : Options, optional
        What is asked beyond what the recording says.
    workers : int
        With two or more, a long recording takes two processes (on Windows and macOS
        the caller's main module must then be importable). The values are the same.

    Returns
    -------
    dict
        Ready for JSON: ``file`` and the ``id`` of the recording; ``pipeline``, what was
        done, as one line, and ``pipelines``, each with the names of its measures;
        ``circumstances`` of each interval; ``key``, what the values depend on;
        ``primary``, the measure that the drill declares; ``quality``; ``measures``;
        ``refused``, every other measure of the registry and why it is not given; and
        what the sitting came to: ``sets`` with their scores, answers about ``pain``
        and ``effort``, and ``decisions``, all empty where nothing was asked.

    Raises
    ------
    SurefootError
        If the file is not a readable recording, or the options do not fit it.
    """
    return told(read(path, options or Options(), workers))[0]


def told(material: Material) -> tuple[dict[str, Any], Ups, list[Span]]:
    """Return the same of what was read, where up was, and what was measured."""
    drill = material.setup.drill
    findings = Findings(drill.primary if drill else "")
    ups = Ups(material)
    found = spans(material, ups, findings)
    for span in found:
        run = f"run at {span.start:.0f} s: " if len(found) > 1 else ""
        measure(findings, material, span, ups, run)
    findings.rest(at_hand(material, ups))
    values = {
        "file": str(material.recording.path),
        "id": material.recording.header.session.get("id"),
        "pipeline": _line(findings),
        "pipelines": findings.pipelines(),
        "circumstances": [_circumstances(material, span) for span in found],
        "key": key_of(material),
        "primary": findings.primary or None,
        "quality": material.quality,
        "measures": [measure.as_json() for measure in findings.measures],
        "refused": findings.refused(),
        **decided(material, found, findings),
    }
    return values, ups, found


def key_of(material: Material) -> dict[str, str]:
    """Return what final values depend on, beside the packets."""
    setup, options = material.setup, material.options
    profiles = {role: told.profile.text for role, told in setup.sensors.items()}
    calibration = {r: told.calibration_text for r, told in setup.sensors.items()}
    asked = {
        k: v
        for k, v in asdict(options).items()
        if k not in {"profile", "calibration", "role"}
    }
    after = {
        "markers": [(marker.t, marker.label) for marker in material.marked],
        "circumstances": {
            k: v for k, v in material.corrections.items() if k in {"drill", *TOLD}
        },
    }
    return {
        # only where somebody said so: a recording without keeps the key it had
        **{what: _digest(said) for what, said in after.items() if said},
        "algorithm": ALGORITHM,
        "profiles": _digest(profiles),
        "calibration": _digest(calibration),
        "options": _digest(asked),
        "excluded": _digest([(e.start, e.end) for e in material.excluded]),
    }


def _circumstances(material: Material, span: Span) -> dict[str, Any]:
    """Return what held in one interval: as told at the start, seen, and said after."""
    setup, said = material.setup, material.corrections
    known = setup.circumstances
    if setup.drill is not None:
        drill = Circumstances(drill=setup.drill.name)
        usual = setup.drill.circumstances
        if span.task is not None and setup.drill.schema > 1:
            usual = circumstances_of_stage(setup.drill, span.task.stage)
        known = known.over(drill).over(usual)
    if span.held_on is not None:
        known = replace(known, support=_support(known.support, held=span.held_on))
    if span.drilled and span.target is not None:
        known = replace(known, zone=span.target.zone)
    after = circumstances_of({k: v for k, v in said.items() if k != "zone"})
    return {"t0": span.start, "t1": span.end, **after.over(known).as_json()}


def _support(told: str, *, held: bool) -> str:
    """Return what was held on to: the answer after a run, as exact as was told."""
    if held:
        return told if told in _HELD else "held"
    return told if told == "rail-near" else "none"


def _line(findings: Findings) -> str:
    told = "; ".join(findings.story()) or "nothing measured"
    libraries = ", ".join(f"{name} {library(name)}" for name in COMPUTING)
    return (
        f"surefoot {version('surefoot')}, algorithm {ALGORITHM} ({libraries}): {told}"
    )


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
