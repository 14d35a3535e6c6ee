"""List every text people read, and which of them a language has no translation for.

    python tools/texts.py             what is missing, in all languages
    python tools/texts.py --all       every text, with where it stands
    python tools/texts.py --unused    translations of texts that are no more

Texts are found in the views (and in the few modules below them that word what people
read) by looking at their source, and in the files of drills, ladders and questions. A
filled text such as ``f"{seconds} s left"`` is listed with its places.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from surefoot.analysis.pipeline import TOLD, WORDS
from surefoot.analysis.registry import CARDS, LACKS
from surefoot.language import LANGUAGES, catalogue
from surefoot.language.catalogue import pattern, places
from surefoot.language.saying import sentences
from surefoot.resources import intended_use
from surefoot.training.decision import What

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parent.parent / "src" / "surefoot"
TRAINING = SOURCE / "training"
SIDES = ("left", "right", "front", "back")
_SIDED = {"side", "edge", "first", "second", "upper", "towards"}
_BENT = ("training/", "session/", "ui/panels/actions")
"""Places that hold a side: each side is a text of its own, since words bend by it."""

WORDED = (
    "recording/_recorder.py",
    "session/analysing",
    "session/concluding.py",
    "session/outcome.py",
    "session/ring.py",
    "session/tasks/_base.py",
    "session/tasks/_paced.py",
    "session/tasks/reach.py",
    "session/tasks/reposition.py",
    "session/tasks/stretch.py",
    "stream/rest.py",
    "training/feedback_plan.py",
    "training/pain.py",
    "training/scoring.py",
    "training/support.py",
    "training/sounds.py",
    "training/verdict.py",
    "training/wording.py",
)
"""Modules below the views that word what people read."""
SENTENCES = (
    *("training/trial.py", "training/sitting.py", "training/pain_talk.py"),
    *("training/progression.py", "training/screen.py"),
    *(f"training/programme/{name}.py" for name in ("asking", "gates", "ranges")),
    *(f"training/programme/{name}.py" for name in ("fold", "sessions", "today")),
)
"""Modules of which only whole sentences are for people."""
REFUSING = (
    "training/answered.py",
    "training/trial.py",
    "session/engine.py",
    "session/levelling.py",
    "session/body.py",
    "session/pressed.py",
)
"""Modules that refuse in words; a refusal is shown as a sentence."""
FILES = {
    "plans/ladders.toml": {"title", "focus"},
    "plans/screen.toml": {"ask", "say"},
}
STEPS = "plans/ladders.toml"
"""The words of its steps are shown as a list, so each part of them is a text."""
AXES = (", front to back (AP)", ", side to side (ML)")
DRILL = {"title", "focus", "instructions", "safety", "words"}
SINGLE = (
    *("left", "right", "front", "back", "now", "none", "live", "connecting"),
    *("left-right", "front-back", "board", "trunk", "pelvis", "head", "good", "fair"),
    *("marker", "note", "closed", "lean"),
    *("Recording", "Recording."),
    *(
        "key",
        "clicker",
        "pain",
        "it kept moving",
        "No lean was seen: {why}. Try again.",
    ),
    "the centre of pressure is the same in all {count} samples: nobody stands so still",
    "needs {count} repetitions, got {got}",
    "{role}: its part stopped ({error}); recording goes on",
    "{source} could not be followed ({error})",
    "The picture stopped ({error}). Recording goes on.",
    *map(str, What),
    *(f"needs {what}" for what in LACKS.values()),
    "needs evenly spaced samples: resample first",
    *("needs {seconds} s, got {told} s", "needs {rate} Hz, got {told} Hz"),
    *("algorithm", "calibration", "profiles", "options", "excluded"),
    "Do not train. Contact urgent care now. You said yes to: {list}",
    "Ask a health professional first.",
    "Your therapist decided: {KINDS}.",
    "Your therapist cleared it.",
    *("Now: {now}.", "Next time: {now}.", "One step lower: {lower}.", "Note: {note}"),
    "One class and one session at home each week.",
    *("complete", "unfinished", "damaged", "even", "drill"),
    *("the disk is gone", "the disk is full"),
    *("Right foot.", "Left foot.", "Wait for the word", "Stand still", "Heel to toe"),
    *("Step down now", "Step down in {left}", "of {of}", "angle"),
    intended_use(),
    *TOLD,
    *(word for words in WORDS.values() for word in words),
    "{name}: {count} packets are not in the recording: {reasons}: the rest is kept",
    "{name}: {size} MB are left on its disk: make room, or end the recording soon",
    "{measure}: last time {last}, usually {usual}, at best {best} ({day}).",
)
"""Texts that source cannot tell from names."""

_TOLD_BY_COMMANDS = {"speech.py", "display.py", "screens.py", "language.py"}
_NO_WORDS = re.compile(
    r"^[\w{}-]*$|^surefoot |<|base64|\{\{|no \{ENDING\}|^\w+\[|^Shift\+|^\{\w+\}\.\w+$"
)
"""What only looks like words: names of files, commands, HTML."""
_NO_TEXT = re.compile(
    r"[#{]|^\W*$|^[a-z]+$|^[\w-]*[/_=][\w/.-]*$|^[\w-]+\.\w+$|^[A-Z]\d*$|^F\d+$"
)
_WORDS = re.compile(r"[A-Za-z]{2,}[\w')-]* +\(?[A-Za-z]|\b[A-Z][a-z]+\b|\b[A-Z]{3,}\b")
_SILENT_CALLS = {
    "setObjectName", "setProperty", "getattr", "exception", "warning", "frozenset",
    "setStyleSheet", "Any", "cast", "TypeVar", "import_module", "compile", "send",
}  # fmt: skip
_NAMES = {
    "Surefoot", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans", "Arial",
    "Fusion", "GRID", "PROVISIONAL", "TOO_SHORT", "GAP", "PNG", "Hz", "STATUS",
    "PULSEAUDIO", "ALSA", "Verdana", "SPARC [1]", "°²/Hz", "TRIMMED", "FILLED",
    "REPEATED", "UNEVEN", "RESAMPLED", "NOISY", "upper right", "upper center",
    "TROP", "Block",
}  # fmt: skip


def texts() -> dict[str, str]:
    """Return every text people read, and where it stands."""
    found: dict[str, str] = {}
    for text, where in _all():
        for one in _sided(text) if where.startswith(_BENT) else [text]:
            found.setdefault(one, where)
    return found


def missing(language: str) -> list[str]:
    """Return the texts, or the sentences of them, that have no translation."""
    known = catalogue(language)

    def lacks(text: str) -> bool:
        if not re.search(r"[A-Za-z]{3,}", re.sub(r"\{[^}]*\}", "", text)):
            return False  # nothing but places
        filled = any(p.shape.fullmatch(text) for p in known.patterns)
        return text not in known.texts and ("{" in text or not filled)

    parts = [sentences(text) for text in texts() if lacks(text)]
    return sorted({one for some in parts for one in some if lacks(one)})


def unused(language: str) -> list[str]:
    """Return the translations of texts that nobody shows any more."""
    listed = {one for text in texts() for one in (text, *sentences(text))}
    shapes = {text: pattern(text).shape for text in catalogue(language).texts}
    return [
        text
        for text, shape in shapes.items()
        if text not in listed and not any(shape.fullmatch(one) for one in listed)
    ]


def amiss(language: str) -> list[str]:
    """Return the translations that lost a place, or have one too many."""
    known = catalogue(language).texts
    return [text for text, told in known.items() if places(text) != places(told)]


def _all() -> Iterator[tuple[str, str]]:
    for name in ("ui", "report", *WORDED):
        place = SOURCE / name
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            if path.name == "__init__.py":
                continue  # names, nothing that is read
            if path.is_file() and path.name not in _TOLD_BY_COMMANDS:
                yield from _in_source(path)
    yield from _in_training()
    yield from _in_files()
    yield from _in_cards()
    yield from ((word, "tools/texts.py") for word in SINGLE)


def _in_training() -> Iterator[tuple[str, str]]:
    for name in SENTENCES:
        for text, where in _in_source(SOURCE / name):
            begins = text[:1].isupper() or text.startswith(("{title}", "{good}"))
            if begins and text.endswith((".", "?")):
                yield text, where
    for name in REFUSING:
        for text, where in _in_source(SOURCE / name, only={"refuse", "say", "why"}):
            yield f"{text[:1].upper()}{text[1:]}.", where


def _in_cards() -> Iterator[tuple[str, str]]:
    """Yield what measures are called, once for both axes."""
    for card in CARDS.values():
        axis = next((a for a in AXES if card.title.endswith(a)), "")
        yield card.title.removesuffix(axis), "analysis/registry"
    yield from (("{title}" + axis, "analysis/registry") for axis in AXES)


def _in_files() -> Iterator[tuple[str, str]]:
    for name, keys in FILES.items():
        told = tomllib.loads((TRAINING / name).read_text("utf-8"))
        yield from ((text, name) for text in _under(told, keys))
    ladders = tomllib.loads((TRAINING / STEPS).read_text("utf-8"))
    for words in _under(ladders, {"words"}):
        yield from ((part, STEPS) for part in words.split(", "))
    for path in sorted((TRAINING / "catalogue").glob("*.toml")):
        told = tomllib.loads(path.read_text("utf-8"))
        yield from ((text, path.name) for text in _under(told, DRILL))


def _under(told: object, keys: set[str]) -> Iterator[str]:
    """Yield the texts that stand under certain keys, however deep."""
    if isinstance(told, list):
        for part in told:
            yield from _under(part, keys)
    if isinstance(told, dict):
        for key, value in told.items():
            if key in keys and isinstance(value, str | list):
                yield from [value] if isinstance(value, str) else map(str, value)
            else:
                yield from _under(value, keys)


def _in_source(path: Path, only: set[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the texts of a module; of some calls or variables only, if told."""
    tree = ast.parse(path.read_text("utf-8"))
    where = path.relative_to(SOURCE)
    roots = [tree] if only is None else _named(tree, only)
    for root in roots:
        for text, line in (*_said(root), *_walk(root)):
            if line < 0:
                yield text, f"{where}:{-line}"
            elif _is_text(text):
                yield text.strip(), f"{where}:{line}"


