"""The demonstration tidies up after itself and nobody else."""

from surefoot.cli.demo import _clear

MADE = ("demo.mcap", "live-2-countdown-trainee.png", "replay-therapist.png")
OTHERS = ("thesis.txt", "holiday.png", "demo.mcap.notes", "patient.mcap")


def test_only_what_a_demonstration_made_is_removed(tmp_path):
    for name in (*MADE, "summary.txt", *OTHERS):
        (tmp_path / name).write_text("here")
    _clear(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(OTHERS)
