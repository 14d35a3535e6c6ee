"""Write docs/commands.md from the commands themselves; report dead links."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from surefoot.cli import surefoot

TOP = Path(__file__).parent.parent
PAGE = TOP / "docs" / "commands.md"

_HEAD = """\
# The commands

Written by `make docs` from what each command says of itself. Exit status: 0 done, 1 it
could not (one line on standard error says why), 2 the call was wrong, 130 interrupted.
With `--json`, standard output holds one JSON document and nothing else.
"""
_LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")
_SKIPPED = {".venv", "build", "dist"}


def commands_page() -> str:
    """Return the text of docs/commands.md."""
    parts = [_HEAD, *_sections("surefoot", surefoot)]
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
    missing = dead_links()
    for line in missing:
        click.echo(f"dead link in {line}", err=True)
    sys.exit(bool(missing))
