"""A drill at a step of the programme: the same file with some of its values changed.

The change is made in the text, for a recording carries the text and replays from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.training._toml_lines import Lines
from surefoot.training.drill_text import parse_drill
from surefoot.training.position import AXES
from surefoot.training.task import Repeat, Stretch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.training.drill import Drill

TEMPO = {"slow": "[4, 1, 4]", "middle": "[3, 1, 3]", "usual": "[2, 1, 2]"}
"""Out, hold and back [s], as the words of the ladders say."""
SECOND = {
    "counting": "Count aloud from 1.",
    "speech": "Talk about your day.",
    "subtraction": "Count down from 100 by threes.",
}
"""What is asked for where a drill has no words of its own."""


def at_position(
    drill: Drill, position: Mapping[str, str], share: float | None = None
) -> Drill:
    """Return a drill with the values of a step of a ladder.

    Parameters
    ----------
    drill : Drill
        Of schema 2. What a stage of it tells for itself stays.
    position : mapping of str to str
        Axis and value, as in the ladders: also ``"tempo"`` and ``"repetitions"``. An
        axis that a drill of its kind has no use for is passed over.
    share : float, optional
        Share of the sets with picture, 0 to 1; the drill's own unless told. A test or a
        drill without a sensor keeps none.

    Raises
    ------
    DrillError
        If the drill cannot be done so: eyes closed on a ball, for example.
    """
    changes: dict[tuple[str, str], str] = {
        ("position", axis): f'"{value}"'
        for axis, value in position.items()
        if axis in AXES and axis != "task"
    }
    task = drill.stages[0].task
    if isinstance(task, Repeat | Stretch) and "range" in position:
        key = "portion" if isinstance(task, Repeat) else "limit"
        changes["task", key] = f"{float(position['range']) / 100:g}"
    if isinstance(task, Repeat):
        changes |= _repeated(position)
    if share is not None and not drill.is_test and drill.signal != "none":
        changes["sets", "pictures"] = f"{share:g}"
    kind = position.get("task", "single")
    if kind != "single" and (drill.second is None or drill.second.kind != kind):
        changes["second", "kind"] = f'"{kind}"'
        changes["second", "words"] = f'"{SECOND[kind]}"'
    text = drill.text
    for path, value in changes.items():
        text = told(text, path, value)
    return parse_drill(text, drill.name)


def told(text: str, path: tuple[str, str], value: str) -> str:
    """Return a TOML text in which one key of a table has another value.

    Parameters
    ----------
    text : str
        A document whose values in that table are on one line each.
    path : (str, str)
        Table and key; made where they are not there.
    value : str
        As it is written in TOML.
    """
    table, key = path
    rows = text.split("\n")
    lines = Lines(text)
    line = f"{key} = {value}"
    if lines.has(path):
        rows[lines.of(path) - 1] = line
    elif lines.has((table,)):
        rows.insert(lines.of((table,)), line)
    else:
        rows += [f"[{table}]", line, ""]
    return "\n".join(rows)


def _repeated(position: Mapping[str, str]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    sets, _, repetitions = position.get("repetitions", "").partition("x")
    if repetitions:
        found["sets", "count"], found["task", "repetitions"] = sets, repetitions
    if position.get("tempo") in TEMPO:
        found["task", "tempo"] = TEMPO[position["tempo"]]
    return found
