"""Says texts and numbers of a report in the language of whoever reads it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.analysis.registry import CARDS
from surefoot.language import say

if TYPE_CHECKING:
    from datetime import date

_READ: dict[str, tuple[float, str]] = {
    "rad": (180 / math.pi, "°"),
    "rad/s": (180 / math.pi, "°/s"),
    "m": (1e3, "mm"),
    "m/s": (1e3, "mm/s"),
    "m^2": (1e6, "mm²"),
    "m^2/s": (1e6, "mm²/s"),
    "1/m": (1e-3, "1/mm"),
}
"""Units as people read them, and the factor that leads there."""
_RAISED = {ord(str(n)): sign for n, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
"""Digits in a unit are exponents."""
_SHARES = frozenset({"time_in_zone"})
_PERCENT = frozenset(
    name
    for name, card in CARDS.items()
    if name in _SHARES or (card.unit == "1" and "share" in name)
)


@dataclass(frozen=True, slots=True)
class Speech:
    """One language.

    Attributes
    ----------
    language : str
        A code of `surefoot.language.LANGUAGES`.
    """

    language: str = "en"

    def __call__(self, text: str, **values: object) -> str:
        """Return an English text, its places filled, in the language."""
        return say(text, self.language, **values)

    def number(self, value: float, digits: int = 3) -> str:
        """Return a number with so many significant digits and a true minus sign."""
        told = f"{value:#.{digits}g}"
        if "e" in told:
            whole = 1 <= abs(value) < 1e6
            told = f"{value:.0f}" if whole else f"{value:.{digits - 1}e}"
        told = told.removesuffix(".").replace("-", "\N{MINUS SIGN}")
        return say(told, self.language)

    def quantity(self, name: str, value: float | None, unit: str) -> str:
        """Return a value of a measure as people read it, always with its unit.

        Counts have none in the language of people, and their title says what is
        counted; a value that is not there is a dash.
        """
        if value is None or not math.isfinite(value):
            return "\N{EN DASH}"
        factor, sign = scale(name, unit)
        if sign == "1":
            return self._count(value)
        joint = "" if sign.startswith("°") else "\N{NO-BREAK SPACE}"
        return f"{self.number(value * factor)}{joint}{sign}"

    def day(self, when: date | None) -> str:
        """Return a day as ISO 8601, which reads alike everywhere."""
        return "\N{EN DASH}" if when is None else f"{when:%Y-%m-%d}"

    def title(self, name: str) -> str:
        """Return what a measure is called."""
        return self(CARDS[name].title if name in CARDS else name.replace("_", " "))

    def _count(self, value: float) -> str:
        whole = value == round(value) and abs(value) < 1e6
        return f"{value:.0f}" if whole else self.number(value)


def scale(name: str, unit: str) -> tuple[float, str]:
    """Return the factor from SI to what people read, and the unit they read.

    Parameters
    ----------
    name : str
        Of the measure: shares are read in percent.
    unit : str
        SI unit; ``"1"`` stays for counts and ratios.
    """
    if name in _PERCENT:
        return 100.0, "%"
    return _READ.get(unit) or (1.0, _typeset(unit))


def _typeset(unit: str) -> str:
    """Return a unit with raised exponents; a lone ``1`` stays."""
    if unit == "1":
        return unit
    head, *powers = unit.split("^")
    return head + "".join(power[:1].translate(_RAISED) + power[1:] for power in powers)
