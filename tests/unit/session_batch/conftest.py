"""Small recordings, each with bytes of its own."""

from __future__ import annotations

import pytest

from surefoot.recording import Header, Recorder, open_recording
from surefoot.resources import folder

PACKETS = 60


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Make small recordings in a new folder."""
    source = open_recording(folder("recordings") / "rocker-steady.mcap")
    packets = [p for p, _ in zip(source.packets(), range(PACKETS), strict=False)]
    told = source.header

    def make(n, name="small"):
        top = tmp_path_factory.mktemp(name)
        for i in range(n):
            session = {**told.session, "id": f"{name}-{i}"}
            header = Header(session, told.profiles, told.calibration, told.drill)
            recorder = Recorder(top / f"{i:03}.mcap", header, ())
            for packet in packets:
                recorder.write(packet)
            recorder.close()
        return top

    return make


@pytest.fixture(scope="session")
def three(small):
    """Two sound recordings and a file that is none."""
    top = small(2, "three")
    (top / "none.mcap").write_bytes(b"none")
    return sorted(top.glob("*.mcap"))
