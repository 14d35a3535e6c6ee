"""No text for people promises or labels, in any language; what it is for is said once.

It walks what people read: pages, every text in the code that is not a comment, drills,
plans, translations, pictures. People are trainees and therapists.
"""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from surefoot.cli import surefoot
from surefoot.resources import intended_use

TOP = Path(__file__).parents[2]
CODE = TOP / "src" / "surefoot"
FORBIDDEN = {
    "en": r"diagnos\w*|cur(?:e|es|ed|ing)|heal(?:s|ed|ing)?|treat(?:s|ed|ing|ments?)?"
    r"|rehab\w*|patients?|fall[- ]risk|risk of fall\w*|abnormal\w*|deficits?"
    r"|(?:low )?back pain|diseases?|disorders?|patholog\w*|sufferers?|guarantee\w*"
    r"|prevents? falls?|clinically proven|will (?:improve|help|get better)",
    "de": r"diagnos\w*|diagnostizier\w*|heil(?:en|t|ung)|behandel\w*|behandlung\w*"
    r"|rehabilit\w*|patient\w*|sturz(?:risiko|gefahr)\w*|(?:abnormal|krankhaft)\w*"
    r"|defizit\w*|(?:rücken|kreuz)schmerz\w*|garantier\w*",
    "es": r"diagn[oó]stic\w*|cura[rn]?|sana[rn]|tratamientos?|rehabilit\w*|pacientes?"
    r"|riesgos? de ca[ií]das?|[a]normal\w*|déficits?|dolor(?:es)? de espalda|lumbalgia"
    r"|garanti[zc]\w*",
}
WORDS = re.compile(rf"\b(?:{'|'.join(FORBIDDEN.values())})\b", re.IGNORECASE)
ALLOWED = (
    r"does not diagnose",
    r"(?:never|neither) diagnoses?",
    r"Nothing here is a diagnosis",
    r"stellt keine Diagnose",
    r"no \w+ (?:ningún )?diagnósticos?",
    r"no diagnostica",
    r"J Rehabil Res Dev",
    r"NeuroEngineering and Rehabilitation|J NeuroEng Rehabil",
    r"`patient=False`|``patient``|patient : bool",
    r"how patient the radio is|patient where dbus-fast gives up",
)
PAGES = ("*.md", "docs/**/*.md", "calibration/*.md", "recordings/*.md")
BIBLIOGRAPHIC = ("source", "sources", "doi", "reliability")
"""Keys and arguments that hold titles of other people's papers."""


def pages():
    for pattern in PAGES:
        for path in sorted(TOP.glob(pattern)):
            yield path, path.read_text("utf-8")


def code():
    for path in sorted(CODE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        spared = set(_spared(tree))
        for node in ast.walk(tree):
            words = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if words and id(node) not in spared:
                yield path, node.value


def _spared(tree):
    """Yield the texts that are titles of papers, or keys of tables."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            yield id(node.slice)
        if isinstance(node, ast.Dict):
            yield from map(id, node.keys)
        if isinstance(node, ast.keyword) and node.arg in BIBLIOGRAPHIC:
            yield from (id(part) for part in ast.walk(node.value))


def tables():
    for place in (CODE, TOP / "devices", TOP / "calibration"):
        for path in sorted(place.rglob("*.toml")):
            yield from ((path, text) for text in _texts(tomllib.loads(_read(path))))


def _texts(value):
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in BIBLIOGRAPHIC:
                yield str(key)
                yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        yield value


def others():
    """Yield pictures, and texts that are no code."""
    for pattern in ("*.svg", "*.txt", "*.html", "*.json"):
        yield from ((path, _read(path)) for path in sorted(CODE.rglob(pattern)))
    yield from ((p, _read(p)) for p in sorted((TOP / "examples").glob("*.py")))


def _read(path):
    return path.read_text("utf-8")


def found(text):
    """Return the words of a text that must not be there."""
    plain = " ".join(text.split())
    if WORDS.search(plain) is None:
        return []
    for phrase in ALLOWED:
        plain = re.sub(phrase, "", plain, flags=re.IGNORECASE)
    return [match[0] for match in WORDS.finditer(plain)]


@pytest.mark.parametrize("walk", [pages, code, tables, others])
def test_no_text_promises_or_labels(walk):
    texts = list(walk())
    assert len({path for path, _ in texts}) >= 3, "the walk does not see its files"
    said = {
        (str(path.relative_to(TOP)), word)
        for path, text in texts
        for word in found(text)
    }
    assert sorted(said) == [], "say it in other words; people are trainees"


@pytest.mark.parametrize(
    "sentence",
    [
        "This drill treats the low back.",
        "For rehabilitation after an injury.",
        "The patient stands still.",
        "Your fall risk is high.",
        "An abnormal result.",
        "It will improve your balance.",
        "Das Brett heilt.",
        "Ihr Sturzrisiko: hoch.",
        "Für Patienten mit Rückenschmerzen.",
        "Reduce el riesgo de caídas.",
        "El paciente mejora.",
        "Surefoot diagnoses.",
        "`code` and a patient and `more code`",
    ],
)
def test_such_a_text_would_be_found(sentence):
    assert found(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "It does not diagnose, and it promises nothing.",
        "It never diagnoses.",
        "The trainee is accurate and secure; a therapist decides.",
        "Riley et al. (1995), J Rehabil Res Dev 32:227-235",
        "Es stellt keine Diagnose.",
    ],
)
def test_a_calm_text_is_let_through(sentence):
    assert not found(sentence)


def test_what_it_is_for_is_said_in_the_same_words_everywhere():
    said = intended_use()
    assert len(said.splitlines()) == 1
    assert "does not diagnose" in said
    # the first page goes on after its own heading
    words = said.removeprefix("Surefoot ")
    assert surefoot.epilog == said
    for page in ("README.md", "docs/README.md", "docs/risks.md"):
        text = " ".join(_read(TOP / page).split())
        assert words in text, f"{page}: say it in the words of intended_use.txt"
