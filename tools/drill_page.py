"""Write docs/drill-list.md: every drill that ships, as its file tells it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from surefoot.session.drill_shelf import shipped_drills
from surefoot.training.drill_rules import FAMILIES
from surefoot.training.drill_text import BASIS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from surefoot.training import Drill
    from surefoot.training.task import Stage

PAGE = Path(__file__).parent.parent / "docs" / "drill-list.md"
TITLES = {
    "proprioceptive": "Balance and the sense of position",
    "setting": "Setting muscles: movements of work and sport, by portions",
    "flexibility": "Gentle flexibility",
    "opponents": "Opponents of the stiff muscles",
    "test": "Tests: nothing is shown meanwhile",
}
_HEAD = """\
# The drills that ship

Written by `make docs` from the {count} files of the catalogue. `surefoot drills show
NAME` shows one whole, with its safety lines; [drills.md](drills.md) tells how to write
another. Numbers are our defaults unless a source stands below the table; a therapist
can change all of them.
"""


def page() -> str:
    """Return the text of the page."""
    drills = shipped_drills()
    parts = [_HEAD.format(count=len(drills))]
    for family in FAMILIES:
        chosen = [drill for drill in drills.values() if drill.family == family]
        parts.append("\n".join(_chapter(family, chosen)))
    return "\n".join(parts)


def _chapter(family: str, drills: list[Drill]) -> Iterator[str]:
    yield f"## {TITLES[family]}\n"
    yield "| drill | what it is | sensors | sets | primary measure |"
    yield "|---|---|---|---|---|"
    for drill in drills:
        roles = ", ".join(drill.roles) or "none"
        primary = f"`{drill.primary}`" if drill.primary else "what was done is entered"
        sets = "<br>".join(dict.fromkeys(map(_sets, drill.stages)))
        yield f"| `{drill.name}` | {_what(drill)} | {roles} | {sets} | {primary} |"
    yield ""
    founded: dict[tuple[str, str, str], list[str]] = {}
    for drill in drills:
        for number in drill.numbers:
            if number.grade != "D":
                told = founded.setdefault(
                    (number.key.partition("[")[0], number.grade, number.source), []
                )
                told.append(drill.name)
    for (key, grade, source), names in founded.items():
        whose = "" if len(names) > 3 else f" of {', '.join(dict.fromkeys(names))}"
        yield f"* `{key}`{whose}: {BASIS[grade]}: {source}"
    yield ""


def _what(drill: Drill) -> str:
    parts = [stage.title for stage in drill.stages if stage.title]
    return f"{drill.title}: {'; '.join(parts)}" if len(parts) > 1 else drill.title


def _sets(stage: Stage) -> str:
    return f"{stage.sets} x {stage.duration:g} s"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
