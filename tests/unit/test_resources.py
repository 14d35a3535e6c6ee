"""The folders that ship are found in a checkout; a wheel is tried in test_packaging."""

import pytest

from surefoot import resources


@pytest.mark.parametrize(
    ("name", "holds"),
    [("devices", "movesense.toml"), ("calibration", "example.toml")],
)
def test_shipped_folders_are_found(name, holds):
    assert (resources.folder(name) / holds).is_file()


def test_shipped_recordings_are_found():
    assert resources.folder("recordings").is_dir()


def test_a_damaged_installation_is_said_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "lib" / "surefoot")
    with pytest.raises(FileNotFoundError, match="install again") as refused:
        resources.folder("devices")
    assert "\n" not in str(refused.value)


def test_a_folder_of_that_name_beside_an_installed_package_is_not_taken(
    monkeypatch, tmp_path
):
    (tmp_path / "devices").mkdir()
    package = tmp_path / "lib" / "surefoot"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    with pytest.raises(FileNotFoundError):
        resources.folder("devices")


def test_the_shipped_example_of_a_calibration_is_usable():
    from surefoot.analysis import parse_calibration

    path = resources.folder("calibration") / "example.toml"
    assert parse_calibration(path.read_text(), path.name).serial == "EXAMPLE-0001"


def test_every_shipped_recording_is_whole():
    from surefoot.recording import verify

    reports = [verify(p) for p in resources.folder("recordings").glob("*.mcap")]
    assert [report.lines for report in reports if not report.ok] == []
