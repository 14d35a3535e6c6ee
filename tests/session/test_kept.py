"""Samples kept as one array are the samples, however they came."""

import numpy as np
import pytest

from surefoot.core import Block, StreamInfo
from surefoot.session.kept import Kept

INFO = StreamInfo("board/tilt", ("ml", "ap"), ("rad", "rad"), 100.0, "board")


def samples(n: int) -> Block:
    chance = np.random.default_rng(n)
    return Block(INFO, np.arange(n) / 100, chance.normal(size=(n, 2)))


@pytest.mark.parametrize("n", [1, 7, 1023, 1024, 1025, 5000])
def test_any_cutting_gives_the_same_block(n: int) -> None:
    whole = samples(n)
    chance = np.random.default_rng(5)
    for _ in range(5):
        cuts = np.sort(chance.integers(0, n + 1, size=chance.integers(0, 60)))
        kept = Kept()
        for start, end in zip([0, *cuts], [*cuts, n], strict=True):
            kept.append(whole[int(start) : int(end)])
        found = kept.block()
        assert found is not None
        assert len(kept) == n
        assert found.info == INFO
        np.testing.assert_array_equal(found.t, whole.t)
        np.testing.assert_array_equal(found.data, whole.data)


def test_what_was_handed_out_stays_as_it_was() -> None:
    whole, kept = samples(4000), Kept()
    early: list[Block] = []
    for start in range(0, 4000, 400):
        kept.append(whole[start : start + 400])
        found = kept.block()
        assert found is not None
        early.append(found)
    for n, block in enumerate(early, 1):
        np.testing.assert_array_equal(block.data, whole.data[: 400 * n])
        assert not block.data.flags.writeable


def test_nothing_kept_is_no_block() -> None:
    assert Kept().block() is None


def test_it_holds_little_more_than_the_samples() -> None:
    whole, kept = samples(60_000), Kept()
    for start in range(0, 60_000, 6):
        kept.append(whole[start : start + 6])
    held = kept._t.nbytes + kept._data.nbytes
    assert held < 1.6 * (whole.t.nbytes + whole.data.nbytes)
