"""Where things are on the trainee's screen, and how large they must be at 3 m.

A person with normal sight just reads letters of 4.4 mm at 3 m (5 minutes of arc). Six
times that for every word, and twelve times for the one number that matters, leaves
room for old eyes. A pixel of a 24 inch screen with 1920 x 1080 measures 0.277 mm; all
sizes grow and shrink with the window.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

PIXEL_MM = 0.277
REFERENCE = (1920, 1080)
TALLEST = 0.75  # height over width; a taller window stays empty above and below

TEXT_MM = 25.0  # capitals and digits of every word
WORD_MM = 30.0  # the word below the ring
NUMBER_MM = 53.0  # digits of the time left
COUNT_MM = 80.0  # digits of the countdown
DOT_MM = 34.0


@dataclass(frozen=True, slots=True)
class Layout:
    """Rectangles in pixels of the widget, none of them overlapping in one phase."""

    unit: float
    """Pixels here for one pixel of the reference screen."""
    sheet: QRectF
    ribbon: QRectF
    footer: QRectF
    sentence: QRectF
    """From the top to the footer; the drawing takes what the words leave."""
    number: QRectF
    share: QRectF
    bar: QRectF
    target: QRectF
    word: QRectF
    top: QRectF
    """The number, the share and the bar together: where a warning goes."""
    count: QRectF
    beside: QRectF
    """To the right of the countdown."""
    low_target: QRectF
    low_word: QRectF

    def pixels(self, millimetres: float) -> float:
        """Return a size on the reference screen in pixels of this window."""
        return millimetres / PIXEL_MM * self.unit


def arrange(width: float, height: float, *, square: bool, badged: bool) -> Layout:
    """Return the places for a window of this size.

    Parameters
    ----------
    width, height : float
        Size of the widget in its own (device independent) pixels.
    square : bool
        Whether the target needs height: the board tips forward too.
    badged : bool
        Whether a ribbon stands along the right edge. The ring does not move for it.
    """
    unit = min(width / REFERENCE[0], height / REFERENCE[1])
    used = min(height, TALLEST * width)
    above = (height - used) / 2
    edge, ribbon = 44 * unit, 128 * unit
    taken = ribbon if badged else 0.0
    full = QRectF(edge, 0, width - taken - 2 * edge, height)

    def row(start: float, end: float, left: float = 0, right: float = 1) -> QRectF:
        return QRectF(
            full.left() + left * full.width(),
            above + start * used,
            (right - left) * full.width(),
            (end - start) * used,
        )

    split = 0.5 if square else 1.0

    def middle(start: float, end: float) -> QRectF:
        side = ribbon + edge
        top = above + start * used
        return QRectF(side, top, width - 2 * side, (end - start) * used)

    return Layout(
        unit=unit,
        sheet=QRectF(0, 0, width, height),
        ribbon=QRectF(width - ribbon, 0, ribbon, height),
        footer=row(0.855, 0.98),
        sentence=row(0.025, 0.84),
        number=row(0.03, 0.25, 0, 0.48 if square else 0.42),
        share=row(0.26, 0.39, 0, split) if square else row(0.03, 0.25, 0.42, 1),
        bar=row(0.42, 0.45, 0, split) if square else row(0.265, 0.295),
        target=row(0.02, 0.84, 0.52, 1) if square else middle(0.325, 0.65),
        word=row(0.48, 0.84, 0, split) if square else middle(0.665, 0.835),
        top=row(0.02, 0.45, 0, split) if square else row(0.02, 0.305),
        count=row(0.02, 0.305, 0, 0.25 * (1 + square)),
        beside=row(0.31, 0.46, 0, split) if square else row(0.02, 0.305, 0.25, 1),
        low_target=row(0.44, 0.84, 0.52, 1) if square else middle(0.50, 0.68),
        low_word=row(0.70, 0.84),
    )
