"""Nobody is known by an anonymous copy, and it measures the same."""

import os
import shutil
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from surefoot.analysis import parse_calibration
from surefoot.archive import facts_of
from surefoot.cli import surefoot
from surefoot.core import Packet, RecordingError
from surefoot.core.control import control
from surefoot.devices import load_profile, parse_profile
from surefoot.exchange import Choice, import_file
from surefoot.exchange.anonymise import anonymise
from surefoot.exchange.anonymous.header import profile_text
from surefoot.exchange.anonymous.packets import _Lines
from surefoot.exchange.export.material import read_material
from surefoot.recording import (
    Change,
    Recorder,
    annotate,
    annotations_of,
    open_recording,
    verify,
)
from surefoot.resources import folder
from surefoot.session.analyse import analyse
from surefoot.session.replay import open_replay, replay
from surefoot.session.setup import Sensor, Setup, load_drill
from surefoot.training import Phase, parse_drill

NAME, SERIAL, ADDRESS = "Waldmeister", "SN-90210", "AA:BB:CC:DD:EE:0F"
SECRETS = (
    *(text.encode() for text in (NAME, SERIAL, ADDRESS, ADDRESS.replace(":", ""))),
    bytes.fromhex(ADDRESS.replace(":", "")),
    bytes.fromhex(ADDRESS.replace(":", ""))[::-1],
    NAME.encode("utf-16-le"),
    NAME.lower().encode(),
    b"2031-05-17",
    b"1936743",
)
"""What must not be found; the last is the beginning of the seconds of that day."""
WALL_NS = 1_936_743_000_000_000_000

CUSTOM = f"""
# the board of {NAME}
schema = 1
id = "{NAME.lower()}-board"
name = "Board of {NAME}"
kind = ["imu"]
transport = "ble"
evidence = "inferred"
sources = ["{NAME} told on the phone"]
[[match]]
name = "^{SERIAL}$"
[gatt]
data = {{ service = "fff0", char = "fff1", notify = true }}
info = {{ service = "fff0", char = "fff2" }}
[virtual]
name = "{NAME}"
[[start]]
notify = "data"
[[start]]
read = "info"
[[streams]]
id = "imu"
char = "data"
rate = 100
select = [{{ at = 0, eq = 7 }}]
header = [["type", "u1"], ["serial", "u1", 8], ["n", "u1"]]
sample = [["acc", "<i2", 3], ["day", "u1", 10]]
repeat = "n"
channels = [{{ name = "acc", field = "acc", unit = "mg" }}]
"""
CALIBRATION = f"""
# made by {NAME}
schema = 1
serial = "{SERIAL}"
date = "2031-05-17"
acc_bias = [0.123456789012345, 0.1, -0.2]
"""


def contents(path):
    """Every byte of a recording that somebody may read, unpacked, and its names."""
    recording = open_recording(path)
    parts = [path.read_bytes()]
    parts += [batch.raw for batch in recording.batches()]
    return b"\n".join(parts)


def found_in(path):
    text = contents(path)
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def telling(tmp_path):
    """A recording that gives its trainee away wherever one can."""
    drill = load_drill("rocker-hold-level")
    text = drill.text.replace(f'"{drill.title}"', f'"For {NAME}"')
    text = f"# written by {NAME}\n" + text
    setup = Setup(
        {
            "board": Sensor(
                parse_profile(CUSTOM, "t"),
                f"{SERIAL} {ADDRESS}",
                {},
                parse_calibration(CALIBRATION, "c"),
                CALIBRATION,
            )
        },
        parse_drill(text, "d"),
        person=NAME,
    )
    header = setup.header()
    session = header.session | {
        "author": NAME,
        "note": f"{NAME} was tired",
        "site": f"{NAME} clinic",
        "started": "2031-05-17T10:10:00+00:00",
        "anchor_ns": WALL_NS - 5_000_000_000,
        "id": "1936743",
        "imported": {"from": f"{NAME}.csv", "format": "csv", "label": NAME},
        "circumstances": {"board": NAME.lower(), "vision": "open"},
        "platform": {"system": "Linux", "host": NAME},
    }
    path = tmp_path / "telling.mcap"
    recorder = Recorder(path, replace(header, session=session), setup.sources)
    t = 5_000_000_000
    device = {"device": f"{NAME} {SERIAL}", "reason": f"{ADDRESS} gone"}
    for packet in (
        control("clock/start", t, wall_ns=WALL_NS),
        control("link/board", t, state="connecting", **device),
        control("link/board", t, wrote=NAME.encode().hex(), endpoint="cmd"),
        control("link/board", t, warning=f"{NAME} {ADDRESS}"),
        control(f"link/{NAME}", t, state="lost", **device),
        control("link/board", t, state="streaming", battery=77, **device),
        Packet("board/info", t + 1, b" ".join(SECRETS)),
        Packet("board/info", t + 2, bytes.fromhex(ADDRESS.replace(":", ""))[::-1]),
        Packet("board/data", t + 3, b"\x01" + SERIAL.encode()),
        Packet("board/data", t + 3, b"\x07" + b"SN"),
        Packet("clock/nonsense", t + 4, NAME.encode()),
        Packet("person/command", t + 4, b'{"do": ["marker"], "yes": NaN, "why": {}}'),
        Packet("link/board", t + 4, b'{"state": [], "battery": 1e400, "gap": -1e99}'),
        Packet(f"{NAME}/data", t + 5, NAME.encode()),
        control("person/command", t + 6, do="marker", label=NAME, detail=ADDRESS),
        control("person/command", t + 7, do=NAME, why=NAME, yes=True),
        control("person/command", t + 8, do="stop", why=NAME),
    ):
        recorder.write(packet)
    for i in range(3000):
        t += 10_000_000
        row = np.array([20 * (i % 7), -30 * (i % 5), 990 + i % 3], "<i2")
        payload = b"\x07" + SERIAL.encode() + b"\x01" + row.tobytes() + b"2031-05-17"
        recorder.write(Packet("board/data", t, payload + NAME.encode()))
        if i == 1500:
            gap = {"gap": 0.5, "reason": f"{NAME} left"}
            recorder.write(control("link/board", t, **gap))
    recorder.write(control("clock/end", t, why=f"{NAME} left"))
    recorder.close()
    annotate(path, Change.person(NAME), Change.note(NAME), Change.label(NAME), by=NAME)
    annotate(path, Change.exclude(2.0, 4.0, f"{NAME} sneezed"))
    return path


