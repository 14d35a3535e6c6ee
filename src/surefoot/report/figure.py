"""Vector drawings by matplotlib, which is known to this layer only."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from surefoot.report.errors import ReportError
from surefoot.report.page import Html

if TYPE_CHECKING:
    from collections.abc import Generator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

INK, SOFT, PALE = "#111111", "#666666", "#dddddd"
POINTS_MAX = 2400
"""A curve has no more points on paper."""
_STYLE: dict[str, Any] = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 10,
    "svg.fonttype": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e4e4e4",
    "axes.axisbelow": True,
    "lines.linewidth": 1.2,
    "lines.color": INK,
    "legend.frameon": False,
    "path.simplify": True,
    "path.simplify_threshold": 0.3,
}


class Drawing:
    """One figure that becomes markup.

    Attributes
    ----------
    axes : matplotlib.axes.Axes
        To draw on.
    svg : Html
        The markup, once it was drawn.
    """

    def __init__(self, axes: Any) -> None:
        self.axes = axes
        self.svg = Html()


@contextmanager
def drawing(
    name: str, size: tuple[float, float], label: str, *, margins: bool = False
) -> Generator[Drawing]:
    """Give axes to draw on; afterwards the markup is in ``svg``.

    Parameters
    ----------
    name : str
        Unlike that of every other figure of a page.
    size : tuple of float
        Width and height in inches.
    label : str
        What is told of it to whoever cannot see it.
    margins : bool
        Whether margins are those of a plot over months, which is drawn in half the time
        of one whose labels are measured.

    Raises
    ------
    ReportError
        If matplotlib is not installed.
    """
    try:
        library: Any = import_module("matplotlib")
        figures: Any = import_module("matplotlib.figure")
    except ImportError:
        msg = "report: expected matplotlib, got none: pip install 'surefoot[report]'"
        raise ReportError(msg) from None
    with library.rc_context({**_STYLE, "svg.hashsalt": name}):
        figure = figures.Figure(figsize=size, layout=None if margins else "constrained")
        drawn = Drawing(figure.subplots())
        if margins:
            below, above = 0.32 / size[1], 1 - 0.1 / size[1]
            figure.subplots_adjust(0.085, below, 0.99, above)
        yield drawn
        out = io.StringIO()
        figure.savefig(out, format="svg", metadata={"Date": None})
    drawn.svg = _inline(out.getvalue(), name, label)


def thinned(t: Floats, data: Floats) -> tuple[Floats, Floats]:
    """Return a curve with few enough points, lows and highs of each stretch kept."""
    if len(t) <= POINTS_MAX:
        return t, data
    width = int(np.ceil(2 * len(t) / POINTS_MAX))
    whole = len(t) // width * width
    parts: Floats = data[:whole].reshape(-1, width)
    low, high = parts.argmin(axis=1), parts.argmax(axis=1)
    first = np.arange(0, whole, width)
    places = np.unique(np.concatenate([first + low, first + high]))
    return t[places], data[places]


def _inline(svg: str, name: str, label: str) -> Html:
    """Return a drawing fit to stand in a page beside others: own names, a label."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(xlink:href="|url\()#', rf"\g<1>#{name}-", svg)
    svg = re.sub(r"(<svg[^>]*?) (?:width|height)=\"[^\"]*\"", r"\1", svg)
    svg = re.sub(r"(<svg[^>]*?) (?:width|height)=\"[^\"]*\"", r"\1", svg)
    words = label.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return Html(svg.replace("<svg", f'<svg role="img" aria-label="{words}"', 1).strip())
