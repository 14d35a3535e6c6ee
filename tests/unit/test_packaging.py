"""The wheel is complete: somebody without a checkout has profiles and samples too."""

import configparser
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from surefoot.cli.entry import COMMANDS

TOP = Path(__file__).parents[2]
needs_build = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("build", "hatchling")),
    reason="needs build and hatchling here: pip install build hatchling",
)
PARTS = ("src", "devices", "calibration", "recordings", "packaging")
FILES = ("pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """A wheel built from a copy, so that nothing is left in the checkout."""
    copy = tmp_path_factory.mktemp("copy")
    for name in PARTS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(TOP / name, copy / name, ignore=ignored)
    for name in FILES:
        shutil.copy(TOP / name, copy / name)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", str(copy)],
        check=True,
        capture_output=True,
        text=True,
    )
    (made,) = (copy / "dist").glob("*.whl")
    return made


@needs_build
def test_the_wheel_carries_everything_that_ships(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("devices", "calibration", "recordings"):
        for path in (TOP / folder).rglob("*"):
            inside = f"surefoot/_shipped/{path.relative_to(TOP)}"
            assert path.is_dir() or inside in names
    for path in (TOP / "src").rglob("*"):
        if path.is_file() and path.suffix in {".py", ".toml", ".typed"}:
            assert str(path.relative_to(TOP / "src")) in names


@needs_build
def test_the_wheel_works_without_the_checkout(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "import surefoot, surefoot.resources as r\n"
        "from surefoot.cli import main\n"
        "print(surefoot.__file__)\n"
        "print(r.folder('devices'), r.folder('calibration'), r.folder('recordings'))\n"
        "sys.exit(main(['devices', 'show', 'movesense']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    package, folders, *shown = done.stdout.splitlines()
    assert package.startswith(str(tmp_path))
    for folder in folders.split():
        assert folder.startswith(str(tmp_path / "surefoot" / "_shipped"))
    assert shown[0].startswith("movesense: ")


@needs_build
def test_the_wheel_carries_the_desktop_entry_and_its_icon(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for place in (
        "share/applications/surefoot.desktop",
        "share/icons/hicolor/scalable/apps/surefoot.svg",
    ):
        assert any(name.endswith(f".data/data/{place}") for name in names), place


def test_the_desktop_entry_calls_commands_that_are_there():
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # keys are told apart by case
    path = TOP / "packaging" / "surefoot.desktop"
    entry.read_string(path.read_text("utf-8"))
    main = entry["Desktop Entry"]
    assert main["Type"] == "Application"
    assert (TOP / "packaging" / f"{main['Icon']}.svg").is_file()
    actions = [name for name in main["Actions"].split(";") if name]
    sections = [f"Desktop Action {name}" for name in actions]
    assert entry.sections() == ["Desktop Entry", *sections]
    known = {*COMMANDS, "doctor"}
    for section in entry.sections():
        program, command, *_ = shlex.split(entry[section]["Exec"])
        assert (program, command in known) == ("surefoot", True)
        assert entry[section]["Name[de]" if section in sections else "Comment[de]"]


def test_the_icon_is_a_picture_that_scales_and_has_a_name():
    icon = ElementTree.parse(TOP / "packaging" / "surefoot.svg").getroot()
    assert icon.get("viewBox") == "0 0 128 128"
    assert icon.get("aria-label")
    assert "href" not in ElementTree.tostring(icon, encoding="unicode")


def test_desktop_programs_accept_the_entry():
    program = shutil.which("desktop-file-validate")
    if program is None:
        pytest.skip("needs desktop-file-validate: apt-get install desktop-file-utils")
    path = TOP / "packaging" / "surefoot.desktop"
    done = subprocess.run([program, path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
