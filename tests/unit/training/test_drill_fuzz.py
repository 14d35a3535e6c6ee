"""Whatever is done to a drill file: it is read, or refused in one line with a line."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import surefoot.training as training
from surefoot.core import DrillError
from surefoot.training import Drill, parse_drill
from surefoot.training._toml_lines import Lines

CATALOGUE = sorted((Path(training.__file__).parent / "catalogue").glob("*.toml"))
TEXTS = [path.read_text("utf-8") for path in CATALOGUE]
MUCH = 20 if os.environ.get("SUREFOOT_SOAK") == "1" else 1
REFUSED = re.compile(
    r"f\.toml: line (\d+): (?:[^\n]+: )?expected [^\n]+, got [^\n]+: ."
)
ODD = (
    *("0", "-1", "1e999", "nan", "true", '""', "[]", "{}", "[[]]", "2020-01-01"),
    *('"\\u0007"', "9" * 5000, '"""a\nb"""', "[" * 3000, '"110"', "[[stage]]", "\x00"),
    *(
        "[task]",
        "'",
        '"closed"',
        '"ball"',
        "{ a = 1 }",
        "task.kind = 1",
        "1.5",
        "\ud7ff",
    ),
)


def refusal(text: str) -> str:
    try:
        drill = parse_drill(text, "f.toml")
    except DrillError as refused:
        return str(refused)
    assert isinstance(drill, Drill)
    assert drill.stages
    return ""


def read(text: str) -> None:
    """Read a text: it is a drill, or one line says what is wrong in which line."""
    told = refusal(text)
    found = REFUSED.match(told)
    assert not told or found, told
    assert told.isprintable()
    assert found is None or 1 <= int(found[1]) <= text.count("\n") + 1


@settings(max_examples=400 * MUCH, deadline=None)
@given(st.data())
def test_another_value_or_key(data):
    lines = data.draw(st.sampled_from(TEXTS)).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        i = data.draw(st.integers(0, len(lines) - 1))
        key, equals, value = lines[i].partition(" = ")
        odd = st.sampled_from(ODD)
        lines[i] = data.draw(
            st.one_of(
                odd.map(lambda v, k=key: f"{k} = {v}"),
                odd.map(lambda v, old=value: f"{v} = {old}"),
                st.just(""),
                st.just(f"{key}x{equals}{value}"),
                st.sampled_from(lines),
                st.integers(-1000, 1000).map(lambda n, k=key: f"{k} = {n}"),
                st.floats(width=32).map(lambda n, k=key: f"{k} = {n!r}"),
            )
        )
    read("\n".join(lines))


@settings(max_examples=300 * MUCH, deadline=None)
@given(st.sampled_from(TEXTS), st.data())
def test_letters_taken_out_put_in_or_moved(text, data):
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, min(len(text), a + 40)))
    c = data.draw(st.integers(0, len(text)))
    new = data.draw(st.sampled_from(["", text[a:b], *ODD]))
    read(text[:c] + new + text[c:a] + text[b:] if c <= a else text[:a] + new + text[b:])


def test_the_line_of_every_key_is_found():
    for text in TEXTS:
        lines, told = Lines(text), text.split("\n")
        for path in keys_of(tomllib.loads(text)):
            line = told[lines.of(path) - 1]
            names = [part for part in path if isinstance(part, str)]
            assert re.search(rf"\b{re.escape(names[-1])}\b", line), (path, line)


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ('a = """\nb = 3\n"""\nb = 2', ("b",), 4),
        ("a = [\n  1,\n  # b = [\n]\nb = 2", ("b",), 5),
        ("[x]\na = 1\n[y]\na = 2", ("y", "a"), 4),
        ("[x.y]\na = 1\n[[x.z]]\na = 2\n[[x.z]]\na = 3", ("x", "z", 1, "a"), 6),
        ("\"a.b\" = 1\n'c d' = 2\na.b = 3", ("a", "b"), 3),
        ("a = { b = 1 }", ("a", "b"), 1),
        ("[x]\n", ("x", "missing"), 1),
        ("", ("missing",), 1),
        ("a = [\n  [1, 2],\n]\nb = 1", ("b",), 4),
        ("a = 'it''s'\n[b] # [c]\nd = ']'\ne = 1", ("b", "e"), 4),
    ],
)
def test_a_line_is_found_in_any_way_of_writing(text, path, line):
    assert Lines(text).of(path) == line


def keys_of(told, path=()):
    """Yield every key of a document with where it is; inline tables are one line."""
    for key, value in told.items():
        yield (*path, key)
        if isinstance(value, dict):
            yield from keys_of(value, (*path, key))
        elif isinstance(value, list):
            for i, item in enumerate(value):
                if isinstance(item, dict):
                    yield from keys_of(item, (*path, key, i))
