"""Pictures of the start window, drawn from SVG at any size."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from surefoot.session.drill_shelf import picture_of
from surefoot.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_CORNER = 8.0


def icon_file(name: str) -> str:
    """Return where a picture of ``icons/`` is, as style sheets write it."""
    place = resources.files("surefoot.ui.start").joinpath(f"icons/{name}.svg")
    return str(place).replace("\\", "/")


def icon_of(name: str, side: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return a picture of ``icons/`` as a square of ``side`` pixels, in one colour."""
    text = resources.files("surefoot.ui.start").joinpath(f"icons/{name}.svg")
    drawn = text.read_text("utf-8").replace("currentColor", colour)
    made = QPixmap(QSize(round(side * ratio), round(side * ratio)))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    QSvgRenderer(QByteArray(drawn.encode())).render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


class Picture(QWidget):
    """The picture of an exercise, or of where a sensor is fixed, on a light ground.

    Parameters
    ----------
    name : str
        Of the drill, or ``"sensor-board"`` and the like; empty for none.
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setMinimumSize(160, 90)
        both = QSizePolicy.Policy.Expanding
        self.setSizePolicy(both, both)
        self._drawn: QSvgRenderer | None = None
        self.there = False
        self.show_picture(name)

    def sizeHint(self) -> QSize:
        """As in Qt."""
        return QSize(360, 270)

    def show_picture(self, name: str, about: str = "") -> None:
        """Show a picture; one that does not exist leaves the place empty."""
        svg = picture_of(name) if name else ""
        self.there = bool(svg)
        self._drawn = QSvgRenderer(QByteArray(svg.encode())) if svg else None
        self.setAccessibleName(about)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt passes it
        """As in Qt."""
        if self._drawn is None:
            return
        wanted = self._drawn.defaultSize()
        fitted = wanted.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - fitted.width()) / 2
        box = QRectF(left, 0, fitted.width(), fitted.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(box, _CORNER, _CORNER)
        painter.setClipPath(ground)
        painter.fillRect(box, theme.ink("#FFFFFF"))
        self._drawn.render(painter, box)
        painter.end()
