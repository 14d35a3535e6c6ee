"""Every model as a virtual sensor is reached: by the virtual radio."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.core import ProfileError
from surefoot.devices.layout import Endpoint, Order, Rule
from surefoot.virtual.names import advertised

if TYPE_CHECKING:
    from surefoot.devices import Profile

_PORT = "port"  # the one endpoint of what is plugged in
_SERVICE = "5f00f007-0000-4000-8000-{:012x}"  # nobody's: ours for these alone


def on_air(profile: Profile, role: str) -> Profile:
    """Return what the virtual radio plays for a profile; its packets are the same.

    A board that is plugged in gets one characteristic for its port.

    Parameters
    ----------
    profile : Profile
        The model; one on the radio comes back as it is.
    role : str
        Where the sensor sits; it must be recognised by its virtual name.

    Raises
    ------
    ProfileError
        For a table, and for a model whose virtual name none of its rules knows.
    """
    if profile.transport == "table":
        msg = f"{profile.id}: expected a sensor, got a table: use surefoot import"
        raise ProfileError(msg)
    played = profile if profile.transport == "ble" else _plugged(profile)
    services = [rule.service for rule in played.rules if rule.service]
    makers = [r.manufacturer for r in played.rules if r.manufacturer is not None]
    if not played.matches(advertised(played, role), services, makers):
        msg = (
            f"{profile.id}: expected a name for a virtual one that its [[match]] "
            'knows, got none: add name = "..." to [virtual] in the profile'
        )
        raise ProfileError(msg)
    return played


def _plugged(profile: Profile) -> Profile:
    begin = (Order(notify=_PORT), *profile.orders.get("start", ()))
    return replace(
        profile,
        transport="ble",
        gatt={_PORT: Endpoint(_SERVICE.format(1), _SERVICE.format(2), notify=True)},
        rules=(Rule(name=re.escape(profile.virtual_name) or "virtual"),),
        orders={**profile.orders, "start": begin},
    )
