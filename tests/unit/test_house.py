"""The rules of the house that no other tool holds."""

import importlib.util
import pkgutil
import re
import sys
from pathlib import Path

import pytest

import surefoot

TOP = Path(__file__).parents[2]
SOURCES = sorted((TOP / "src").rglob("*.py"))
NAMES = Path(__file__).with_name("public_names.txt")
LONGEST = 400
FORBIDDEN = re.compile(r"(^|_)(utils?|helpers?|managers?|handlers?|process|misc)(_|$)")


def packages():
    found = pkgutil.iter_modules(surefoot.__path__, "surefoot.")
    return [module.name for module in found if module.ispkg]


def public_names():
    """Every public name of every package, one a line."""
    return [
        f"{package}.{name}"
        for package in packages()
        for name in sorted(getattr(importlib.import_module(package), "__all__", []))
    ]


def test_no_file_is_too_long():
    lengths = {p: len(p.read_text().splitlines()) for p in SOURCES}
    long = {str(p.relative_to(TOP)): n for p, n in lengths.items() if n > LONGEST}
    assert long == {}


def test_no_file_has_a_name_that_says_nothing():
    assert [str(p) for p in SOURCES if FORBIDDEN.search(p.stem)] == []


@pytest.mark.parametrize("package", packages())
def test_every_package_says_what_it_is_and_what_is_public(package):
    module = importlib.import_module(package)
    assert module.__doc__
    for name in getattr(module, "__all__", []):
        assert hasattr(module, name)


def test_the_public_names_are_the_agreed_ones():
    agreed = NAMES.read_text().split()
    found = public_names()
    new = sorted(set(found) - set(agreed))
    gone = sorted(set(agreed) - set(found))
    assert (new, gone) == ([], []), "a decision: change public_names.txt by hand"
    assert agreed == found


def test_no_page_links_to_a_file_that_is_not_there():
    assert docs_script().dead_links() == []


def test_the_page_of_commands_is_what_the_commands_say():
    script = docs_script()
    assert script.PAGE.read_text() == script.commands_page(), "run make docs"


def docs_script():
    spec = importlib.util.spec_from_file_location("docs", TOP / "tools" / "docs.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["docs"] = module
    spec.loader.exec_module(module)
    return module
