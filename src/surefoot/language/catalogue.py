"""The translations of one language, read from its TOML once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

_ABOUT = "about"
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """An English text with places to fill, as it is recognised when they are filled.

    Attributes
    ----------
    text : str
        The English text, a key of the catalogue.
    shape : re.Pattern
        Matches the whole of a filled text; one named group a place.
    """

    text: str
    shape: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """English texts and what they are in one language.

    Attributes
    ----------
    decimal : str
        The sign before decimals.
    texts : mapping of str to str
        Translation by English text; both may have places such as ``{seconds:.1f}``.
    patterns : tuple of Pattern
        Those with places, the longest first.
    """

    decimal: str
    texts: Mapping[str, str]
    patterns: tuple[Pattern, ...]


@lru_cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue that ships for a language.

    Parameters
    ----------
    language : str
        ``"de"`` or ``"es"``; English needs none.

    Raises
    ------
    FileNotFoundError
        If there is no such language.
    """
    from importlib.resources import files  # only other languages pay for it

    text = files("surefoot.language").joinpath(f"{language}.toml").read_text("utf-8")
    return parse(text)


def parse(text: str) -> Catalogue:
    """Return the catalogue told by a TOML text.

    Its tables only put the texts in order; a text may stand in one of them.

    Raises
    ------
    ValueError
        If it is no TOML, or has a text twice.
    """
    told = cast("dict[str, dict[str, str]]", tomllib.loads(text))
    about = told.pop(_ABOUT, {})
    texts: dict[str, str] = {}
    for name, table in told.items():
        twice = sorted(texts.keys() & table.keys())
        if twice:
            msg = f"{name}: expected each text once, got {twice[0]!r} again: remove it"
            raise ValueError(msg)
        texts.update(table)
    shapes = [pattern(key) for key in texts if "{" in key]
    shapes.sort(key=lambda p: len(p.shape.pattern), reverse=True)
    kept = tuple(p for p in shapes if _WORD.search(_fixed(p.text)))
    return Catalogue(about.get("decimal", "."), texts, kept)


def pattern(text: str) -> Pattern:
    """Return what recognises a text whose places were filled already."""
    made, seen = "", set[str]()
    for fixed, name, _, _ in Formatter().parse(text):
        made += re.escape(fixed)
        if name is not None:
            made += f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
            seen.add(name)
    return Pattern(text, re.compile(made, re.DOTALL))


def places(text: str) -> frozenset[str]:
    """Return the names of the places of a text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def _fixed(text: str) -> str:
    return " ".join(fixed for fixed, *_ in Formatter().parse(text))
