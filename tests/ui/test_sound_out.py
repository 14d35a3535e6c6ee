"""Where sound and words come from and go to: there or not, soon or late."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.training.sounds import WORDS, Sound
from surefoot.ui.sound import card, speech
from surefoot.ui.sound.out import Card
from surefoot.ui.sound.speech import Speech, decoded
from surefoot.ui.sound.synth import RATE, render
from surefoot.ui.sound.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from surefoot.ui.sound.synth import Samples

LEFT = Sound("cue", 1.0, pan=-1.0, amount=0.5)


class FakeDevice:
    def __init__(self) -> None:
        self.alive = True
        self.closed = threading.Event()

    def close(self) -> None:
        self.closed.set()
        raise RuntimeError


def quick(find: Callable[[Voice], FakeDevice]) -> Card:
    return Card(find, watch=0.001, retry=0.001)


class TestCard:
    def test_without_a_card_everything_works_and_says_so(self) -> None:
        def find(_: Voice) -> FakeDevice:
            msg = "this computer has no sound card"
            raise OSError(msg)

        out = quick(find)
        assert out.opened.wait(5.0)
        out.play(render(LEFT, "bell", 0.5))
        assert out.status.startswith("No sound: this computer has no sound card.")
        assert not out.voice.take(100).any()  # and nothing is kept for later
        out.close()

    def test_a_device_may_go_and_come_back(self) -> None:
        made: list[FakeDevice] = []
        again = threading.Event()

        def find(_: Voice) -> FakeDevice:
            made.append(FakeDevice())
            if len(made) > 1:
                again.set()
            return made[-1]

        out = quick(find)
        assert out.opened.wait(5.0)
        out.play(render(LEFT, "bell", 0.5))
        assert out.voice.take(4000).any()
        made[0].alive = False
        assert made[0].closed.wait(5.0)
        assert again.wait(5.0)
        out.close()
        assert out.status == ""
        assert made[-1].closed.is_set()

    def test_a_device_that_takes_its_time_keeps_nobody_waiting(self) -> None:
        let = threading.Event()

        def find(_: Voice) -> FakeDevice:
            let.wait(5.0)
            return FakeDevice()

        out = quick(find)
        out.play(render(LEFT, "bell", 0.5))  # returns although nothing is open yet
        assert out.status == ""
        let.set()
        assert out.opened.wait(5.0)
        out.close()

    def test_miniaudio_asks_for_samples(self) -> None:
        pytest.importorskip("miniaudio", reason="the extra sound is not installed")
        voice, asked = Voice(), threading.Semaphore(0)
        sound = render(LEFT, "bell", 0.5)
        heard: list[Samples] = []
        take = voice.take

        def spy(frames: int) -> Samples:
            heard.append(take(frames))
            asked.release()
            return heard[-1]

        voice.take = spy
        stream = card.Stream(voice, ("NULL",))
        voice.play(sound)
        for _ in range(30):
            assert asked.acquire(timeout=5.0)
        assert stream.alive
        stream.close()
        whole = np.concatenate(heard)
        begin = int(np.flatnonzero(whole.any(axis=1))[0]) - 1
        np.testing.assert_array_equal(whole[begin : begin + len(sound)], sound)

    def test_linux_asks_only_what_is_there(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        monkeypatch.delenv("PULSE_SERVER", raising=False)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
        monkeypatch.setattr(card, "_ALSA", (str(tmp_path / "pcm*p"),))
        with pytest.raises(OSError, match="no sound card"):
            card.reachable()
        (tmp_path / "pcmC0D0p").touch()
        assert card.reachable() == ("ALSA",)
        (tmp_path / "pulse").mkdir()
        (tmp_path / "pulse" / "native").touch()
        assert card.reachable() == ("PULSEAUDIO", "ALSA")
        monkeypatch.setattr(sys, "platform", "win32")
        assert card.reachable() == ()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_without_miniaudio_a_program_of_the_system_plays(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        def missing(name: str) -> None:
            raise ImportError(name)

        monkeypatch.setattr(card, "import_module", missing)
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(OSError, match=r"surefoot\[sound\]"):
            card.find_device(Voice())
        pipe, program = tmp_path / "pipe", tmp_path / "pw-play"
        os.mkfifo(pipe)
        program.write_text(f'#!/bin/sh\n/bin/cat "$1" > {pipe}\n')
        program.chmod(0o755)
        voice = Voice()
        device = card.find_device(voice)
        sound = render(LEFT, "bell", 0.5)
        voice.play(sound)
        with wave.open(io.BytesIO(pipe.read_bytes())) as file:
            assert file.getnframes() == len(sound)
        assert device.alive
        device.close()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
    def test_a_new_sound_cuts_off_the_program(self, tmp_path: Path) -> None:
        pipe, program = tmp_path / "pipe", tmp_path / "player"
        os.mkfifo(pipe)
        program.write_text(
            f"#!/bin/sh\nexec /bin/cat {pipe}\n"
        )  # never comes to an end
        program.chmod(0o755)
        voice = Voice()
        device = card.Program(voice, (str(program),))
        voice.play(render(LEFT, "bell", 0.5))
        with pipe.open("wb"):  # it plays
            voice.hush()
            device.close()
            assert not device._thread.is_alive()

    @pytest.mark.parametrize(
        "command", [("not-there",), (sys.executable, "-c", "raise SystemExit(1)")]
    )
    def test_a_program_that_fails_is_given_up(
        self, command: tuple[str, ...], tmp_path: Path
    ) -> None:
        device = card.Program(Voice(), command)
        for _ in range(3):
            assert device.alive
            device._play(render(LEFT, "bell", 0.5), tmp_path / "sound.wav")
        assert not device.alive
        device.close()


def wav(seconds: float = 0.5, rate: int = 22_050, channels: int = 1) -> bytes:
    t = np.arange(round(seconds * rate)) / rate
    tone = np.round(9000 * np.sin(2 * np.pi * 440 * t)).astype("<i2")
    quiet = np.zeros(rate // 10, "<i2")
    data = np.repeat(np.concatenate([quiet, tone, quiet]), channels)
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(data.tobytes())
    return file.getvalue()


class TestSpeech:
    @pytest.mark.parametrize(("rate", "channels"), [(22_050, 1), (RATE, 2), (8000, 1)])
    def test_a_spoken_file_becomes_samples(self, rate: int, channels: int) -> None:
        made = decoded(wav(0.5, rate, channels))
        assert len(made) / RATE == pytest.approx(0.5, abs=0.01)
        spectrum = np.abs(np.fft.rfft(made[:, 0], 4 * RATE))
        assert spectrum.argmax() / 4 == pytest.approx(440, abs=2)
        np.testing.assert_array_equal(made[:, 0], made[:, 1])

    @pytest.mark.parametrize(
        "file", [b"", b"RIFF", b"x" * 99, wav()[:30], wav(0.0), wav()[:20] + b"\xff"]
    )
    def test_what_is_no_speech_is_refused_in_words(self, file: bytes) -> None:
        with pytest.raises(ValueError, match="speech: expected"):
            decoded(file)

    def test_a_length_that_a_pipe_could_not_know_does_no_harm(self) -> None:
        told = bytearray(wav())
        told[4:8] = told[40:44] = b"\x00\xf0\xff\x7f"
        assert len(decoded(bytes(told))) > RATE // 3

    def test_sentences_are_made_beforehand_in_the_language(self) -> None:
        asked = []

        def speaker(text: str, language: str) -> bytes:
            asked.append((text, language))
            return wav()

        words = Speech(speaker, "de", {"Stop.": "Halt."}.__getitem__)
        assert words.samples("Stop.") is None
        words.prepare(["Stop."])
        assert words.ready.wait(5.0)
        assert words.samples("Stop.") is not None
        assert asked == [("Halt.", "de")]

    @pytest.mark.parametrize(
        "error", [OSError("no"), subprocess.TimeoutExpired("espeak-ng", 1.0)]
    )
    def test_what_cannot_speak_leaves_the_tones(self, error: Exception) -> None:
        def speaker(*_: str) -> bytes:
            raise error

        for words in (Speech(speaker), Speech(None)):
            words.prepare(WORDS)
            assert words.ready.wait(5.0)
            assert words.samples("Stop.") is None

    def test_espeak_is_used_where_it_is(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert speech.find_speaker() is None
        (tmp_path / "said.wav").write_bytes(wav())
        program = tmp_path / "espeak-ng"
        told = tmp_path / "told"
        program.write_text(
            f'#!/bin/sh\necho "$@" > {told}\n/bin/cat {tmp_path}/said.wav\n'
        )
        program.chmod(0o755)
        speaker = speech.find_speaker()
        assert speaker is not None
        assert speaker("Halt.", "de") == wav()
        assert told.read_text() == "-v de -s 150 --stdout Halt.\n"
