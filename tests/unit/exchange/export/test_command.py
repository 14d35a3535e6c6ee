"""`surefoot export` as a person types it."""

import pytest
from click.testing import CliRunner

from surefoot.cli import surefoot
from surefoot.cli.export import _FORMATS
from surefoot.exchange.export import EXPORTS


def test_the_command_knows_what_the_writers_know():
    assert _FORMATS == EXPORTS


def test_every_file_written_is_named(uneven, tmp_path):
    to = tmp_path / "out"
    call = [str(uneven), "--to", str(to), "--format", "csv"]
    told = CliRunner().invoke(surefoot, ["export", *call])
    assert told.exit_code == 0
    assert sorted(told.output.split()) == sorted(str(path) for path in to.iterdir())


@pytest.mark.parametrize(
    "wrong", [("--format", "pdf"), ("--format", "xdf", "--rate", "50"), ()]
)
def test_a_wrong_call_is_status_two(uneven, tmp_path, wrong):
    call = [str(uneven), "--to", str(tmp_path / "out"), *wrong]
    assert CliRunner().invoke(surefoot, ["export", *call]).exit_code == 2
    assert not (tmp_path / "out").exists()
