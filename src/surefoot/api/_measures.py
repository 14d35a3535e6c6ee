"""The final values of a recording, with all that a reader must know of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, overload

from surefoot.core import Measure, SignalError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Measures(Sequence[Measure]):
    """Final values, one for each measure and interval, as `surefoot analyze` gives.

    It is a sequence of `Measure`, and ``measures["tilt_rms"]`` is one of them.

    Attributes
    ----------
    quality : dict
        How good the recording, its sensors and its runs are. Read it first.
    pipeline : str
        What was done to the samples, and by which versions, as one line.
    pipelines : list of dict
        The same in parts, each with the names of its measures.
    circumstances : list of dict
        What held in each interval: ``t0``, ``t1``, stance, vision, support and so on.
    refused : mapping of str to str
        Every other measure, and why it is not given.
    primary : str
        The measure the drill is about, declared before it was done; empty if none.
    """

    def __init__(self, found: Mapping[str, Any]) -> None:
        self._measures = tuple(_measure(one) for one in found["measures"])
        self.quality: dict[str, Any] = found["quality"]
        self.pipeline: str = found["pipeline"]
        self.pipelines: list[dict[str, Any]] = found["pipelines"]
        self.circumstances: list[dict[str, Any]] = found["circumstances"]
        self.refused: dict[str, str] = {
            one["name"]: one["reason"] for one in found["refused"]
        }
        self.primary: str = found["primary"] or ""

    def __len__(self) -> int:
        return len(self._measures)

    @overload
    def __getitem__(self, item: int | str) -> Measure: ...
    @overload
    def __getitem__(self, item: slice) -> tuple[Measure, ...]: ...
    def __getitem__(self, item: int | str | slice) -> Measure | tuple[Measure, ...]:
        """Return one measure by place or name, or some.

        Raises
        ------
        SurefootError
            If no measure, or more than one, has that name; it says why.
        """
        if not isinstance(item, str):
            return self._measures[item]
        found = self.named(item)
        if len(found) == 1:
            return found[0]
        if found:
            several = f"expected one value, got {len(found)} intervals"
            msg = f"{item}: {several}: use .named({item!r})"
            raise SignalError(msg)
        why = self.refused.get(item, "no measure has that name: see surefoot.cards()")
        msg = f"{item}: expected a value, got none: {why}"
        raise SignalError(msg)

    def __contains__(self, item: object) -> bool:
        names = (one.name for one in self._measures)
        return item in names if isinstance(item, str) else item in self._measures

    def __repr__(self) -> str:
        names = len({one.name for one in self._measures})
        return f"<Measures: {names} measures, {len(self)} values>"

    def named(self, name: str) -> tuple[Measure, ...]:
        """Return the values of one measure, an interval each; empty if there is none.

        Parameters
        ----------
        name : str
            As on its card.
        """
        return tuple(one for one in self._measures if one.name == name)

    def to_frame(self) -> dict[str, list[Any]]:
        """Return the values as columns: ``pandas.DataFrame(measures.to_frame())``.

        Returns
        -------
        dict of str to list
            ``name``, ``value``, ``unit``, ``t0``, ``t1``, ``stream`` and ``flags`` (one
            text, words joined by spaces), all equally long.
        """
        rows = self._measures
        return {
            "name": [one.name for one in rows],
            "value": [one.value for one in rows],
            "unit": [one.unit for one in rows],
            "t0": [one.t0 for one in rows],
            "t1": [one.t1 for one in rows],
            "stream": [one.stream for one in rows],
            "flags": [" ".join(one.flags) for one in rows],
        }


def _measure(told: Mapping[str, Any]) -> Measure:
    value = math.nan if told["value"] is None else float(told["value"])
    place = (told["t0"], told["t1"], told["stream"])
    return Measure(told["name"], value, told["unit"], *place, tuple(told["flags"]))
