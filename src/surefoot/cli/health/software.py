"""Python, packages, extras, and the files that ship."""

from __future__ import annotations

import platform
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from surefoot.cli.health.finding import Finding
from surefoot.core import SurefootError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEAST = (3, 11)
FOR = {
    "dask": "analyze on a cluster that is there already",
    "hid": "a Wii Balance Board on Windows or macOS",
    "keyring": "the key of the identities in the system's keyring",
    "parquet": "result tables and exports in Parquet",
    "postgresql": "one archive for several stations",
    "report": "reports with plots",
    "serial": "boards on USB",
    "sound": "sounds at once, without a program of the system",
}
"""What the extras are for that people use; the others are for working on Surefoot."""
_REQUIREMENT = re.compile(r"^([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*)(?:;\s*(.*))?$")
_BOUND = re.compile(r"(>=|<=|<|>|==|!=)\s*([\d.]+)")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w-]+)['\"]")
_PYTHON = re.compile(r"python_version\s*(<|>=)\s*['\"](\d+)\.(\d+)['\"]")
_SYSTEM = re.compile(r"sys_platform\s*==\s*['\"](\w+)['\"]")


def python() -> Iterator[Finding]:
    """Tell the version of Python and of Surefoot."""
    told = f"{platform.python_version()} on {platform.platform(terse=True)}"
    if sys.version_info[:2] < LEAST:
        todo = "install Python 3.11 or newer"
        yield Finding("Python", "missing", told, todo, needed=True)
    else:
        yield Finding("Python", "ok", told)
    yield Finding("Surefoot", "ok", version("surefoot"))


def packages() -> Iterator[Finding]:
    """Tell whether every package that is needed is here, in a version that fits."""
    wanted = _wanted("")
    trouble = [line for name, bounds in wanted if (line := _amiss(name, bounds))]
    told = ", ".join(f"{name} {_version(name)}" for name, _ in wanted)
    if trouble:
        todo = f"{_pip()} {_self()}"
        why = "; ".join(trouble)
        yield Finding("packages", "missing", why, todo, needed=True)
    else:
        yield Finding("packages", "ok", told)


def extras() -> Iterator[Finding]:
    """Tell which extras are here, and how to get the others."""
    for extra, why in FOR.items():
        wanted = _wanted(extra)
        trouble = [line for name, bounds in wanted if (line := _amiss(name, bounds))]
        if trouble:
            todo = f"{_pip()} {_self(extra)}"
            yield Finding(f"extra {extra}", "missing", f"for {why}", todo)
        elif wanted:
            yield Finding(f"extra {extra}", "ok", f"for {why}")


def shipped() -> Iterator[Finding]:
    """Tell whether all profiles, samples and drills are here and readable."""
    from importlib.resources import files

    from surefoot.devices import shipped_profiles
    from surefoot.recording import verify
    from surefoot.resources import folder
    from surefoot.session import load_drill

    todo = f"{_pip()} --force-reinstall {_self()}"
    try:
        profiles = shipped_profiles()
        folder("calibration")
        samples = sorted(folder("recordings").glob("*.mcap"))
        broken = [path.name for path in samples if not verify(path).ok]
        shelf = files("surefoot.training") / "catalogue"
        drills = [p.name for p in shelf.iterdir() if p.name.endswith(".toml")]
        for name in drills:
            load_drill(name.removesuffix(".toml"))
    except (SurefootError, OSError) as error:
        yield Finding("shipped files", "missing", str(error), todo, needed=True)
        return
    counts = f"{len(profiles)} profiles, {len(samples)} samples, {len(drills)} drills"
    if broken or not (profiles and samples and drills):
        why = f"damaged: {', '.join(broken)}" if broken else counts
        yield Finding("shipped files", "missing", why, todo, needed=True)
    else:
        yield Finding("shipped files", "ok", counts)


def _wanted(extra: str) -> list[tuple[str, str]]:
    """Return name and bounds of the packages that an extra, or none, asks for here."""
    found: list[tuple[str, str]] = []
    for line in _requirements():
        match = _REQUIREMENT.match(line)
        if match is not None and _applies(match[3] or "", extra):
            found.append((match[1], match[2].strip(" ()")))
    return found


def _requirements() -> list[str]:
    """Return what is asked for; a checkout says it newer than its metadata does."""
    top = _checkout()
    if top is None:
        return requires("surefoot") or []
    project = tomllib.loads((top / "pyproject.toml").read_text("utf-8"))["project"]
    extras: dict[str, list[str]] = project["optional-dependencies"]
    also = (
        f"{line}; extra == {extra!r}"
        for extra, lines in extras.items()
        for line in lines
    )
    return [*project["dependencies"], *also]


def _applies(marker: str, extra: str) -> bool:
    asked = _EXTRA.search(marker)
    if (asked[1] if asked else "") != extra:
        return False
    system = _SYSTEM.search(marker)
    if system and system[1] != sys.platform:
        return False
    bound = _PYTHON.search(marker)
    if bound is None:
        return True
    new = sys.version_info[:2] >= (int(bound[2]), int(bound[3]))
    return new == (bound[1] == ">=")


def _amiss(name: str, bounds: str) -> str:
    """Return what is wrong with a package, nothing if it is as asked."""
    here = _version(name)
    if not here:
        return f"{name} is not installed"
    for sign, bound in _BOUND.findall(bounds):
        if not _fits(here, sign, bound):
            return f"{name} {here} is here, {bounds} is asked for"
    return ""


def _fits(here: str, sign: str, bound: str) -> bool:
    mine, theirs = _numbers(here), _numbers(bound)
    width = max(len(mine), len(theirs))
    a, b = (n + (0,) * (width - len(n)) for n in (mine, theirs))
    return {
        ">=": a >= b,
        "<=": a <= b,
        "<": a < b,
        ">": a > b,
        "==": a == b,
        "!=": a != b,
    }[sign]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text.partition("+")[0])[:4])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _pip() -> str:
    return f"{sys.executable} -m pip install"


def _self(extra: str = "") -> str:
    """Return what pip is to install: the package, or the checkout it runs from."""
    asked = f"[{extra}]" if extra else ""
    top = _checkout()
    return f"'surefoot{asked}'" if top is None else f"-e '{top}{asked}'"


def _checkout() -> Path | None:
    """Return the top of the checkout this runs from; None when it was installed."""
    from surefoot.resources import folder

    try:
        top = folder("devices").parent
    except OSError:
        return None
    return top if (top / "pyproject.toml").is_file() else None