def _said(root: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield what is handed to `say` as it stands: a text for certain."""
    for node in ast.walk(root):
        if isinstance(node, ast.Call) and _called(node) == "say" and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value, -node.lineno


def _named(tree: ast.AST, names: set[str]) -> list[ast.AST]:
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) in names:
            found += node.args
        if isinstance(node, ast.Assign):
            targets = [t.id for t in node.targets if isinstance(t, ast.Name)]
            found += [node.value] if names & set(targets) else []
    return found


def _walk(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.JoinedStr):
        yield _template(node), node.lineno
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value, node.lineno
        return
    silent = isinstance(node, ast.Call) and _called(node) in _SILENT_CALLS
    if silent or isinstance(node, ast.Raise | ast.Compare | ast.ImportFrom):
        return
    if isinstance(node, ast.keyword) and node.arg == "class_":
        return
    if isinstance(node, ast.Assign) and _target(node) in {"msg", "__all__"}:
        return
    for child in ast.iter_child_nodes(node):
        alone = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        if not alone and child is not getattr(node, "annotation", None):
            yield from _walk(child)


def _template(node: ast.JoinedStr) -> str:
    """Return an f-string as a text with places, named by what fills them."""
    made, seen = "", set[str]()
    for part in node.values:
        if isinstance(part, ast.Constant):
            made += str(part.value).replace("{", "{{").replace("}", "}}")
            continue
        assert isinstance(part, ast.FormattedValue)
        name = _name(part.value)
        while name in seen:
            name += "_"
        seen.add(name)
        made += f"{{{name}}}"
    return made


def _name(node: ast.AST) -> str:
    """Return the last name in an expression, for the place it fills."""
    names = [
        n.id if isinstance(n, ast.Name) else n.attr
        for n in ast.walk(node)
        if isinstance(n, ast.Name | ast.Attribute)
    ]
    return names[0].strip("_") if names else "value"


def _called(node: ast.Call) -> str:
    func = node.func
    return getattr(func, "attr", getattr(func, "id", ""))


def _target(node: ast.Assign) -> str:
    return getattr(node.targets[0], "id", "")


def _is_text(text: str) -> bool:
    fixed = re.sub(r"\{[^}]*\}", "", text)
    if fixed.strip() in _NAMES or _NO_TEXT.search(fixed):
        return False
    if "{}" in text:
        return False  # listed by hand
    if _NO_WORDS.search(text) and any(sign in text for sign in "{<[+"):
        return False
    filled = "{" in text and re.search(r"[A-Za-z]{3,}", fixed)
    return bool(_WORDS.search(fixed) or filled)


def _sided(text: str) -> list[str]:
    """Return a text once for each side where it has a place for one."""
    if text.startswith("{run}"):
        return [text.removeprefix("{run}"), text.replace("{run}", "run at {start} s: ")]
    sided = places(text) & _SIDED if "{" in text else frozenset()
    if not sided:
        return [text]
    sides = list(SIDES)
    if "upper" in sided:
        sides = [side.upper() for side in SIDES]
    if "towards" in sided:
        sides = [f"to the {side}" for side in SIDES]
    place = r"\{(" + "|".join(sided) + r")\}"
    return [re.sub(place, side, text) for side in sides]


def main(arguments: list[str]) -> int:
    """Print what was asked for; return 1 if a translation is missing."""
    if "--all" in arguments:
        for text, where in texts().items():
            click.echo(f"{where}: {text}")
        return 0
    found = unused if "--unused" in arguments else missing
    lists = {code: found(code) for code in LANGUAGES if code != "en"}
    for code, some in lists.items():
        for text in some:
            click.echo(f"{code}: {text}")
    return int(any(lists.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
