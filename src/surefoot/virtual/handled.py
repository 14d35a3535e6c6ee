"""A sensor in somebody's hands: laid down, turned, rocked, shaken, as it is asked."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from itertools import product
from math import radians
from typing import TYPE_CHECKING, cast

import numpy as np

from surefoot.core import Packet
from surefoot.core.control import control
from surefoot.virtual.cells import CORNERS, HALF_AP, HALF_ML, cell_forces
from surefoot.virtual.mount import G, Mount
from surefoot.virtual.names import advertised
from surefoot.virtual.noise import generator
from surefoot.virtual.sensor import Firmware, VirtualSensor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from surefoot.virtual.world import World

    Path = Callable[[NDArray[np.float64]], NDArray[np.float64]]

_START_NS = 1_000_000_000_000
_TURN = 0.8  # s to the next pose
_TILT = 1e-4  # s, for turn rates from differences
_ROCK_HZ, _ROCK = 0.5, radians(15.0)
_SHAKE_HZ, _SHAKE = 6.0, 12.0
_INTERVAL = 0.03  # s between two chances to send

POSES: tuple[tuple[float, ...], ...] = tuple(
    sorted(
        (p for p in product((-1.0, 0.0, 1.0), repeat=3) if 0 < sum(map(abs, p)) < 3),
        key=lambda p: sum(map(abs, p)),
    )
)
"""Six faces, then twelve edges: which way is up, in the sensor's frame."""


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """What is wrong with a unit: it reads ``inv(matrix) @ true + bias``."""

    matrix: NDArray[np.float64]
    bias: NDArray[np.float64]

    @staticmethod
    def of(seed: int) -> Errors:
        """Return the errors of a usual sensor: 1 % of scale, 0.15 m/s^2 of bias."""
        rng = generator(seed, "errors")
        matrix = np.eye(3) + np.triu(rng.normal(0.0, 0.008, (3, 3)))
        return Errors(matrix, rng.normal(0.0, 0.09, 3))


