"""Help is instant: it loads nothing a command would need."""

import json
import subprocess
import sys
import time

import pytest

from surefoot.cli.entry import COMMANDS

HEAVY = ["PySide6", "bleak", "mcap", "numpy", "pyqtgraph", "scipy", "vqf"]
BUDGET = 0.25  # s above a bare interpreter


def python(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


@pytest.mark.parametrize("arguments", [["--help"], ["replay", "--help"]])
def test_help_loads_nothing_heavy(arguments):
    out = python(
        "import json, sys\n"
        "from surefoot.cli import main\n"
        f"assert main({arguments!r}) == 0\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stdout)\n"
    )
    loaded = json.loads(out.splitlines()[-1])
    assert [name for name in HEAVY if name in loaded] == []


def test_help_costs_a_quarter_of_a_second_at_most():
    bare, helped = [], []
    for _ in range(5):
        for times, code in (
            (bare, "pass"),
            (helped, "from surefoot.cli import main; main(['--help'])"),
        ):
            begun = time.perf_counter()
            python(code)
            times.append(time.perf_counter() - begun)
    assert min(helped) - min(bare) <= BUDGET


def test_every_command_says_what_it_does_and_how_it_is_called(run):
    listed = run("--help").out
    for name in COMMANDS:
        assert f"  {name} " in listed
        told = run(name, "--help")
        assert told.status == 0
        assert told.out.startswith(f"Usage: surefoot {name}")
        assert len(told.out.splitlines()[2].strip()) > 20


def test_the_words_of_measures_need_no_window_system():
    out = python(
        "import sys\nimport surefoot.ui.words, surefoot.cli.story\n"
        "print('PySide6' in sys.modules)"
    )
    assert out.strip() == "False"


def test_the_version_is_that_of_the_package(run):
    from importlib.metadata import version

    assert run("--version").out.strip() == f"surefoot, version {version('surefoot')}"
