"""Sound: no click, never too loud, never in the way, the same live and replayed."""

from __future__ import annotations

import io
import threading
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from surefoot.core import Event, Marker
from surefoot.recording import open_recording
from surefoot.session.engine import Engine
from surefoot.session.player import Player
from surefoot.session.setup import from_header
from surefoot.session.snapshot import Replay
from surefoot.session.state import picture
from surefoot.training import Phase
from surefoot.training.sound_settings import TIMBRES, SoundSettings
from surefoot.training.sounds import PLACES, Sound, SoundPlan, sounds_of
from surefoot.ui.sound import synth
from surefoot.ui.sound.announcer import Announcer
from surefoot.ui.sound.opening import open_sound
from surefoot.ui.sound.out import Silent
from surefoot.ui.sound.speech import Speech
from surefoot.ui.sound.synth import LOUD, PEAK, RATE, after, capped, render
from surefoot.ui.sound.voice import Voice
from surefoot.ui.sound.wav import as_wav, line_up

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.ui.conftest import FakeStage

    from surefoot.session.snapshot import Snapshot
    from surefoot.ui.sound.synth import Samples

SAMPLES = Path(__file__).parents[2] / "recordings"
KINDS = ("cue", *synth._NOTES)
ON = SoundSettings()
LEFT = Sound("cue", 1.0, pan=-1.0, amount=0.5)


def loudest(samples: Samples) -> float:
    """Return the largest root mean square of any 50 ms."""
    k = RATE // 20
    power = np.convolve(np.sum(samples.astype(float) ** 2, axis=1), np.ones(k) / k)
    return float(np.sqrt(power.max()))


def hertz(samples: Samples) -> float:
    """Return the strongest frequency, to a hertz or so."""
    mono = samples.sum(axis=1)
    spectrum = np.abs(np.fft.rfft(mono, 4 * RATE))
    return float(spectrum.argmax() / 4)


