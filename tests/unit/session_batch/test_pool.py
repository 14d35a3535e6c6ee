"""Processes that die: nothing finished is lost, and what killed them is found."""

import os
import signal
import subprocess
import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import pytest

from surefoot.session.batch import Plan, measure_into, runner
from surefoot.session.batch.parts import Parts
from surefoot.session.batch.pool import _THREADS, Pool, _one_thread_each
from surefoot.session.batch.running import MOST, dealt
from surefoot.session.batch.work import DIED, MEASURED, Mark, Outcome

FILES = 640 if os.environ.get("SUREFOOT_SOAK") == "1" else 24


def outcome(file):
    return Outcome(Mark(str(file)), MEASURED)


class Fake:
    """An executor that works here, and breaks at one file."""

    def __init__(self, killer):
        self.killer = killer
        self.calls = []

    def submit(self, _work, _plan, task):
        self.calls.append(list(task))
        future = Future()
        if self.killer in task:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result([outcome(file) for file in task])
        return future

    def shutdown(self, **_):
        pass


@pytest.mark.parametrize("at", [0, 7, 19])
def test_the_file_that_kills_is_found_and_the_rest_measured(monkeypatch, at):
    files = [Path(f"{i}.mcap") for i in range(20)]
    fake = Fake(files[at])

    @contextmanager
    def executor(_workers):
        yield fake

    monkeypatch.setattr("surefoot.session.batch.pool._executor", executor)
    tasks = [files[i : i + 4] for i in range(0, 20, 4)]
    found = [o for part in Pool(2).run(Plan(), tasks) for o in part]
    assert {o.mark.file for o in found if o.status == MEASURED} == {
        str(file) for file in files if file != files[at]
    }
    (dead,) = [o for o in found if o.status != MEASURED]
    assert (dead.status, dead.mark.file) == (DIED, str(files[at]))
    # it killed among others, by itself, and alone; no more
    assert sum(files[at] in call for call in fake.calls) == 3


def test_files_are_dealt_to_every_worker_and_none_twice():
    files = [Path(str(i)) for i in range(1000)]
    for workers in (1, 2, 8, 64):
        tasks = dealt(files, workers)
        assert [file for task in tasks for file in task] == files
        assert max(map(len, tasks)) <= MOST
        assert len(tasks) >= min(2 * workers, len(files) // MOST)
    assert dealt([], 4) == []


def test_each_process_has_one_thread_and_this_one_what_it_had(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with _one_thread_each():
        assert {os.environ[name] for name in _THREADS} == {"1"}
    assert os.environ["OMP_NUM_THREADS"] == "5"
    assert "OPENBLAS_NUM_THREADS" not in os.environ


RUN = """
import multiprocessing, os, signal, sys
from pathlib import Path
from surefoot.session.batch import Plan, measure_into, runner
if __name__ == "__main__":
    files = sorted(Path(sys.argv[1]).glob("*.mcap"))
    killed = []
    def told(done):
        print(done, *killed, flush=True)
        if done > len(files) / 4 and not killed:
            killed.append(multiprocessing.active_children()[0].pid)
            os.kill(killed[0], signal.SIGKILL)
    measure_into(Path(sys.argv[2]), files, Plan(), runner(jobs=2), told)
"""


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX systems do")
def test_a_killed_worker_costs_nothing_and_a_killed_run_keeps_its_parts(
    small, tmp_path
):
    top = small(FILES, "run")
    script = tmp_path / "run.py"
    script.write_text(RUN)
    call = [sys.executable, str(script), str(top), str(tmp_path / "out")]
    with subprocess.Popen(
        call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as run:
        for line in run.stdout:
            done, *killed = map(int, line.split())
            if done > FILES * 2 / 3 and killed:
                run.kill()
                break
        run.stdout.read()  # it ends when the last of its processes is gone
    assert run.returncode == -signal.SIGKILL
    files = sorted(top.glob("*.mcap"))
    kept = list(Parts(tmp_path / "out", Plan().key).known())
    assert len(kept) == len(set(kept)) >= 16
    tally = measure_into(tmp_path / "out", files, Plan(), runner())
    assert tally.known == len(kept)
    assert (tally.measured, tally.failed) == (len(files) - len(kept), ())
