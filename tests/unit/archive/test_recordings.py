"""Recordings are taken in as they are, with what is kept beside them."""

from dataclasses import replace

import pytest

from surefoot.analysis.comparison import comparable
from surefoot.archive import (
    ArchiveError,
    facts_of,
    keep,
    open_archive,
    progress,
    rebuild,
    register,
    sessions,
    take,
)
from surefoot.core import Packet, RecordingError
from surefoot.core.control import control
from surefoot.recording import (
    Change,
    Header,
    Recorder,
    annotate,
    open_recording,
    verify,
)
from surefoot.session.analysing import analyse, identity
from surefoot.session.final import store


def recorded(folder, name="short", person="P7", packets=(), **session):
    """A recording of nothing but these packets."""
    told = {"virtual": True, "person": person, "sensors": {}, "drill": None} | session
    sources = ["clock/start", "person/command", "clock/end"]
    recorder = Recorder(folder / f"{name}.mcap", Header(told, {}, {}, ""), sources)
    recorder.write(control("clock/start", 1_000_000_000, wall_ns=0))
    for packet in packets:
        recorder.write(packet)
    recorder.write(control("clock/end", 9_000_000_000, why="test"))
    return recorder.close()


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    """A sample with its results beside it."""
    import shutil
    from pathlib import Path

    samples = Path(__file__).parents[3] / "recordings"
    folder = tmp_path_factory.mktemp("analysed")
    path = Path(shutil.copy(samples / "rocker-steady.mcap", folder))
    found = analyse(path)
    store(found, path)
    annotate(
        path,
        Change.person("P001"),
        Change.label("first"),
        Change.note("tired today"),
        Change.exclude(30, 31, "a cough"),
        Change.correct("drill", "rocker-other"),
        by="T1",
    )
    return path, found


def test_a_recording_tells_what_is_kept_of_it(archive, analysed):
    path, found = analysed
    told = register(archive, path)
    assert told == facts_of(path)
    assert (told.person, told.drill, told.state) == ("P001", "rocker-other", "complete")
    assert (told.virtual, told.imported, told.trouble) == (True, False, "")
    assert (told.labels, told.exclusions) == (("first",), ((30.0, 31.0),))
    assert [(n.text, n.by) for n in told.notes] == [("tired today", "T1")]
    assert len(told.sha256) == 64
    assert told.size == path.stat().st_size
    run = told.trials[0]
    assert (run.t0, run.t1, run.ended, run.held_on) == (22.0, 42.0, "time", False)
    assert run.excluded
    values = {m["name"]: m["value"] for m in found["measures"]}
    for name in ("tilt_rms", "trunk_jerk"):
        assert progress(archive, "P001", name) == []  # the interval is excluded
        point = progress(archive, "P001", name, excluded=True)[0]
        assert point.measure.value == values[name]
        same = comparable(point.finding, point.finding)
        assert [difference.what for difference in same] == ["not told"]
        (one,) = [m for m in found["measures"] if m["name"] == name]
        assert point.finding == identity(found, one)
        assert point.finding.pipeline.duration == pytest.approx(20, abs=0.01)


def test_what_is_not_measured_yet_is_measured(sample):
    path = sample()
    assert facts_of(path, measure=False).results == ()
    told = facts_of(path)
    assert len(told.results) == 1
    assert told.results[0]["key"] == analyse(path)["key"]


def test_markers_have_the_times_of_the_session(tmp_path):
    marker = {"do": "marker", "label": "stepped off", "detail": "left\0"}
    path = recorded(
        tmp_path,
        packets=[
            control("person/command", 3_500_000_000, **marker),
            control("person/command", 4_000_000_000, do="start"),
            Packet("person/command", 5_000_000_000, b"no json"),
            control("person/command", 6_000_000_000, do="marker"),
        ],
    )
    found = facts_of(path, measure=False).markers
    assert [(m.t, m.label, m.detail) for m in found] == [
        (2.5, "stepped off", "left"),
        (5.0, "marker", ""),
    ]


