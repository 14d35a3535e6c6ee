"""What to subscribe to and write to start, stop or identify a device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from surefoot.core import ProfileError
from surefoot.devices._template import CHECKSUMS, fill

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.devices.layout import Order, When
    from surefoot.devices.profile import Profile

OrderName = Literal["start", "stop", "identify", "tare", "keepalive"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step, in order: subscribe to an endpoint, or write bytes to it.

    Attributes
    ----------
    do : {"notify", "read", "write"}
        What to do. What is read goes into the session as a packet ``role/endpoint``.
    endpoint : str
        Key in the profile's ``gatt``.
    data : bytes
        What to write; empty otherwise.
    expect : bytes
        Prefix of the answer to wait for; empty if none is told.
    expect_from : str
        Endpoint the answer comes from.
    delay_s : float
        Wait this long before the next step [s].
    timeout_s : float
        Wait this long for the answer [s].
    refusals : tuple of (bytes, str)
        Prefixes of answers that refuse, and what they mean in words.
    """

    do: Literal["notify", "read", "write"]
    endpoint: str
    data: bytes = b""
    expect: bytes = b""
    expect_from: str = ""
    delay_s: float = 0.0
    timeout_s: float = 3.0
    refusals: tuple[tuple[bytes, str], ...] = ()


def reply(step: Step, endpoint: str, payload: bytes) -> str | None:
    """Return what a packet says to a step that waits for an answer.

    Parameters
    ----------
    step : Step
        A write with `Step.expect`.
    endpoint : str
        Where the packet came from.
    payload : bytes
        What it holds.

    Returns
    -------
    str or None
        Empty if the device accepts; its reason in words if it refuses; None if the
        packet is no answer, samples for example.
    """
    if endpoint != step.expect_from:
        return None
    for prefix, words in step.refusals:
        if payload.startswith(prefix):
            return words
    return "" if payload.startswith(step.expect) else None


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
    return [
        step_of(profile, told, values)
        for told in profile.orders.get(order, ())
        if holds(told.when, values)
    ]


def holds(when: When, values: Mapping[str, float]) -> bool:
    """Return whether these settings are among those something is there for."""
    return all(values[name] in allowed for name, allowed in when)


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


def step_of(profile: Profile, told: Order, values: Mapping[str, float]) -> Step:
    """Return one step with its parameters filled in."""
    delay = told.delay_ms / 1000
    if told.notify:
        return Step("notify", told.notify, delay_s=delay)
    if told.read:
        return Step("read", told.read, delay_s=delay)
    data = fill(told.template, told.text, values, profile.params)
    if told.checksum:
        data += bytes([CHECKSUMS[told.checksum](data)])
    answer = told.expect
    if answer is None:
        return Step("write", told.write, data, delay_s=delay)
    return Step(
        "write",
        told.write,
        data,
        answer.prefix,
        answer.endpoint,
        delay,
        answer.within,
        answer.refusals,
    )
