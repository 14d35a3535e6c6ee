"""The page of symptoms quotes what the program really says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
PAGE = (TOP / "docs" / "troubleshooting.md").read_text("utf-8")
ROWS = re.findall(r"^\| (?!you see|---)(.*?) \|", PAGE, re.MULTILINE)
QUOTED = sorted({quote for row in ROWS for quote in re.findall(r"\*([^*]+)\*", row)})
OF_OTHERS = {"running scripts is disabled", "file is not a database"}
"""Windows and SQLite say these."""


@cache
def sayings():
    """Every text of the code, ``...`` for what is put in."""
    found = []
    for path in (TOP / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (getattr(part, "value", None) for part in node.values)
                found.append("".join(p if isinstance(p, str) else "..." for p in parts))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(node.value)
    return found


def test_symptoms_are_quoted():
    assert len(QUOTED) > 15


@pytest.mark.parametrize("quote", [q for q in QUOTED if q not in OF_OTHERS])
def test_a_symptom_is_quoted_as_it_is_said(quote):
    pieces = [piece.strip() for piece in quote.split("...") if piece.strip()]
    assert any(all(piece in text for piece in pieces) for text in sayings()), quote
