"""The real program as a process on an X server nobody sees, driven by real keys."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from surefoot.core.control import fields, is_control
from surefoot.recording import leftovers, open_recording, recover, verify
from surefoot.session.replay import replay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

SOAK = os.environ.get("SUREFOOT_SOAK") == "1"
ROOT = Path(__file__).parents[2]
CODE = "import sys; from surefoot.cli import main; sys.exit(main(sys.argv[1:]))"
PATIENCE = 80.0  # s; the machine may be busy with other tests
SIZE = (1600, 1000)
NAMES = (["rocker-steady"], ["rocker-steady", "rocker-steady"])
SEEK = (("Right", False), ("Left", True))
LOOK = (("F3", False), ("F3", True))
SPEAK = (("F4", False), ("F4", False), ("F4", True))  # German, Spanish, English
KEYS = (*SEEK, *LOOK, *SPEAK) if SOAK else (*SEEK, SPEAK[0])
"""Keys of a replay, and whether the picture is then the first one again."""
RUN = 6.0  # s
_LOOK = 0.3  # s between two looks
_THINKS = 3.0  # s between two answers


def _missing() -> str:
    if sys.platform != "linux":
        return "X servers are of Linux"
    if shutil.which("Xvfb") is None:
        return "Xvfb is not installed"
    try:
        ctypes.CDLL("libXtst.so.6")
    except OSError:
        return "libXtst is not installed, so no key can be pressed"
    return ""


pytestmark = [
    pytest.mark.gui,
    pytest.mark.skipif(bool(_missing()), reason=_missing() or "all is there"),
]


_IGNORE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)


class _Image(ctypes.Structure):
    """The begin of an XImage."""

    _fields_ = (
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("xoffset", ctypes.c_int),
        ("format", ctypes.c_int),
        ("data", ctypes.c_void_p),
        *((name, ctypes.c_int) for name in ("order", "unit", "bits", "pad", "depth")),
        ("bytes_per_line", ctypes.c_int),
    )


class Screen:
    """An X server of its own, with a keyboard."""

    def __init__(self) -> None:
        read, write = os.pipe()
        size = ("-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp")
        command = ["Xvfb", "-displayfd", str(write), *size]
        quiet = subprocess.DEVNULL
        self.server = subprocess.Popen(
            command, pass_fds=[write], stdout=quiet, stderr=quiet
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        self._x, self._test = (ctypes.CDLL(f"lib{n}.so.6") for n in ("X11", "Xtst"))
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XSetErrorHandler(_IGNORE)  # a window that is not seen takes no focus
        self._x.XGetImage.restype = ctypes.POINTER(_Image)
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(self.name.encode()))

    def press(self, name: str) -> None:
        """Press a key and let it go: ``"space"``, ``"F4"``, ``"m"``."""
        symbol = ctypes.c_ulong(self._x.XStringToKeysym(name.encode()))
        code = self._x.XKeysymToKeycode(self._display, symbol)
        for down in (1, 0):
            self._test.XTestFakeKeyEvent(self._display, code & 0xFF, down, 0)
        self._x.XSync(self._display, 0)

    def focus(self) -> None:
        """Give the keyboard to the window, as a window manager would."""
        root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))
        above, count = ctypes.c_ulong(), ctypes.c_uint()
        windows = ctypes.POINTER(ctypes.c_ulong)()
        out = (above, above, windows, count)
        self._x.XQueryTree(self._display, root, *map(ctypes.byref, out))
        for k in range(count.value):
            window = ctypes.c_ulong(windows[k])
            self._x.XSetInputFocus(self._display, window, 1, ctypes.c_ulong(0))
        self._x.XSync(self._display, 0)

    def picture(self) -> NDArray[np.uint8]:
        """Return what is to be seen."""
        root = self._x.XDefaultRootWindow(self._display)
        plain = ctypes.c_ulong(0xFFFFFF)
        told = (self._display, ctypes.c_ulong(root), 0, 0, *SIZE, plain, 2)
        image = self._x.XGetImage(*told)
        held = image.contents
        size = held.height * held.bytes_per_line
        assert held.data is not None
        seen = np.frombuffer(ctypes.string_at(held.data, size), np.uint8).copy()
        self._x.XFree(ctypes.c_void_p(held.data))
        self._x.XFree(image)
        return seen

    def kill(self) -> None:
        """Take the screen away, as a pulled plug does."""
        self.server.kill()
        self.server.wait()


@pytest.fixture
def screen() -> Iterator[Screen]:
    made = Screen()
    yield made
    made.kill()


@pytest.fixture
def drill(tmp_path: Path) -> Path:
    """The rocker board's drill, with a short run."""
    shipped = ROOT / "src/surefoot/training/catalogue/rocker-hold-level.toml"
    text = shipped.read_text("utf-8")
    assert "duration = 30" in text
    path = tmp_path / "rocker-short.toml"
    path.write_text(text.replace("duration = 30", f"duration = {RUN:g}"), "utf-8")
    return path


