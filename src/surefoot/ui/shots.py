"""Pictures of the real views, saved as files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from surefoot.core import DisplayError
from surefoot.ui.display import has_display, require_display

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from surefoot.session.snapshot import Stage

TRAINEE_SIZE, THERAPIST_SIZE = (1920, 1080), (1440, 900)

SEEING = {
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What linear red, green and blue become for people without one kind of cone: the
matrices of full severity of Machado, Oliveira and Fernandes (2009),
doi:10.1109/TVCG.2009.113. For tritan vision they are an approximation."""


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


def as_seen(image: QImage, seeing: str) -> QImage:
    """Return a picture about as people of other colour vision see it.

    Parameters
    ----------
    image : QImage
        The picture.
    seeing : str
        ``"protan"``, ``"deutan"`` or ``"tritan"``: see `SEEING`.
    """
    import numpy as np
    from PySide6.QtGui import QImage

    kind = QImage.Format.Format_RGB888
    plain = image.convertToFormat(kind)
    width, height, line = plain.width(), plain.height(), plain.bytesPerLine()
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(height, line)
    shown = rows[:, : 3 * width].reshape(height, width, 3)
    data = np.round(255 * _bent(shown / 255, seeing)).astype(np.uint8)
    return QImage(data.tobytes(), width, height, 3 * width, kind).copy()


def _bent(seen: NDArray[np.float64], seeing: str) -> NDArray[np.float64]:
    """Return sRGB values (0 to 1) through a matrix that holds for linear light."""
    import numpy as np

    low = seen <= 0.04045
    light = np.where(low, seen / 12.92, np.power((seen + 0.055) / 1.055, 2.4))
    bent = np.einsum("ij,hwj->hwi", np.array(SEEING[seeing]), light)
    light = np.minimum(np.maximum(bent, 0.0), 1.0)
    curved = 1.055 * np.power(light, 1 / 2.4) - 0.055
    return np.asarray(np.where(light <= 0.0031308, 12.92 * light, curved), np.float64)
