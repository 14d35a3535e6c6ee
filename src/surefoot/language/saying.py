"""Says an English text in another language, whether its places are filled or not."""

from __future__ import annotations

import re
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from surefoot.language.catalogue import Catalogue, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español"}
"""What each language calls itself, by its code; English first."""

_PLAIN = "en"
_FIGURES = re.compile(
    r"(?:[\d:%°/+^²*\N{MINUS SIGN}\s-]|\.(?=\d)|[^\W\d_]{1,4}(?![^\W\d_]))+"
)
"""A number with its unit, or several: no words, no names."""
_END = re.compile(r"(?<=[.?!]) +")
"""Between two sentences."""
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


def say(text: str, language: str, **values: object) -> str:
    """Return a text in a language.

    Parameters
    ----------
    text : str
        In English: a sentence, one with places such as ``"{seconds:.1f} s ago"``, or
        one whose places were filled before, as ``"1.3 s ago"``.
    language : str
        A code of `LANGUAGES`; any other reads as English.
    **values : object
        What fills the places. Texts among them are said in the language too, numbers
        get its decimal sign.

    Returns
    -------
    str
        The text as it came where no translation is known; a number with its unit gets
        the decimal sign of the language.
    """
    if language not in LANGUAGES or language == _PLAIN:
        return text.format(**values) if values else text
    if not values:
        return _found(text, language)
    texts = catalogue(language).texts
    told = texts.get(text) or " ".join(texts.get(s, s) for s in sentences(text))
    return _Filling(language).vformat(told, (), values)


def best(wanted: Iterable[str]) -> str:
    """Return the first of some languages that is known, or English.

    Parameters
    ----------
    wanted : iterable of str
        In order of preference, as systems name them: ``"de-AT"``, ``"es_MX.UTF-8"``.
    """
    for name in wanted:
        code = re.split(r"[-_.@]", name.lower(), maxsplit=1)[0]
        if code in LANGUAGES:
            return code
    return _PLAIN


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each with the sign at its end."""
    return _END.split(text)


class _Filling(Formatter):
    """Fills places, each value as the language has it."""

    def __init__(self, language: str) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one value as it is read."""
        filled = isinstance(value, str) and format_spec and value
        return _found(filled or format(value, format_spec), self._language)


@lru_cache(maxsize=4096)
def _found(text: str, language: str) -> str:
    known = catalogue(language)
    told = known.texts.get(text) or _recognised(text, known, language)
    if told is not None:
        return told
    if _FIGURES.fullmatch(text):
        return _POINT.sub(known.decimal, text)
    parts = sentences(text)
    if len(parts) == 1 and ", " in text:
        return _listed(text, known, language)
    if len(parts) > 1:
        return " ".join(_found(part, language) for part in parts)
    small = known.texts.get(text[:1].lower() + text[1:]) if text[:1].isupper() else None
    return small[:1].upper() + small[1:] if small else text


def _listed(text: str, known: Catalogue, language: str) -> str:
    """Return a list with commas in the language, if all that is in it is known."""
    told = [
        known.texts.get(part) or _recognised(part, known, language)
        for part in text.split(", ")
    ]
    return ", ".join(filter(None, told)) if all(told) else text


def _recognised(text: str, known: Catalogue, language: str) -> str | None:
    """Return a text whose places were filled, if it is one."""
    for pattern in known.patterns:
        match = pattern.shape.fullmatch(text)
        if match:
            told = known.texts[pattern.text]
            return _Filling(language).vformat(told, (), match.groupdict())
    return None
