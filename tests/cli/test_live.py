"""A drill in a window, from the command line to the file, on a screen nobody sees."""

import json
import os
import subprocess
import sys

CODE = "import sys; from surefoot.cli import main; sys.exit(main(sys.argv[1:]))"


def surefoot(*arguments):
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-c", CODE, *map(str, arguments)],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_live_session_shows_records_and_ends_in_order(tmp_path):
    path = tmp_path / "live.mcap"
    done = surefoot("live", "--virtual", "steady", "--seconds", "2", "--to", path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"recording: {path}\n"
    told = json.loads(surefoot("replay", path, "--json").stdout)
    assert told["quality"]["recording"] == "complete"
    assert told["quality"]["virtual"] is True
    assert {event["name"] for event in told["events"]} >= {"link", "phase"}