class Handling:
    """What the sensors in somebody's hands measure, one movement after the other.

    Parameters
    ----------
    seed : int
        Of mounting, errors and noise.
    trembling : float
        A hand that does not hold still turns it so fast, root mean square [rad/s].
    """

    def __init__(self, seed: int = 1, trembling: float = 0.0) -> None:
        self.seed = seed
        self.t = 0.0
        """How far it has come [s]."""
        self.mount = Mount.somewhere(seed, "handled")
        self.errors = Errors.of(seed)
        self._trembling = trembling
        self._noise = generator(seed, "handled-noise")
        self._begun = 0.0
        self._up = np.array([0.0, 0.0, 1.0])
        self._path: Path = self._still
        self._shaken = -1.0
        self._weight, self._placed = 0.0, (0.0, 0.0)
        rng = generator(seed, "cells")
        self.cell_zero = rng.normal(0.0, 8.0, 4)
        """What the empty cells of a board read [N]."""
        self.cell_scale = 1.0 + rng.normal(0.0, 0.02, 4)
        """Newtons for a newton read."""

    def follow(self, do: str) -> None:
        """Do what is asked, from now on.

        Parameters
        ----------
        do : str
            ``"lie"``, ``"pose N"``, ``"rock ml"``, ``"rock ap"``, ``"shake"``, and with
            a mass on a board ``"load KG corner N"``, ``"load KG at X Y"``.
        """
        word, _, detail = do.partition(" ")
        self._up = self._path(np.array([self.t - self._begun]))[0]
        self._begun = self.t
        if word == "load":
            self._load(detail)
            return
        self._shaken = self.t if word == "shake" else -1.0
        if word == "rock":
            self._path = _rocking(detail)
        elif word == "pose":
            own = np.array(POSES[int(detail) % len(POSES)])
            self._path = self._turning(self.mount.rotation @ own)
        else:
            self._path = self._turning(np.array([0.0, 0.0, 1.0]))

    def imu(
        self, role: str, t: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return acceleration and turn rate at times ``t``, (n, 3) each; all alike."""
        del role  # they are held together
        self.t = max(self.t, float(t[-1]))
        since = np.maximum(t - self._begun, 0.0)
        up = self._path(since)
        change = (self._path(since + _TILT) - up) / _TILT
        turn = np.cross(change, up) + self._trembling * self._noise.normal(
            size=(len(t), 3)
        )
        acc, gyr = (G * up + self._shaking(t)) @ self.mount.rotation, turn
        noise = self._noise.normal(size=(len(t), 6))
        read = acc @ np.linalg.inv(self.errors.matrix).T + self.errors.bias
        return (
            read + self.mount.acc_noise * noise[:, :3],
            gyr @ self.mount.rotation
            + self.mount.gyr_bias
            + self.mount.gyr_noise * noise[:, 3:],
        )

    def forces(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what the cells of a board read at times ``t``, (n, 4) [N].

        Each cell has a zero and a scale of its own.
        """
        ml, ap = self._placed
        still = cell_forces(self._weight, np.full(len(t), ml), np.full(len(t), ap))
        read = still / self.cell_scale + self.cell_zero
        return read + 0.1 * self._noise.normal(size=read.shape)

    def _load(self, told: str) -> None:
        """Put a mass on the board: ``"20 at 0.1 -0.05"``, ``"20 corner 2"``."""
        mass, *where = told.split()
        self._weight = G * float(mass)
        if where[:1] == ["corner"]:
            right, top = CORNERS[int(where[1])]
            self._placed = (right * HALF_ML, top * HALF_AP)
        elif where:
            self._placed = (float(where[1]), float(where[2]))

    def _still(self, since: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.tile(self._up, (len(since), 1))

    def _turning(self, up: NDArray[np.float64]) -> Path:
        """Return the way from the present pose to another, by the shortest turn."""
        begin, end = self._up / np.linalg.norm(self._up), up / np.linalg.norm(up)
        if float(begin @ end) < -0.999:  # no shortest turn: go round by the side
            aside = np.cross(begin, [1.0, 0.2, 0.0])
            begin = begin + 0.1 * aside / np.linalg.norm(aside)

        def way(since: NDArray[np.float64]) -> NDArray[np.float64]:
            part = np.clip(since / _TURN, 0.0, 1.0)
            eased = (part * part * (3 - 2 * part))[:, None]
            mixed = begin + eased * (end - begin)
            return mixed / np.linalg.norm(mixed, axis=1, keepdims=True)

        return way

    def _shaking(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return three short shakes, a second apart, the first after half a second."""
        push = np.zeros((len(t), 3))
        if self._shaken < 0:
            return push
        since = t - self._shaken - 0.5
        part = since % 1.0
        on = (since >= 0) & (since < 3) & (part < 0.25)
        swing = np.sin(2 * np.pi * _SHAKE_HZ * part) * np.sin(np.pi * part / 0.25)
        push[:, 2] = np.where(on, _SHAKE * swing, 0.0)
        return push


class HandledSource:
    """Packets of sensors in somebody's hands, faster than time (a `PacketSource`).

    Parameters
    ----------
    handling : Handling
        What is done with them.
    units : mapping of str to Firmware
        By role.
    late : mapping of str to float, optional
        By how much longer a role's packets take [s].
    """

    def __init__(
        self,
        handling: Handling,
        units: Mapping[str, Firmware],
        late: Mapping[str, float] | None = None,
    ) -> None:
        self.handling = handling
        self.sensors = {
            role: VirtualSensor(firmware, role, cast("World", handling))
            for role, firmware in units.items()
        }
        self._late = dict(late or {})
        self._rng = generator(handling.seed, "handled-air")

    def packets(self) -> Iterator[Packet]:
        """Yield packets for ever, in the order of their arrival."""
        yield control("clock/start", _START_NS, wall_ns=0)
        coming: list[tuple[float, str]] = []
        for role, sensor in self.sensors.items():
            told = {"state": "streaming", "device": advertised(sensor.profile, role)}
            yield control(f"link/{role}", _START_NS, **told)
            sensor.begin(0.1)
            heapq.heappush(coming, (self._arrival(role), role))
        while True:
            arrival, role = heapq.heappop(coming)
            sensor = self.sensors[role]
            payload = sensor.packet()
            if payload is not None:
                source = f"{role}/{sensor.endpoint}"
                yield Packet(source, _START_NS + round(arrival * 1e9), payload)
            heapq.heappush(coming, (max(arrival, self._arrival(role)), role))

    def _arrival(self, role: str) -> float:
        """Return when the next packet is heard: at a turn of the link."""
        ready = self.sensors[role].ready
        turn = np.ceil(ready / _INTERVAL) * _INTERVAL
        again = _INTERVAL * (self._rng.random() < 0.08)
        return float(turn + again + self._late.get(role, 0.0))


def _rocking(axis: str) -> Path:
    def way(since: NDArray[np.float64]) -> NDArray[np.float64]:
        ease = np.minimum(since / 0.5, 1.0)
        tilt = _ROCK * ease * np.sin(2 * np.pi * _ROCK_HZ * since)
        none = np.zeros(len(since))
        if axis == "ap":
            return np.stack([none, -np.sin(tilt), np.cos(tilt)], axis=1)
        return np.stack([-np.sin(tilt), none, np.cos(tilt)], axis=1)

    return way
