"""One archive for every kind of database; a real PostgreSQL server if there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from surefoot.archive import Facts, NoteFact, TrialFact, open_archive
from surefoot.archive._models import Base
from surefoot.core import Marker

SAMPLES = Path(__file__).parents[3] / "recordings"
STARTED = datetime(2026, 3, 1, 9, tzinfo=UTC)


def programs() -> Path | None:
    """Where the server's programs are; Debian keeps them out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).parent if there else None


FIGURES: list[str] = []


@pytest.fixture
def say():
    """Print a figure at the end of a long run."""
    return FIGURES.append


def pytest_terminal_summary(terminalreporter):
    if FIGURES and os.environ.get("SUREFOOT_SOAK") == "1":
        terminalreporter.write_sep("=", "archive")
        for line in FIGURES:
            terminalreporter.write_line(line)


@pytest.fixture(autouse=True)
def canary(tmp_path_factory, monkeypatch):
    """Work in a folder of strangers' files: none of them may ever be removed."""
    folder = tmp_path_factory.mktemp("strangers")
    names = ("README.md", ".hidden", "P001.txt", "other.mcap.txt", "people.toml")
    for name in names:
        (folder / name).write_text("not ours")
    monkeypatch.chdir(folder)
    yield
    assert {file.name for file in folder.iterdir()} == set(names)


@pytest.fixture(scope="session")
def server():
    """A PostgreSQL server of our own, reached by a socket in its folder."""
    pytest.importorskip("psycopg", reason="the package psycopg is not installed")
    where = programs()
    if where is None:
        pytest.skip("no PostgreSQL server here: apt-get install postgresql")
    user = "postgres" if os.geteuid() == 0 else ""
    if user and subprocess.run(["id", user], capture_output=True).returncode:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres")
    folder = Path(tempfile.mkdtemp(prefix="sf-pg-", dir="/tmp"))  # a short socket name
    if user:
        shutil.chown(folder, user)

    def run(*command: object) -> None:
        as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups"]
        told = [*(as_user if user else []), *map(str, command)]
        done = subprocess.run(
            told, cwd=folder, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr

    data, log = folder / "data", folder / "log"
    run(where / "initdb", "-D", data, "-U", "surefoot", "-A", "trust", "-N")
    settings = f"-c listen_addresses='' -k {folder} -F -c shared_buffers=16MB"
    control = [where / "pg_ctl", "-D", data, "-w", "-s"]
    run(*control, "-l", log, "-o", settings, "start")
    yield f"postgresql://surefoot@/postgres?host={folder}"
    run(*control, "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_database(server):
    """Makes an empty database of the server and returns its URL."""
    import psycopg

    def make() -> str:
        name = f"t{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return server.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(scope="session")
def ready_database(new_database):
    """A database with empty tables."""
    url = new_database()
    open_archive(url).close()
    return url


@pytest.fixture(scope="session")
def ready_file(tmp_path_factory):
    """A file with empty tables, to be copied."""
    file = tmp_path_factory.mktemp("ready") / "catalogue.db"
    open_archive(file).close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request, tmp_path):
    """A place for an archive, its tables empty."""
    if request.param == "sqlite":
        (tmp_path / "archive").mkdir()
        ready = request.getfixturevalue("ready_file")
        return str(shutil.copy(ready, tmp_path / "archive"))
    url = request.getfixturevalue("ready_database")
    import psycopg

    names = ", ".join(Base.metadata.tables)
    with psycopg.connect(url) as connection:
        connection.execute(f"TRUNCATE {names}")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """A place without tables."""
    if request.param == "sqlite":
        return str(tmp_path / "catalogue.db")
    return request.getfixturevalue("new_database")()


@pytest.fixture
def archive(where):
    """An empty archive."""
    with open_archive(where) as opened:
        yield opened


@pytest.fixture
def sample(tmp_path):
    """Copies a sample recording and returns the copy."""

    def copy(name: str = "rocker-steady", to: str = "recordings") -> Path:
        folder = tmp_path / to
        folder.mkdir(exist_ok=True)
        return Path(shutil.copy(SAMPLES / f"{name}.mcap", folder))

    return copy


def a_measure(name: str, value: float | None, t0: float = 10.0, t1: float = 30.0):
    """A measure as results tell it."""
    return {
        "name": name,
        "value": value,
        "unit": "rad",
        "t0": t0,
        "t1": t1,
        "stream": "board/imu",
        "flags": [],
    }


def some_results(*measures, algorithm: str = "1", primary: str = "tilt_rms"):
    """Results as they are kept beside a recording."""
    names = [one["name"] for one in measures]
    about = {"stream": "board/imu", "rate": 104.0, "duration": 20.0}
    return {
        "key": {
            "algorithm": algorithm,
            "surefoot": "0.1.0",
            "profiles": "p" * 16,
            "calibration": "c" * 16,
            "options": "o" * 16,
        },
        "primary": primary,
        "pipelines": [about | {"measures": names}],
        "circumstances": [{"t0": 10.0, "t1": 30.0, "support": "none"}],
        "measures": list(measures),
    }


def some_facts(person: str = "P001", day: int = 0, **told) -> Facts:
    """Facts of a session with one run and one measure."""
    trial = TrialFact(
        number=1, t0=10.0, t1=30.0, drill="rocker", circumstances={"support": "none"}
    )
    usual = {
        "uuid": uuid4().hex,
        "started": STARTED + timedelta(days=day),
        "drill": "rocker",
        "sha256": "0" * 64,
        "duration": 44.5,
        "trials": (trial,),
        "markers": (Marker(12.5, "marker", "left foot"),),
        "notes": (NoteFact(text="a note", by="T1"),),
        "results": (some_results(a_measure("tilt_rms", 0.1 + day / 100)),),
    }
    return Facts(person=person, **(usual | told))


@pytest.fixture
def measure():
    return a_measure


@pytest.fixture
def results():
    return some_results


@pytest.fixture
def facts():
    return some_facts
