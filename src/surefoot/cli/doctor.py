"""`surefoot doctor`: what of this computer Surefoot can use, and what to do."""

from __future__ import annotations

import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from surefoot.cli.options import json_option
from surefoot.cli.output import print_json
from surefoot.cli.progress import waiting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from surefoot.cli.health.finding import Check, Finding

WIDTH = 88


@click.command()
@json_option
def doctor(as_json: bool) -> None:
    """Look at Python, packages, Bluetooth, boards, screens, sound, disk and archive.

    Each line is ok, look or missing, with the reason and what to do. Nothing is changed
    and no sensor is needed. Exit status 0 also when an adapter, a screen or sound is
    missing: much works without; 1 when Surefoot cannot work like this.
    """
    from surefoot.cli.health.finding import look
    from surefoot.core import SurefootError

    with waiting("Looking"):
        found = look(checks())
    stopped = [finding.name for finding in found if finding.stops]
    if as_json:
        told = [asdict(finding) for finding in found]
        print_json({"ok": not stopped, "findings": told})
    else:
        for line in lines(found):
            click.echo(line)
    if stopped:
        msg = f"doctor: expected what is needed, got trouble with {', '.join(stopped)}"
        raise SurefootError(msg + ": do what stands beside it")


def checks() -> list[Check]:
    """Return everything that is looked at, by name, in the order of telling."""
    from surefoot.cli.health import hardware, software, storage

    return [
        ("Python", software.python),
        ("packages", software.packages),
        ("shipped files", software.shipped),
        ("recordings", storage.data_folder),
        ("archive", storage.archive),
        ("Bluetooth", hardware.bluetooth),
        ("boards", hardware.boards),
        ("screen", hardware.screens),
        ("sound", hardware.sound),
        ("extras", software.extras),
    ]


def lines(found: Sequence[Finding]) -> Iterator[str]:
    """Return findings as lines: state, name, reason, and what to do below."""
    wide = max(len(finding.name) for finding in found)
    indent = " " * (wide + 11)
    for finding in found:
        head = f"{finding.state:7}  {finding.name:{wide}}  "
        yield from textwrap.wrap(
            head + finding.found,
            WIDTH,
            subsequent_indent=indent,
            drop_whitespace=True,
            break_on_hyphens=False,
            break_long_words=False,
        )
        if finding.todo:
            # a command to copy stays on one line, however long
            yield f"{indent}do: {finding.todo}"
