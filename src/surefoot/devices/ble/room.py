"""How large a packet a link carries, where the system tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from bleak.backends.characteristic import BleakGATTCharacteristic

_HEADER = 3  # bytes of the protocol in every notification


def room(char: BleakGATTCharacteristic) -> int | None:
    """Return the packet size that was agreed on [bytes]; None where nobody tells.

    Parameters
    ----------
    char : BleakGATTCharacteristic
        Of a connected sensor.
    """
    inside = char.obj
    # BlueZ before 5.62 does not tell, and bleak then takes the least there is
    if isinstance(inside, tuple) and "MTU" not in cast("tuple[Any, Any]", inside)[1]:
        return None
    return char.max_write_without_response_size + _HEADER
