"""Checking and mending, and what bit-exactness depends on."""

from __future__ import annotations

import json

import pytest

from surefoot.core import RecordingError
from surefoot.recording import (
    differences,
    fingerprint,
    open_recording,
    recover,
    verify,
)


def test_an_intact_recording_is_said_to_be(build, packets):
    report = verify(build(packets))
    assert report.ok
    assert report.lines == (
        "a.mcap: complete, every checksum holds; 1000 packets in 10.0 s",
    )


def test_an_unfinished_recording_is_not_intact(build, packets):
    report = verify(build(packets, finish=False))
    assert not report.ok
    assert "not closed" in report.lines[0]


def test_recovering_a_part_gives_a_whole_recording_and_keeps_the_part(build, packets):
    part = build(packets, finish=False)
    torn = part.read_bytes()[:-100]
    part.write_bytes(torn)
    path = recover(part)
    copy = open_recording(path)
    assert (path.name, copy.state) == ("a.mcap", "complete")
    assert list(copy.packets()) == packets[:960]
    assert copy.header.session["recovered"]["state"] == "unfinished"
    assert copy.header.profiles == open_recording(part).header.profiles
    assert part.read_bytes() == torn
    assert sorted(p.name for p in path.parent.iterdir()) == ["a.mcap", "a.mcap.part"]


def test_recovering_a_damaged_file_says_what_is_gone(build, packets):
    path = build(packets)
    whole = path.read_bytes()
    at = whole.index(b"zstd", len(whole) // 2)
    path.write_bytes(whole[: at + 60] + b"\xff\xff" + whole[at + 62 :])
    copy = open_recording(recover(path))
    assert copy.path.name == "a.recovered.mcap"
    assert (copy.state, copy.missing) == ("complete", 40)
    assert copy.results == {"time_in_zone": 0.7}
    report = verify(copy.path)
    assert report.ok
    assert report.lines[1] == "40 packets that the session took are not in it"


def test_recovering_overwrites_nothing(build, packets, tmp_path):
    path = build(packets)
    with pytest.raises(RecordingError, match="got one that exists"):
        recover(path, path)
    with pytest.raises(RecordingError, match="choose another folder"):
        recover(path, tmp_path / "absent" / "b.mcap")
    assert verify(path).ok


def test_the_fingerprint_is_json_and_equals_itself():
    found = fingerprint()
    assert json.loads(json.dumps(found)) == found
    assert found["versions"]["numpy"]
    assert found["cpu"]["features"]
    assert differences(found) == ()


def test_another_version_or_processor_is_told():
    found = fingerprint()
    found["versions"] = found["versions"] | {"numpy": "1.0"}
    found["cpu"] = found["cpu"] | {"model": "abacus"}
    told = differences(found)
    assert len(told) == 2
    assert told[0].startswith("versions numpy: recorded 1.0, here ")
    assert len(differences({})) == sum(len(part) for part in fingerprint().values())
