"""What virtual sensors call themselves: recognised as the model, plainly virtual."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surefoot.devices import Profile

_LETTERS = re.compile(r"\^?((?:\\[^A-Za-z0-9]|[^\\.^$*+?{}\[\]|()])*)")
_MAKES = ("Surefoot", "Movesense", "Xsens DOT", "WT901BLE", "")


def advertised(profile: Profile, role: str) -> str:
    """Return a name that an advertisement of this model may have.

    Parameters
    ----------
    profile : Profile
        The model.
    role : str
        Where the sensor sits.
    """
    services = [endpoint.service for endpoint in profile.gatt.values()]
    makers = [r.manufacturer for r in profile.rules if r.manufacturer is not None]
    names = [f"{make} virtual {role}".strip() for make in _MAKES]
    names += [f"{_begins(rule.name)} virtual {role}" for rule in profile.rules]
    if profile.virtual_name:
        names.insert(0, f"{profile.virtual_name} {role}")
    by_name = (name for name in names if profile.matches(name, (), makers))
    by_service = (name for name in names if profile.matches(name, services, makers))
    return next(by_name, next(by_service, names[0]))


def _begins(pattern: str) -> str:
    """Return the plain letters that a pattern begins with."""
    told = _LETTERS.match(pattern)
    return re.sub(r"\\(.)", r"\1", told[1]) if told else ""
