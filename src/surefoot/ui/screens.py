"""Which screens Qt finds; asked in a process of its own, for Qt may end it.

``python -m surefoot.ui.screens`` prints one screen a line.
"""

from __future__ import annotations

import subprocess
import sys

from surefoot.core import DisplayError

_PATIENCE = 30.0  # s; the first start of Qt on a cold disk


def screens() -> list[str]:
    """Return the screens, one text each: the platform, name, size, rate.

    Raises
    ------
    DisplayError
        If Qt does not start; the text is what it said.
    """
    command = [sys.executable, "-m", "surefoot.ui.screens"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except subprocess.TimeoutExpired as error:
        msg = f"window: expected Qt to start, got nothing in {_PATIENCE:g} s"
        raise DisplayError(msg + ": look at the desktop session") from error
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        said = lines[-1] if lines else f"exit status {done.returncode}"
        msg = f"window: expected Qt to start, got {said!r}: see docs/troubleshooting.md"
        raise DisplayError(msg)
    return done.stdout.splitlines()


def _print() -> None:
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(sys.argv[:1])
    platform = application.platformName()
    for screen in application.screens():
        size = screen.size()
        ratio = screen.devicePixelRatio()
        print(  # noqa: T201 what the process that asked reads
            f"{platform} {screen.name() or 'screen'} {size.width()} x {size.height()}"
            f" at {screen.refreshRate():.0f} Hz, scale {ratio:g}"
        )


if __name__ == "__main__":
    _print()
