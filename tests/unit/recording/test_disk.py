"""The disk refuses, fills up, hangs or is slow: the session goes on and is told."""

from __future__ import annotations

import errno
import io
import os
import random
import shutil
import subprocess
import sys
import threading
from itertools import count, islice
from pathlib import Path

import pytest

from surefoot.core import Packet, RecordingError
from surefoot.recording import Recorder, _file, _recorder, open_recording


class FullDisk(io.FileIO):
    """A file on a disk with little room left, which ends in the middle of a write."""

    room = 20_000

    def write(self, data, /) -> int:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = super().write(bytes(data)[: self.room])
        self.room -= taken
        return taken


class HungDisk(io.FileIO):
    """A file whose disk answers when it likes."""

    answers = threading.Event()
    hangs = threading.Event()

    def write(self, data, /) -> int:
        if not self.answers.is_set():
            self.hangs.set()
        assert self.answers.wait(30)
        return super().write(data)


def on(monkeypatch, disk):
    def create(_path: Path, part: Path):
        return io.BufferedWriter(disk(part, "xb"))

    monkeypatch.setattr(_file, "_create", create)


def noise():
    chance = random.Random(3)
    return (Packet("board/data", n, chance.randbytes(200)) for n in count())


def test_a_full_disk_ends_the_recording_and_not_the_session(
    tmp_path, header, monkeypatch, until
):
    on(monkeypatch, FullDisk)
    recorder = Recorder(tmp_path / "a.mcap", header, ["board/data"], flush_s=0.01)
    sent = noise()
    taken = []

    def told() -> bool:
        taken.extend(next(sent) for _ in range(10))
        for packet in taken[-10:]:
            recorder.write(packet)
        return bool(recorder.error)

    until(told)
    recorder.write(Packet("board/data", 0, b"after"))
    assert "the disk is full" in recorder.error
    assert recorder.lost > 0
    assert recorder.lost + recorder._file.flushed == len(taken) + 1
    assert recorder.backlog == 0
    with pytest.raises(RecordingError, match=r"a\.mcap\.part: recording stopped"):
        recorder.close()
    assert not recorder.path.exists()
    kept = list(open_recording(recorder.part).packets())
    assert kept
    assert kept == taken[: len(kept)]


def test_what_waits_when_the_disk_fills_up_is_counted_as_lost(
    tmp_path, header, monkeypatch, until
):
    on(monkeypatch, FullDisk)
    recorder = Recorder(tmp_path / "a.mcap", header, ["board/data"], flush_s=0.2)
    for packet in islice(noise(), 15_000):  # more than one chunk
        recorder.write(packet)
    until(lambda: bool(recorder.error))
    assert recorder.backlog == 0
    assert recorder.lost == 15_000
    recorder.abandon()


CHILD = """
import random, resource, sys, time
from pathlib import Path
from surefoot.core import Packet, RecordingError
from surefoot.recording import Header, Recorder
recorder = Recorder(Path(sys.argv[1]), Header({}, {}, {}, ""), [], flush_s=0.02)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
count, end = 0, time.monotonic() + 20
while not recorder.error and time.monotonic() < end:
    recorder.write(Packet("board/data", count, random.randbytes(400)))
    count += 1
    time.sleep(0.0005)
try:
    recorder.close()
except RecordingError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX resource limits")
def test_a_file_the_system_does_not_let_grow(tmp_path):
    path = tmp_path / "a.mcap"
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1
    assert "the disk takes no larger file" in done.stdout
    times = [p.t_ns for p in open_recording(tmp_path / "a.mcap.part").packets()]
    assert times
    assert times == list(range(len(times)))


def test_a_hung_disk_delays_no_sender_and_is_told(tmp_path, header, monkeypatch, until):
    HungDisk.answers, HungDisk.hangs = threading.Event(), threading.Event()
    HungDisk.answers.set()
    on(monkeypatch, HungDisk)
    monkeypatch.setattr(_recorder, "_STALL_S", 0.05)
    recorder = Recorder(tmp_path / "a.mcap", header, ["board/data"], flush_s=0.01)
    HungDisk.answers.clear()
    recorder.write(Packet("board/data", 0, b"first"))
    until(lambda: HungDisk.hangs.is_set() and "has not answered" in recorder.error)
    for n in range(1, 500):
        recorder.write(Packet("board/data", n, b"x"))
    assert recorder.backlog == 499
    HungDisk.answers.set()
    until(lambda: recorder.error == "" and recorder.backlog == 0)
    assert [p.t_ns for p in open_recording(recorder.close()).packets()] == [*range(500)]


def test_a_slow_sync_does_not_keep_packets_from_the_file(
    tmp_path, header, monkeypatch, until
):
    synced = threading.Event()
    monkeypatch.setattr(_file.os, "fsync", lambda _handle: synced.wait(30))
    recorder = Recorder(tmp_path / "a.mcap", header, ["board/data"], flush_s=0.01)
    recorder.write(Packet("board/data", 5, b"x"))
    until(lambda: [*open_recording(recorder.part).packets()] != [])
    synced.set()
    assert recorder.close().is_file()


def test_an_error_while_syncing_is_told(tmp_path, header, monkeypatch, until):
    def fails(_handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(_file.os, "fsync", fails)
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    until(lambda: "the disk reports an error" in recorder.error)
    with pytest.raises(RecordingError, match="what was written is kept"):
        recorder.close()
    assert recorder.part.is_file()


# runs in a mount namespace of its own, so that nothing stays mounted
SMALL_DISK = """
import random, subprocess, sys, time
from pathlib import Path
from surefoot.core import Packet, RecordingError
from surefoot.recording import Header, Recorder, open_recording
folder, how = Path(sys.argv[1]), sys.argv[2]
size = "size=400k" if how == "full" else "size=50m"
subprocess.run(["mount", "-t", "tmpfs", "-o", size, "none", folder], check=True)
recorder = Recorder(folder / "a.mcap", Header({}, {}, {}, ""), [], flush_s=0.02,
                    sync_s=0.05)
