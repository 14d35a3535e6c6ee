"""Frames are found however they are packed, and never made of two halves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from surefoot.devices import load_profile
from surefoot.devices.framing import Framer, Joiner, LineCutter
from surefoot.devices.layout import Framing, Lines, Parts

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


def summed(i: int) -> bytes:
    body = b"\xff\xff" + bytes([i % 90, 1, 2])
    return body + bytes([sum(body) & 0xFF])


SUMMED = Framing((b"\xff\xff",), 6, "sum8")


@given(st.integers(1, 8), st.data())
def test_frames_with_a_checksum_come_out_of_any_pieces(
    n: int, data: st.DataObject
) -> None:
    framer = Framer(SUMMED)
    stream = b"".join(summed(i) for i in range(n))
    found: list[bytes] = []
    while stream:
        k = data.draw(st.integers(1, len(stream)))
        found += framer.feed(stream[:k])
        stream = stream[k:]
    assert found == [summed(i) for i in range(n)]
    assert framer.broken == 0


def test_a_frame_with_a_wrong_checksum_is_no_frame() -> None:
    framer = Framer(SUMMED)
    bad = bytearray(summed(2))
    bad[3] ^= 1
    assert framer.feed(summed(1) + bytes(bad) + summed(3)) == [summed(1), summed(3)]
    assert framer.broken == 1
    assert framer.feed(bytes(bad)) == []  # also when it comes alone
    assert framer.feed(summed(4)) == [summed(4)]


@given(st.lists(st.text("0123456789,.- ", min_size=1, max_size=20)), st.data())
def test_lines_come_out_of_any_pieces(lines: list[str], data: st.DataObject) -> None:
    stream = "".join(line + "\r\n" for line in lines).encode()
    cut = LineCutter(Lines(40))
    found: list[bytes] = []
    while stream:
        k = data.draw(st.integers(1, len(stream)))
        found += cut.feed(stream[:k])
        stream = stream[k:]
    assert found == [line.strip().encode() for line in lines if line.strip()]
    assert cut.broken == 0


def test_a_line_without_end_is_given_up_and_costs_no_memory() -> None:
    cut = LineCutter(Lines(40))
    for _ in range(1000):
        assert cut.feed(b"9" * 20) == []
    assert cut.feed(b"9\n1,2\n") == [b"1,2"]
    assert cut.broken == 1


def joiner() -> Joiner:
    streams = [s for s in load_profile("movesense").streams if s.id == "imu"]
    parts = streams[0].framing
    assert isinstance(parts, Parts)
    return Joiner(parts, streams)


WHOLE = b"\x02\x63" + bytes(4) + bytes(range(48))


def test_a_message_in_parts_is_joined() -> None:
    join = joiner()
    assert join.feed(WHOLE[:20]) == []
    assert join.feed(b"\x03\x63" + WHOLE[20:40]) == []
    assert join.feed(b"\x03\x63" + WHOLE[40:]) == [WHOLE]
    assert join.feed(WHOLE) == [WHOLE]
    assert join.broken == 0


def test_a_lost_part_gives_up_the_message_and_not_the_next() -> None:
    join = joiner()
    assert join.feed(WHOLE[:20]) == []
    assert join.feed(WHOLE) == [WHOLE]  # another beginning
    assert join.broken == 1
    assert join.feed(b"\x03\x63" + bytes(4)) == []  # a continuation of nothing
    assert join.broken == 2
    assert join.feed(WHOLE[:20]) == []
    assert join.feed(b"\x03\x61" + WHOLE[20:]) == []  # of another subscription
    assert join.broken == 3
    answer = b"\x01\x63\xc8\x00"
    assert join.feed(answer) == [answer]
