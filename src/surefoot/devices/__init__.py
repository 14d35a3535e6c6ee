"""Device profiles, and the decoders and encoders they make."""

from surefoot.devices.check import Row, check_profiles
from surefoot.devices.commands import Step, settings, steps
from surefoot.devices.decoder import Counts, ProfileDecoder, stream_rates
from surefoot.devices.encoder import ProfileEncoder
from surefoot.devices.profile import (
    Profile,
    load_profile,
    parse_profile,
    shipped_profiles,
)

__all__ = [
    "Counts",
    "Profile",
    "ProfileDecoder",
    "ProfileEncoder",
    "Row",
    "Step",
    "check_profiles",
    "load_profile",
    "parse_profile",
    "settings",
    "shipped_profiles",
    "steps",
    "stream_rates",
]