def test_a_recording_that_cannot_be_measured_says_why_and_is_kept(archive, tmp_path):
    path = recorded(tmp_path, sensors="none at all")
    told = register(archive, path)
    assert "sensors" in told.trouble
    assert sessions(archive, "P7")[0].trouble == told.trouble


def test_a_name_in_a_recording_does_not_reach_the_catalogue(archive, tmp_path):
    told = register(archive, recorded(tmp_path, person="Anna Berg"), measure=False)
    assert told.person == ""
    assert "annotate --person" in told.trouble
    assert "Anna" not in str(told)
    assert [one.person for one in sessions(archive)] == [""]


def test_a_recording_without_a_number_is_refused(tmp_path):
    path = recorded(tmp_path, id="../../etc")
    with pytest.raises(ArchiveError, match="number of its own"):
        facts_of(path)


def test_a_rebuild_takes_all_and_says_what_it_could_not(archive, sample):
    folder = sample().parent
    (folder / "deep").mkdir()
    recorded(folder / "deep")
    (folder / "text.mcap").write_text("no recording")
    shown = []

    def each(files):
        shown.extend(files)
        return files

    found = rebuild(archive, folder, measure=False, each=each)
    assert len(found.taken) == 2
    assert len(found.troubles) == 1
    assert "text.mcap" in found.troubles[0]
    assert len(shown) == 3
    again = rebuild(archive, folder, measure=False)
    assert len(sessions(archive)) == 2
    assert again.taken == found.taken


def test_a_rebuild_needs_a_folder(archive, tmp_path):
    with pytest.raises(ArchiveError, match="folder"):
        rebuild(archive, tmp_path / "none")


def test_a_rebuild_leaves_the_recordings_as_they_are(archive, sample):
    path = sample()
    before = path.read_bytes()
    rebuild(archive, path.parent)
    assert path.read_bytes() == before
    assert verify(path).ok
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_damaged_copy_does_not_replace_a_whole_one(archive, facts, tmp_path):
    whole = tmp_path / "whole.mcap"
    whole.touch()
    told = facts(path=str(whole))
    take(archive, told)
    take(archive, replace(told, path=str(tmp_path / "torn.mcap"), state="damaged"))
    assert sessions(archive)[0].path == str(whole)
    whole.unlink()
    take(archive, replace(told, path=str(tmp_path / "torn.mcap"), state="damaged"))
    assert sessions(archive)[0].path == str(tmp_path / "torn.mcap")


def test_what_is_no_recording_is_said(archive, tmp_path):
    with pytest.raises(RecordingError):
        register(archive, tmp_path / "none.mcap")
    assert sessions(archive) == []


def test_the_samples_have_numbers(sample):
    for name in ("rocker-steady", "rocker-unsteady"):
        path = sample(name)
        told = facts_of(path, measure=False)
        assert told.uuid == open_recording(path).header.session["id"]


def test_a_finished_recording_is_kept_only_where_there_is_an_archive(
    tmp_path, own_home, analysed
):
    path, _found = analysed
    assert keep(path) == ""
    assert not (own_home / "surefoot" / "archive").exists()
    open_archive().close()
    assert keep(path) == ""
    with open_archive() as archive:
        assert len(sessions(archive, "P001")) == 1
    assert "the recording is whole" in keep(tmp_path / "none.mcap")
    (tmp_path / "text.db").write_text("no database" * 99)
    assert "surefoot archive add" in keep(path, tmp_path / "text.db")


@pytest.mark.parametrize(
    "spoilt",
    [
        {"measures": [{"name": "tilt_rms"}]},
        {"measures": 3},
        {"circumstances": [{"t0": 1.0}]},
        {"circumstances": [{"t0": "soon", "t1": "later"}]},
        {"key": "none"},
        {"pipelines": None},
    ],
)
def test_results_of_an_unknown_shape_are_passed_over(analysed, sample, spoilt):
    path, found = sample(), analysed[1]
    assert store(
        found | spoilt | {"key": spoilt.get("key", {"of": "a newer one"})}, path
    )
    assert facts_of(path, measure=False).results == ()
    assert store(found, path)
    assert len(facts_of(path, measure=False).results) == 1
