"""Two recordings beside each other, aligned where a run begins. Qt is loaded late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from surefoot.ui.display import require_display

if TYPE_CHECKING:
    from surefoot.ui.side_by_side.pair import Pair

__all__ = ["run_pair"]


def run_pair(
    pair: Pair, *, seconds: float | None = None, language: str | None = None
) -> int:
    """Show two recordings with one timeline until the window is closed.

    Parameters
    ----------
    pair : Pair
        The two.
    seconds : float, optional
        Close the window by itself after so long.
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
    require_display()
    from surefoot.ui.side_by_side.desk import show_pair

    return show_pair(pair, seconds=seconds, language=language)
