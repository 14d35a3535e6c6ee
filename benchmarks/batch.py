"""What measuring many recordings costs: alone, by two processes, by two Dask workers.

Small recordings of a virtual session, forty seconds with one run, every one with an
identity of its own. 64 are measured and told for 10,000, unless said otherwise:
``python -m benchmarks.batch [FILES]`` runs this page alone.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from surefoot.recording import Header, Recorder, open_recording
from surefoot.resources import folder
from surefoot.session.batch import Plan, measure_into, runner

FILES = 64
WHOLE = 10_000
WORKERS = 2
MAKERS = 4
_WARM = 8  # files, so that workers are up before anything is timed


def report(where: Path, files: int = FILES) -> None:
    """Print throughput with one and two workers, and of a run with nothing to do."""
    recordings = make(where / "recordings", files)
    size = sum(path.stat().st_size for path in recordings) / len(recordings)
    print(f"batch: {files} recordings of 40 s, 2 sensors, {size / 1e3:.0f} kB")
    alone, cpu = _timed(recordings, where / "one", 1)
    print(
        _line("1 process", files, alone) + f"; {1e3 * cpu / files:.0f} ms of CPU each"
    )
    two, more = _timed(recordings, where / "two", WORKERS)
    print(_line(f"{WORKERS} processes", files, two) + _ratio(alone, two))
    # where others work on these cores, this tells what sharing out costs by itself
    print(f"    CPU of {WORKERS} processes over that of one: {more / cpu:.2f}")
    dask = _dask(recordings, where / "dask")
    if dask is None:
        print("  2 Dask workers         not measured: distributed is not installed")
    else:
        print(_line(f"{WORKERS} Dask workers", files, dask) + _ratio(alone, dask))
    again = _again(recordings, where / "two")
    print(_line("again, all known", files, again))
    print(
        f"  cores here {os.cpu_count()}, load {os.getloadavg()[0]:.1f} when this ended"
    )


def make(where: Path, files: int) -> list[Path]:
    """Return that many recordings, no two with the same bytes."""
    where.mkdir()
    shares = [(where, first, files, MAKERS) for first in range(MAKERS)]
    with ProcessPoolExecutor(MAKERS) as pool:  # mostly waits for the disk
        list(pool.map(_make_some, shares))
    return sorted(where.glob("*.mcap"))


def _make_some(share: tuple[Path, int, int, int]) -> None:
    """Make every so manyth recording."""
    where, first, files, step = share
    source = open_recording(folder("recordings") / "rocker-steady.mcap")
    packets = list(source.packets())
    told = source.header
    for i in range(first, files, step):
        session = {**told.session, "id": f"batch-{i}"}
        header = Header(session, told.profiles, told.calibration, told.drill)
        recorder = Recorder(where / f"{i:05}.mcap", header, (), flush_s=0.05)
        for packet in packets:
            recorder.write(packet)
        recorder.close()


def _timed(recordings: list[Path], to: Path, jobs: int) -> tuple[float, float]:
    """Return seconds and CPU seconds for all files, workers being up.

    Starting workers costs seconds once, and nothing in a run of thousands: it is taken
    off as what a run of a few files takes.
    """
    few = _costs(recordings[:_WARM], to / "few", jobs)
    whole = _costs(recordings, to / "all", jobs)
    share = len(recordings) / (len(recordings) - _WARM)
    return (whole[0] - few[0]) * share, (whole[1] - few[1]) * share


def _costs(recordings: list[Path], to: Path, jobs: int) -> tuple[float, float]:
    start, cpu = time.perf_counter(), _cpu()
    tally = measure_into(to, recordings, Plan(), runner(jobs))
    assert tally.measured == len(recordings)
    return time.perf_counter() - start, _cpu() - cpu


def _cpu() -> float:
    """Return the CPU seconds of this process and of those that have ended."""
    return sum(os.times()[:4])


def _dask(recordings: list[Path], to: Path) -> float | None:
    try:
        from distributed import LocalCluster
    except ImportError:
        return None
    with LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, protocol="tcp"
    ) as cluster:
        address = cluster.scheduler_address
        measure_into(to / "few", recordings[:_WARM], Plan(), runner(dask=address))
        start = time.perf_counter()
        measure_into(to / "all", recordings, Plan(), runner(dask=address))
        return time.perf_counter() - start


def _again(recordings: list[Path], to: Path) -> float:
    start = time.perf_counter()
    tally = measure_into(to / "all", recordings, Plan(), runner())
    assert (tally.known, tally.measured) == (len(recordings), 0)
    return time.perf_counter() - start


def _line(what: str, files: int, seconds: float) -> str:
    whole = WHOLE * seconds / files
    return (
        f"  {what:20} {files / seconds:8.1f} files a second, "
        f"{WHOLE} in {whole / 60:.1f} min"
    )


def _ratio(alone: float, seconds: float) -> str:
    return f"; {alone / seconds / WORKERS:.2f} of linear"


def main() -> None:
    """Run this page alone."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    with tempfile.TemporaryDirectory() as where:
        report(Path(where), max(files, 2 * _WARM))


if __name__ == "__main__":
    main()