def test_nothing_is_found_of_what_tells_a_person_a_device_or_a_day(telling, tmp_path):
    assert found_in(telling) == list(SECRETS)  # they are there to be found
    made = anonymise(telling, tmp_path / "a.mcap", "P-1")
    assert found_in(made.path) == []
    beside = made.path.with_name("a.annotations.jsonl").read_text()
    assert not any(secret in beside.encode() for secret in SECRETS[:9])
    # info twice, one of another kind, one that is none, one of no sensor
    assert (made.code, made.left_out, made.excluded) == ("P-1", 5, 1)
    assert annotations_of(made.path).excludes(3.0, 3.1)
    assert annotations_of(made.path).person is None
    assert verify(made.path).ok


def test_samples_are_the_same_to_the_last_bit(telling, tmp_path):
    made = anonymise(telling, tmp_path / "a.mcap")
    before, after = read_material(telling).blocks, read_material(made.path).blocks
    assert set(before) == set(after) == {"board/imu"}
    for name, block in before.items():
        assert len(block) == 3000
        assert (block.t == after[name].t).all()
        assert (block.data == after[name].data).all()
    assert open_recording(made.path).t0_ns == 0
    assert made.code.startswith("anon-")


SAMPLES = sorted(folder("recordings").glob("*.mcap"))
LOOKED_AT = SAMPLES if os.environ.get("SUREFOOT_SOAK") == "1" else SAMPLES[1:3]


@pytest.mark.soak
@pytest.mark.parametrize("path", LOOKED_AT, ids=lambda path: path.stem)
def test_measures_and_runs_are_those_of_the_original(path, tmp_path):
    made = anonymise(path, tmp_path / "a.mcap")
    before, after = analyse(path), analyse(made.path)
    for key in ("measures", "pipelines", "circumstances", "refused"):
        assert after[key] == before[key]
    for told in (before, after):
        for sensor in told["quality"]["sensors"]:
            del sensor["device"]
    assert after["quality"] == before["quality"]
    again, live = replay(made.path), replay(path)
    # to the bit where the sample was made on a machine like this one
    assert again["same_as_live"] == live["same_as_live"]
    assert live["same_as_live"] in {"to the bit", "to 1e-9"}
    assert again["measures"] == live["measures"]
    names = [(event["t"], event["name"]) for event in again["events"]]
    assert names == [(event["t"], event["name"]) for event in live["events"]]


def test_the_catalogue_and_the_views_take_it_as_any_other(tmp_path):
    made = anonymise(SAMPLES[2], tmp_path / "a.mcap")
    facts = facts_of(made.path)
    assert (facts.person, facts.started) == (made.code, None)
    player = open_replay(made.path)
    player.send("seek", t=25.0)
    assert player.snapshot().phase is Phase.RUN


TABLE = f"""\
time [s],who,ax [g],ay [g],az [g]
1936743000.25,{NAME},0.1,0.01,0.99
1936743000.26,{NAME},0.11,0.02,0.98
1936743000.28,{NAME},0.12,0.02,0.97
"""


def test_rows_lose_the_columns_nobody_uses_and_their_clock(tmp_path):
    table = tmp_path / f"{NAME}.csv"
    table.write_text(TABLE)
    path = import_file(table, tmp_path / "r.mcap", "csv", Choice())
    assert NAME.encode() in contents(path)
    made = anonymise(path, tmp_path / "a.mcap")
    assert found_in(made.path) == []
    one, two = read_material(path).blocks, read_material(made.path).blocks
    assert (one["board/imu"].t == two["board/imu"].t).all()
    assert (one["board/imu"].data == two["board/imu"].data).all()
    rows = [p.payload for p in open_recording(made.path).packets() if p.role == "board"]
    assert rows[0] == b"0.0,0,0.1,0.01,0.99"
    told = open_recording(made.path).header.session["imported"]
    assert (told["format"], told["rows"], told["from"]) == ("csv", 3, "")


