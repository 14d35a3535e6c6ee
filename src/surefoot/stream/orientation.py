"""Where up is in the sensor frame, live."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from surefoot.analysis.complementary import Complementary
from surefoot.analysis.gaps import segments
from surefoot.analysis.orientation import (
    ACC,
    ACC_CUTOFF,
    GYR,
    REST_GYR_DEG,
    columns,
    has_gyr,
    up_info,
)
from surefoot.analysis.rotation import unit_rows, up_from_quaternion
from surefoot.core import Block, StreamInfo
from surefoot.stream.lowpass import RESTART, Lowpass

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Orientation:
    """Turns calibrated samples into ``role/up``, unit vectors u_x, u_y, u_z.

    With a gyroscope: VQF without magnetometer (Laidig & Seel 2023,
    doi:10.1016/j.inffus.2022.10.014), or `Complementary` where it is not installed.
    Without: the acceleration, low-passed at 4 Hz, which takes every movement for tilt.

    Each sample integrates one period, so a gap integrates nothing; after more than
    1 s without samples the filter starts anew from the accelerometer and keeps the
    gyroscope's bias. A zero acceleration, which says nothing, gives zeros.

    Parameters
    ----------
    rate : float
        Measured sampling rate [Hz]; fixed while a trial runs.
    compiled : bool
        False: do not use VQF even where it is installed.
    """

    def __init__(self, rate: float, *, compiled: bool = True) -> None:
        self.rate = rate
        self._fusion = _fusion(rate, compiled)
        self._gravity = Lowpass(ACC_CUTOFF)
        self._last: float | None = None
        self._given: StreamInfo | None = None
        self._info = _UNKNOWN

    def reset(self) -> None:
        """Forget the past, as after construction."""
        self._fusion.reset()
        self._gravity.reset()
        self._last = None

    def feed(self, block: Block) -> Block:
        """Return up for each sample of the block."""
        if block.info is not self._given:
            self._given, self._info = block.info, up_info(block.info)
        info = self._info
        if len(block) == 0:
            return Block.empty(info)
        if has_gyr(block.info):
            return block.with_data(self._fused(block), info)
        acc = Block(replace(info, rate=self.rate), block.t, columns(block, ACC))
        return block.with_data(unit_rows(self._gravity.feed(acc).data), info)

    def _fused(self, block: Block) -> NDArray[np.float64]:
        gyr, acc = columns(block, GYR), columns(block, ACC)
        parts: list[NDArray[np.float64]] = []
        for run in segments(block.t, RESTART):
            if self._last is not None and block.t[run.start] - self._last > RESTART:
                self._fusion.restart()
            parts.append(self._fusion.up(gyr[run], acc[run]))
            self._last = float(block.t[run.stop - 1])
        return parts[0] if len(parts) == 1 else np.concatenate(parts)


_UNKNOWN = StreamInfo("", (), (), 0.0)


class _Fusion(Protocol):
    def up(
        self, gyr: NDArray[np.float64], acc: NDArray[np.float64]
    ) -> NDArray[np.float64]: ...

    def restart(self) -> None: ...

    def reset(self) -> None: ...


class _Vqf:
    def __init__(self, rate: float) -> None:
        from vqf import VQF

        self._vqf = VQF(1.0 / rate, restThGyr=REST_GYR_DEG)

    def up(
        self, gyr: NDArray[np.float64], acc: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return up_from_quaternion(self._vqf.updateBatch(gyr, acc)["quat6D"])

    def restart(self) -> None:
        bias, sigma = self._vqf.getBiasEstimate()
        self._vqf.resetState()
        self._vqf.setBiasEstimate(bias, sigma)

    def reset(self) -> None:
        self._vqf.resetState()


def _fusion(rate: float, compiled: bool) -> _Fusion:
    if compiled:
        try:
            return _Vqf(rate)
        except ImportError:  # no wheel for this machine
            pass
    return Complementary(rate)
