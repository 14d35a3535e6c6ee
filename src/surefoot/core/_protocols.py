"""The few interfaces the layers meet at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from surefoot.core._types import Block, Measure, Packet


class PacketSource(Protocol):
    """Where packets come from: a radio, a virtual person or a recording."""

    def packets(self) -> Iterator[Packet]:
        """Yield packets in the order in which the session takes them."""
        ...


class Decoder(Protocol):
    """Turns the packets of one device into blocks; touches no radio and no file."""

    def decode(self, packet: Packet) -> Sequence[Block]:
        """Return the samples in one packet.

        Raises
        ------
        DecodeError
            If the payload does not fit the packet format. The decoder stays usable.
        """
        ...


class Operator(Protocol):
    """A causal map from blocks to blocks that remembers what it needs.

    The cutting law: for every way of cutting a block into pieces, feeding the pieces
    and joining the outputs equals feeding the whole, to the last bit.
    """

    def feed(self, block: Block) -> Block:
        """Take the next block, return what is now known (it may be empty)."""
        ...

    def reset(self) -> None:
        """Forget the past, as after construction."""
        ...


class Meter(Protocol):
    """A causal map from blocks to measures, under the same law as an operator."""

    def feed(self, block: Block) -> Sequence[Measure]:
        """Take the next block, return the measures that are now due."""
        ...

    def reset(self) -> None:
        """Forget the past, as after construction."""
        ...
