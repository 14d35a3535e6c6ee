"""Write the pages of the commands and of the measures; report dead links."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from surefoot.analysis.registry import CARDS, CHAPTERS
from surefoot.cli import surefoot
from surefoot.cli.measures import UNKNOWN, least, needs_of

if TYPE_CHECKING:
    from surefoot.analysis.registry import Card, Chapter, Family

TOP = Path(__file__).parent.parent
PAGE = TOP / "docs" / "commands.md"
CARDS_PAGE = TOP / "docs" / "measure-cards.md"

_HEAD = """\
# The commands

Written by `make docs` from what each command says of itself. Exit status: 0 done, 1 it
could not (one line on standard error says why), 2 the call was wrong, 130 interrupted.
With `--json`, standard output holds one JSON document and nothing else.
"""
_CARDS_HEAD = """\
# The cards of the measures

Written by `make docs` from the registry of measures. `surefoot measures show NAME`
shows one card whole, `surefoot measures list` all {count} measures. Here, what the
measures of a chapter have in common stands at its top. Those that differ in the axis
only share a card: ML is side to side, AP front to back. All are final values; a few are
given live too.

Reliability is how well a number repeats when nothing changed (ICC: 1 is perfect; SEM:
error of one measurement; MDC or SRD: a change beyond chance). It belongs to the people,
the device and the protocol of its source; *unknown* means that we know of none. "Our
default" marks numbers that no source gives. Which way is better is meant other things
being equal, and never for a single trial.
"""
PICTURED = {
    "tilt_rms": "tilt",
    "prediction_ellipse_area": "ellipse",
    "diffusion_coefficient_short": "diffusion",
    "sparc": "smoothness",
    "repetition_range": "repetition",
    "stabilisation_settling_time": "settling",
}
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_SKIPPED = {".venv", "build", "dist"}


def commands_page() -> str:
    """Return the text of docs/commands.md."""
    parts = [_HEAD, *_sections("surefoot", surefoot)]
    return "\n".join(parts)


def cards_page() -> str:
    """Return the text of docs/measure-cards.md."""
    parts = [_CARDS_HEAD.format(count=len(CARDS))]
    for chapter in CHAPTERS:
        parts.append(_chapter(chapter))
        parts += [_card(measure, chapter.family) for measure in chapter.measures]
    return "\n".join(parts)


def dead_links() -> list[str]:
    """Return every link of a page to a file that is not there."""
    dead: list[str] = []
    for page in sorted(TOP.rglob("*.md")):
        if _SKIPPED.isdisjoint(page.relative_to(TOP).parts):
            dead += [
                f"{page.relative_to(TOP)}: {link}"
                for link in _LINK.findall(page.read_text(encoding="utf-8"))
                if not (page.parent / link).exists()
            ]
    return dead


def _chapter(chapter: Chapter) -> str:
    family = chapter.family
    told = {
        "Biased by": family.bias,
        "Does not mean": family.not_said,
        "Source": family.source and f"{family.source}.",
        "Group": f"`{family.group}`.",
    }
    return f"## {chapter.title}\n\n{_bullets(told)}"


def _card(measure: tuple[Card, ...], family: Family) -> str:
    first = measure[0]
    title = first.title.removesuffix(", side to side (ML)")
    rows = [
        f"| `{c.name}` | {c.symbol} | {c.unit} | {_code(c.formula)} |" for c in measure
    ]
    head = ["| name | symbol | unit | formula |", "|---|---|---|---|"]
    picture = PICTURED.get(first.name)
    drawn = [f"![{title}](pictures/cards/{picture}.svg)", ""] if picture else []
    spacing = ", evenly spaced samples" if first.uniform else ""
    told = {
        "Biased by": first.bias.removesuffix(family.bias).strip(),
        "Does not mean": first.not_said if first.not_said != family.not_said else "",
        "Needs": f"{', '.join(needs_of(first))}; {least(first)}{spacing}.",
        "Better": first.better.replace("-", " ") + ".",
        "Given": "live (provisional) and final." if first.stage == "both" else "",
        "Source": f"{first.source}." if first.source != family.source else "",
        "Reliability": first.reliability or f"{UNKNOWN}.",
    }
    lines = [f"### {title}", "", *head, *rows, "", first.says, "", *drawn]
    return "\n".join([*lines, _bullets(told)])


def _bullets(told: dict[str, str]) -> str:
    lines = [f"* **{label}:** {text}" for label, text in told.items() if text]
    return "\n".join([*lines, ""])


def _code(formula: str) -> str:
    return "`" + formula.replace("|", "\\|") + "`"


def _sections(
    name: str, command: click.Command, parent: click.Context | None = None
) -> list[str]:
    # with the settings and the parent a real call has: help options come from there
    settings = {"max_content_width": 80, "terminal_width": 80}
    settings |= command.context_settings
    context = click.Context(command, parent, name, **settings)
    text = command.get_help(context)
    sections = [f"## {context.command_path}\n\n```text\n{text}\n```\n"]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None:
                sections += _sections(child, found, context)
    return sections


if __name__ == "__main__":
    PAGE.write_text(commands_page(), encoding="utf-8")
    CARDS_PAGE.write_text(cards_page(), encoding="utf-8")
    missing = dead_links()
    for line in missing:
        click.echo(f"dead link in {line}", err=True)
    sys.exit(bool(missing))