class TestSynth:
    @pytest.mark.parametrize("timbre", TIMBRES)
    @pytest.mark.parametrize("kind", KINDS)
    def test_no_sound_clicks_or_is_too_loud(self, kind: str, timbre: str) -> None:
        for pan in (-1.0, 0.3):
            made = render(Sound(kind, 0.0, pan=pan, amount=1.0), timbre, 1.0)
            assert made.dtype == np.float32
            assert np.abs(made).max() <= PEAK
            assert loudest(made) <= LOUD * 1.001
            assert loudest(made) > 0.8 * LOUD  # and every timbre about as loud
            assert np.abs(made[[0, -1]]).max() < 1e-3
            # a step would be a click: nothing moves faster than the tones themselves
            assert np.abs(np.diff(made, axis=0)).max() < 0.11

    @pytest.mark.parametrize("timbre", TIMBRES)
    def test_the_side_is_heard_with_the_same_power_everywhere(
        self, timbre: str
    ) -> None:
        powers = []
        for pan in np.linspace(-1.0, 1.0, 9):
            made = render(Sound("cue", 0.0, pan=float(pan)), timbre, 0.3)
            powers.append(np.sum(made.astype(float) ** 2))
            left, right = np.sum(made.astype(float) ** 2, axis=0)
            assert np.sign(round(float(right - left), 6)) == np.sign(pan)
        assert np.ptp(powers) < 1e-4 * powers[0]

    @pytest.mark.parametrize("timbre", ["bell", "wood"])
    def test_the_pitch_is_what_is_heard_and_rises_with_the_amount(
        self, timbre: str
    ) -> None:
        for height in (-1, 0, 1):
            cues = [Sound("cue", 0.0, 0.0, height, a) for a in (0, 0.25, 0.5, 0.75, 1)]
            heard = [hertz(render(cue, timbre, 0.5)) for cue in cues]
            assert heard == pytest.approx([synth.pitch(cue) for cue in cues], rel=0.01)
            assert heard == sorted(set(heard))
            assert heard[-1] < 2 * heard[0]

    def test_front_sides_and_back_share_no_pitch(self) -> None:
        ranges = [
            [synth.pitch(Sound("cue", 0.0, 0.0, height, a)) for a in (-9.0, 99.0)]
            for height in (-1, 0, 1)
        ]
        assert ranges[0][1] < ranges[1][0] < ranges[1][1] < ranges[2][0] < 2000

    def test_breath_is_a_band_about_its_pitch_and_always_the_same(self) -> None:
        made = render(LEFT, "breath", 0.5)
        assert hertz(made) == pytest.approx(synth.pitch(LEFT), rel=0.1)
        synth._rendered.cache_clear()
        np.testing.assert_array_equal(made, render(LEFT, "breath", 0.5))

    def test_the_end_falls_and_the_alarm_is_longest(self) -> None:
        end = render(Sound("end", 0.0), "bell", 0.5)
        first = round(0.22 * RATE)
        assert hertz(end[:first]) > 1.3 * hertz(end[first:])
        lengths = {k: len(render(Sound(k, 0.0), "bell", 0.5)) for k in KINDS}
        assert max(lengths, key=lengths.__getitem__) == "lost"
        assert lengths["cue"] < 0.3 * RATE  # the least spacing of two cues

    def test_all_can_be_made_before_any_is_needed(self) -> None:
        synth.make_all("wood", 0.35)
        made = synth._rendered.cache_info().misses
        for kind in KINDS[1:]:
            render(Sound(kind, 9.0, words="Stop."), "wood", 0.35)
        for pan, height in PLACES.values():
            for amount in np.linspace(0.0, 1.0, 11):
                render(Sound("cue", 9.0, pan, height, float(amount)), "wood", 0.35)
        assert synth._rendered.cache_info().misses == made

    def test_an_unknown_kind_is_silence(self) -> None:
        assert render(Sound("else", 0.0), "bell", 0.5).shape == (0, 2)

    @pytest.mark.parametrize("volume", [-3.0, 0.0, 0.4, 1.0, 5.0, np.inf, np.nan])
    @pytest.mark.parametrize("gain", [1e-30, 1.0, 1e30])
    def test_whatever_comes_in_the_cap_holds(self, volume: float, gain: float) -> None:
        noise = np.random.default_rng(1).standard_normal((9000, 2)) * gain
        spiky = np.zeros((9000, 2))
        spiky[4000] = gain
        broken = np.array([[np.nan, np.inf], [gain, -gain]])
        wanted = min(1.0, max(0.0, np.nan_to_num(volume)))
        for samples in (noise, spiky, broken, np.zeros((5, 2)), np.zeros((0, 2))):
            made = capped(samples.astype(np.float32), volume)
            assert made.shape == samples.shape
            assert np.all(np.isfinite(made))
            assert np.abs(made).max(initial=0.0) <= wanted * PEAK + 1e-7
            assert len(made) < 9000 or loudest(made) <= wanted * LOUD * 1.001

    def test_a_wav_file_holds_what_is_heard(self) -> None:
        sounds = [Sound("lost", 0.5), LEFT, Sound("end", 2.0)]
        made = line_up(sounds, "wood", 0.5)
        with wave.open(io.BytesIO(as_wav(made))) as file:
            assert (file.getnchannels(), file.getframerate()) == (2, RATE)
            read = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        np.testing.assert_allclose(read.reshape(-1, 2) / 32767, made, atol=2e-5)
        assert not made[: RATE // 2].any()
        cue = made[RATE : RATE + 9000]
        assert cue[:, 0].any()
        assert np.abs(cue[:, 1]).max() < 1e-6  # the alarm gives way to the newer sound
        assert line_up([], "wood", 0.5).shape == (0, 2)


class TestVoice:
    def test_blocks_of_any_length_give_the_same(self) -> None:
        sound = render(LEFT, "bell", 1.0)
        heard = []
        for blocks in ([len(sound) + 7], [1, 480, 13, 20_000]):
            voice = Voice()
            voice.play(sound)
            heard.append(np.concatenate([voice.take(n) for n in blocks]))
        for samples in heard:
            np.testing.assert_array_equal(samples[: len(sound)], sound[: len(samples)])
            assert not samples[len(sound) :].any()

    def test_a_new_sound_replaces_the_old_without_a_click(self) -> None:
        voice = Voice()
        voice.play(np.full((5000, 2), 0.4, np.float32))
        before = voice.take(3000)
        voice.hush()
        following = voice.take(3000)
        joint = np.concatenate([before[-1:], following])
        assert before[-1].tolist() == pytest.approx([0.4, 0.4])
        assert np.abs(np.diff(joint, axis=0)).max() < 0.01
        assert not following[500:].any()

    def test_two_sounds_at_once_stay_below_the_cap(self) -> None:
        voice = Voice()
        full = np.full((5000, 2), PEAK, np.float32)
        voice.play(full)
        voice.take(10)
        voice.play(full)
        assert voice.take(100).max() == PEAK


class FakeOut:
    def __init__(self) -> None:
        self.status = ""
        self.played: list[Samples] = []
        self.hushed = self.closed = 0
        self.error: Exception | None = None

    def play(self, samples: Samples) -> None:
        if self.error:
            raise self.error
        self.played.append(samples)

    def hush(self) -> None:
        self.hushed += 1

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def out() -> FakeOut:
    return FakeOut()


def spoken() -> bytes:
    return as_wav(render(Sound("say", 0.0), "bell", 1.0))


def silent_words() -> Speech:
    return Speech(None)


def cue(t: float) -> Event:
    return Event(t, "cue", {"side": "left", "deg": 7.5})


class TestAnnouncer:
    def test_each_event_is_heard_once(
        self, fake_stage: FakeStage, out: FakeOut
    ) -> None:
        announcer = Announcer(fake_stage, ON, out, silent_words())
        events, second, third = (cue(31.5),), cue(31.9), cue(31.95)
        for shown in (events, events, (*events, second), (second,), (second, third)):
            fake_stage.change(events=shown)
            announcer.refresh()
        assert [sound.t for sound in announcer.heard] == [31.5, 31.9, 31.95]
        assert announcer.heard[0] == Sound("cue", 31.5, pan=-1.0, amount=0.5)
        np.testing.assert_array_equal(
            out.played[0], render(announcer.heard[0], "bell", 0.5)
        )

    def test_old_news_is_not_played(self, fake_stage: FakeStage, out: FakeOut) -> None:
        announcer = Announcer(fake_stage, ON, out, silent_words())
        fake_stage.show(t=32.0, events=(cue(30.9), cue(31.2)))
        announcer.refresh()
        assert [sound.t for sound in announcer.heard] == [31.2]

    def test_words_take_the_place_of_numbers_and_follow_an_alarm(
        self, fake_stage: FakeStage, out: FakeOut
    ) -> None:
        words = Speech(lambda *_: spoken())
        announcer = Announcer(fake_stage, ON, out, words)
        assert words.ready.wait(5.0)
        begun = Event(10.0, "phase", {"phase": "countdown"})
        running = Event(13.0, "phase", {"phase": "run"})
        lost = Event(14.0, "run-end", {"why": "sensor-lost"})
        countdown = {"phase": Phase.COUNTDOWN, "events": (begun,)}
        for left in (2.99, 1.99, 0.99):
            fake_stage.show(t=13.0 - left, countdown=left, **countdown)
            announcer.refresh()
        for now, events in ((13.0, (begun, running)), (14.0, (begun, running, lost))):
            fake_stage.show(t=now, events=events)
            announcer.refresh()
        kinds = [(s.kind, s.words) for s in announcer.heard]
        numbers = [("countdown", n) for n in ("Three.", "Two.", "One.")]
        alarm = ("lost", "Signal lost. Hold on.")
        assert kinds == [*numbers, ("start", ""), alarm]
        said = words.samples("Three.")
        assert said is not None
        heard = capped(said, 0.5)
        np.testing.assert_array_equal(out.played[0], heard)
        tone = render(Sound("lost", 0.0), "bell", 0.5)
        np.testing.assert_array_equal(out.played[-1], after(tone, heard))

    def test_turning_it_off_is_kept_and_heard_at_once(
        self, fake_stage: FakeStage, out: FakeOut
    ) -> None:
        announcer = Announcer(fake_stage, ON, out, silent_words())
        out.status = "No sound."
        assert announcer.status == "No sound."
        announcer.turn()
        assert (out.hushed, announcer.on, announcer.status) == (1, False, "")
        fake_stage.show(t=32.0, events=(cue(31.9),))
        announcer.refresh()
        assert out.played == []
        announcer.turn()
        fake_stage.show(t=33.0, events=(cue(31.9), cue(32.9)))
        announcer.refresh()
        assert len(out.played) == 1
        told = [("marker", {"label": "sound", "detail": d}) for d in ("off", "on")]
        assert fake_stage.sent == told

    def test_a_replay_is_heard_at_its_pace_only(
        self, fake_stage: FakeStage, out: FakeOut
    ) -> None:
        announcer = Announcer(fake_stage, ON, out, silent_words())
        events: tuple[Event, ...] = ()
        for playing, speed in ((True, 1.0), (False, 1.0), (True, 8.0), (True, 0.5)):
            events = (*events, cue(31.0 + 0.3 * len(events)))
            now = Replay(32.0, 60.0, speed, playing)
            fake_stage.show(t=events[-1].t, replay=now, events=events)
            announcer.refresh()
        assert [sound.t for sound in announcer.heard] == [31.0, 31.9]
        announcer.turn()
        assert fake_stage.sent == []  # nothing is added to a recording

    def test_a_jump_is_silent_and_takes_up_what_holds_there(
        self, fake_stage: FakeStage, out: FakeOut
    ) -> None:
        announcer = Announcer(fake_stage, ON, out, silent_words())
        now = Replay(32.0, 60.0, 1.0, playing=True)
        off = Marker(5.0, "sound", "off")
        fake_stage.show(t=32.0, replay=now, events=(cue(31.9),))
        announcer.refresh()
        fake_stage.show(t=6.0, replay=now, events=(cue(5.9),), markers=(off,))
        announcer.refresh()
        assert not announcer.on
        fake_stage.show(t=3.0, replay=now, events=(cue(1.0),), markers=(off,))
        announcer.refresh()
        assert announcer.on
        assert [sound.t for sound in announcer.heard] == [31.9]

    def test_nothing_it_meets_ends_a_session(
        self, fake_stage: FakeStage, out: FakeOut
    ) -> None:
        announcer = Announcer(fake_stage, ON, out, silent_words())
        out.error = RuntimeError("the card burnt down")
        fake_stage.show(t=32.0, events=(cue(31.9),))
        announcer.refresh()
        assert "the card burnt down" in announcer.status
        announcer.refresh()
        announcer.close()
        assert out.closed == 1

    def test_where_nobody_hears_nothing_is_opened(self, fake_stage: FakeStage) -> None:
        before = threading.active_count()
        announcer = open_sound(fake_stage, {"volume": "loud"}, "de", audible=False)
        assert threading.active_count() == before
        announcer.refresh()
        assert announcer.status == Silent().status
        announcer.close()


class Decided:
    """An engine as a stage, at the moment up to which it was fed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def snapshot(self) -> Snapshot:
        engine = self.engine
        return picture(engine.state(), engine.t, engine.dot, {})

    def send(self, do: str, **_: object) -> None:
        raise AssertionError(do)

    def close(self) -> None:
        pass


def frames(length: float) -> Iterator[float]:
    """Yield the times of frames that do not come evenly."""
    t, random = 0.0, np.random.default_rng(5)
    while t < length:
        yield t
        t += random.uniform(0.01, 0.03)


@pytest.mark.parametrize("name", ["unsteady", "sensor-lost", "clicker"])
def test_live_and_replayed_it_sounds_the_same(name: str) -> None:
    """What is heard at frames is what the events alone say, each once."""
    recording = open_recording(SAMPLES / f"rocker-{name}.mcap")
    setup = from_header(recording.header)
    engine = Engine(setup)
    live = Announcer(Decided(engine), ON, FakeOut(), silent_words())
    for packet in recording.packets():
        engine.feed(packet)
        live.refresh()
    engine.close()
    live.refresh()
    now = 0.0
    player = Player(setup, recording, clock=lambda: now)
    again = Announcer(player, ON, FakeOut(), silent_words())
    for now in frames(player.duration + 0.1):  # noqa: B007  the clock above reads it
        again.refresh()
    assert setup.drill is not None
    zone = setup.zone_deg or setup.drill.zone_deg
    plan = SoundPlan(zone, setup.drill.countdown)
    whole = sounds_of(engine.events, plan, ON, end=engine.t)
    assert len(whole) > 4
    assert {s.kind for s in whole} >= {"countdown", "start"}
    assert live.heard == list(whole[-100:])
    assert again.heard == list(whole[-100:])
