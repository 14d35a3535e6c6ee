"""The site builds without a warning, loads nothing from elsewhere, is short to walk."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
needs_mkdocs = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("mkdocs", "material")),
    reason="needs what builds the site: make site",
)


class Seen(HTMLParser):
    """What a page links to, what it loads, and which places it has."""

    def __init__(self, page):
        super().__init__()
        self.links, self.loads, self.places = set(), set(), set()
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if "id" in told:
            self.places.add(told["id"])
        if tag == "a" and told.get("href"):
            self.links.add(told["href"])
        elif tag in {"script", "img", "iframe", "source"} and told.get("src"):
            self.loads.add(told["src"])
        elif tag == "link" and told.get("rel") not in {"canonical", "next", "prev"}:
            self.loads.add(told.get("href", ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    place = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(place)],
        cwd=TOP,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return {page: Seen(page) for page in sorted(place.rglob("*.html"))}


@needs_mkdocs
def test_every_page_is_there(site):
    names = {page.stem for page in site}
    pages = {path.stem for path in (TOP / "docs").glob("*.md")} - {"README"}
    assert pages <= names
    assert {"index", "CHANGELOG", "0001-record-packets", "first-page"} <= names


@needs_mkdocs
def test_nothing_is_loaded_from_elsewhere(site):
    outside = re.compile(r"^(?:https?:)?//")
    loads = {load for seen in site.values() for load in seen.loads}
    assert [load for load in loads if outside.match(load)] == []
    styles = [p for page in site for p in page.parent.glob("assets/**/*.css")]
    assert styles
    assert not any("fonts.googleapis" in p.read_text("utf-8") for p in styles)


@needs_mkdocs
def test_every_link_leads_somewhere(site):
    dead = []
    for page, seen in site.items():
        if page.name == "404.html":
            continue  # its links begin at the top of a server
        for link in seen.links | seen.loads:
            file, _, place = link.partition("#")
            if re.match(r"[a-z]+:|//", link) or file.startswith("/"):
                continue
            target = (page.parent / file).resolve() if file else page
            if target.is_dir():
                target /= "index.html"
            there = site.get(target)
            if not target.exists() or (place and there and place not in there.places):
                dead.append(f"{page.name}: {link}")
    assert dead == []


@needs_mkdocs
@pytest.mark.parametrize("goal", ["profiles.html", "measure-a-csv.html"])
def test_two_clicks_are_enough(site, goal):
    front = min((p for p in site if p.name == "index.html"), key=lambda p: len(p.parts))
    first = {(front.parent / link.partition("#")[0]).name for link in site[front].links}
    assert goal in first


def test_the_page_of_the_python_api_is_what_the_code_says():
    spec = importlib.util.spec_from_file_location(
        "api_page", TOP / "tools" / "api_page.py"
    )
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PAGE.read_text("utf-8") == script.page(), "run make docs"


def test_every_decision_is_listed():
    folder = TOP / "docs" / "decisions"
    listed = (folder / "README.md").read_text("utf-8")
    there = sorted(path.name for path in folder.glob("0*.md"))
    missing = [name for name in there if f"({name})" not in listed]
    # a new one is listed by whoever writes it; the site shows it meanwhile under More
    assert missing == [], "list it in docs/decisions/README.md"
