"""XDF, decoded MCAP and Motion-BIDS: read by the programs they are for."""

import json
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from mcap.reader import make_reader

from surefoot.core import RecordingError, TableError
from surefoot.exchange.anonymise import anonymise
from surefoot.exchange.export import EXPORTS, export
from surefoot.exchange.export.material import read_material
from surefoot.recording import Header, Recorder

VALIDATOR = shutil.which("bids-validator-deno", path=str(Path(sys.executable).parent))


def test_xdf_is_read_by_pyxdf_to_the_last_bit(sample, tmp_path, caplog):
    pyxdf = pytest.importorskip("pyxdf", reason="pyxdf is not installed")
    (file,) = export(sample, tmp_path, "xdf")
    streams, header = pyxdf.load_xdf(
        file, synchronize_clocks=False, dejitter_timestamps=False
    )
    material = read_material(sample)
    assert header["info"]["version"] == ["1.0"]
    found = {stream["info"]["name"][0]: stream for stream in streams}
    assert list(found) == [*material.blocks, "events"]
    for name, block in material.blocks.items():
        stream = found[name]
        assert (stream["time_stamps"] == block.t).all()
        assert (stream["time_series"] == block.data).all()
        channels = stream["info"]["desc"][0]["channels"][0]["channel"]
        assert [c["label"][0] for c in channels] == list(block.info.channels)
        assert [c["unit"][0] for c in channels] == list(block.info.units)
        told = stream["info"]["desc"][0]["surefoot"][0]
        assert told["sampling"] == ["irregular"]
        assert "not filtered" in told["pipeline"][0]
        assert stream["footer"]["info"]["sample_count"] == [str(len(block))]
    events = [json.loads(text) for (text,) in found["events"]["time_series"]]
    assert [e["name"] for e in events] == [e["name"] for e in material.events]
    # pyxdf tells of damage in its log only
    assert caplog.text == ""


def test_xdf_is_made_of_whole_chunks(uneven, tmp_path):
    (file,) = export(uneven, tmp_path, "xdf")
    text = file.read_bytes()
    at, tags = 4, []
    while at < len(text):
        size = text[at]
        length = int.from_bytes(text[at + 1 : at + 1 + size], "little")
        tags.append(struct.unpack_from("<H", text, at + 1 + size)[0])
        at += 1 + size + length
    assert (text[:4], at) == (b"XDF:", len(text))
    # header, two streams, samples with a boundary every ten seconds, two footers
    assert tags == [1, 2, 2, 3, 5, 3, 5, 6, 6]


def test_decoded_mcap_has_schemas_and_every_sample(sample, tmp_path):
    (file,) = export(sample, tmp_path, "mcap")
    material = read_material(sample)
    rows = {name: [] for name in ("/events", *(f"/{n}" for n in material.blocks))}
    with file.open("rb") as stream:
        reader = make_reader(stream, validate_crcs=True)
        for schema, channel, message in reader.iter_messages():
            told = json.loads(message.data)
            assert (schema.encoding, channel.message_encoding) == ("jsonschema", "json")
            assert set(json.loads(schema.data)["required"]) == set(told)
            assert message.log_time == material.wall_ns + round(told["t"] * 1e9)
            rows[channel.topic].append(told)
        (about,) = reader.iter_attachments()
    assert json.loads(about.data)["virtual"] is True
    for name, block in material.blocks.items():
        found = np.array([list(row.values()) for row in rows[f"/{name}"]])
        assert (found == np.column_stack([block.t, block.data])).all()
    assert rows["/events"] == material.events


def table(path):
    return [line.split("\t") for line in path.read_text().splitlines()]


