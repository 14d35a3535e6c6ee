"""Build sdist and wheel, install the wheel in an empty environment, and try it.

Nothing of the checkout is used but what the two files carry; the wheel is built from
the sdist, so that one is whole, too. It takes some minutes and fetches the packages.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

TOP = Path(__file__).parent.parent
LEAST = 5  # samples, profiles: any number that shows that they are there
LEAST_PAGE = 20_000  # bytes; a report with a plot has more
API = """
import surefoot
import pathlib, sys
assert pathlib.Path(surefoot.__file__).is_relative_to(sys.prefix), surefoot.__file__
print(surefoot.load("rocker-steady").measures()["tilt_rms"].value)
"""


def main() -> int:
    """Do it all in a temporary folder; return 0 if everything works."""
    with tempfile.TemporaryDirectory(prefix="surefoot-wheel-") as name:
        place = Path(name)
        wheel = _build(place / "dist")
        programs = _install(place / "env", wheel)
        work = place / "work"
        work.mkdir()
        try:
            _try(programs, work, place / "home")
        except subprocess.CalledProcessError as error:
            print(f"failed: {error.cmd}\n{error.stdout}\n{error.stderr}")  # noqa: T201 a tool
            return 1
    _say("wheel and sdist work outside the checkout")
    return 0


def _build(out: Path) -> Path:
    _say("building the sdist, and the wheel from it")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*command, str(TOP)], check=True, stdout=subprocess.DEVNULL)
    (wheel,) = out.glob("*.whl")
    (sdist,) = out.glob("*.tar.gz")
    for made in (wheel, sdist):
        _say(f"{made.name}, {made.stat().st_size / 1e6:.1f} MB")
    return wheel


def _install(where: Path, wheel: Path) -> Path:
    _say("installing it into an empty environment")
    venv.create(where, with_pip=True)
    programs = where / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--no-input"]
    subprocess.run(
        [*pip, "--disable-pip-version-check", f"{wheel}[report]"], check=True
    )
    share = where / "share" / "applications" / "surefoot.desktop"
    assert share.is_file(), "the desktop entry is not in the wheel"
    return programs


def _try(programs: Path, work: Path, home: Path) -> None:
    """Call what a person would call first, in a folder and a home of its own."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    clean |= {"QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(home)}

    def run(*command: str) -> str:
        _say(" ".join(["surefoot", *command]))
        return _call([str(programs / "surefoot"), *command], work, clean)

    run("--version")
    told = json.loads(run("doctor", "--json"))
    assert told["ok"], told
    assert len(run("replay", "--list").split()) >= LEAST
    again = json.loads(run("replay", "rocker-steady", "--headless", "--json"))
    assert again["same_as_live"] in {"to the bit", "to 1e-9"}, again["same_as_live"]
    run("demo", "--headless", "--seconds", "5", "--out", "demo")
    final = json.loads(run("analyze", "demo/demo.mcap", "--json"))
    assert final["quality"]["runs"], final["quality"]
    run("report", "demo/demo.mcap", "--to", "report.html")
    assert (work / "report.html").stat().st_size > LEAST_PAGE
    assert len(run("devices", "list").splitlines()) >= LEAST
    _say("import surefoot")
    _call([str(programs / "python"), "-c", API], work, clean)


def _call(command: list[str], work: Path, clean: dict[str, str]) -> str:
    done = subprocess.run(
        command, cwd=work, env=clean, capture_output=True, text=True, check=True
    )
    return done.stdout


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 a tool


if __name__ == "__main__":
    sys.exit(main())