def test_decimal_commas_stay_commas(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("time [s];ax [g];ay [g];az [g]\n7,5;0,1;0;1\n7,75;0,2;0;1\n")
    path = import_file(table, tmp_path / "r.mcap")
    made = anonymise(path, tmp_path / "a.mcap").path
    one, two = (read_material(p).blocks["board/imu"] for p in (path, made))
    assert (one.t == two.t).all()
    assert (one.data == two.data).all()


@pytest.mark.parametrize(
    ("pieces", "hidden"),
    [
        ([b"1,2\nAnna 5\n3,4\n"], [b"1,2\nxxxxxx\n3,4\n"]),
        ([b"An", b"na\n1", b"2,3\r\n"], [b"xx", b"xx\n1", b"2,3\r\n"]),
        ([b"1,Anna,2e-3\n"], [b"1,xxxx,2e-3\n"]),
    ],
)
def test_lines_of_text_lose_what_is_no_number(pieces, hidden):
    lines = _Lines(",")
    assert [lines.hidden(piece) for piece in pieces] == hidden


def test_a_shipped_profile_and_drill_stay_as_they_are(tmp_path):
    profile, drill = load_profile("movesense"), load_drill("rocker-hold-level")
    setup = Setup({"board": Sensor(profile)}, drill, person="P-9")
    recorder = Recorder(tmp_path / "r.mcap", setup.header(), setup.sources)
    recorder.write(control("clock/start", 5, wall_ns=WALL_NS))
    made = anonymise(recorder.close(), tmp_path / "a.mcap").path
    header = open_recording(made).header
    assert header.profiles["board"] == profile.text
    assert header.drill == drill.text
    assert header.session["drill"] == "rocker-hold-level"
    assert header.session["person"] not in {"", "P-9"}
    assert "anonymised" in header.session


def test_an_older_text_of_a_shipped_profile_keeps_its_meaning():
    shipped = load_profile("movesense")
    older = parse_profile("# by Anna\n" + shipped.text, "older")
    text = profile_text(older)
    assert "Anna" not in text
    again = parse_profile(text, "again")
    assert (again.id, again.name) == (shipped.id, shipped.name)
    assert again.streams == shipped.streams
    assert again.gatt == shipped.gatt


@pytest.mark.parametrize("code", ["Anna Maier", "x" * 40, "-"])
def test_a_name_is_no_code(tmp_path, code):
    with pytest.raises(RecordingError, match="a code of letters"):
        anonymise(SAMPLES[0], tmp_path / "a.mcap", code)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path):
    copy = shutil.copy(SAMPLES[0], tmp_path / "a.mcap")
    before = copy.read_bytes()
    for to in (copy, tmp_path / "b.mcap"):
        (tmp_path / "b.mcap").write_bytes(b"mine")
        with pytest.raises(RecordingError, match="expected a new file"):
            anonymise(copy, to)
    assert copy.read_bytes() == before
    assert (tmp_path / "b.mcap").read_bytes() == b"mine"
    assert len(list(tmp_path.iterdir())) == 2


def test_the_command_says_what_it_did(telling, tmp_path):
    to = tmp_path / "a.mcap"
    call = [str(telling), "--to", str(to), "--code", "P-2"]
    told = CliRunner().invoke(surefoot, ["anonymise", *call])
    assert told.output.splitlines() == [
        f"{to}: person P-2, times from 0, no texts, no serials",
        "  5 packets left out: no sample is made of them",
        "  1 excluded intervals stay excluded",
    ]


def test_a_line_that_a_broken_link_cut_hides_nothing_of_the_next(tmp_path):
    setup = Setup({"board": Sensor(load_profile("nordic-uart-lines"))})
    recorder = Recorder(tmp_path / "r.mcap", setup.header(), setup.sources)
    lines = [f"{n * 10},0.1,0.{n},0.9,1,2,3\n".encode() for n in range(1, 9)]
    recorder.write(control("clock/start", 0, wall_ns=5))
    for n, line in enumerate(lines):
        t_ns = n * 10_000_000
        recorder.write(Packet("board/tx", t_ns, line))
        if n == 3:  # a remark begins and never ends: the link breaks, and is made again
            recorder.write(Packet("board/tx", t_ns, f"{NAME} spea".encode()))
            recorder.write(control("link/board", t_ns, gap=0.01, reason="away"))
    path = recorder.close()
    made = anonymise(path, tmp_path / "a.mcap").path
    assert found_in(made) == []
    one, two = (read_material(p).blocks["board/imu"] for p in (path, made))
    assert len(one) == len(lines)
    assert one.t.tolist() == two.t.tolist()
    assert one.data.tolist() == two.data.tolist()
