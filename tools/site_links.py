"""Hooks of MkDocs: pages outside docs/ join the site, and links between them hold.

In the repository every link is relative to its file, so that it works on a forge and in
an editor. The site has some pages elsewhere, and no code: links to files that are not
in it become plain text. Pages that nobody placed in ``mkdocs.yml`` come under *More*.
"""

from __future__ import annotations

import os.path
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

TOP = Path(__file__).parent.parent
PROJECT = {
    "README.md": "project/first-page.md",
    "CONTRIBUTING.md": "project/CONTRIBUTING.md",
    "CHANGELOG.md": "project/CHANGELOG.md",
    "calibration/README.md": "project/calibration.md",
    "recordings/README.md": "project/recordings.md",
}
"""Pages outside docs/, and where they are in the site."""
_HOME = {there: here for here, there in PROJECT.items()}
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)#:\s]+)(#[^)\s]*)?\)")


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Take in the pages outside docs/, and place what nobody placed."""
    for here, there in PROJECT.items():
        text = (TOP / here).read_text(encoding="utf-8")
        files.append(File.generated(config, there, content=text))
    placed = set(_placed(config.nav or []))
    pages = sorted(page.src_uri for page in files.documentation_pages())
    more = [uri for uri in pages if uri not in placed]
    if more and config.nav is not None:
        config.nav.append({"More": more})
    return files


def on_page_markdown(markdown: str, *, page: Page, **_: Any) -> str:
    """Turn links as they stand in the repository into links of the site."""
    uri = page.file.src_uri
    here = PurePosixPath(_HOME.get(uri, f"docs/{uri}")).parent

    def turned(match: re.Match[str]) -> str:
        mark, text, link, anchor = match.groups()
        there = _in_site(os.path.normpath(here / link))
        if there is None:
            return f"{mark}{text}" if not mark else ""
        target = os.path.relpath(there, PurePosixPath(uri).parent)
        return f"{mark}[{text}]({target}{anchor or ''})"

    # code spans and blocks show links and are none
    parts = re.split(r"(```.*?```|`[^`\n]*\]\([^`\n]*`)", markdown, flags=re.DOTALL)
    parts[::2] = [_LINK.sub(turned, part) for part in parts[::2]]
    return "".join(parts)


def _in_site(path: str) -> str | None:
    """Return where a file of the repository is in the site; None if it is not."""
    if path in PROJECT:
        return PROJECT[path]
    if not path.startswith("docs/"):
        return None
    inside = path.removeprefix("docs/")
    return f"{inside}/README.md" if (TOP / path / "README.md").is_file() else inside


def _placed(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    parts = nav.values() if isinstance(nav, dict) else nav
    return [uri for part in parts for uri in _placed(part)]
