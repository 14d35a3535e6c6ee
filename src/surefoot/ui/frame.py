"""One picture a frame for all views, and drawing that may fail without harm."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from surefoot.ui.asking import Entry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from surefoot.core import JsonValue
    from surefoot.session.snapshot import Snapshot, Stage

_log = logging.getLogger(__name__)


class View(Protocol):
    """Whatever draws from a stage."""

    def refresh(self) -> None:
        """Draw the newest picture."""
        ...


class OnePicture:
    """A stage whose picture stays the same until the next frame.

    All views of one frame then show the same instant, and the session is asked once.

    Parameters
    ----------
    stage : Stage
        What is shown.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._picture: Snapshot | None = None
        self.entry = Entry()
        """The answer that is being given, in whichever view."""

    def take(self) -> None:
        """Take a new picture."""
        self._picture = self._stage.snapshot()

    def snapshot(self) -> Snapshot:
        """Return the picture of this frame."""
        if self._picture is None:
            self.take()
        assert self._picture is not None
        return self._picture

    def send(self, do: str, **arguments: JsonValue) -> None:
        """Pass on what is asked for."""
        self._stage.send(do, **arguments)

    def painted(self, seconds: float) -> None:
        """Pass on how long a movement took to the screen, if it is asked for."""
        told = getattr(self._stage, "painted", None)
        if told is not None:
            told(seconds)

    def close(self) -> None:
        """Close the stage."""
        self._stage.close()


class Frame:
    """Refreshes the views; what fails is told, and the others go on.

    Parameters
    ----------
    stage : OnePicture
        Its picture is taken anew for every frame.
    views : sequence of View
        In the order of drawing.
    tell : callable
        Told the fault of the frame in one line, or the empty text.
    """

    def __init__(
        self, stage: OnePicture, views: Sequence[View], tell: Callable[[str], None]
    ) -> None:
        self._stage = stage
        self._views = tuple(views)
        self._tell = tell
        self._logged: set[str] = set()

    def draw(self) -> None:
        """Draw one frame. Raises nothing."""
        faults = [self._attempt("picture", self._stage.take)]
        faults += [self._refresh(view) for view in self._views]
        self._tell("; ".join(fault for fault in faults if fault))

    def _refresh(self, view: View) -> str:
        name = type(view).__name__
        return self._attempt(name, view.refresh) or getattr(view, "fault", "")

    def _attempt(self, name: str, what: Callable[[], None]) -> str:
        try:
            what()
        except Exception as error:  # noqa: BLE001  the session must outlive its picture
            fault = f"{name}: {type(error).__name__}: {error}"
            if fault not in self._logged:
                self._logged.add(fault)
                _log.exception("drawing failed")
            return fault
        return ""
