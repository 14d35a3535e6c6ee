"""A session's file flipped and torn at random: nothing wrong, nearly all comes back."""

from __future__ import annotations

import random

import pytest

from surefoot.core import RecordingError
from surefoot.recording import open_recording, verify

pytestmark = pytest.mark.soak


def read(path):
    """Return the packets by number, and what the file says about itself."""
    recording = open_recording(path)
    return dict(recording.numbered()), recording.header


def test_bits_flip_anywhere(session, tmp_path, count, say):
    trials = count(1000, 40)
    chance = random.Random(21)
    path = tmp_path / "flipped.mcap"
    wrong = unnoticed = 0
    shares = []
    for _ in range(trials):
        at = chance.randrange(len(session.content))
        spoilt = bytearray(session.content)
        spoilt[at] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        found, header = read(path)
        wrong += sum(session.packets[n] != packet for n, packet in found.items())
        wrong += (header.profiles, header.calibration, header.drill) != (
            session.header.profiles,
            session.header.calibration,
            session.header.drill,
        )
        unnoticed += verify(path).ok
        shares.append(len(found) / len(session.packets))
    mean, least = sum(shares) / trials, min(shares)
    say(
        f"{trials} bit flips: {wrong} wrong packets, {unnoticed} unnoticed; "
        f"came back {mean:.2%} of all data on average, {least:.2%} at least"
    )
    assert (wrong, unnoticed) == (0, 0)
    assert least >= 0.98


def test_files_are_torn_anywhere(session, tmp_path, count, say):
    trials = count(1000, 40)
    chance = random.Random(22)
    path = tmp_path / "torn.mcap"
    total = len(session.packets)
    marks = [0, *open_recording(session.path).index.at.tolist()]
    wrong = unnoticed = refused = before = back = 0
    latest = 0.0
    for _ in range(trials):
        cut = chance.randrange(len(session.content))
        path.write_bytes(session.content[:cut])
        unnoticed += verify(path).ok
        # what was in chunks that the cut left whole
        whole = [n for at, n in zip(marks[2:], session.ends, strict=False) if at <= cut]
        undamaged = whole[-1] if whole else 0
        try:
            found, _ = read(path)
        except RecordingError:
            refused += 1
            assert undamaged == 0, f"cut at {cut} took the whole file"
            continue
        kept = list(found.values())
        wrong += kept != session.packets[: len(kept)]
        before += undamaged
        back += min(len(kept), undamaged)
        if 0 < len(kept) < total and undamaged:
            gap = session.packets[len(kept)].t_ns - session.packets[undamaged - 1].t_ns
            latest = max(latest, gap / 1e9)
    say(
        f"{trials} truncations: {wrong} wrong prefixes, {unnoticed} unnoticed, "
        f"{refused} within the header; came back {back / before:.2%} of undamaged data"
    )
    assert (wrong, unnoticed) == (0, 0)
    assert back / before >= 0.98
    assert latest < 1.0