count, end = 0, time.monotonic() + 20
begun = None
while not recorder.error and time.monotonic() < end:
    recorder.write(Packet("board/data", count, random.randbytes(400)))
    count += 1
    time.sleep(0.0005)
    if count == 200 and how != "full":
        begun = time.monotonic()
        subprocess.run(["umount", "-l", folder], check=True)
print(recorder.error)
recorder.write(Packet("board/data", count, b"after"))
print(recorder.lost > 0, begun is None or time.monotonic() - begun < 5.0)
try:
    recorder.close()
except RecordingError as error:
    print("kept", error == recorder.error or str(error) == recorder.error)
if how == "full":
    times = [p.t_ns for p in open_recording(recorder.part).packets()]
    print(len(times) > 100 and times == list(range(len(times))))
"""


def on_a_small_disk(folder, how) -> list[str]:
    """Record on a real small file system; skip where none can be mounted."""
    alone = ["unshare", "--mount", "--map-root-user"]
    if not shutil.which("unshare"):
        pytest.skip("unshare is not on this machine: no small disk can be mounted")
    probe = [*alone, "mount", "-t", "tmpfs", "-o", "size=400k", "none", str(folder)]
    if subprocess.run(probe, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a small disk in a namespace")
    done = subprocess.run(
        [*alone, sys.executable, "-c", SMALL_DISK, str(folder), how],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_a_real_disk_that_fills_up(tmp_path):
    error, *rest = on_a_small_disk(tmp_path, "full")
    assert "recording stopped after" in error
    assert "the disk is full: what was written is kept" in error
    assert rest == ["True True", "kept True", "True"]


def test_a_real_drive_that_is_pulled_out_is_told_soon(tmp_path):
    error, *rest = on_a_small_disk(tmp_path, "pulled out")
    assert "the file is no longer where it was: put its drive back" in error
    assert rest == ["True True", "kept True"]


def test_a_file_that_is_moved_away_is_told(tmp_path, header, until):
    recorder = Recorder(tmp_path / "a.mcap", header, [], flush_s=0.01, sync_s=0.01)
    recorder.write(Packet("board/data", 5, b"x"))
    until(lambda: [*open_recording(recorder.part).packets()] != [])
    recorder.part.rename(tmp_path / "b.part")
    until(lambda: "no longer where it was" in recorder.error)
    recorder.abandon()


def test_a_disk_that_is_nearly_full_is_told_before(
    tmp_path, header, monkeypatch, until
):
    monkeypatch.setattr(_file.RecordingFile, "room", lambda _file: 12_000_000)
    recorder = Recorder(tmp_path / "a.mcap", header, [], sync_s=0.01)
    until(lambda: bool(recorder.alarm))
    assert "12 MB are left" in recorder.alarm
    assert recorder.error == ""
    assert recorder.close().is_file()


def test_a_missing_folder_is_refused_in_one_line(tmp_path, header):
    with pytest.raises(RecordingError, match="choose another folder") as caught:
        Recorder(tmp_path / "absent" / "a.mcap", header, [])
    assert "\n" not in str(caught.value)


def test_a_read_only_folder_is_refused_in_one_line(tmp_path, header):
    folder = tmp_path
    if os.name == "posix" and os.geteuid() == 0:
        folder = Path("/sys/kernel")  # even root creates nothing there
        if not folder.is_dir():
            pytest.skip("root may write anywhere here")
    else:
        folder.chmod(0o500)
    with pytest.raises(RecordingError, match="choose another folder"):
        Recorder(folder / "a.mcap", header, [])


@pytest.mark.parametrize("name", ["a.mcap", "a.mcap.part"])
def test_nothing_that_exists_is_overwritten(tmp_path, header, name):
    (tmp_path / name).write_bytes(b"dear")
    with pytest.raises(RecordingError, match="got one that exists"):
        Recorder(tmp_path / "a.mcap", header, [])
    assert (tmp_path / name).read_bytes() == b"dear"


def test_a_file_that_appears_meanwhile_is_not_overwritten(tmp_path, header):
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    recorder.write(Packet("board/data", 5, b"x"))
    recorder.path.write_bytes(b"dear")
    with pytest.raises(RecordingError, match="got one that exists"):
        recorder.close()
    assert recorder.path.read_bytes() == b"dear"
    assert [p.t_ns for p in open_recording(recorder.part).packets()] == [5]


def test_abandoned_as_in_a_crash(tmp_path, header):
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    recorder.write(Packet("board/data", 5, b"x"))
    recorder.abandon()
    assert not recorder.path.exists()
    assert open_recording(recorder.part).state == "unfinished"


def test_closing_twice_is_no_harm(tmp_path, header):
    recorder = Recorder(tmp_path / "a.mcap", header, [])
    assert recorder.close() == recorder.close()
    recorder.write(Packet("board/data", 5, b"late"))
    assert recorder.backlog == 0
