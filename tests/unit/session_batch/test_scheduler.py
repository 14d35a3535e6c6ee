"""A Dask scheduler that is there: on this computer, in the tests."""

import sys
from types import SimpleNamespace

import pytest

from surefoot.core import RecordingError
from surefoot.session.batch import Plan, measure_into, runner
from surefoot.session.batch import scheduler as module

distributed = pytest.importorskip("distributed", reason="dask is not installed")

KILLED = ("task", SimpleNamespace(address="tcp://x"), 3)
"""Of which task, the last worker, how many failures are allowed."""

pytestmark = pytest.mark.filterwarnings("ignore")  # other people's, in other threads


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=1,
        processes=False,
        dashboard_address=None,
        protocol="tcp",
    ) as made:
        yield made


def test_values_are_those_of_one_process(cluster, three, tmp_path):
    by = runner(dask=cluster.scheduler_address)
    assert by.workers == 1
    tally = measure_into(tmp_path, three, Plan(), by)
    assert (tally.measured, len(tally.failed)) == (2, 1)
    again = measure_into(tmp_path, three, Plan(), runner())
    assert (again.known, again.measured) == (3, 0)


def test_another_version_is_refused(cluster, monkeypatch):
    monkeypatch.setattr(module, "ALGORITHM", "0")
    monkeypatch.setattr(module, "_have", lambda: ("0.0.1", "1"))
    with pytest.raises(RecordingError, match="install the same there"):
        runner(dask=cluster.scheduler_address)


def test_a_worker_that_sees_other_files_is_refused(
    cluster, three, tmp_path, monkeypatch
):
    monkeypatch.setattr(module, "_see", lambda _path: None)
    by = runner(dask=cluster.scheduler_address)
    with pytest.raises(RecordingError, match="share the folder under the same path"):
        measure_into(tmp_path, three, Plan(), by)


def test_a_file_that_kills_worker_after_worker_is_told(
    cluster, three, tmp_path, monkeypatch
):
    def work(_plan, files):
        if any(file.name == "000.mcap" for file in files):
            raise distributed.KilledWorker(*KILLED)
        return module_work(_plan, files)

    module_work = module.work
    monkeypatch.setattr(module, "work", work)
    monkeypatch.setattr(
        "surefoot.session.batch.running.dealt", lambda files, _: [list(files)]
    )
    by = runner(dask=cluster.scheduler_address)
    tally = measure_into(tmp_path, three, Plan(), by)
    assert tally.measured == 1
    assert ["a worker that died" in e for e in sorted(tally.failed)] == [True, False]


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:1"])
def test_no_scheduler_is_said_in_one_line(address, monkeypatch):
    monkeypatch.setattr(module, "_PATIENCE", "100ms")
    with pytest.raises(RecordingError, match="expected a Dask scheduler") as refused:
        runner(dask=address)
    assert "\n" not in str(refused.value)


def test_without_dask_one_line_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RecordingError, match=r"pip install 'surefoot\[dask\]'"):
        runner(dask="tcp://127.0.0.1:1")
