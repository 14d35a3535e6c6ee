"""Templates of movements: as a recording carries them, and kept for a person."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import platformdirs

from surefoot.core import DrillError
from surefoot.session.people import check_code
from surefoot.training.template import Template, points_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from surefoot.core import Event


def told(template: Template) -> dict[str, Any]:
    """Return a template ready for JSON; `template_of` reads it back."""
    out, hold, back = template.tempo
    return {
        "points": template.as_text(),
        "way": template.way,
        "out": out,
        "hold": hold,
        "back": back,
        "origin": template.origin,
        "scale": template.scale,
    }


def template_of(fields: Mapping[str, Any]) -> Template:
    """Return the template that `told`, or the event ``template``, tells.

    Raises
    ------
    DrillError
        If it is not one.
    """
    try:
        tempo = (float(fields["out"]), float(fields["hold"]), float(fields["back"]))
        return Template(
            points_of(str(fields["points"])),
            float(fields["way"]),
            tempo,
            str(fields.get("origin", "own")),
            float(fields.get("scale", 1.0)),
        )
    except (KeyError, TypeError, ValueError) as error:
        msg = f"template: expected points, way and tempo, got {error!r}: capture again"
        raise DrillError(msg) from None


def captured(events: Iterable[Event]) -> Template | None:
    """Return the newest template that was captured in a session, None without one."""
    found = [event for event in events if event.name == "template"]
    return template_of(found[-1].detail) if found else None


def template_path(person: str, drill: str, folder: Path | None = None) -> Path:
    """Return where a person's template for a drill is kept."""
    check_code(person)
    kept = folder or Path(platformdirs.user_data_path("surefoot")) / "templates"
    return kept / person / f"{drill}.json"


def keep_template(template: Template, person: str, drill: str) -> Path:
    """Keep a template for a person; the one before it is kept beside it.

    Raises
    ------
    OSError
        If it could not be written.
    """
    path = template_path(person, drill)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        path.replace(path.with_suffix(".json.before"))
    made = path.with_suffix(".tmp")
    with made.open("w", encoding="utf-8") as file:
        json.dump(told(template), file)
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)
    return path


def kept_template(person: str, drill: str) -> Template | None:
    """Return a person's template for a drill, None without one.

    Raises
    ------
    DrillError
        If the file is damaged.
    """
    path = template_path(person, drill)
    if not path.is_file():
        return None
    try:
        fields: object = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        msg = f"{path}: expected a template, got {error}: capture it again"
        raise DrillError(msg) from None
    return template_of(
        cast("dict[str, Any]", fields) if isinstance(fields, dict) else {}
    )
