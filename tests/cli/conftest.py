"""Run a command as a person would, and see what came of it."""

from dataclasses import dataclass

import pytest

from surefoot.cli import main


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def complaint(self):
        """The one line a failed command may say."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.delenv("SUREFOOT_DEBUG", raising=False)

    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        return Outcome(status, *capsys.readouterr())

    return call


@pytest.fixture
def table(tmp_path):
    """A CSV table of a board that rocks a little, twenty seconds long."""
    rows = ["time [s],ax [g],ay [g],az [g]"]
    for i in range(2000):
        tilt = 0.1 if i // 100 % 2 else -0.1
        rows.append(f"{i / 100},{tilt},0,0.995")
    path = tmp_path / "rocking.csv"
    path.write_text("\n".join(rows) + "\n")
    return path


@pytest.fixture
def recording(run, table, tmp_path):
    path = tmp_path / "rocking.mcap"
    assert run("import", table, "--to", path).status == 0
    return path
