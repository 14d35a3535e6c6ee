"""The answer to a command: come, refused, or not come in time."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from surefoot.devices.ble.supervisor import LostError
from surefoot.devices.commands import reply

if TYPE_CHECKING:
    from surefoot.devices.commands import Step

_USUAL = 3.0  # s; what a step says that tells no time of its own


class Awaited:
    """What a sensor is expected to answer to one write.

    Parameters
    ----------
    step : Step
        The write; its profile says what the answer begins with, and what refusals do.
    """

    def __init__(self, step: Step) -> None:
        self._step = step
        self._refusal = ""
        self._come = asyncio.Event()

    def take(self, endpoint: str, data: bytes) -> bool:
        """Look at what an endpoint notified of; return whether it is the answer."""
        said = reply(self._step, endpoint, data)
        if said is None:
            return False
        self._refusal = said
        self._come.set()
        return True

    async def come(self, usual: float) -> None:
        """Wait for the answer.

        Parameters
        ----------
        usual : float
            How long, where the profile tells no time of its own [s].

        Raises
        ------
        LostError
            If it did not come in time, or refuses.
        """
        told = self._step.timeout_s
        limit = usual if told == _USUAL else told
        sent = self._step.data.hex(" ")
        try:
            async with asyncio.timeout(limit):
                await self._come.wait()
        except TimeoutError:
            msg = (
                f"the sensor did not answer {sent} in {limit:g} s: connecting again; "
                "if it stays, switch it off and on"
            )
            raise LostError(msg) from None
        if self._refusal:
            msg = f"the sensor refused {sent}: {self._refusal}: look at its settings"
            raise LostError(msg)
