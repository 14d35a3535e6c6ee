"""The command `surefoot`: which commands there are, and what a failure looks like."""

from __future__ import annotations

import os
import sys
import traceback
from importlib import import_module
from typing import TYPE_CHECKING, cast

import click

from surefoot import __version__
from surefoot.resources import intended_use

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "start": "surefoot.cli.start:start",
    "demo": "surefoot.cli.demo:demo",
    "scan": "surefoot.cli.scan:scan",
    "check": "surefoot.cli.check:check",
    "calibrate": "surefoot.cli.calibrate:calibrate",
    "live": "surefoot.cli.live:live",
    "class": "surefoot.cli.class_:class_",
    "drills": "surefoot.cli.drills:drills",
    "record": "surefoot.cli.record:record",
    "replay": "surefoot.cli.replay:replay",
    "analyze": "surefoot.cli.analyze:analyze",
    "report": "surefoot.cli.report:report",
    "retest": "surefoot.cli.retest:retest",
    "import": "surefoot.cli.import_:import_",
    "export": "surefoot.cli.export:export",
    "anonymise": "surefoot.cli.anonymise:anonymise",
    "verify": "surefoot.cli.verify:verify",
    "recover": "surefoot.cli.recover:recover",
    "annotate": "surefoot.cli.annotate:annotate",
    "archive": "surefoot.cli.archive:archive",
    "people": "surefoot.cli.people:people",
    "programme": "surefoot.cli.programme:programme",
    "devices": "surefoot.cli.devices:devices",
    "measures": "surefoot.cli.measures:measures",
    "doctor": "surefoot.cli.doctor:doctor",
}
"""Where each command lives, in the order in which help lists them."""

INTERRUPTED = 130  # what a shell reports for Ctrl-C


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order of a session, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        return cast("click.Command", getattr(import_module(module), name))


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=intended_use(),
    invoke_without_command=True,
)
@click.version_option(__version__, prog_name="surefoot")
@click.pass_context
def surefoot(context: click.Context) -> None:
    """Balance training with movement sensors: live feedback, exact recordings.

    Alone it opens a window with four choices. Begin with "surefoot demo": it needs no
    sensor.
    """
    if context.invoked_subcommand is None:
        from surefoot.cli.start import alone

        alone(context)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status.

    Returns
    -------
    int
        0 done; 1 it could not, said in one line on standard error; 2 the call was
        wrong; 130 interrupted.
    """
    try:
        status = surefoot.main(arguments, prog_name="surefoot", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 the last place that can say it in words
        return _say(error)
    return status if isinstance(status, int) else 0


def _say(error: Exception) -> int:
    if os.environ.get("SUREFOOT_DEBUG") == "1":
        traceback.print_exception(error, file=sys.stderr)
    click.echo(_one_line(error), err=True)
    return 1


def _one_line(error: Exception) -> str:
    from surefoot.core import SurefootError

    if isinstance(error, OSError):
        text = f"{error.strerror}: {error.filename}" if error.filename else str(error)
    elif isinstance(error, SurefootError):
        text = str(error)
    else:
        what = f"{type(error).__name__}: {error}"
        text = f"internal error, please report it ({what}); SUREFOOT_DEBUG=1 shows more"
    text = " ".join(text.split())
    return text if text.startswith("surefoot: ") else f"surefoot: {text}"
