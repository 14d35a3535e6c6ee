"""`surefoot start`, and `surefoot` alone: a window with four choices."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from surefoot.session.engine import Engine
    from surefoot.training.agreed import Agreed
    from surefoot.ui.panels.today import DayPlan
    from surefoot.ui.start import Wish
    from surefoot.ui.start.wish import Came


@click.command()
def start() -> None:
    """Open the window: Train, Record, Open a recording, People."""
    from surefoot.ui.display import require_display

    require_display()
    begin()


def alone(context: click.Context) -> None:
    """Open the window where people can see one; else print the help.

    Parameters
    ----------
    context : click.Context
        Of the command without a subcommand.

    Raises
    ------
    NoArgsIsHelpError
        Where no window can be seen.
    DisplayError
        Where there is a screen, but a library of the system is missing.
    """
    from surefoot.ui.display import BARE, has_display, require_display

    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform in BARE or not has_display():
        raise click.exceptions.NoArgsIsHelpError(context)
    require_display()
    begin()


def begin() -> None:
    """Ask what is wanted and do it, until the start window is closed."""
    from surefoot.ui.start.window import ask

    wish = ask()
    while wish is not None:
        wish = ask(carried_out(wish))


def carried_out(wish: Wish) -> Came:
    """Do what is wanted; return what came of it, trouble told in words."""
    from surefoot.core import SurefootError
    from surefoot.ui.start.wish import Came

    try:
        if wish.do == "replay":
            return _replayed(wish)
        return _sat(wish)
    except (SurefootError, click.ClickException, OSError) as error:
        return Came(wish, trouble=_in_words(error))


def _replayed(wish: Wish) -> Came:
    from surefoot.session.replay import open_replay
    from surefoot.ui.app import run_replay
    from surefoot.ui.start.wish import Came

    if wish.path is not None:
        run_replay(open_replay(wish.path))
    return Came(wish)


def _sat(wish: Wish) -> Came:
    """Do an exercise, or record without one; keep all that came of it."""
    from surefoot.cli.live import shown
    from surefoot.cli.sitting import seated
    from surefoot.ui.start.wish import Came, recorded

    drill, agreed = _agreed(wish)
    told: dict[str, Any] = {
        "sensors": dict(wish.seating.sensors),
        "virtual": wish.seating.virtual,
        "adapter": wish.seating.adapter,
        "calibrations": dict(wish.seating.calibrations),
        "to": None,
        "person": wish.person,
    }
    session = seated(told, drill, agreed)
    path = session.recorder.path if session.recorder is not None else None
    shown(session, None, _plan(wish))
    said = [recorded(path.name)] if path is not None else []
    return Came(wish, (*said, *_written(wish, session.engine)), path=path)


def _plan(wish: Wish) -> DayPlan | None:
    """Return the day of a person with a programme, for the therapist to see."""
    if not wish.exercise:
        return None
    from surefoot.ui.panels.today import DayPlan
    from surefoot.ui.start.due import due_today
    from surefoot.ui.start.visit import today

    due = due_today(wish.person, today())
    titles = {item.name: item.title for item in due.items}
    now, why = titles.pop(wish.exercise, ""), due.why.get(wish.exercise, "")
    return DayPlan(wish.person, now, why, tuple(titles.values())) if now else None


def _agreed(wish: Wish) -> tuple[str, Agreed | None]:
    """Return the drill, and what the programme says about it today."""
    if not wish.exercise:
        return wish.drill, None
    from surefoot.session.programme_link import due
    from surefoot.ui.start.visit import today

    item, agreed = due(wish.person, today(), wish.exercise)
    return item.drill, agreed


def _written(wish: Wish, engine: Engine) -> list[str]:
    """Write an exercise that was due into the programme; return what was decided."""
    if not wish.exercise:
        return []
    from surefoot.archive import keep_programme
    from surefoot.session.programme_link import block_of, log_block
    from surefoot.ui.start.visit import today
    from surefoot.ui.start.wish import NOTHING_DONE, WRITTEN

    block = block_of(engine, wish.exercise, today())
    if block is None:
        return [NOTHING_DONE]
    decided = log_block(wish.person, block)
    trouble = keep_programme(wish.person)
    return [WRITTEN, *(told.reason for told in decided), *filter(None, [trouble])]


def _in_words(error: Exception) -> str:
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.filename:
        return f"{error.strerror}: {error.filename}"
    return str(error)
