"""Counters of every width go on through their wrap, through silence and restarts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surefoot.devices.counter import Unwrapper

MS = 1_000_000
WIDTHS = [8, 16, 24, 32, 40, 48, 56, 64]


def feed(bits: int, counts: list[int], unit_ns: int) -> list[tuple[str, int]]:
    """Read true counts, each at its time; return changes and unwrapped values."""
    counter = Unwrapper(bits)
    found = [counter.read(c % 2**bits, c * unit_ns, unit_ns) for c in counts]
    return [(reading.change, reading.value) for reading in found]


@pytest.mark.parametrize("bits", WIDTHS)
def test_the_count_goes_on_through_the_wrap(bits: int) -> None:
    top = 2**bits
    counts = [top - 2, top - 1, top, top + 1, top + 5]
    found = feed(bits, counts, MS)
    assert [change for change, _ in found] == ["first"] + ["next"] * 4
    assert [value - found[0][1] for _, value in found] == [0, 1, 2, 3, 7]


@pytest.mark.parametrize("bits", WIDTHS)
@given(st.data())
def test_any_loss_and_silence_are_resolved_with_the_host(
    bits: int, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, 2**bits - 1))
    steps = data.draw(
        st.lists(st.integers(1, 3 * 2 ** min(bits, 32)), min_size=1, max_size=8)
    )
    counts = [start]
    for step in steps:
        counts.append(counts[-1] + step)
    found = feed(bits, counts, 20 * MS)
    assert [value for _, value in found] == counts


@pytest.mark.parametrize("bits", [8, 16, 32])
def test_a_silence_of_several_periods_with_late_reception(bits: int) -> None:
    unit = 20 * MS
    counter = Unwrapper(bits)
    counter.read(3, 0, unit)
    true = 3 + 5 * 2**bits + 11
    found = counter.read(true % 2**bits, (true - 3) * unit + 300 * MS, unit)
    assert (found.change, found.step) == ("next", true - 3)


def test_the_same_and_a_recent_reading_are_stale() -> None:
    counter = Unwrapper(16)
    counter.read(10, 0, MS)
    counter.read(11, 60 * MS, 60 * MS)
    assert counter.read(11, 61 * MS, 60 * MS).change == "stale"
    assert counter.read(10, 62 * MS, 60 * MS).change == "stale"
    assert counter.read(12, 120 * MS, 60 * MS) == ("next", 12, 1)


@pytest.mark.parametrize("ran_s", [5, 300, 3600, 4200])
def test_a_clock_that_jumps_back_is_a_restart(ran_s: int) -> None:
    clock = Unwrapper(32)
    clock.read(1_000_000, 0, 1000)
    before = clock.read(ran_s * 1_000_000, ran_s * 1000 * MS, 1000)
    found = clock.read(50_000, (ran_s + 3) * 1000 * MS, 1000)
    assert found == ("restart", before.value, 0)
    assert clock.read(110_000, (ran_s + 3) * 1000 * MS + 60 * MS, 1000).step == 60_000


def test_a_jump_ahead_that_the_host_did_not_see_is_a_restart() -> None:
    counter = Unwrapper(16)
    counter.read(100, 0, 60 * MS)
    assert counter.read(9_000, 60 * MS, 60 * MS).change == "restart"
