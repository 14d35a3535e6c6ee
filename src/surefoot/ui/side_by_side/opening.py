"""Opening two recordings to see them beside each other."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from surefoot.core import SurefootError
from surefoot.recording import open_recording
from surefoot.session.analyse import analyse
from surefoot.session.replay import open_replay
from surefoot.ui.side_by_side.pair import Half, Pair

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_READ = 0.7
"""Share of the time that deciding takes, beside measuring; for the bar only."""


def open_pair(
    first: Path, second: Path, progress: Callable[[float], None] | None = None
) -> Pair:
    """Return two recordings as one, aligned at the first run of each.

    Parameters
    ----------
    first, second : Path
        The left and the right one; the same file twice is allowed.
    progress : callable, optional
        Told the share that is done, 0 to 1.

    Raises
    ------
    RecordingError
        If one is not a readable recording.
    """

    def tell(share: float) -> None:
        if progress is not None:
            progress(share)

    for path in (first, second):
        open_recording(path)  # a wrong second file is said before the first is read
    left = _half(first, lambda share: tell(share / 2))
    right = _half(second, lambda share: tell((1 + share) / 2))
    return Pair(left, right)


def about(session: dict[str, Any]) -> str:
    """Return when a session was and whose it is, for a heading.

    Parameters
    ----------
    session : dict
        From the header of the recording.

    Returns
    -------
    str
        For example ``"2026-01-05 09:00, p-07"``; what is not known is left out.
    """
    try:
        begun = datetime.fromisoformat(str(session.get("started") or ""))
        day = f"{begun.astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        day = ""
    return ", ".join(one for one in (day, str(session.get("person") or "")) if one)


def _half(path: Path, progress: Callable[[float], None]) -> Half:
    player = open_replay(path, lambda share: progress(_READ * share))
    found, why = _final(path)
    progress(1.0)
    session = open_recording(path).header.session
    return Half(path.stem, about(session), player, found, why)


def _final(path: Path) -> tuple[dict[str, Any], str]:
    """Return the final values, or why there are none: it is shown all the same."""
    try:
        return analyse(path), ""
    except SurefootError as error:
        return {}, str(error)
