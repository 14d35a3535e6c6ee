"""What the emulated BlueZ needs of a sensor, and how a link to it may misbehave."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from surefoot.virtual.radio.services import MTU

if TYPE_CHECKING:
    from collections.abc import Callable

    from surefoot.devices import Profile


class Peripheral(Protocol):
    """A sensor that can be connected to; `surefoot.virtual.unit.VirtualUnit` is one."""

    role: str
    name: str
    in_range: bool

    @property
    def profile(self) -> Profile:
        """The model."""
        ...

    def link(self, send: Callable[[str, bytes], None] | None) -> None:
        """Begin a connection that delivers by ``send``, or end it with None."""
        ...

    def subscribe(self, endpoint: str, wanted: bool = True) -> None:
        """Begin or end to notify of an endpoint."""
        ...

    def read(self, endpoint: str) -> bytes:
        """Return what an endpoint holds."""
        ...

    def write(self, endpoint: str, data: bytes) -> None:
        """Take a command."""
        ...

    async def pump(self) -> None:
        """Send packets at their times for as long as the connection lasts."""
        ...


@dataclass(slots=True)
class Manners:
    """How BlueZ serves one sensor; may be changed at any time, from any thread.

    Attributes
    ----------
    adapter : str
        The adapter it is in reach of.
    address : str
        Its address; may change, as private addresses do.
    connect : float
        Time a connection takes [s].
    resolve : float
        From the connection to the list of services [s].
    mtu : int
        Largest packet; notifications are cut to three bytes less.
    twice : bool
        Whether every notification is delivered twice.
    acquire : bool
        Whether notifications are offered by a socket too.
    hidden : set of str
        Endpoints that are missing in the list of services.
    errors : list of str
        For each coming attempt to connect, its error: ``"InProgress"``, or
        ``"Failed:br-connection-profile-unavailable"``.
    """

    adapter: str
    address: str
    connect: float = 0.02
    resolve: float = 0.01
    mtu: int = MTU
    twice: bool = False
    acquire: bool = True
    hidden: set[str] = field(default_factory=set[str])
    errors: list[str] = field(default_factory=list[str])
