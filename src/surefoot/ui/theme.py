"""Colours, type sizes and words of every view.

The colours are those of Okabe and Ito, which people with any colour vision tell apart,
lightened or darkened until text in them has a contrast of 7:1 or better. No meaning
rests on colour alone: shape and word say the same.

Read the palette as ``theme.PALETTE`` when drawing, not at import: it may be changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from surefoot.ui.words import LEVEL, ending, minutes, percent, plain, side_word

__all__ = [
    "BODY",
    "DARK",
    "HEADING",
    "LEVEL",
    "LIGHT",
    "NUMBER",
    "PALETTE",
    "SMALL",
    "TITLE",
    "Palette",
    "contrast",
    "ending",
    "font",
    "ink",
    "minutes",
    "percent",
    "plain",
    "side_word",
    "use",
]

SMALL, BODY, HEADING, TITLE, NUMBER = 13, 15, 18, 24, 34
"""Pixel sizes for a screen at arm's length; the trainee view has sizes of its own."""

_FAMILIES = ["Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Arial"]


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they mean, as ``#rrggbb``.

    Attributes
    ----------
    background, panel, line : str
        The window, a raised area in it, and thin lines.
    text, muted : str
        Ordinary and less important text.
    good, warn, bad : str
        Text and lines that say so; readable on background and panel.
    zone, dot : str
        Fill of the ring, and the dot when it is inside.
    stop, on_stop : str
        Fill of the stop sign and the text on it.
    series : tuple of str
        Lines of a chart, in order.
    """

    background: str
    panel: str
    line: str
    text: str
    muted: str
    good: str
    warn: str
    bad: str
    zone: str
    dot: str
    stop: str
    on_stop: str
    series: tuple[str, str, str, str, str, str]
    dark: bool


DARK = Palette(
    background="#0E1217",
    panel="#1A2028",
    line="#4A5563",
    text="#F4F6F8",
    muted="#B9C2CC",
    good="#3DD6AC",
    warn="#F0E442",
    bad="#FF9F5A",
    zone="#0B4A3B",
    dot="#F4F6F8",
    stop="#A82008",
    on_stop="#FFFFFF",
    series=("#56B4E9", "#E69F00", "#2FBF94", "#DA8FB8", "#F0E442", "#E8702A"),
    dark=True,
)
LIGHT = Palette(
    background="#FFFFFF",
    panel="#F1F3F6",
    line="#A3ADB8",
    text="#14181D",
    muted="#444C56",
    good="#00543D",
    warn="#6A4A00",
    bad="#8F3400",
    zone="#C5EBDD",
    dot="#14181D",
    stop="#A82008",
    on_stop="#FFFFFF",
    series=("#0072B2", "#C95400", "#00835F", "#A94F82", "#7D6A00", "#2B2F36"),
    dark=False,
)
PALETTE: Palette = DARK
"""The palette in use."""


def use(dark: bool) -> None:
    """Choose the palette; views take it up when they are drawn next."""
    global PALETTE
    PALETTE = DARK if dark else LIGHT  # pyright: ignore[reportConstantRedefinition]


def ink(colour: str, alpha: float = 1.0) -> QColor:
    """Return a palette colour for Qt, as opaque as asked (0 to 1)."""
    made = QColor(colour)
    made.setAlphaF(alpha)
    return made


def font(pixels: float, *, bold: bool = False) -> QFont:
    """Return the type face of the views at a height in pixels."""
    made = QFont()
    made.setFamilies(_FAMILIES)
    made.setPixelSize(max(1, round(pixels)))
    made.setBold(bold)
    return made


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2 defines it."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
