"""The windows of a session or a replay, from opening to closing. Qt is loaded late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.ui.display import has_display, require_display

if TYPE_CHECKING:
    from surefoot.session.snapshot import Stage
    from surefoot.ui.panels.today import DayPlan

__all__ = ["has_display", "run_live", "run_replay"]


def run_live(
    stage: Stage,
    *,
    fullscreen_trainee: bool = False,
    seconds: float | None = None,
    language: str | None = None,
    plan: DayPlan | None = None,
) -> int:
    """Show a session until a window is closed, then close the session.

    The trainee view goes to the second screen when there is one. Else both views share
    a window, side by side; F2 goes through both, trainee alone and therapist alone.

    Parameters
    ----------
    stage : Stage
        The session; it is closed in any case.
    fullscreen_trainee : bool
        On one screen: begin with the trainee view alone, filling it.
    seconds : float, optional
        Close the windows by themselves after so long.
    language : str, optional
        Read the views in it this time, instead of the one that was chosen last.
    plan : DayPlan, optional
        What the programme has for today; the therapist sees it.

    Returns
    -------
    int
        Exit status of Qt, 0 when all went well.

    Raises
    ------
    DisplayError
        If there is no screen or Qt cannot start.
    """
    return _run(stage, fullscreen_trainee, seconds, language, plan)


def run_replay(
    stage: Stage, *, seconds: float | None = None, language: str | None = None
) -> int:
    """Show a replay with its timeline until a window is closed.

    Parameters
    ----------
    stage : Stage
        The replay; it is closed in any case.
    seconds : float, optional
        Close the windows by themselves after so long.
    language : str, optional
        Read the views in it this time, instead of the one that was chosen last.

    Returns
    -------
    int
        Exit status of Qt, 0 when all went well.

    Raises
    ------
    DisplayError
        If there is no screen or Qt cannot start.
    """
    return _run(stage, False, seconds, language)


def _run(
    stage: Stage,
    alone: bool,
    seconds: float | None,
    language: str | None,
    plan: DayPlan | None = None,
) -> int:
    try:
        require_display()
        from surefoot.ui.window import show_until_closed

        return show_until_closed(
            stage, alone=alone, seconds=seconds, language=language, plan=plan
        )
    finally:
        stage.close()
