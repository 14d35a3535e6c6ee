"""Bluetooth, plugged-in boards, screens and sound."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from surefoot.cli.health.finding import Finding
from surefoot.core import DisplayError, RadioError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from surefoot.devices.transports import Plugged

VIRTUAL = "or use virtual sensors: --virtual steady"
SERIAL = ("ttyUSB*", "ttyACM*")
INPUT = ("hidraw*",)
_SILENT = "plug one in; nothing needs it: every cue is shown, too"
_CARDS = Path("/proc/asound/cards")


def bluetooth() -> Iterator[Finding]:
    """Tell which adapters there are, and whether they are on."""
    from surefoot.devices.ble.adapters import adapters, blocked

    try:
        found = adapters()
    except RadioError as error:
        yield Finding("Bluetooth", "missing", *_told(error))
        return
    if not found:
        todo = f"plug an adapter in, {VIRTUAL}"
        yield Finding("Bluetooth", "missing", "its service runs, no adapter", todo)
    for adapter in found:
        name = f"Bluetooth {adapter.name}".strip()
        if adapter.powered:
            yield Finding(name, "ok", "on")
        else:
            yield Finding(name, "look", "off", _switch_on(blocked()))


def boards(folder: Path = Path("/dev")) -> Iterator[Finding]:
    """Tell which boards are plugged in, and whether they may be opened."""
    from surefoot.devices.transports import found

    there = found()
    for name, patterns, group in (
        ("serial ports", SERIAL, "dialout"),
        ("hid devices", INPUT, "input"),
    ):
        nodes = sorted(n for pattern in patterns for n in folder.glob(pattern))
        yield _permitted(name, nodes, group)
    yield from _input_devices(there)
    known = [f"{device.name} at {device.address}" for device in there]
    told = "; ".join(known) or "none, which is fine for sensors on Bluetooth"
    yield Finding("plugged in", "ok", told)


def screens() -> Iterator[Finding]:
    """Tell which screens there are, or why no window can be shown."""
    from surefoot.ui.display import require_display
    from surefoot.ui.screens import screens as listed

    try:
        require_display()
        found = listed()
    except DisplayError as error:
        yield Finding("screen", "missing", *_told(error))
        return
    if not found:
        yield Finding("screen", "missing", "Qt finds none", "connect one")
    elif any(line.startswith("offscreen") for line in found):
        why = "windows are drawn out of sight (QT_QPA_PLATFORM)"
        yield Finding("screen", "look", why, "unset QT_QPA_PLATFORM to see them")
    else:
        yield Finding("screen", "ok", "; ".join(found))


def sound(cards: Path = _CARDS) -> Iterator[Finding]:
    """Tell whether sounds can be heard and words be spoken."""
    from surefoot.ui.sound.card import player
    from surefoot.ui.sound.speech import find_speaker

    program = player()
    direct = find_spec("miniaudio") is not None
    way = "miniaudio" if direct else program[0] if program else ""
    card = _first_card(cards) if sys.platform == "linux" else "the system's own"
    if not card:
        yield Finding("sound", "missing", "no sound card", _SILENT)
    elif not way:
        todo = "pip install 'surefoot[sound]', or install pipewire or alsa-utils"
        yield Finding("sound", "missing", f"{card}; nothing that plays", todo)
    else:
        yield Finding("sound", "ok", f"{card}, by {way}")
    if find_speaker() is None:
        todo = "install espeak-ng (Debian: sudo apt-get install espeak-ng)"
        yield Finding("speech", "missing", "no program that speaks", todo)
    else:
        yield Finding("speech", "ok", "words are spoken")


def _told(error: Exception) -> tuple[str, str]:
    """Return why, and what to do, of *who: why: what to do*."""
    parts = str(error).split(": ", 2)
    return (parts[1], parts[2]) if len(parts) > 2 else (str(error), "")


def _switch_on(block: str) -> str:
    return {
        "soft": "rfkill unblock bluetooth, then switch Bluetooth on",
        "hard": "a switch of the computer keeps it off: look for a key or a switch",
    }.get(block, "switch Bluetooth on in the system's settings: bluetoothctl power on")


def _permitted(name: str, nodes: Iterable[Path], group: str) -> Finding:
    """Tell whether device files may be read and written."""
    nodes = list(nodes)
    if not nodes:
        return Finding(name, "ok", "none here")
    shut = [node.name for node in nodes if not os.access(node, os.R_OK | os.W_OK)]
    if not shut:
        return Finding(name, "ok", ", ".join(node.name for node in nodes))
    todo = f"sudo usermod -aG {group} $USER, then log in anew"
    return Finding(name, "look", f"no permission for {', '.join(shut)}", todo)


def _input_devices(there: Iterable[Plugged]) -> Iterator[Finding]:
    """Tell which boards that Linux lists as input devices may not be read."""
    for device in there:
        shut = device.transport == "evdev" and not os.access(device.address, os.R_OK)
        if shut:
            todo = "sudo usermod -aG input $USER, then log in anew"
            why = f"{device.name}: no permission for {device.address}"
            yield Finding("input devices", "look", why, todo)


def _first_card(cards: Path) -> str:
    try:
        lines = cards.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found = (line for line in lines if "[" in line and "]" in line)
    return " ".join(next(found, "").partition("]: ")[2].split())
