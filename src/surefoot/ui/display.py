"""Whether there is a screen, found out before Qt: without one, Qt ends the process."""

from __future__ import annotations

import ctypes
import importlib
import os
import sys
from functools import cache

from surefoot.core import DisplayError

BARE = frozenset({"offscreen", "minimal", "minimalegl", "vnc", "linuxfb", "eglfs"})
"""Qt platforms that need no display server."""

PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "fonts-dejavu-core libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 "
    "libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xinerama0 libxcb-xkb1 "
    "libxkbcommon-x11-0"
)
_XCB = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-randr.so.0",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxcb-xinerama.so.0",
    "libxcb-xkb.so.1",
    "libxkbcommon-x11.so.0",
)


def has_display() -> bool:
    """Return whether a window could be shown: a screen, or a platform without one."""
    if _platform() in BARE or not sys.platform.startswith("linux"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    display = os.environ.get("DISPLAY", "")
    return bool(display) and _reachable(display)


def require_display() -> None:
    """Make sure that Qt can start.

    Raises
    ------
    DisplayError
        If there is no screen, or a library of the system is missing.
    """
    if not has_display():
        tried = os.environ.get("DISPLAY") or "none"
        msg = (
            f"window: expected a screen, got DISPLAY={tried}: "
            "use --headless, or set QT_QPA_PLATFORM=offscreen"
        )
        raise DisplayError(msg)
    missing = [] if _platform() in BARE else _missing()
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        missing.append(str(error).split(":")[0])
    if missing:
        raise DisplayError(_advice(missing))


def _advice(missing: list[str]) -> str:
    return (
        f"window: expected the libraries Qt needs, got none of {', '.join(missing)}: "
        f"run: sudo apt-get install -y {PACKAGES}"
    )


def _platform() -> str:
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]


def _missing() -> list[str]:
    """Return the libraries of the X11 platform that cannot be loaded."""
    wanted = sys.platform.startswith("linux") and not os.environ.get("WAYLAND_DISPLAY")
    return [name for name in _XCB if _load(name) is None] if wanted else []


def _load(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


@cache
def _reachable(display: str) -> bool:
    """Return whether the X server answers; if libxcb is not here, assume so.

    The link is kept: some servers start anew when their last client leaves, and would
    not answer Qt a moment later.
    """
    xcb = _load("libxcb.so.1")
    if xcb is None:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    link = xcb.xcb_connect(display.encode(), None)
    return int(xcb.xcb_connection_has_error(link)) == 0
