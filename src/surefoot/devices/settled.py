"""The streams of a device once its settings are known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from surefoot.devices.commands import settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from surefoot.devices.layout import Channel, Stream
    from surefoot.devices.profile import Profile


def settled_streams(
    profile: Profile, params: Mapping[str, float] | None = None
) -> tuple[Stream, ...]:
    """Return the streams sent under these settings, with the scales they lead to.

    Parameters
    ----------
    profile : Profile
        The device.
    params : mapping of str to float, optional
        Settings that differ from the defaults.

    Raises
    ------
    ProfileError
        If a parameter or its value is not one the profile lists.
    """
    values = settings(profile, params)
    return tuple(
        replace(stream, channels=tuple(_scaled(c, values) for c in stream.channels))
        for stream in profile.active(params)
    )


def _scaled(channel: Channel, values: Mapping[str, float]) -> Channel:
    if not channel.scales:
        return channel
    factor = dict(channel.scales)[values[channel.scale_by]]
    return replace(channel, scale=channel.scale * factor, scale_by="", scales=())
