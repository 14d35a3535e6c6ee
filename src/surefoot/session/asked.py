"""Which sensor was asked for: a profile, and part of the sensor's name."""

from __future__ import annotations

import re
from pathlib import Path

from surefoot.devices import shipped_profiles

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def asked(told: str) -> tuple[str, str]:
    r"""Return what stands before and behind the colon of ``profile[:name]``.

    The colon of a drive is part of a file's path.

    Parameters
    ----------
    told : str
        For example ``"movesense:2031"``, ``"mine.toml"``, ``"C:\\mine.toml:COM3"``.
    """
    start = 2 if _DRIVE.match(told) else 0
    profile, _, name = told[start:].partition(":")
    return told[:start] + profile, name


def lasting(profile: str) -> str:
    """Return by what a profile is found again another day, from any folder.

    Parameters
    ----------
    profile : str
        An id, or the path of a TOML file.
    """
    return profile if profile in shipped_profiles() else str(Path(profile).absolute())


def there(profile: str) -> bool:
    """Return whether a profile ships under this id, or is a file."""
    return profile in shipped_profiles() or Path(profile).is_file()
