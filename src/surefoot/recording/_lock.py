"""Whether a file is being written right now; the system forgets it with the process."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


def hold(stream: BinaryIO) -> None:
    """Mark the file as being written, until it is closed or the process ends."""
    if sys.platform == "win32":
        return  # a file that is open cannot be renamed there: that is mark enough
    import fcntl

    # a share that knows no locks leaves it unmarked: then only its owner knows
    with contextlib.suppress(OSError):
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def alone(stream: BinaryIO) -> Generator[None]:
    """Wait until nobody else adds to the file, and keep it so meanwhile."""
    if sys.platform == "win32":
        yield  # one line is written by one call there, and that has to do
        return
    import fcntl

    with contextlib.suppress(OSError):
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX)
    yield  # closing the file gives it free, after all is on the disk


def is_held(path: Path) -> bool:
    """Return whether somebody writes the file now."""
    if sys.platform == "win32":
        return not _is_renamed(path)
    import fcntl

    with path.open("rb") as stream:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
    return False


def _is_renamed(path: Path) -> bool:
    try:
        path.rename(path)
    except PermissionError:
        return False
    return True
