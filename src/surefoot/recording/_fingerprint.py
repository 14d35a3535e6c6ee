"""What the last bits of a result depend on: versions, processor, platform."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

_PACKAGES = ("surefoot", "numpy", "scipy", "vqf", "mcap")


def fingerprint() -> dict[str, Any]:
    """Return what bit-exactness depends on, JSON-ready.

    Returns
    -------
    dict
        ``versions`` (of Python and the packages that compute), ``cpu`` (``machine``,
        ``model`` and the vector ``features`` numpy dispatches on: sine and exponential
        take other paths on other processors) and ``platform`` (system, C library).
    """
    return {
        "versions": {"python": platform.python_version()}
        | {name: _version(name) for name in _PACKAGES},
        "cpu": {
            "machine": platform.machine(),
            "model": _model(),
            "features": _features(),
        },
        "platform": {
            "system": platform.system(),
            "libc": " ".join(platform.libc_ver()).strip(),
        },
    }


def differences(session: Mapping[str, Any]) -> tuple[str, ...]:
    """Return how a recording's fingerprint differs from this computer's, in words.

    Parameters
    ----------
    session : mapping
        The ``session`` of a recording's header.

    Returns
    -------
    tuple of str
        Empty if a replay here must give the live results to the last bit.
    """
    here = fingerprint()
    return tuple(
        f"{part} {key}: recorded {_of(session, part).get(key)}, here {value}"
        for part, facts in here.items()
        for key, value in facts.items()
        if _of(session, part).get(key) != value
    )


def _of(session: Mapping[str, Any], part: str) -> dict[str, Any]:
    found = session.get(part)
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _model() -> str:
    """Return the processor's name; Linux tells it in a file only."""
    try:
        text = Path("/proc/cpuinfo").read_text(errors="replace")
    except OSError:
        return platform.processor()
    lines = (line.partition(":") for line in text.splitlines())
    names = (value.strip() for key, _, value in lines if key.strip() == "model name")
    return next(names, platform.processor())


def _features() -> list[str]:
    config = cast("dict[str, Any]", np.show_config(mode="dicts"))
    simd = config.get("SIMD Extensions", {})
    return sorted({*simd.get("baseline", []), *simd.get("found", [])})
