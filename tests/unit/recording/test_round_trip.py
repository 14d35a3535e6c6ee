"""What goes in comes out: packets, order, header, results, for us and for others."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mcap.reader import make_reader

from surefoot.core import Packet
from surefoot.recording import Header, Recorder, open_recording, verify

INT64 = st.integers(-(2**63), 2**63 - 1)
SOURCES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ANY_PACKETS = st.lists(st.builds(Packet, SOURCES, INT64, st.binary(max_size=300)))


@settings(max_examples=40, deadline=None)
@given(packets=ANY_PACKETS, foreseen=st.lists(SOURCES, max_size=3), anchor=INT64)
def test_any_packets_come_back_equal_and_in_order(packets, foreseen, anchor):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.mcap"
        header = Header({"anchor_ns": anchor}, {}, {}, "")
        recorder = Recorder(path, header, foreseen)
        for packet in packets:
            recorder.write(packet)
        assert recorder.close() == path
        recording = open_recording(path)
        assert list(recording.packets()) == packets
        assert recording.state == "complete"
        assert recording.counts == Counter(p.source for p in packets)


def test_header_and_results_come_back(tmp_path, header):
    recorder = Recorder(tmp_path / "a.mcap", header, ["board/data"])
    results = {"measures": [{"value": 0.1 + 0.2}], "events": []}
    recording = open_recording(recorder.close(results))
    assert recording.header == recorder.header
    assert recording.header.profiles == header.profiles
    assert recording.header.drill == header.drill
    assert header.session.items() <= recording.header.session.items()
    assert {"id", "started", "versions", "cpu"} <= recording.header.session.keys()
    assert recording.results == results


def test_times_and_counts_are_of_the_packets(build, packets):
    recording = open_recording(build(packets))
    assert recording.t0_ns == packets[0].t_ns
    assert recording.duration == pytest.approx(9.99)
    assert recording.counts["board/data"] == 333
    assert recording.info()["packets"] == len(packets)


def test_a_recording_without_packets_is_one(tmp_path, header):
    recording = open_recording(Recorder(tmp_path / "a.mcap", header, []).close())
    assert (recording.state, recording.duration, recording.t0_ns) == ("complete", 0, 0)
    assert list(recording.packets()) == []


def test_the_stock_reader_checks_and_reads_it(build, packets):
    path = build(packets, sources=["clock/start", "board/data"])
    anchor = open_recording(path).header.session["anchor_ns"]
    with path.open("rb") as stream:
        reader = make_reader(stream, validate_crcs=True)
        found = [
            Packet(channel.topic[1:], message.log_time - anchor, message.data)
            for _, channel, message in reader.iter_messages(log_time_order=False)
        ]
        names = [attachment.name for attachment in reader.iter_attachments()]
    assert found == packets
    assert {"session.json", "profiles.json", "calibration.json"} <= set(names)
    assert {"drill.toml", "live.json"} <= set(names)


def test_every_thread_keeps_its_order(tmp_path, header):
    recorder = Recorder(tmp_path / "a.mcap", header, [])

    def send(source: str) -> None:
        for n in range(1500):
            recorder.write(Packet(source, n, b"x"))

    threads = [threading.Thread(target=send, args=(f"s{k}/x",)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recording = open_recording(recorder.close())
    assert [n for n, _ in recording.numbered()] == list(range(6000))
    for k in range(4):
        times = [p.t_ns for p in recording.packets() if p.source == f"s{k}/x"]
        assert times == list(range(1500))


@pytest.mark.parametrize(
    ("packet", "told"),
    [
        (Packet("a/b", 0, bytes(1 << 21)), "a/b, 2097152 bytes at 0 ns"),
        (Packet("a/b", 1 << 63, b""), f"a/b, 0 bytes at {1 << 63} ns"),
    ],
)
def test_a_packet_no_file_can_hold_is_told_and_leaves_its_number_out(
    tmp_path, header, packet, told
):
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    recorder.write(Packet("a/b", 1, b"before"))
    recorder.write(packet)
    recorder.write(Packet("a/b", 2, b"after"))
    assert (recorder.lost, recorder.error) == (1, "")
    assert told in recorder.alarm
    assert "\n" not in recorder.alarm
    recording = open_recording(recorder.close())
    assert [(n, p.payload) for n, p in recording.numbered()] == [
        (0, b"before"),
        (2, b"after"),
    ]
    assert (recording.state, recording.missing) == ("complete", 1)


def test_a_packet_left_out_at_the_very_end_is_missed_too(tmp_path, header):
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    recorder.write(Packet("a/b", 1, b"fine"))
    recorder.write(Packet("a/b", 2, bytes(1 << 21)))
    path = recorder.close()
    assert open_recording(path).missing == 1
    report = verify(path)
    assert report.ok, "every byte that was written is intact"
    assert "1 packets" in report.lines[1]
    assert "a/b, 2097152 bytes" in report.lines[2]
