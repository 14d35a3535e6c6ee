"""Files written here, imported, and decoded again as a session would."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from surefoot.core import Packet
from surefoot.devices import ProfileDecoder
from surefoot.exchange import Choice, keep_rows, read_file
from surefoot.recording import open_recording


def decoded(rows, role="board"):
    """The samples of rows, as a session sees them: info, t, data."""
    pairs = list(rows)
    assert len(pairs) == len(rows)
    decoder = ProfileDecoder(rows.profile, role, pairs[0][0])
    # a packet may hold several rows: long files are decoded sooner
    step = 1 if len(pairs) < 1000 else 256
    packets = [
        Packet(
            f"{role}/rows", pairs[i][0], b"\n".join(r for _, r in pairs[i : i + step])
        )
        for i in range(0, len(pairs), step)
    ]
    blocks = [block for packet in packets for block in decoder.decode(packet)]
    t = np.concatenate([block.t for block in blocks])
    data = np.concatenate([block.data for block in blocks])
    return SimpleNamespace(info=blocks[0].info, t=t, data=data, rows=rows)


@pytest.fixture
def read(tmp_path):
    """Write a file (or several, into a folder) and read its rows."""

    def call(files, form="auto", name="t.csv", **told):
        path = tmp_path / name
        if isinstance(files, dict):
            for member, text in files.items():
                (path / member).parent.mkdir(parents=True, exist_ok=True)
                (path / member).write_text(text)
        elif isinstance(files, bytes):
            path.write_bytes(files)
        else:
            path.write_text(files)
        return read_file(path, form, Choice(**told))

    return call


@pytest.fixture
def samples(read):
    """The same, decoded."""

    def call(files, form="auto", **told):
        return decoded(read(files, form, **told))

    return call


@pytest.fixture
def read_real():
    """Read and decode a file that is there."""

    def call(path, form="auto", **told):
        return decoded(read_file(path, form, Choice(**told)))

    return call


@pytest.fixture
def imported(tmp_path):
    """Keep rows as a recording, and open it."""

    def call(rows, role="board", name="r.mcap"):
        source = tmp_path / "t.csv"
        return open_recording(keep_rows(rows, source, tmp_path / name, role))

    return call
