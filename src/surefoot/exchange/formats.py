"""The formats there are, and which of them a file is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.core import TableError
from surefoot.exchange.cop import misfit_cop, read_cop
from surefoot.exchange.own import (
    is_parquet,
    misfit_own_csv,
    misfit_own_parquet,
    read_own_csv,
    read_own_parquet,
)
from surefoot.exchange.phyphox import misfit_phyphox, read_phyphox
from surefoot.exchange.plate import misfit_plate, read_plate
from surefoot.exchange.sensor_logger import misfit_sensor_logger, read_sensor_logger
from surefoot.exchange.table import misfit_table, read_table
from surefoot.exchange.witmotion import misfit_witmotion, read_witmotion
from surefoot.exchange.wobbleboard import misfit_wobbleboard, read_wobbleboard
from surefoot.exchange.xsens_dot import misfit_xsens_dot, read_xsens_dot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from surefoot.exchange.columns import Choice
    from surefoot.exchange.rows import Rows
    from surefoot.exchange.source import Source


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: whether a source is of it, and what is in it.

    Attributes
    ----------
    name : str
        What a person types.
    misfit : callable
        Returns why a source is not of this kind; nothing if it is.
    read : callable
        Returns the rows.
    takes : tuple of str
        What a person may say about such a file, as attributes of `Choice`.
    """

    name: str
    misfit: Callable[[Source, Choice], str]
    read: Callable[[Source, Choice], Rows]
    takes: tuple[str, ...] = ()

    def check(self, source: Source, choice: Choice) -> None:
        """Refuse what is said in vain.

        Raises
        ------
        TableError
            Naming the option.
        """
        for option in ("columns", "units", "rate", "axes", "origin"):
            if option not in self.takes and getattr(choice, option):
                msg = (
                    f"{source.name}: expected no --{option} for {self.name}, got one: "
                    "leave it out, or name another format with --format"
                )
                raise TableError(msg)


_PARQUET = Format("surefoot-parquet", misfit_own_parquet, read_own_parquet)
_NAMED = (
    Format("surefoot-csv", misfit_own_csv, read_own_csv),
    _PARQUET,
    Format("wobbleboard", misfit_wobbleboard, read_wobbleboard),
    Format("phyphox", misfit_phyphox, read_phyphox, ("axes",)),
    Format(
        "sensor-logger", misfit_sensor_logger, read_sensor_logger, ("axes", "units")
    ),
    Format("xsens-dot", misfit_xsens_dot, read_xsens_dot, ("axes",)),
    Format("witmotion", misfit_witmotion, read_witmotion, ("axes", "rate")),
    Format(
        "force-plate", misfit_plate, read_plate, ("axes", "units", "rate", "origin")
    ),
)
_TABLE = ("columns", "units", "rate", "axes")
_GENERAL = (
    Format("csv", misfit_table, read_table, _TABLE),
    Format("cop", misfit_cop, read_cop, _TABLE),
)

FORMATS = tuple(form.name for form in (*_NAMED, *_GENERAL))
"""The formats by name. The last two are for tables of nobody in particular."""


def format_of(source: Source, choice: Choice, name: str = "auto") -> Format:
    """Return the format of a source: the one named, or the one that fits.

    The general formats are asked only where none of the others fits.

    Raises
    ------
    TableError
        If two fit, or none; then it says why of each.
    """
    every = (*_NAMED, *_GENERAL)
    if name != "auto":
        return next(form for form in every if form.name == name)
    if is_parquet(source):  # the others read texts
        return _PARQUET
    reasons: list[str] = []
    for kinds in (_NAMED, _GENERAL):
        fitting = _fitting(source, choice, kinds, reasons)
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            both = " and ".join(form.name for form in fitting)
            msg = (
                f"{source.name}: expected a file of one format, got one that fits "
                f"{both}: say which, --format {fitting[0].name}"
            )
            raise TableError(msg)
    msg = (
        f"{source.name}: expected one of {', '.join(FORMATS)}, got none of them "
        f"({'; '.join(reasons)}): say what the columns are, --format and --columns"
    )
    raise TableError(msg)


def _fitting(
    source: Source, choice: Choice, kinds: Sequence[Format], reasons: list[str]
) -> list[Format]:
    found: list[Format] = []
    for form in kinds:
        why = form.misfit(source, choice)
        if why:
            reasons.append(f"{form.name}: {why}")
        else:
            found.append(form)
    return found
