"""Pictures of the real views, saved as files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from surefoot.core import DisplayError
from surefoot.ui.display import has_display, require_display

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from surefoot.session.snapshot import Stage

TRAINEE_SIZE, THERAPIST_SIZE = (1920, 1080), (1440, 900)


def save_shots(stage: Stage, folder: Path, stem: str = "") -> list[Path]:
    """Save what both views show now as PNG files; no screen is needed.

    Parameters
    ----------
    stage : Stage
        A session or a replay.
    folder : Path
        Where to; made if it is not there.
    stem : str
        Begins the names: ``"run"`` gives ``run-trainee.png`` and ``run-therapist.png``.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    DisplayError
        If Qt cannot start here, or a file could not be written.
    """
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    require_display()
    from surefoot.ui.frame import OnePicture
    from surefoot.ui.therapist import TherapistView
    from surefoot.ui.trainee import TraineeView
    from surefoot.ui.window import application

    application()
    folder.mkdir(parents=True, exist_ok=True)
    shown = OnePicture(stage)
    begin = f"{stem}-" if stem else ""
    return [
        shoot(TraineeView(shown), folder / f"{begin}trainee.png", TRAINEE_SIZE),
        shoot(TherapistView(shown), folder / f"{begin}therapist.png", THERAPIST_SIZE),
    ]


def shoot(view: QWidget, path: Path, size: tuple[int, int]) -> Path:
    """Save a picture of a view at a size in pixels; the view is done with after.

    Raises
    ------
    DisplayError
        If the file could not be written.
    """
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    # laid out as in a window, which a widget that was never shown is not
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(*size)
    view.show()
    refresh = getattr(view, "refresh", None)
    for _ in range(2):
        QApplication.sendPostedEvents()
        if refresh is not None:
            refresh()
    saved = view.grab().save(str(path), "PNG")  # pyright: ignore[reportCallIssue, reportArgumentType]
    view.close()
    view.deleteLater()
    if not saved:
        msg = f"{path}: expected to write a picture, could not: choose another place"
        raise DisplayError(msg)
    return path
