"""What was set is found again, and a damaged file stops nothing."""

from dataclasses import replace

import pytest

from surefoot.session.settings import (
    LARGEST,
    Settings,
    keep_settings,
    language_for,
    load_settings,
)

FULL = Settings(
    language="de",
    theme="light",
    reduced_motion=True,
    font_scale=1.2,
    screen="HDMI-1",
    windows={"desk": "01d9", "split": "00ff"},
    sound={"on": True, "volume": 0.4, "timbre": 'wood "x"\n\x7f', "cues": False},
    others={"of a later version": 3},
)


def test_settings_come_back_as_they_were(tmp_path):
    assert load_settings(tmp_path) == Settings()
    assert keep_settings(FULL, tmp_path) == ""
    assert load_settings(tmp_path) == FULL
    assert [p.name for p in tmp_path.iterdir()] == ["settings.toml"]


def test_they_are_kept_in_the_folder_of_the_user(own_home):
    assert keep_settings(replace(FULL, language="es")) == ""
    assert (own_home / "surefoot" / "settings.toml").is_file()
    assert load_settings().language == "es"


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe\x00",
        b"language = ",
        b"language = 3\ntheme = 'pink'\nfont_scale = 'big'\nwindows = 4\nsound = []",
        b"font_scale = nan\nlanguage = 'xx'\nreduced_motion = 1",
    ],
)
def test_what_is_damaged_counts_as_not_set(tmp_path, text):
    (tmp_path / "settings.toml").write_bytes(text)
    assert load_settings(tmp_path) == Settings()


def test_one_damaged_value_costs_only_itself(tmp_path):
    text = 'language = "de"\ntheme = 7\nfont_scale = 99\n[windows]\ndesk = 1\na = "b"\n'
    (tmp_path / "settings.toml").write_text(text)
    kept = load_settings(tmp_path)
    assert (kept.language, kept.theme, kept.font_scale) == ("de", "dark", LARGEST)
    assert kept.windows == {"a": "b"}


def test_a_folder_that_is_none_is_said_and_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    assert "could not" in keep_settings(FULL, tmp_path / "file")
    assert load_settings(tmp_path / "file") == Settings()


def test_text_that_is_no_unicode_stops_nothing(tmp_path):
    assert keep_settings(replace(FULL, screen="\ud800"), tmp_path) == ""
    assert load_settings(tmp_path).language == "de"


def test_the_language_is_what_was_told_or_chosen_or_the_systems(monkeypatch, tmp_path):
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("LANG", "es_AR.UTF-8")
    assert language_for(folder=tmp_path) == "es"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert language_for(folder=tmp_path) == "en"
    keep_settings(FULL, tmp_path)
    assert language_for(folder=tmp_path) == "de"
    assert language_for("es", tmp_path) == "es"
