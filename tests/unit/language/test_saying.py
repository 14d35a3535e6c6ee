"""A text is said in its language, whether its places are filled before or after."""

import pytest

from surefoot.cli import options
from surefoot.language import LANGUAGES, best, catalogue, say
from surefoot.language.catalogue import parse, places


def test_english_and_languages_nobody_knows_read_as_they_came():
    assert say("Keep the board level.", "en") == "Keep the board level."
    assert say("Keep the board level.", "xx") == "Keep the board level."
    assert say("{s:.1f} s ago", "en", s=1.26) == "1.3 s ago"


def test_a_sentence_is_said():
    assert say("Keep the board level.", "de") == "Halten Sie das Brett waagerecht."
    assert say("Keep the board level.", "es") == "Mantenga la tabla horizontal."


def test_places_filled_now_get_words_and_decimals_of_the_language():
    assert say("{s:.1f} s ago", "de", s=1.26) == "vor 1,3 s"
    said = say("{role} sensor: {state}", "de", role="board", state="closed")
    assert said == "Sensor Brett: geschlossen"


def test_texts_filled_before_are_recognised():
    assert say("1.3 s ago", "es") == "hace 1,3 s"
    assert say("Board sensor: lost, trying again", "de") == (
        "Sensor Brett: verloren, neuer Versuch"
    )
    assert say("RESULT: LIVE VALUES", "de") == "ERGEBNIS: VORLÄUFIG"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("3.1°", "3,1°"),
        ("\N{MINUS SIGN}0.4°/s", "\N{MINUS SIGN}0,4°/s"),
        ("12.5 mm^2/s", "12,5 mm^2/s"),
        ("0:32   0.4 MB", "0:32   0,4 MB"),
        ("72 %", "72 %"),
        ("0.25x", "0,25x"),
        ("v1.2 of the firmware", "v1.2 of the firmware"),
        ("session 3.1.mcap", "session 3.1.mcap"),
        ("3.1.mcap", "3.1.mcap"),
        ("Movesense 174.2", "Movesense 174.2"),
    ],
)
def test_figures_get_the_decimal_sign_and_names_do_not(text, told):
    assert say(text, "de") == told


def test_a_list_is_said_part_by_part_if_all_of_it_is_known():
    assert say("feet apart, eyes open", "de") == "Füße auseinander, Augen offen"
    assert say("feet apart, my own words", "de") == "feet apart, my own words"


def test_what_nobody_translated_stays_as_it_is():
    assert say("a note of somebody's own", "de") == "a note of somebody's own"
    assert say("", "de") == ""


def test_a_capital_letter_finds_the_same_word_without():
    assert say("Board", "de") == "Brett"
    assert say("Trunk", "es") == "Tronco"


def test_the_first_known_language_is_taken():
    assert best(["fr-CA", "de-AT", "es"]) == "de"
    assert best(["es_MX.UTF-8"]) == "es"
    assert best(["C", "", "POSIX"]) == best([]) == "en"
    assert tuple(LANGUAGES) == options.LANGUAGES


def test_a_text_may_not_stand_twice():
    with pytest.raises(ValueError, match="again"):
        parse('[a]\n"Left" = "Links"\n[b]\n"Left" = "Linke"\n')


def test_the_longer_text_is_recognised_first():
    told = parse(
        '[a]\n"Picture {n} late" = "{n}"\n"Picture {n} late: none" = "x {n}"\n'
    )
    assert told.patterns[0].text == "Picture {n} late: none"


def test_a_text_of_places_alone_would_be_everything_and_is_not_recognised():
    assert parse('[a]\n"{a} {b}" = "{b} {a}"\n').patterns == ()
    assert places("{a:.1f} of {b}") == {"a", "b"}


def test_a_language_without_catalogue_is_refused():
    with pytest.raises(FileNotFoundError):
        catalogue("xx")
