"""A person, a board and their sensors in one small world with its own time."""

from __future__ import annotations

from collections import deque
from math import radians
from typing import TYPE_CHECKING

import numpy as np

from surefoot.virtual.board import Board
from surefoot.virtual.cells import cell_forces
from surefoot.virtual.deeds import Bow, Shown, StepDown, deed_of
from surefoot.virtual.mount import G, Motion, Mount
from surefoot.virtual.noise import STEP, generator
from surefoot.virtual.person import PEOPLE, Person
from surefoot.virtual.scene import Scene
from surefoot.virtual.trunk import Trunk
from surefoot.virtual.weight import Weight

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from surefoot.core import JsonValue
    from surefoot.training.task import Stage
    from surefoot.virtual.deeds import Deed, Push

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
    "done": ("leave", {}),
}
_OF_BOARDS = frozenset({"level", "tip", "stop", "held-on"})
_ALWAYS = frozenset({"done"})
_OVER = frozenset({"held-on", "result", "rest", "pain-after", "done", "support"})
_DECIDES = 5  # steps between two decisions what to do: 10 ms


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
    scene : Scene, optional
        What is stood on and worn; a rocker board that tilts sideways.
    """

    def __init__(
        self,
        person: Person | str,
        seed: int = 0,
        edge: float = radians(15),
        scene: Scene | None = None,
    ) -> None:
        self.scene = scene or Scene()
        self.person = PEOPLE[person] if isinstance(person, str) else person
        self.seed = seed
        self.edge = edge
        self._board = Board(self.person, seed, edge, self.scene.axis)
        self._trunk = Trunk(self.person, seed)
        self._weight = Weight(self.person, seed)
        self._asked: deque[Callable[[], None]] = deque()
        self._deed: Deed | None = None
        self._deed_from = 0.0
        self._push: Push = (0.0, 0.0, 0.0)
        self._history = np.zeros((_KEPT, 19))
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
        ml, ap = self._board.states
        return ml[0], ap[0]

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
        self._asked.append(lambda: self._do(do, fields))

    def asked(self, phase: str) -> None:
        """Do what the screen asks for in a phase of a trial, as a good trainee does."""
        self._asked.append(lambda: self._obey(phase))

    def perform(self, stage: Stage, after: float, seed: int) -> None:
        """Do a set that begins after so many seconds, from any thread.

        Parameters
        ----------
        stage : Stage
            The part of the drill.
        after : float
            Until it begins [s].
        seed : int
            Of everything uneven about it.
        """
        deed = deed_of(stage, self.person, self.seed * 1009 + seed)
        self._asked.append(lambda: self._begin(deed, after))

    def see(self, places: Sequence[tuple[float, float]], step: float) -> None:
        """Look at the picture: where the target is, and at each ``step`` after it."""
        told = tuple(places)
        self._asked.append(lambda: self._look(told, step))

    def advance(self, t: float) -> None:
        """Let time pass until ``t`` [s]."""
        while self._steps * STEP < t:
            if self._asked:
                self._asked.popleft()()
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
            if self.scene.worn:
                push = rows[:, 14:17]
                motion = Motion(motion.ml, motion.ap, rows[:, 13], push)
                slip, rate = rows[:, 12], self.person.slip * self._busy
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
        if self.scene.plate:
            self.advance(float(t[-1]) + STEP)
            rows = self._rows(t)
            load = _WEIGHT * (1 + rows[:, 16] / G) * self.standing
            return cell_forces(load, rows[:, 17], rows[:, 18])
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
        if not self.scene.rocks and do in _OF_BOARDS:
            return
        if do == "step-down":
            self._begin(StepDown(self.person, str(fields.get("side", ""))), 0.0)
        actions.get(do, lambda: None)()

    def _obey(self, phase: str) -> None:
        self._trunk.quiet = 0.35 if phase == "still" else 1.0
        if phase == "bow":
            self._begin(Bow(), 0.0)
        elif phase in _OVER and not self.scene.rocks:
            self._deed = None
        if phase == "still" and self.scene.plate:
            self._board.mount()
        if phase in _OBEYS and (self.scene.rocks or phase in _ALWAYS):
            self._do(*self._turned(*_OBEYS[phase]))

    def _turned(
        self, do: str, fields: dict[str, JsonValue]
    ) -> tuple[str, dict[str, JsonValue]]:
        """Return what is asked of a board that rocks the other way."""
        if self.scene.axis != "ap" or "edge" not in fields:
            return do, fields
        return do, {"edge": {"left": "front", "right": "back"}[str(fields["edge"])]}

    def _begin(self, deed: Deed, after: float) -> None:
        self._deed, self._deed_from = deed, self.t + after

    def _look(self, places: tuple[tuple[float, float], ...], step: float) -> None:
        if isinstance(self._deed, Shown):
            self._deed.see(self.t - self._deed_from, places, step)

    @property
    def _busy(self) -> bool:
        return self._deed is not None

    def _step(self) -> None:
        if self._steps % _DECIDES == 0:
            self._mean()
        self._board.step()
        ml = self._board.states[0]
        self._trunk.step(ml[0] if self.standing else 0.0)
        self._weight.step()
        moves = self.standing if self.scene.rocks else self._busy
        self._slipped += self.person.slip * STEP * moves
        self._steps += 1
        self._keep()

    def _mean(self) -> None:
        """Decide what is meant now: by the feet, the trunk, the weight."""
        want = self._deed.at(self.t - self._deed_from) if self._deed else None
        self._push = want.push if want else (0.0, 0.0, 0.0)
        if self.scene.worn:
            self._trunk.want = want
        elif self.scene.plate:
            self._weight.want = want
        elif want is not None:
            self._board.aim(want.ml, want.ap)

    def _keep(self) -> None:
        ml, ap = self._board.states
        k, w = self._trunk, self._weight
        self._history[self._steps % _KEPT] = (
            *ml,
            *ap,
            *k.ml,
            *k.ap,
            self._slipped,
            k.yaw[1],
            *self._push,
            w.ml[0],
            w.ap[0],
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
