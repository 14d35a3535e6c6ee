"""Every text people read has a translation, and none says what it must not."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from surefoot.language import LANGUAGES, catalogue

TOP = Path(__file__).parents[3]
OTHERS = [code for code in LANGUAGES if code != "en"]
FORBIDDEN = {
    "de": r"diagnos|heil(en|t|ung|mittel)|kurier|patient|risik|behandel|rehabilit"
    r"|abnorm|garant|störung|defizit|gesund",
    "es": r"diagn|\bcura|\bsana|paciente|riesgo|tratamient|rehabilit|anormal|garant"
    r"|trastorno|déficit|salud",
}
NEGATED = re.compile(r"stellt keine Diagnose|No diagnostica")
FAMILIAR = {
    "de": r"\b(du|dich|dir|dein\w*|euch|euer)\b",
    "es": r"\b(tú|tu|tus|te|ti|contigo|vosotros|vuestr\w*)\b",
}


@pytest.fixture(scope="module")
def texts():
    path = TOP / "tools" / "texts.py"
    spec = importlib.util.spec_from_file_location("texts", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["texts"] = module
    spec.loader.exec_module(module)
    return module


def test_texts_are_found_where_people_read_them(texts):
    found = texts.texts()
    assert len(found) > 300
    assert found["Keep the board level."].endswith(".toml")
    assert found["STOP"].startswith("ui/")
    assert found["Nobody on the board. Rest it on its front edge."]
    assert "{percent} in ring" in found
    assert not [text for text in found if "QPushButton" in text]


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_has_a_translation(texts, code):
    assert texts.missing(code) == [], "add them to src/surefoot/language"


@pytest.mark.parametrize("code", OTHERS)
def test_no_translation_is_of_a_text_that_is_no_more(texts, code):
    assert texts.unused(code) == [], "remove them from src/surefoot/language"


@pytest.mark.parametrize("code", OTHERS)
def test_every_translation_has_the_same_places(texts, code):
    assert texts.amiss(code) == []


@pytest.mark.parametrize("code", OTHERS)
def test_all_languages_have_the_same_texts(code):
    assert catalogue(code).texts.keys() == catalogue(OTHERS[0]).texts.keys()


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_promises_labels_or_is_familiar(code):
    for english, translated in catalogue(code).texts.items():
        told = NEGATED.sub("", translated)
        for rule in (FORBIDDEN[code], FAMILIAR[code]):
            assert not re.search(rule, told, re.IGNORECASE), (english, told)


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_ends_as_its_text_does(code):
    for english, told in catalogue(code).texts.items():
        assert told.strip(), english
        assert english[0].isspace() == told[0].isspace(), english
        for sign in ".?:":
            assert english.endswith(sign) == told.endswith(sign), (english, told)
        if english.isupper() and "{" not in english:
            assert told.isupper(), (english, told)


def test_spanish_questions_begin_with_their_sign():
    for told in catalogue("es").texts.values():
        assert told.count("¿") == told.count("?"), told
