"""A class on the screen, or drawn out of sight. Qt is loaded late."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from surefoot.ui.display import require_display

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from surefoot.session.group import Group

__all__ = ["require_keys", "run_class", "save_class"]

CLASS_SIZE = (1920, 1080)


def require_keys(clickers: Mapping[str, str]) -> None:
    """Make sure that Qt can start and knows the keys of the clickers.

    Raises
    ------
    DisplayError
        If there is no screen, or a key is none.
    """
    require_display()
    from surefoot.ui.classroom.window import keys_of

    keys_of(clickers)


def run_class(
    group: Group,
    *,
    clickers: Mapping[str, str] | None = None,
    seconds: float | None = None,
    look: Callable[[], bool] | None = None,
) -> int:
    """Show a class until its window is closed; the class is left open.

    Parameters
    ----------
    group : Group
        The class, started.
    clickers : mapping of str to str, optional
        The key that a trainee's hand clicker sends, as ``"F9"``, by code.
    seconds : float, optional
        Close the window by itself after so long.
    look : callable, optional
        Called with every frame; true closes the window.

    Returns
    -------
    int
        Exit status of Qt, 0 when all went well.

    Raises
    ------
    DisplayError
        If there is no screen or Qt cannot start.
    """
    require_display()
    from surefoot.ui.classroom.window import show_class

    return show_class(group, clickers or {}, seconds, look)


def save_class(group: Group, file: Path) -> Path:
    """Save what the class view shows now as a PNG file; no screen is needed.

    Parameters
    ----------
    group : Group
        The class.
    file : Path
        Where to.

    Raises
    ------
    DisplayError
        If Qt cannot start here, or the file could not be written.
    """
    from surefoot.ui.display import has_display

    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    require_display()
    from surefoot.ui.classroom.view import ClassView
    from surefoot.ui.shots import shoot
    from surefoot.ui.window import application

    application()
    return shoot(ClassView(group), file, CLASS_SIZE)