@contextmanager
def program(screen: Screen, home: Path, *arguments: Any) -> Iterator[Any]:
    """Run the program on a screen; it is ended in any case."""
    folders = {f"XDG_{n}_HOME": str(home / n) for n in ("CONFIG", "DATA", "STATE")}
    env = {**os.environ, **folders, "DISPLAY": screen.name, "QT_QPA_PLATFORM": "xcb"}
    command = [sys.executable, "-c", CODE, *map(str, arguments)]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, env=env, stdout=pipe, stderr=pipe, text=True)
    try:
        yield child
    finally:
        child.kill()
        child.communicate()


def until(child: Any, look: Callable[[], bool], press: Callable[[], None]) -> None:
    """Press until something is seen; fail if the program ends, or never gets there."""
    begun = time.monotonic()
    while not look():
        assert time.monotonic() - begun < PATIENCE, "it never came"
        press()
        try:
            child.wait(timeout=_LOOK)
        except subprocess.TimeoutExpired:
            continue
        pytest.fail(f"it ended with {child.returncode}: {child.communicate()[1]}")


def still(screen: Screen, child: Any) -> NDArray[np.uint8]:
    """Return the picture when there is one and it has come to rest."""
    seen = [screen.picture()]

    def rests() -> bool:
        seen.append(screen.picture())
        return alike(*seen[-2:]) and len(np.unique(seen[-1])) > 20

    until(child, rests, lambda: None)
    return seen[-1]


def alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> bool:
    """Return whether two pictures are the same but for a few edges of lines."""
    away = np.abs(one.astype(np.int16) - other)
    return float(np.mean(away > 64)) < 1e-4


def differs(screen: Screen, before: NDArray[np.uint8]) -> bool:
    """Return whether the picture is not that one any more."""
    return not alike(screen.picture(), before)


def asked(path: Path) -> list[str]:
    """Return what was asked for so far, by key, from what is on the disk."""
    part = path.with_name(path.name + ".part")
    if not part.exists() or not part.stat().st_size:
        return []
    packets = [p for p in open_recording(part).packets() if is_control(p)]
    return [str(fields(p).get("do")) for p in packets if p.source == "person/command"]


def part_of(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def check_kept(path: Path, before: int) -> None:
    """Less than a second before that moment is lost, and the rest is whole."""
    if part_of(path).exists():
        assert [one.path for one in leftovers(path.parent)] == [part_of(path)]
        assert recover(part_of(path)) == path
    assert verify(path).ok
    kept = list(open_recording(path).packets())
    assert (before - kept[-1].t_ns) / 1e9 <= 1.0
    assert "marker" in {event["name"] for event in replay(path)["events"]}


def test_without_its_screen_less_than_a_second_is_lost(
    screen: Screen, drill: Path, tmp_path: Path
) -> None:
    path = tmp_path / "session.mcap"
    told = ("live", "--virtual", "steady", "--drill", drill, "--to", path)
    with program(screen, tmp_path, *told) as child:
        pressed = [0.0]

        def go() -> None:
            if time.monotonic() - pressed[0] < _THINKS:
                return  # who presses again begins to level again
            pressed[0] = time.monotonic()
            for key in ("space", "y", "0"):
                screen.press(key)

        until(child, lambda: "level" in asked(path), go)
        if SOAK:  # to the end of the first run
            until(child, lambda: bool(replay(part_of(path))["quality"]["runs"]), go)
        until(child, lambda: "marker" in asked(path), lambda: screen.press("m"))
        before = time.monotonic_ns()
        screen.kill()
        child.wait(timeout=PATIENCE)
    check_kept(path, before)


@pytest.mark.skipif(not SOAK, reason="make soak; make test takes the screen away only")
@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM, signal.SIGKILL])
def test_killed_less_than_a_second_is_lost(
    screen: Screen, tmp_path: Path, how: signal.Signals
) -> None:
    path = tmp_path / "session.mcap"
    with program(
        screen, tmp_path, "live", "--virtual", "steady", "--to", path
    ) as child:
        until(child, lambda: "marker" in asked(path), lambda: screen.press("m"))
        before = time.monotonic_ns()
        child.send_signal(how)
        child.wait(timeout=PATIENCE)
    check_kept(path, before)


@pytest.mark.parametrize("names", NAMES[not SOAK :])
def test_a_replay_is_moved_and_read_by_keys(
    screen: Screen, tmp_path: Path, names: list[str]
) -> None:
    with program(screen, tmp_path, "replay", "--language", "en", *names) as child:
        until(child, lambda: len(np.unique(screen.picture())) > 20, lambda: None)
        screen.focus()
        if len(names) == 1:
            screen.press("space")  # it begins by itself
        here = still(screen, child)
        for key, again in KEYS:
            before = screen.picture()
            screen.press(key)
            changed = partial(differs, screen, before)
            until(child, changed, lambda: None)
            if again:  # late texts follow
                until(child, lambda: not differs(screen, here), lambda: None)
            else:
                assert not alike(still(screen, child), here), key
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=PATIENCE) in {0, 130}
