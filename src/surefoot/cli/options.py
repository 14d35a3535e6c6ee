"""What several commands are told in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Pairs = Callable[[click.Context, click.Parameter, str], dict[str, str]]

F = TypeVar("F", bound="Callable[..., Any]")
ROLES = (
    "board",
    "trunk",
    "pelvis",
    "head",
    *(
        f"{side}-{part}"
        for part in ("thigh", "shin", "foot", "wrist")
        for side in ("left", "right")
    ),
)
"""What a sensor may be fixed to; board and trunk are shown live, all are recorded."""

LANGUAGES = ("en", "de", "es")
"""As in surefoot.language, which commands need not load to know them."""

language_option = click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Of the windows, this time. Else the one chosen last, or the system's.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


def pairs(known: Collection[str]) -> Pairs:
    """Return what reads ``a=1,b=2``: known names, each once.

    Parameters
    ----------
    known : collection of str
        The names that may stand before the equals sign.
    """

    def read(
        _ctx: click.Context, _param: click.Parameter, value: str
    ) -> dict[str, str]:
        return named(value.split(",") if value else [], known)

    return read


def named(parts: Collection[str], known: Collection[str]) -> dict[str, str]:
    """Return what each name was told to be.

    Raises
    ------
    BadParameter
        If a part is not ``name=value``, its name not known, or told twice.
    """
    found: dict[str, str] = {}
    for part in parts:
        name, _, told = (piece.strip() for piece in part.partition("="))
        if not told or name not in known or name in found:
            names = ", ".join(known)
            msg = f"{part!r}: expected NAME=VALUE once, NAME one of {names}"
            raise click.BadParameter(msg)
        found[name] = told
    return found


def sensors(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    """Return profile, or ``profile:name``, by role from ``role=profile[:name]``."""
    return named(values, ROLES)


def files(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, Path]:
    """Return an existing file by role from ``role=file``."""
    found = {role: Path(told) for role, told in named(values, ROLES).items()}
    for path in found.values():
        if not path.is_file():
            msg = f"{path}: expected a file, got none"
            raise click.BadParameter(msg)
    return found


def person(
    _ctx: click.Context, _param: click.Parameter, value: str | None
) -> str | None:
    """Return a virtual person's name, if there is such a person."""
    if value is None:
        return None
    from surefoot.virtual import PEOPLE

    if value not in PEOPLE:
        msg = f"{value!r}: expected one of {', '.join(PEOPLE)}"
        raise click.BadParameter(msg)
    return value


_BENCH = (
    click.option(
        "--sensor",
        "sensors",
        multiple=True,
        metavar="ROLE=PROFILE[:NAME]",
        callback=sensors,
        help="For example board=movesense:2031.",
    ),
    click.option("--virtual", is_flag=True, help="Virtual sensors in virtual hands."),
    click.option("--adapter", metavar="NAME", help="Bluetooth adapter, as hci1."),
)


def bench_options(function: F) -> F:
    """Give a command the options of sensors that are looked at, not trained with."""
    for option in reversed(_BENCH):
        function = option(function)
    return function


def needs_sensor(told: dict[str, Any], virtual: str = "surefoot-sketch") -> None:
    """Refuse a call without a sensor; a virtual one needs no name."""
    if not told["sensors"] and told["virtual"]:
        told["sensors"] = {"board": virtual}
    if not told["sensors"]:
        msg = "no sensor: say --sensor board=PROFILE, or --virtual"
        raise click.UsageError(msg)


_AROUND = {
    "board": "What is stood on, in words of your own.",
    "stance": "How the feet are placed.",
    "support": "What is held on to.",
    "vision": "Eyes and light.",
    "surface": "What is under the feet.",
    "footwear": "On the feet.",
    "feedback": "What is shown or heard meanwhile, in words of your own.",
}
# as in surefoot.analysis.pipeline, which would make every --help slow
AROUND_WORDS = {
    "stance": "wide narrow semi-tandem tandem single-left single-right sitting",
    "support": "none fingertips one-hand two-hands rail-near",
    "vision": "open closed dim",
    "surface": "firm foam rocker wobble dome ball",
    "footwear": "barefoot shoes socks",
}


def _fits(_ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a circumstance in words of one's own, if it is one short line."""
    return None if value is None else around(str(param.name), value.strip())


def around(what: str, value: str) -> str:
    """Return what was told of a circumstance, if it can be meant so.

    Raises
    ------
    BadParameter
        Naming the circumstances there are, or the words for this one.
    """
    from surefoot.analysis.pipeline import unfit

    expected = unfit(what, value)
    if expected:
        got = value if what in _AROUND else what
        msg = f"{what}: expected {expected}, got {got!r}"
        raise click.BadParameter(msg)
    return value


def around_options(function: F) -> F:
    """Give a command an option for every circumstance."""
    for what, help_ in reversed(_AROUND.items()):
        words = AROUND_WORDS.get(what, "").split()
        option = (
            click.option(f"--{what}", type=click.Choice(words), help=help_)
            if words
            else click.option(f"--{what}", metavar="TEXT", callback=_fits, help=help_)
        )
        function = option(function)
    return function


def told_around(told: dict[str, Any]) -> dict[str, str]:
    """Return the circumstances that were told, by their names."""
    return {what: told[what] for what in _AROUND if told.get(what) is not None}
