"""The wheel is complete: somebody without a checkout has profiles and samples too."""

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
needs_build = pytest.mark.skipif(
    not all(importlib.util.find_spec(name) for name in ("build", "hatchling")),
    reason="needs build and hatchling here: pip install build hatchling",
)
PARTS = ("src", "devices", "calibration", "recordings")
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
