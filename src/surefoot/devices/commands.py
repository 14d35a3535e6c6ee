"""What to subscribe to and write to start, stop or identify a device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from surefoot.core import ProfileError
from surefoot.devices._template import CHECKSUMS, fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.devices.layout import Order
    from surefoot.devices.profile import Profile

OrderName = Literal["start", "stop", "identify", "tare", "keepalive"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in order: subscribe to an endpoint, or write bytes to it.

    Attributes
    ----------
    do : {"notify", "write"}
        What to do.
    endpoint : str
        Key in the profile's ``gatt``.
    data : bytes
        What to write; empty for ``"notify"``.
    expect : bytes
        Prefix of the answer to wait for; empty if none is told.
    expect_from : str
        Endpoint the answer comes from.
    delay_s : float
        Wait this long before the next step [s].
    """

    do: Literal["notify", "write"]
    endpoint: str
    data: bytes = b""
    expect: bytes = b""
    expect_from: str = ""
    delay_s: float = 0.0


def steps(
    profile: Profile,
    order: OrderName = "start",
    params: Mapping[str, float] | None = None,
) -> list[Step]:
    """Return the steps of an order; none where the device has no such order.

    Parameters
    ----------
    profile : Profile
        The device.
    order : {"start", "stop", "identify", "tare", "keepalive"}
        What it shall do.
    params : mapping of str to float, optional
        Settings that differ from the defaults, for example ``{"rate": 52}``.

    Raises
    ------
    ProfileError
        If a parameter or its value is not one the profile lists.
    """
    values = settings(profile, params)
    return [_step(profile, told, values) for told in profile.orders.get(order, ())]


def settings(
    profile: Profile, params: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return every parameter of a device: the defaults, and what differs.

    Parameters
    ----------
    profile : Profile
        The device.
    params : mapping of str to float, optional
        What differs.

    Raises
    ------
    ProfileError
        If a parameter or its value is not one the profile lists.
    """
    values = {name: param.default for name, param in profile.params.items()}
    for name, value in (params or {}).items():
        known = profile.params.get(name)
        allowed = known.codes if known else profile.params
        if known is None or value not in known.codes:
            listed = ", ".join(f"{v:g}" if known else str(v) for v in allowed) or "none"
            msg = f"{profile.id}: {name}: expected one of {listed}, got {value!r}: "
            raise ProfileError(msg + "see `surefoot devices show`")
        values[name] = float(value)
    return values


def _step(profile: Profile, told: Order, values: Mapping[str, float]) -> Step:
    delay = told.delay_ms / 1000
    if told.notify:
        return Step("notify", told.notify, delay_s=delay)
    data = fill(told.template, told.text, values, profile.params)
    if told.checksum:
        data += bytes([CHECKSUMS[told.checksum](data)])
    return Step("write", told.write, data, told.expect, told.expect_from, delay)
