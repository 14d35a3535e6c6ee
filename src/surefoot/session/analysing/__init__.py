"""Final values: a recording decoded, measured and told, with all of it known."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from surefoot.session.analysing._examined import Examined, Interval, Moved, examine
    from surefoot.session.analysing._identity import identity
    from surefoot.session.analysing._material import Options
    from surefoot.session.analysing._told import analyse

__all__ = [
    "Examined",
    "Interval",
    "Moved",
    "Options",
    "analyse",
    "examine",
    "identity",
]

# nothing is imported before it is asked for: an archive needs only `identity`
_MODULES = {
    "Examined": "_examined",
    "Interval": "_examined",
    "Moved": "_examined",
    "Options": "_material",
    "analyse": "_told",
    "examine": "_examined",
    "identity": "_identity",
}


def __getattr__(name: str) -> object:
    if name in _MODULES:
        module = import_module(f"surefoot.session.analysing.{_MODULES[name]}")
        return getattr(module, name)
    msg = f"module 'surefoot.session.analysing' has no attribute {name!r}"
    raise AttributeError(msg)
