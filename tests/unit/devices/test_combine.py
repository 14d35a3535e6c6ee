"""Streams that come apart become one, and how their packets interleave is no matter."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surefoot.core import Block, Packet, ProfileError, StreamInfo
from surefoot.devices import ProfileDecoder, load_profile, parse_profile
from surefoot.devices.combine import Combiner
from surefoot.devices.layout import Combine

ACC = StreamInfo("board/acc", ("acc",), ("m/s^2",), 50.0)
GYR = StreamInfo("board/gyr", ("gyr",), ("rad/s",), 50.0)
BOTH = StreamInfo("board/imu", ("acc", "gyr"), ("m/s^2", "rad/s"), 50.0)
PLAN = Combine((("acc",), ("gyr",)), 0.1)
MUSE = load_profile("muse-classic")


def block(info: StreamInfo, *t: float) -> Block:
    times = np.array(t)
    return Block(info, times, 10 * times[:, None])


def test_the_other_stream_is_interpolated_at_the_times_of_the_first() -> None:
    made = Combiner(PLAN, BOTH)
    assert made.feed([block(ACC, 1.00, 1.02, 1.04)]) is None
    found = made.feed([block(GYR, 1.00, 1.03)])
    assert found is not None
    assert found.t.tolist() == [1.00, 1.02]
    assert found.data[:, 1] == pytest.approx([10.0, 10.2])  # gyr = 10 t everywhere
    later = made.feed([block(GYR, 1.06)])
    assert later is not None
    assert later.t.tolist() == [1.04]


def test_nothing_is_made_up_over_a_gap_or_before_the_beginning() -> None:
    made = Combiner(PLAN, BOTH)
    made.feed([block(GYR, 1.0, 1.02, 1.30, 1.32)])
    found = made.feed([block(ACC, 0.9, 1.01, 1.2, 1.31)])
    assert found is not None
    assert found.t.tolist() == [1.01, 1.31]


def test_a_stream_that_stays_away_stops_no_memory_and_no_time() -> None:
    made = Combiner(PLAN, BOTH)
    for k in range(5000):
        assert made.feed([block(ACC, k / 50)]) is None
    assert sum(len(track.t) for track in made._tracks) <= 102
    found = made.feed([block(GYR, 99.97, 99.99)])
    assert found is not None
    assert found.t.tolist() == [99.98]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_how_blocks_interleave_and_are_cut_is_no_matter(data: st.DataObject) -> None:
    steps = st.lists(st.floats(0.005, 0.2), min_size=3, max_size=30)
    streams = [
        [block(info, float(t)) for t in np.cumsum(data.draw(steps))]
        for info in (ACC, GYR)
    ]
    one = Combiner(PLAN, BOTH).feed([b for s in streams for b in s])
    other = Combiner(PLAN, BOTH)
    found: list[Block] = []
    queues = [list(s) for s in streams]
    while any(queues):
        queue = data.draw(st.sampled_from([q for q in queues if q]))
        k = data.draw(st.integers(1, len(queue)))
        made = other.feed([Block.concat(queue[:k])])
        found += [made] if made is not None else []
        del queue[:k]
        if all(queues) and abs(queues[0][0].t[0] - queues[1][0].t[0]) > 1.5:
            return  # further apart than it waits
    if one is None:
        assert found == []
    elif found:
        whole = Block.concat(found)
        assert whole.t.tolist() == one.t.tolist()
        assert whole.data.tolist() == one.data.tolist()


def test_times_never_step_back_whatever_the_formats_do() -> None:
    made = Combiner(Combine((("acc", "acc_mg"), ("gyr",)), 0.1), BOTH)
    other = replace(ACC, name="board/acc_mg")
    made.feed([block(GYR, 1.0, 1.02, 1.04)])
    first = made.feed([block(ACC, 1.01, 1.03)])
    assert first is not None
    assert first.t.tolist() == [1.01, 1.03]
    late = made.feed([block(other, 1.02, 1.035)])  # a clock of its own, a little behind
    assert late is not None
    assert late.t.tolist() == [1.035]


def muse(seq: int, values: int) -> bytes:
    return struct.pack(">H9h", seq % 65536, *[values] * 9)


def test_a_device_with_two_characteristics_gives_one_stream_of_six_channels() -> None:
    decoder = ProfileDecoder(MUSE, "trunk", 0)
    assert decoder.info.name == "trunk/imu"
    assert decoder.info.channels == (
        "acc_x", "acc_y", "acc_z", "gyr_x", "gyr_y", "gyr_z",
    )  # fmt: skip
    found: list[Block] = []
    for k in range(100):
        t = int(k * 3 / 52 * 1e9)
        for endpoint, value in (("acc", 16384), ("gyr", 1000)):
            if (k, endpoint) != (50, "gyr"):  # one is lost
                payload = muse(65500 + k, value)
                found += decoder.decode(Packet(f"trunk/{endpoint}", t, payload))
    both = Block.concat([b for b in found if b.info is decoder.info])
    assert decoder.counts.samples == len(both)
    assert len(both) >= 3 * 98
    assert both.data[:, 0] == pytest.approx(9.80665, rel=1e-3)
    assert both.data[:, 3] == pytest.approx(np.radians(7.4768))
    assert np.all(np.diff(both.t) > 0)
    assert decoder.counts.lost == 1


def test_a_stream_may_come_in_one_of_two_formats() -> None:
    decoder = ProfileDecoder(load_profile("polar-sense"), "trunk", 0)
    mg = bytes([2]) + struct.pack("<Q", 10**9) + b"\x81" + struct.pack("<3h", 0, 0, 999)
    gyr = bytes([5]) + struct.pack("<Q", 10**9 - 1) + b"\x81"
    gyr += struct.pack("<3f", 1, 2, 3)
    late = bytes([5]) + struct.pack("<Q", 10**9 + 10**7) + gyr[9:]
    decoder.decode(Packet("trunk/data", 10**9, gyr))
    decoder.decode(Packet("trunk/data", 10**9 + 10, mg))
    found = decoder.decode(Packet("trunk/data", 10**9 + 10**7, late))
    assert found[0].info is decoder.info
    assert found[0].data[0] == pytest.approx(
        [0, 0, 9.797, *np.radians([1, 2, 3])], rel=1e-3
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('of = ["acc", "gyr"]', 'of = ["acc"]', "two streams or more"),
        ('of = ["acc", "gyr"]', 'of = ["acc", "mag"]', "combine.of: expected streams"),
        ('of = ["acc", "gyr"]', 'of = ["acc", 5]', "combine.of: expected streams"),
        ('of = ["acc", "gyr"]', 'of = ["acc", "acc"]', "names of their own"),
        (
            'of = ["acc", "gyr"]',
            'of = [["acc", "telemetry"], "gyr"]',
            "several formats",
        ),
        ("longest_gap_ms = 150", "longest_gap_ms = 0", "a gap of 1 to 1000 ms"),
    ],
)
def test_refusals(old: str, new: str, said: str) -> None:
    assert old in MUSE.text
    with pytest.raises(ProfileError, match=said):
        parse_profile(MUSE.text.replace(old, new), "x.toml")


def test_lost_packets_of_one_part_leave_a_gap_and_no_wrong_sample() -> None:
    plan = replace(PLAN, longest_gap=0.03)
    made = Combiner(plan, BOTH)
    made.feed([block(ACC, *np.arange(0, 1, 0.02))])
    found = made.feed([block(GYR, *np.arange(0, 0.4, 0.02), *np.arange(0.6, 1, 0.02))])
    assert found is not None
    inside = (found.t > 0.381) & (found.t < 0.599)
    assert not inside.any()
    assert found.data[:, 1] == pytest.approx(10 * found.t)
