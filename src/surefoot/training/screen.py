"""The questions asked before anybody trains, and what a yes leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

from surefoot.training.decision import Basis, Decision, ProgrammeError, What
from surefoot.training.progression_rules import grade_at, load, table_at, text_at

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

Then = Literal["help", "ask"]


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the screen.

    Attributes
    ----------
    id : str
        Kebab-case; what an answer names.
    ask : str
        As it is read aloud; yes or no.
    then : {"help", "ask"}
        After a yes: get medical help now, or do not train and ask a professional.
    grade, source : str
        How well it is founded, and where it is from.
    """

    id: str
    ask: str
    then: Then
    grade: Basis
    source: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason to stop at once, said with every plan of a day."""

    say: str
    grade: Basis
    source: str


def parse_screen(text: str, where: str) -> tuple[Question, ...]:
    """Return the questions told by a TOML text.

    Raises
    ------
    ProgrammeError
        Naming file and question, what was expected and what came.
    """
    told = load(text, where).get("question")
    if not isinstance(told, list):
        msg = f"{where}: question: expected [[question]] tables, got none: add one"
        raise ProgrammeError(msg)
    tables = cast("list[object]", told)
    return tuple(_question(table, where) for table in tables)


def parse_stops(text: str, where: str) -> tuple[Stop, ...]:
    """Return the reasons to stop at once told by a TOML text; may be none.

    Raises
    ------
    ProgrammeError
        Naming file and key, what was expected and what came.
    """
    told = load(text, where).get("stop", [])
    tables = cast("list[object]", told) if isinstance(told, list) else [told]
    return tuple(_stop(table_at(table, where, "stop"), where) for table in tables)


def judge_screen(questions: tuple[Question, ...], yes: Collection[str]) -> Decision:
    """Return what follows from the answers.

    Parameters
    ----------
    questions : tuple of Question
        All that were asked.
    yes : collection of str
        The ids answered with yes; all others were answered with no.

    Returns
    -------
    Decision
        ``HELP_NOW`` if any yes leads there, else ``NO_TRAINING`` after any yes, else
        ``TRAIN``.
        It says what was told, and never what it may be.

    Raises
    ------
    ProgrammeError
        If a yes is to no question.
    """
    check_answers(questions, yes)
    told = [question for question in questions if question.id in yes]
    helps = [question for question in told if question.then == "help"]
    if helps:
        reason = (
            f"Do not train. Contact urgent care now. You said yes to: {_list(helps)}"
        )
        return Decision(What.HELP_NOW, "programme", reason)
    if told:
        reason = f"Ask a health professional first. You said yes to: {_list(told)}"
        return Decision(What.NO_TRAINING, "programme", reason)
    return Decision(What.TRAIN, "programme", "Every question was answered with no.")


def check_answers(questions: tuple[Question, ...], yes: Collection[str]) -> None:
    """Refuse a yes to a question that is not asked.

    Raises
    ------
    ProgrammeError
        Naming the answer and the questions there are.
    """
    known = {question.id for question in questions}
    for answer in sorted(set(yes) - known):
        names = ", ".join(question.id for question in questions)
        msg = f"screen: expected one of {names}, got {answer!r}: name a question"
        raise ProgrammeError(msg)


def _list(questions: list[Question]) -> str:
    return " ".join(f"{question.ask}" for question in questions)


def _stop(table: Mapping[str, object], where: str) -> Stop:
    said, source = text_at(table, "say", where), text_at(table, "source", where)
    return Stop(said, grade_at(table, where), source)


def _question(value: object, where: str) -> Question:
    table = table_at(value, where, "question")
    name = text_at(table, "id", where)
    at = f"{where}: {name}"
    then = text_at(table, "then", at)
    if then not in {"help", "ask"}:
        msg = f'{at}: then: expected "help" or "ask", got {then!r}: mend it'
        raise ProgrammeError(msg)
    ask, source = text_at(table, "ask", at), text_at(table, "source", at)
    return Question(name, ask, cast("Then", then), grade_at(table, at), source)
