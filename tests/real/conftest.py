"""Real recordings by others, beside the checkout and never part of it."""

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from scipy.io import loadmat

DATA = Path(__file__).parents[3] / "shared" / "data"
STANCES = [
    "bds/BDS00001.csv",
    "bds/BDS00002.csv",
    "bds/BDS00007.csv",
    "bds/BDS00025.csv",
    "bds/BDS00101.csv",
    "jythen/amti_test.csv",
    "ttb/example_cop.mat",
    "bmc/postureData.txt",
]


class Stance(NamedTuple):
    """Standing still: times, positions ML and AP in m, rate in Hz."""

    t: np.ndarray
    cop: np.ndarray
    rate: float


def _bds(path: Path) -> Stance:
    t, x, y = np.loadtxt(path, delimiter=";", skiprows=1).T
    return Stance(t, np.stack([y, x], axis=1) / 100, 100.0)  # its X is very likely AP


def _plate(path: Path) -> Stance:
    """The first 30 s, rows that were lost (no force at all) left out."""
    rows = np.loadtxt(path, delimiter=",", skiprows=35, max_rows=3000)
    rows = rows[rows[:, 5] > 50]  # Fz
    return Stance(rows[:, 1], rows[:, [9, 10]], 100.0)


def _matlab(path: Path) -> Stance:
    file = loadmat(path)
    cop = np.hstack([file["cop_x"], file["cop_y"]]) / 1000
    return Stance(file["time"][:, 0], cop, 120.0)


def _body(path: Path) -> Stance:
    """The body's centre of mass: z to the right, x forwards, very likely."""
    rows = np.loadtxt(path, delimiter=",", skiprows=1)
    return Stance(rows[:, 0], rows[:, [3, 1]], 100.0)


_READERS = {"bds": _bds, "jythen": _plate, "ttb": _matlab, "bmc": _body}


@pytest.fixture(scope="session")
def data() -> Path:
    if not DATA.is_dir():
        pytest.skip("the public recordings do not lie beside this checkout")
    return DATA


@pytest.fixture(params=STANCES, ids=lambda name: Path(name).stem)
def stance(request, data) -> Stance:
    return _READERS[request.param.partition("/")[0]](data / request.param)


@pytest.fixture
def quiet(data) -> Stance:
    """One minute of one person standing, complete and uniform."""
    return _bds(data / "bds/BDS00001.csv")


@pytest.fixture
def plate(data) -> Stance:
    return _plate(data / "jythen/amti_test.csv")


@pytest.fixture
def bounded(data) -> tuple[Stance, np.ndarray]:
    """Standing, and the corners of the feet."""
    path = data / "ttb/example_cop.mat"
    return _matlab(path), loadmat(path)["bound_pts"] / 1000


@pytest.fixture(
    params=["B", "S", "FB", "R", "G"],
)
def boards(request, data) -> list[np.ndarray]:
    """Accelerations of a wobble board under somebody, in g, 100 Hz."""
    found = []
    for path in sorted((data / "wobbleboard" / request.param).glob("*.json")):
        told = json.loads(path.read_text())["data"]
        found.append(np.stack([told[k] for k in "xyz"], axis=1) / 1000.0)
    return found
