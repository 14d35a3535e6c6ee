"""Frames are found however they are packed, and never made of two halves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from surefoot.devices.framing import Framer
from surefoot.devices.layout import Framing

FRAMING = Framing((b"\x55\x61", b"\x55\x71"), 6)


def frame(i: int) -> bytes:
    return b"\x55\x61" + bytes([i % 80, 1, 2, 3])


@given(st.integers(1, 12), st.data())
def test_packed_frames_come_out_one_by_one(n: int, data: st.DataObject) -> None:
    framer = Framer(FRAMING)
    frames = [frame(i) for i in range(n)]
    found: list[bytes] = []
    while frames:
        k = data.draw(st.integers(1, len(frames)))
        found += framer.feed(b"".join(frames[:k]))
        frames = frames[k:]
    assert found == [frame(i) for i in range(n)]
    assert framer.broken == 0


@given(st.integers(1, 5))
def test_a_frame_split_over_two_notifications(cut: int) -> None:
    framer = Framer(FRAMING)
    data = frame(7)
    assert framer.feed(data[:cut]) + framer.feed(data[cut:]) == [data]
    assert framer.broken == 0


def test_noise_before_a_frame_is_skipped_and_counted() -> None:
    framer = Framer(FRAMING)
    assert framer.feed(b"\xaa\x55" + frame(1)) == [frame(1)]
    assert framer.broken == 1


@given(st.integers(1, 5))
def test_a_truncated_frame_is_never_joined_to_the_next(cut: int) -> None:
    framer = Framer(FRAMING)
    framer.feed(frame(1)[:cut])
    assert framer.feed(frame(2)) == [frame(2)]
    assert framer.broken == 1
    assert framer.feed(frame(3)) == [frame(3)]


@given(st.lists(st.binary(max_size=30), max_size=20))
def test_any_bytes_give_whole_frames_only(chunks: list[bytes]) -> None:
    framer = Framer(FRAMING)
    for chunk in chunks:
        for found in framer.feed(chunk):
            assert len(found) == 6
            assert found.startswith((b"\x55\x61", b"\x55\x71"))
