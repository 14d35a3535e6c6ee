"""Every command on a page is one: those that need no sensor and no window are run.

What a page shows in a block marked ``bash``, and the first page under *Use*, is called
as it is written, in an empty folder, in order. Where a page says FILE, there is one.
"""

from __future__ import annotations

import json
import math
import os
import re
import shlex
import shutil
from pathlib import Path

import click
import pytest

from surefoot.cli import entry, main
from surefoot.resources import folder

TOP = Path(__file__).parents[2]
OWN = {"tutorial.md", "measure-a-csv.md"}  # these have tests of their own
WITH_BLOCKS = sorted(
    path.name
    for path in (TOP / "docs").glob("*.md")
    if "```bash\nsurefoot " in path.read_text("utf-8") and path.name not in OWN
)
MEANT = {
    "measures show NAME": "measures show tilt_rms",
    "devices show NAME": "devices show movesense",
    "anonymise FILE --to FILE": "anonymise FILE --to anonymous.mcap",
    "--json its live measures and events, computed again": "--json",
    "csv|parquet|motion-bids|xdf|mcap": "csv",
}
"""What stands for something else on a page."""
WITH_SENSOR_OR_WINDOW = ("scan", "check", "calibrate", "live", "record", "class")
ASKING = ("people erase", "programme")
"""These ask a person, or need weeks before."""
SLOW = re.compile(r"^surefoot demo ")


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """An empty folder with what the pages take for granted, and a home of its own."""
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "home" / name.lower()))
    monkeypatch.delenv("SUREFOOT_ARCHIVE", raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    work = tmp_path / "work"
    sample = folder("recordings") / "rocker-unsteady.mcap"
    for name in ("FILE", "DIR/one.mcap"):
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sample, work / name)
    torn = folder("recordings") / "rocker-steps-off.mcap"
    (work / "FILE.part").write_bytes(torn.read_bytes()[:-20_000])
    (work / "calibration").mkdir()
    shutil.copy(folder("calibration") / "example.toml", work / "calibration/2031.toml")
    turns = ((i / 100, 2 * math.pi * i / 200) for i in range(3000))
    rows = (f"{t:.2f},{2 * math.cos(a):.5f},{math.sin(a):.5f}" for t, a in turns)
    (work / "stand.csv").write_text("t,copX,copY\n" + "\n".join(rows) + "\n")
    monkeypatch.chdir(work)
    for name in ("doctor", "report"):
        monkeypatch.setitem(entry.COMMANDS, name, f"surefoot.cli.{name}:{name}")
    return work


def blocks(page, language):
    text = page.read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def lines_of(page):
    """Return the lines of the blocks that are called as they stand."""
    lines = (line for block in blocks(page, "bash") for line in block.splitlines())
    return [line for line in lines if line.startswith("surefoot ")]


def commands(lines):
    """Yield the commands of lines: ``a ; b``, ``a b | c``, and words beside them."""
    for line in lines:
        for said, meant in MEANT.items():
            line = line.replace(said, meant)
        for part in re.split(r"\s{2,}|\s#\s", line.strip())[0].split(" ; "):
            first, *others = part.split(" | ")
            yield meant_by(first)
            words = shlex.split(first)
            yield from (meant_by(f"{words[0]} {words[1]} {other}") for other in others)


def meant_by(text):
    for said, meant in MEANT.items():
        text = text.replace(said, meant)
    return text


def is_run(words):
    if not words:
        return False  # surefoot alone opens a window
    text = " ".join(words)
    if text.startswith(ASKING) or words[0] in WITH_SENSOR_OR_WINDOW:
        return False
    quiet = {"--headless", "--json", "--list"} & set(words)
    return words[0] not in {"replay", "drills", "demo"} or bool(quiet)


def understood(words):
    """Parse a call as `main` would, without doing it."""
    command, context = entry.surefoot, click.Context(entry.surefoot)
    if not words:
        return
    while isinstance(command, click.Group):
        name, *words = words
        command = command.get_command(context, name)
        assert command is not None, f"no command {name}"
    command.make_context(command.name, list(words), parent=context)


def call(text, capsys):
    """Run one command as a shell would; return what it printed."""
    words = shlex.split(text, comments=True)
    target = words[words.index(">") + 1] if ">" in words else None
    words = words[1 : words.index(">")] if target else words[1:]
    if SLOW.match(text) and not os.environ.get("SUREFOOT_SOAK"):
        understood(words)
        made = Path(words[words.index("--out") + 1])
        made.mkdir()
        shutil.copy(folder("recordings") / "rocker-steady.mcap", made / "demo.mcap")
        return ""
    if not is_run(words):
        understood(words)
        return ""
    if words[0] == "report":
        pytest.importorskip("matplotlib", reason="needs the extra report")
    status = main(words)
    printed = capsys.readouterr()
    assert status == 0, f"{text}: {printed.err}"
    if target:
        Path(target).write_text(printed.out, "utf-8")
    return printed.out


@pytest.mark.parametrize("name", WITH_BLOCKS)
def test_the_commands_of_a_page_work_as_written(name, capsys):
    found = lines_of(TOP / "docs" / name)
    assert found
    for line in found:
        call(line, capsys)


def test_the_tutorial_leads_to_a_result(place, capsys):
    page = TOP / "docs" / "tutorial.md"
    said = {line: call(line, capsys) for line in lines_of(page)}
    assert "Typical tilt" in said["surefoot analyze first/demo.mcap"]
    assert "run 1" in said["surefoot archive progress p-01 tilt_rms"]
    assert (place / "first" / "demo.mcap").exists()


def test_a_csv_gives_the_same_in_python_and_in_a_shell(place, capsys):
    page = TOP / "docs" / "measure-a-csv.md"
    (code,) = blocks(page, "python")
    exec(compile(code, "measure-a-csv.md", "exec"), {})
    printed = capsys.readouterr().out
    for line in lines_of(page):
        call(line, capsys)
    found = json.loads((place / "stand.json").read_text("utf-8"))["measures"]
    (speed,) = [one for one in found if one["name"] == "mean_velocity"]
    assert f"value={speed['value']}" in printed


def test_the_first_lines_of_the_python_api_work(capsys):
    first, *_ = blocks(TOP / "docs" / "python-api.md", "python")
    exec(compile(first, "python-api.md", "exec"), {})
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("22.0 42.0 Measure(name='tilt_rms'")


def test_the_commands_of_the_first_page_work():
    text = (TOP / "README.md").read_text("utf-8")
    (block,) = re.findall(
        r"^## Use\n+```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL
    )
    lines = block.splitlines()
    assert len(lines) > 10
    assert main(["annotate", "DIR/one.mcap", "--person", "p-01"]) == 0
    for command in commands(lines):
        words = shlex.split(command)[1:]
        if is_run(words) and not words[0].startswith("demo"):
            assert main(words) == 0, command
        else:
            understood(words)


@pytest.mark.parametrize(
    "wrong", ["surefoot analyse FILE", "surefoot live --sensors board=movesense"]
)
def test_a_call_that_is_wrong_would_be_noticed(wrong):
    with pytest.raises((AssertionError, click.UsageError)):
        understood(shlex.split(wrong)[1:])
