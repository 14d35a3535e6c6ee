"""One HTML file with nothing outside itself: text, tables, plots, print rules."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from surefoot.resources import intended_use

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from surefoot.report.speech import Speech


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def text_of(part: object) -> Html:
    """Return markup for anything: markup as it is, all else escaped."""
    return part if isinstance(part, Html) else Html(escape(str(part)))


def tag(name: str, *parts: object, **attributes: str) -> Html:
    """Return an element; ``class_`` and ``data_x`` read as ``class`` and ``data-x``."""
    told = "".join(
        f' {key.strip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    return Html(f"<{name}{told}>{joined(*parts)}</{name}>")


def joined(*parts: object) -> Html:
    """Return parts one after the other."""
    return Html("".join(text_of(part) for part in parts))


def rows(
    head: Sequence[object],
    body: Iterable[Sequence[object]],
    class_: str = "",
) -> Html:
    """Return a table; cells that are elements of a row stay as they are."""
    heads = (tag("th", cell, scope="col") for cell in head)
    lines = (tag("tr", *(_cell(cell) for cell in line)) for line in body)
    inner = joined(tag("thead", tag("tr", *heads)), tag("tbody", *lines))
    return tag("div", tag("table", inner, class_=class_), class_="wide")


def listed(items: Iterable[object], class_: str = "") -> Html:
    """Return a list; empty markup for an empty one."""
    lines = [tag("li", item) for item in items]
    return tag("ul", *lines, class_=class_) if lines else Html()


def plot(svg: Html, caption: str, csv: str, name: str, say: Speech) -> Html:
    """Return a plot with what it shows, and its numbers beside it.

    Parameters
    ----------
    svg : Html
        The drawing.
    caption : str
        What it shows.
    csv : str
        Its numbers; none when empty.
    name : str
        Of the file that they are saved as.
    say : Speech
        The language.
    """
    told = [tag("span", caption)]
    if csv:
        data = base64.b64encode(csv.encode()).decode()
        href = f"data:text/csv;charset=utf-8;base64,{data}"
        link = tag("a", say("numbers (CSV)"), href=href, download=f"{name}.csv")
        told.append(joined(" ", link))
    return tag("figure", svg, tag("figcaption", *told))


@dataclass(frozen=True, slots=True)
class Page:
    """What is written.

    Attributes
    ----------
    title : str
        Of the window.
    parts : tuple of Html
        The content, in order.
    virtual : bool
        Whether nobody real was measured; then every page says so.
    """

    title: str
    parts: tuple[Html, ...]
    virtual: bool = False

    def html(self, say: Speech) -> str:
        """Return the whole file."""
        css = files("surefoot.report").joinpath("page.css").read_text("utf-8")
        banner = (
            tag("p", say("Virtual sensors: nobody trained."), class_="virtual")
            if self.virtual
            else Html()
        )
        foot = tag(
            "footer", say(intended_use()), " Surefoot ", version("surefoot"), "."
        )
        head = joined(
            Html('<meta charset="utf-8">'),
            Html('<meta name="viewport" content="width=device-width">'),
            tag("title", self.title),
            tag("style", Html(css)),
        )
        body = tag("body", tag("main", banner, *self.parts), foot)
        inner = joined(tag("head", head), body)
        return f"<!doctype html>\n{tag('html', inner, lang=say.language)}\n"


def csv_of(head: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Return numbers as CSV; texts with commas or quotes are quoted."""
    told = [",".join(map(_field, line)) for line in (head, *lines)]
    return "\n".join([*told, ""])


def hidden(values: Mapping[str, object]) -> dict[str, str]:
    """Return attributes that carry exact values for whoever reads the file again."""
    return {
        f"data_{key}": f"{value!r}" if isinstance(value, float) else str(value)
        for key, value in values.items()
    }


def _cell(cell: object) -> Html:
    told = text_of(cell)
    return told if told.startswith(("<td", "<th")) else tag("td", told)


def _field(value: object) -> str:
    told = "" if value is None else str(value)
    return '"' + told.replace('"', '""') + '"' if set(told) & set(',"\n') else told
