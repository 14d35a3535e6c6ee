"""Rows of a table: declared times, declared units, and nothing guessed."""

from __future__ import annotations

import numpy as np
import pytest

from surefoot.core import DecodeError, Packet
from surefoot.devices import Profile, ProfileDecoder, load_profile, parse_profile

BOARD = load_profile("wobbleboard-json")
G = 9.80665
GIVEN = """
schema = 1
id = "my-table"
name = "My table"
kind = ["imu"]
transport = "table"
evidence = "inferred"
sources = ["a person"]
[table]
separator = ";"
[[streams]]
id = "imu"
rate = 50.0
columns = [
  { name = "time", unit = "ms" },
  { name = "-" },
  { name = "acc_x", unit = "g" },
  { name = "gyr_z", unit = "deg/s", scale = -1.0 },
]
time = { clock = "given", column = "time" }
"""


def rows(profile: Profile, *payloads: str, t_ns: int = 5_000_000_000):
    decoder = ProfileDecoder(profile, "board", 5_000_000_000)
    return [
        decoder.decode(Packet("board/rows", t_ns, payload.encode()))[0]
        for payload in payloads
    ]


def test_a_nominal_clock_counts_rows_from_the_first_packet() -> None:
    first, second = rows(BOARD, "0,0,1000", "1,-2,999.5\n3,4,1001\n")
    assert first.t.tolist() == [0.0]
    assert second.t.tolist() == [0.01, 0.02]
    assert second.data == pytest.approx(
        np.array([[1, -2, 999.5], [3, 4, 1001]]) * G / 1000
    )
    assert first.info.channels == ("acc_x", "acc_y", "acc_z")
    assert first.info.rate == 100


def test_a_nominal_clock_begins_where_the_first_packet_stands() -> None:
    (block,) = rows(BOARD, "0,0,1000", t_ns=7_250_000_000)
    assert block.t.tolist() == [2.25]


def test_a_given_clock_is_taken_as_it_is() -> None:
    first, second = rows(
        parse_profile(GIVEN, "x"), "1000;?;1;90", "1017.5;-;-1;0\n1060;;0;1"
    )
    assert first.t.tolist() == [0.0]
    assert second.t == pytest.approx([0.0175, 0.06])
    assert first.data[0] == pytest.approx([G, -np.pi / 2])
    assert first.info.units == ("m/s^2", "rad/s")


@pytest.mark.parametrize(
    "bad",
    ["", "\n", "1,2", "1,2,3,4", "1,2,x", "1,2,nan", "1,inf,3", "1,2,3\n4,5"],
)
def test_rows_that_are_not_the_table_are_refused(bad: str) -> None:
    decoder = ProfileDecoder(BOARD, "board", 0)
    with pytest.raises(DecodeError):
        decoder.decode(Packet("board/rows", 0, bad.encode()))
    assert decoder.counts.refused == 1


@pytest.mark.parametrize("bad", ["1000;;1;1", "900;;1;1", "1020;;1;1\n1020;;1;1"])
def test_times_that_do_not_grow_are_refused(bad: str) -> None:
    decoder = ProfileDecoder(parse_profile(GIVEN, "x"), "board", 0)
    decoder.decode(Packet("board/rows", 0, b"1000;;1;1"))
    with pytest.raises(DecodeError, match="a later time in every row"):
        decoder.decode(Packet("board/rows", 0, bad.encode()))
    assert len(decoder.decode(Packet("board/rows", 0, b"1040;;1;1"))[0]) == 1
