"""A person, a board and their sensors in one small world with its own time."""

from __future__ import annotations

from collections import deque
from math import radians
from typing import TYPE_CHECKING

import numpy as np

from surefoot.virtual.board import Board
from surefoot.virtual.cells import cell_forces
from surefoot.virtual.mount import Motion, Mount
from surefoot.virtual.noise import STEP, generator
from surefoot.virtual.person import PEOPLE, Person
from surefoot.virtual.trunk import Trunk

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from surefoot.core import JsonValue

_WEIGHT = 700.0  # N on a force board
_TO_COP = 0.3  # m of centre of pressure a radian of tilt
_KEPT = 4096  # steps of history: 8 s
_TIPPED = 0.65  # of the edge angle
_TURN = {"left": -1.0, "right": 1.0, "front": -1.0, "back": 1.0}
# what a person does when the screen asks for it, before any key is pressed
_OBEYS: dict[str, tuple[str, dict[str, JsonValue]]] = {
    "level-first": ("level", {"edge": "left"}),
    "level-second": ("level", {"edge": "right"}),
    "direction": ("tip", {"edge": "left"}),
    "ready": ("mount", {}),
    "result": ("leave", {}),
}


class World:
    """Motion of board and trunk, and what sensors on them measure.

    Time only goes forward, in fixed steps, so that asking in other portions changes
    nothing. `follow` may be called from any thread; everything else from one.

    Parameters
    ----------
    person : Person or str
        Who, or the name of one of `PEOPLE`.
    seed : int
        Of every random thing in this world.
    edge : float
        Tilt at which an edge of the board meets the floor [rad].
    """

    def __init__(
        self, person: Person | str, seed: int = 0, edge: float = radians(15)
    ) -> None:
        self.person = PEOPLE[person] if isinstance(person, str) else person
        self.seed = seed
        self.edge = edge
        self._board = Board(self.person, seed, edge)
        self._trunk = Trunk(self.person, seed)
        self._asked: deque[tuple[str, dict[str, JsonValue]]] = deque()
        self._history = np.zeros((_KEPT, 13))
        self._slipped = 0.0
        self._steps = 0
        self._mounts: dict[str, Mount] = {}
        self._noise: dict[str, np.random.Generator] = {}
        self._keep()

    @property
    def t(self) -> float:
        """How far this world has come [s]."""
        return self._steps * STEP

    @property
    def standing(self) -> bool:
        """Whether somebody stands on the board."""
        return self._board.standing

    @property
    def tilt(self) -> tuple[float, float]:
        """True tilt of the board now, (ml, ap) [rad]."""
        return self._board.ml[0], self._board.ap[0]

    def follow(self, do: str, **fields: JsonValue) -> None:
        """Do what was asked, from the next step on; what needs no motion is ignored.

        Parameters
        ----------
        do : str
            A command of `surefoot.training.COMMANDS`, or ``"tip"`` (with ``edge``),
            ``"mount"``, ``"leave"``.
        **fields
            Its arguments.
        """
        self._asked.append((do, fields))

    def asked(self, phase: str) -> None:
        """Do what the screen asks for in a phase of a trial, as a good trainee does."""
        if phase in _OBEYS:
            do, fields = _OBEYS[phase]
            self.follow(do, **fields)

    def advance(self, t: float) -> None:
        """Let time pass until ``t`` [s]."""
        while self._steps * STEP < t:
            if self._asked:
                self._do(*self._asked.popleft())
            self._step()

    def imu(
        self, role: str, t: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what the sensor of a role measures, advancing if need be.

        Parameters
        ----------
        role : str
            ``"board"``; any other sits on the trunk.
        t : ndarray, shape (n,)
            Times [s], not older than eight seconds.

        Returns
        -------
        acc, gyr : ndarray, shape (n, 3)
            Specific force [m/s^2] and angular velocity [rad/s] in the sensor's frame.
        """
        self.advance(float(t[-1]) + STEP)
        rows = self._rows(t)
        mount = self.mount(role)
        if role == "board":
            motion = Motion(rows[:, 0:3], rows[:, 3:6])
            slip, rate = rows[:, 12], self.person.slip * self.standing
        else:
            motion = Motion(rows[:, 6:9], rows[:, 9:12])
            slip, rate = np.zeros(len(t)), 0.0
        acc, gyr = mount.measure(motion, slip, rate)
        noise = self._noise[role].standard_normal((len(t), 6))
        return (
            acc + mount.acc_noise * noise[:, :3],
            gyr + mount.gyr_noise * noise[:, 3:],
        )

    def truth(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the true tilt of the board (ml, ap) at times ``t``, (n, 2) [rad]."""
        self.advance(float(t[-1]) + STEP)
        return self._rows(t)[:, [0, 3]]

    def forces(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the force on the corners of a board at times ``t``, (n, 4) [N].

        That of a person of 700 N whose centre of pressure follows the board's tilt; in
        the order of `surefoot.virtual.quantities`.
        """
        ml, ap = (_TO_COP * self.truth(t)).T
        return cell_forces(_WEIGHT if self.standing else 0.0, ml, ap)

    def mount(self, role: str) -> Mount:
        """Return how the sensor of a role sits; fixed by the seed."""
        if role not in self._mounts:
            self._mounts[role] = Mount.somewhere(self.seed, role)
            self._noise[role] = generator(self.seed, "noise", role)
        return self._mounts[role]

    def _do(self, do: str, fields: dict[str, JsonValue]) -> None:
        side = _TURN.get(str(fields.get("edge", "left")), -1.0)
        actions: dict[str, Callable[[], None]] = {
            "level": lambda: self._board.lay(side * self.edge),
            "tip": lambda: self._board.lay(side * self.edge * _TIPPED),
            "direction": lambda: None,
            "support": self._board.mount,
            "start": self._board.mount,
            "mount": self._board.mount,
            "stop": self._board.leave,
            "leave": self._board.leave,
            "held-on": self._board.leave,
        }
        if fields.get("yes") is False and do == "support":
            return
        actions.get(do, lambda: None)()

    def _step(self) -> None:
        self._board.step()
        self._trunk.step(self._board.ml[0] if self.standing else 0.0)
        self._slipped += self.person.slip * STEP * self.standing
        self._steps += 1
        self._keep()

    def _keep(self) -> None:
        b, k = self._board, self._trunk
        self._history[self._steps % _KEPT] = (
            *b.ml,
            *b.ap,
            *k.ml,
            *k.ap,
            self._slipped,
        )

    def _rows(self, t: NDArray[np.float64]) -> NDArray[np.float64]:
        at = t / STEP
        first = np.floor(at).astype(np.int64)
        if first[0] < max(0, self._steps - _KEPT + 1):
            msg = f"a world at {self.t:.1f} s was asked for {t[0]:.1f} s: too old"
            raise ValueError(msg)
        part = (at - first)[:, None]
        low = self._history[first % _KEPT]
        high = self._history[(first + 1) % _KEPT]
        return low + part * (high - low)
