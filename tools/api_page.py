"""Write docs/python-api.md: every public name of `import surefoot`, told by itself."""

from __future__ import annotations

import inspect
import re
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import surefoot

if TYPE_CHECKING:
    from collections.abc import Iterator

TOP = Path(__file__).parent.parent
PAGE = TOP / "docs" / "python-api.md"
FIRST = ("load", "load_table", "Session", "Trial", "Measures", "sway")
"""These come first, the others as they stand."""
_HEAD = """\
# The Python API

Written by `make docs` from what the code says of itself.

```python
import surefoot

session = surefoot.load("rocker-unsteady")  # a file, or the name of a sample
t, turn = session.array("board", "gyr_x")  # s, rad/s
for trial in session.trials:
    print(trial.t0, trial.t1, trial.measures[0])
print(session.measures()["tilt_rms"])
```

The names below are all there are, and a test pins them. Each is imported when it is
first asked for, so `import surefoot` costs nothing. Times are seconds since session
start, units are SI, angles radians; axes are as in [frames.md](frames.md). Every error
that is somebody's to mend is a `surefoot.SurefootError` with one line. Below these
names stand the packages, as `surefoot.analysis.sway`: pure functions on arrays, with a
source for each formula.

Scripts that fit on a screen lie in `examples/`: `read_samples.py`, `measure_csv.py`,
`trials_and_events.py`, `table_of_many.py`, `filter_matters.py`, `sway_of_array.py`.
"""
_QUOTED = re.compile(r"(: |-> )'([^']*)'")
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)


def page() -> str:
    """Return the text of the page."""
    names = [*FIRST, *(name for name in surefoot.__all__ if name not in FIRST)]
    return "\n".join([_HEAD, *(part for name in names for part in _entry(name))])


def _entry(name: str) -> Iterator[str]:
    thing = getattr(surefoot, name)
    yield f"## {name}\n"
    if not inspect.isclass(thing):
        yield f"```python\nsurefoot.{name}{_signature(thing)}\n```\n"
    yield _prose(thing)
    if inspect.isclass(thing):
        for member, what in _members(thing):
            call = "" if isinstance(what, property) else "()"
            yield f"### {name}.{member}{call}\n"
            if call:
                yield f"```python\n{member}{_signature(what)}\n```\n"
            yield _prose(what)


def _members(thing: type) -> Iterator[tuple[str, object]]:
    for name, what in vars(thing).items():
        told = isinstance(what, property) or inspect.isfunction(what)
        if told and not name.startswith("_") and inspect.getdoc(what):
            yield name, what
        elif isinstance(what, staticmethod) and not name.startswith("_"):
            yield name, what.__func__


def _signature(thing: object) -> str:
    text = str(inspect.signature(thing))  # pyright: ignore[reportArgumentType]
    text = _QUOTED.sub(r"\1\2", text).replace("(self, ", "(").replace("(self)", "()")
    text = text.replace("NDArray[np.float64]", "ndarray")
    if len(text) < 70:
        return text
    head, _, tail = text.rpartition(")")
    inside = re.split(r", (?![^\[]*\])", head[1:])
    lines = "".join(f"    {part},\n" for part in inside)
    return f"(\n{lines}){tail}"


def _prose(thing: object) -> str:
    """Return a docstring as Markdown: sections as lists."""
    told = (inspect.getdoc(thing) or "").replace("``", "`")
    pieces = _SECTION.split(told)
    parts = [pieces[0].strip() + "\n"]
    for title, body in zip(pieces[1::2], pieces[2::2], strict=True):
        parts.append(f"**{title}**\n\n{_items(body)}\n")
    return "\n".join(parts)


def _items(body: str) -> str:
    items: list[str] = []
    for block in re.split(r"\n(?=\S)", body.strip("\n")):
        head, _, rest = block.partition("\n")
        text = " ".join(textwrap.dedent(rest).split())
        name, _, kind = head.partition(" : ")
        shown = f"`{name}`" + (f" ({kind})" if kind else "")
        items.append(f"* {shown}: {text}" if text else f"* {shown}")
    return "\n".join(items)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
