"""Where tiles are on the screen, and where things are in a tile.

A tile has no stop sign and no ribbon of its own: both stand once, for all. What is left
is larger for the size of the tile than in the view of a trainee alone.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF

from surefoot.ui.trainee_layout import TALLEST, Layout

HEAD = 0.17  # of the height of a tile
_GAP = 8  # pixels between tiles
_TILE = (1340, 740)  # pixels at which a tile has the sizes of the reference screen


def places(count: int, room: QRectF) -> list[QRectF]:
    """Return where tiles stand, row by row, in as many columns as make them largest.

    Parameters
    ----------
    count : int
        How many tiles.
    room : QRectF
        For all of them.
    """
    across = columns(count, room.width(), room.height())
    wide, high = room.width() / across, room.height() / -(-count // across)
    return [
        QRectF(
            room.left() + (i % across) * wide,
            room.top() + (i // across) * high,
            wide,
            high,
        ).adjusted(_GAP / 2, _GAP / 2, -_GAP / 2, -_GAP / 2)
        for i in range(count)
    ]


def columns(count: int, width: float, height: float) -> int:
    """Return in how many columns so many tiles come out largest.

    Parameters
    ----------
    count : int
        How many tiles.
    width, height : float
        Of the place for all.
    """
    return max(range(1, count + 1), key=lambda n: _unit_of(n, count, width, height))


def _unit_of(across: int, count: int, width: float, height: float) -> float:
    down = -(-count // across)
    return _unit(width / across, (1 - HEAD) * height / down)


def _unit(width: float, height: float) -> float:
    return min(width / _TILE[0], min(height, TALLEST * width) / _TILE[1])


def arrange_tile(width: float, height: float, *, square: bool) -> Layout:
    """Return the places in a tile of this size, its head not counted in.

    Parameters
    ----------
    width, height : float
        In device independent pixels.
    square : bool
        Whether the target needs height: the board tips forward too.
    """
    unit = _unit(width, height)
    used = min(height, TALLEST * width)
    above, edge = (height - used) / 2, 30 * unit
    full = width - 2 * edge

    def row(start: float, end: float, left: float = 0, right: float = 1) -> QRectF:
        return QRectF(
            edge + left * full,
            above + start * used,
            (right - left) * full,
            (end - start) * used,
        )

    split = 0.5 if square else 1.0
    nowhere = QRectF()
    return Layout(
        unit=unit,
        sheet=QRectF(0, 0, width, height),
        ribbon=nowhere,
        footer=nowhere,
        sentence=row(0.02, 0.97),
        number=row(0.01, 0.29, 0, split if square else 0.45),
        share=row(0.31, 0.45, 0, split) if square else row(0.02, 0.29, 0.46, 1),
        bar=row(0.49, 0.53, 0, split) if square else row(0.325, 0.365),
        target=row(0.02, 0.97, 0.53, 1) if square else row(0.42, 0.76),
        word=row(0.57, 0.97, 0, split) if square else row(0.78, 0.98),
        top=row(0.02, 0.44, 0, split) if square else row(0.02, 0.37),
        count=row(0.01, 0.41, 0, 0.48 if square else 0.3),
        beside=row(0.42, 0.55, 0, split) if square else row(0.01, 0.41, 0.31, 1),
        low_target=row(0.46, 0.97, 0.53, 1) if square else row(0.46, 0.70),
        low_word=row(0.75, 0.96, 0, split) if square else row(0.75, 0.96),
    )