def test_motion_bids_holds_what_it_says(sample, tmp_path):
    export(sample, tmp_path, "motion-bids")
    for name, block in read_material(sample).blocks.items():
        (motion,) = tmp_path.rglob(f"*tracksys-{name.replace('/', '')}_*_motion.tsv")
        rows = np.array(table(motion), dtype=float)
        assert (rows == np.column_stack([block.t, block.data])).all()
        stem = motion.name.removesuffix("_motion.tsv")
        head, *channels = table(motion.with_name(f"{stem}_channels.tsv"))
        assert head[:5] == ["name", "component", "type", "tracked_point", "units"]
        assert [c[0] for c in channels] == ["latency", *block.info.channels]
        assert [c[2] for c in channels] == ["LATENCY", *["ACCEL"] * 3, *["GYRO"] * 3]
        assert [c[1] for c in channels] == ["n/a", *"xyzxyz"]
        told = json.loads(motion.with_suffix(".json").read_text())
        assert told["SamplingFrequency"] == 104.0
        assert told["TrackingSystemName"] in stem
        assert told["TaskName"] in stem
        assert (told["MotionChannelCount"], told["ACCELChannelCount"]) == (7, 3)


def test_motion_bids_passes_the_official_validator(sample, uneven, tmp_path):
    if VALIDATOR is None:
        pytest.skip("bids-validator-deno is not installed")
    export(sample, tmp_path / "set", "motion-bids")
    export(uneven, tmp_path / "set", "motion-bids")
    export(uneven, tmp_path / "set", "motion-bids")
    call = [VALIDATOR, str(tmp_path / "set"), "--format", "json", "--max-rows", "-1"]
    done = subprocess.run(call, capture_output=True, text=True, timeout=100)
    if not done.stdout:
        pytest.skip(f"the validator does not run here: {done.stderr[:80]}")
    told = json.loads(done.stdout)["issues"]["issues"]
    assert [i for i in told if i["severity"] == "error"] == []
    # what is recommended and nobody told us: names of makers, serials, institutions
    assert {i["code"] for i in told} <= {
        "JSON_KEY_RECOMMENDED",
        "NO_AUTHORS",
        "SIDECAR_KEY_RECOMMENDED",
        "TOO_FEW_AUTHORS",
    }


def test_a_second_export_is_the_next_run_and_its_person_is_one(uneven, tmp_path):
    to = tmp_path / "set"
    for _ in range(2):
        export(uneven, to, "motion-bids")
    scans = table(to / "sub-P07" / "sub-P07_scans.tsv")
    stems = [row[0] for row in scans[1:]]
    assert [stem[-17:] for stem in stems] == ["run-01_motion.tsv", "run-02_motion.tsv"]
    assert all((to / "sub-P07" / stem).is_file() for stem in stems)
    head, *people = table(to / "participants.tsv")
    assert (head, people) == (["participant_id", "code"], [["sub-P07", "P-07"]])


def test_two_codes_never_become_one_subject(uneven, tmp_path):
    to = tmp_path / "set"
    other = anonymise(uneven, tmp_path / "other.mcap", "P07").path
    export(uneven, to, "motion-bids")
    before = sorted(to.rglob("*"))
    with pytest.raises(TableError, match="sub-P07 for P-07 in it already"):
        export(other, to, "motion-bids")
    assert sorted(to.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.txt", "mine"),
        ("dataset_description.json", '{"Name": "mine", "BIDSVersion": "1.10.0"}'),
        ("dataset_description.json", "{"),
        ("dataset_description.json", "[]"),
    ],
)
def test_a_folder_of_something_else_is_left_alone(uneven, tmp_path, name, text):
    to = tmp_path / "theirs"
    to.mkdir()
    (to / name).write_text(text)
    with pytest.raises(TableError, match="name another with --to"):
        export(uneven, to, "motion-bids")
    assert [p.read_text() for p in to.rglob("*")] == [text]


@pytest.mark.parametrize("form", EXPORTS)
def test_every_format_refuses_what_holds_no_samples(form, tmp_path):
    header = Header({"sensors": {}}, {}, {}, "")
    path = Recorder(tmp_path / "empty.mcap", header, ["clock/start"]).close()
    with pytest.raises(RecordingError, match="got a recording without"):
        export(path, tmp_path / "out", form)
    assert not (tmp_path / "out").exists()
