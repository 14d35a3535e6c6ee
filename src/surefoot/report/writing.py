"""Writes a page: HTML by itself, PDF by WeasyPrint where it is installed."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from surefoot.report.errors import ReportError

if TYPE_CHECKING:
    from pathlib import Path

    from surefoot.report.page import Page
    from surefoot.report.speech import Speech

ENDINGS = (".html", ".htm", ".pdf")


def write(page: Page, path: Path, say: Speech) -> None:
    """Write a page, whole or not at all.

    Parameters
    ----------
    page : Page
        What is written.
    path : Path
        Its ending says as what: ``.html`` or ``.pdf``. A file there is written over.
    say : Speech
        The language.

    Raises
    ------
    ReportError
        If the ending is another, what makes PDF is missing, or it cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        msg = f"report: expected a file ending in .html or .pdf, got {path}: name one"
        raise ReportError(msg)
    text = page.html(say)
    data = text.encode() if path.suffix.lower() != ".pdf" else _pdf(text)
    half = path.with_name(path.name + ".half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        msg = f"{path}: expected to write a report, got {error.strerror}: name another"
        raise ReportError(msg) from None


def _pdf(text: str) -> bytes:
    try:
        library: Any = import_module("weasyprint")
    except (ImportError, OSError):  # the package, or Pango that it draws text with
        msg = (
            "report: expected WeasyPrint and Pango for PDF, got none: pip install "
            "'surefoot[report]', or write .html and print that from a browser"
        )
        raise ReportError(msg) from None
    return bytes(library.HTML(string=text, url_fetcher=_nothing).write_pdf())


def _nothing(url: str, *_args: Any, **_options: Any) -> dict[str, Any]:
    """Refuse to fetch anything but what stands in the page itself."""
    if not url.startswith("data:"):
        msg = f"a report needs nothing from outside, got {url}"
        raise ValueError(msg)
    library: Any = import_module("weasyprint")
    return dict(library.default_url_fetcher(url))
