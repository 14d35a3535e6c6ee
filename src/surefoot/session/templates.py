"""Templates of movements: as a recording carries them, and kept for a person."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import platformdirs

from surefoot.core import DrillError
from surefoot.session.people import check_code
from surefoot.training.task import Repeat
from surefoot.training.template import Template, template_of, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from surefoot.core import Event
    from surefoot.training import Drill

OWN = "own-movement"
"""The drill that repeats a movement captured for itself."""


def captured(events: Iterable[Event]) -> Template | None:
    """Return the newest template that was captured in a session, None without one."""
    found = [event for event in events if event.name == "template"]
    return template_of(found[-1].detail) if found else None


def kept_for(drill: Drill) -> str:
    """Return the name under which a movement captured in a drill is kept.

    One that is captured for itself is the person's own movement; a drill that repeats
    one has its own.
    """
    captures = any(
        isinstance(stage.task, Repeat) and stage.task.capture for stage in drill.stages
    )
    return OWN if captures else drill.name


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
    told_there = cast("dict[str, object]", fields) if isinstance(fields, dict) else {}
    return template_of(told_there)
