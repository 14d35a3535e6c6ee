"""Device profiles: how to recognise a device, start it and read its bytes.

A profile is parsed and checked once, here; everything behind trusts it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, cast

from surefoot.core import ProfileError
from surefoot.devices._channel_toml import read_probes
from surefoot.devices._connect_toml import (
    read_battery,
    read_gatt,
    read_link,
    read_orders,
    read_params,
    read_port,
    read_rules,
)
from surefoot.devices._packet_toml import Around, read_streams
from surefoot.devices._stream_toml import read_table_streams
from surefoot.devices._toml import Table
from surefoot.devices.commands import holds, settings
from surefoot.devices.layout import Link
from surefoot.resources import folder

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from surefoot.devices.layout import Endpoint, Order, Param, Probe, Rule, Stream

Transport = Literal["ble", "serial", "hid", "evdev", "table"]

TRANSPORTS: tuple[Transport, ...] = ("ble", "serial", "hid", "evdev", "table")

EVIDENCE = ("capture", "official", "two-implementations", "inferred", "ours")
"""How well the bytes are known, best first."""


class _Parts(TypedDict, total=False):
    rules: tuple[Rule, ...]
    gatt: Mapping[str, Endpoint]
    link: Link
    params: Mapping[str, Param]
    orders: Mapping[str, tuple[Order, ...]]
    streams: tuple[Stream, ...]
    battery: tuple[str, int] | None
    virtual_samples: int
    virtual_name: str
    probes: tuple[Probe, ...]


_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Profile:
    """One device model, as told by its TOML file.

    Attributes
    ----------
    id : str
        Kebab-case; what a person types.
    name : str
        As people read it.
    text : str
        The TOML it came from; a recording carries it.
    kind : tuple of str
        For example ``("imu",)``.
    transport : {"ble", "serial", "hid", "evdev", "table"}
        Radio notifications, what a port or the kernel gave, or rows of a file.
    evidence : str
        One of `EVIDENCE`.
    sources : tuple of str
        Where the facts come from.
    rules : tuple of Rule
        Any of them recognises the device.
    gatt : mapping of str to Endpoint
        Characteristics by the short name used in packet sources.
    link : Link
        What the connection must offer.
    params : mapping of str to Param
        Settings and the values they may take.
    orders : mapping of str to tuple of Order
        Steps of ``start``, ``stop``, ``identify``, ``tare``, ``keepalive``.
    streams : tuple of Stream
        What its packets hold; the first is the primary one.
    battery : tuple of (str, int) or None
        Characteristic to read and the byte that holds the percentage.
    virtual_samples : int
        Samples in a packet of a virtual device where the profile leaves it open.
    virtual_name : str
        How the name of a virtual device begins; empty if any name will do.
    probes : tuple of Probe
        Numbers the device tells once.
    """

    id: str
    name: str
    text: str
    kind: tuple[str, ...]
    transport: Transport
    evidence: str
    sources: tuple[str, ...]
    rules: tuple[Rule, ...]
    gatt: Mapping[str, Endpoint]
    link: Link
    params: Mapping[str, Param]
    orders: Mapping[str, tuple[Order, ...]]
    streams: tuple[Stream, ...]
    battery: tuple[str, int] | None
    virtual_samples: int
    virtual_name: str = ""
    probes: tuple[Probe, ...] = ()

    @property
    def scannable(self) -> bool:
        """Whether such a device can be heard on the radio."""
        return self.transport == "ble"

    @property
    def keepalive(self) -> float:
        """How often the order ``keepalive`` is due [s]; 0 if never."""
        return self.link.keepalive

    @property
    def verified(self) -> bool:
        """Whether bytes captured from a device decode as another reader said."""
        return self.evidence == "capture"

    @property
    def primary(self) -> Stream:
        """The stream that carries the movement, unless settings choose another."""
        return self.active()[0]

    def active(self, params: Mapping[str, float] | None = None) -> tuple[Stream, ...]:
        """Return the streams the device sends under these settings, primary first.

        Parameters
        ----------
        params : mapping of str to float, optional
            Settings that differ from the defaults.

        Raises
        ------
        ProfileError
            If a parameter or its value is not one the profile lists.
        """
        values = settings(self, params)
        return tuple(s for s in self.streams if holds(s.when, values))

    def matches(
        self,
        name: str | None = None,
        services: Collection[str] = (),
        manufacturers: Collection[int] = (),
    ) -> bool:
        """Return whether an advertisement is from such a device.

        Parameters
        ----------
        name : str, optional
            Local name.
        services : collection of str
            Advertised service UUIDs, in full, any case.
        manufacturers : collection of int
            Company identifiers.
        """
        heard = {service.lower() for service in services}
        return any(
            _holds(rule, name or "", heard, manufacturers) for rule in self.rules
        )


def parse_profile(text: str, where: str) -> Profile:
    """Return the profile told by a TOML text.

    Parameters
    ----------
    text : str
        The TOML.
    where : str
        File name, for errors.

    Raises
    ------
    ProfileError
        Naming the file, the line or key, what was expected and what came. Unknown
        keys are refused.
    """
    try:
        told: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"{where}: expected TOML, got {error}: mend that line of the profile"
        raise ProfileError(msg) from None
    top = Table(told, where)
    top.integer("schema", 1, 1)
    transport = cast("Transport", top.choice("transport", TRANSPORTS))
    identity = _kebab(top), top.text("name"), text, top.texts("kind"), transport
    trust = top.choice("evidence", EVIDENCE), top.texts("sources")
    table = transport == "table"
    parts = _table(top) if table else _device(top, transport)
    profile = Profile(*identity, *trust, **parts)
    top.close()
    return profile


def load_profile(id_or_path: str | Path) -> Profile:
    """Return a shipped profile by its id, or the profile in a file.

    Parameters
    ----------
    id_or_path : str or Path
        For example ``"movesense"`` or ``"my-sensor.toml"``.

    Raises
    ------
    ProfileError
        If there is no such profile, or it is not usable.
    """
    path = Path(id_or_path)
    if isinstance(id_or_path, str) and _ID.fullmatch(id_or_path):
        shipped = shipped_profiles()
        if id_or_path in shipped:
            return shipped[id_or_path]
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        known = ", ".join(shipped_profiles())
        msg = (
            f"profile: expected one of {known}, or the path of a TOML file, "
            f"got {str(id_or_path)!r}: see `surefoot devices list`"
        )
        raise ProfileError(msg) from None
    return parse_profile(text, path.name)


@cache
def shipped_profiles() -> dict[str, Profile]:
    """Return the profiles that ship with the product, by id, sorted.

    Raises
    ------
    ProfileError
        If one of them is not usable, or two have the same id.
    """
    found: dict[str, Profile] = {}
    paths = folder("devices").glob("*.toml")
    for path in sorted(paths, key=lambda path: path.stem):
        profile = parse_profile(path.read_text(encoding="utf-8"), path.name)
        if profile.id != path.stem:
            msg = f"{path.name}: id: expected {path.stem!r}, got {profile.id!r}: "
            raise ProfileError(msg + "name the file after its id")
        found[profile.id] = profile
    return found


def _table(top: Table) -> _Parts:
    return {
        "rules": (),
        "gatt": {},
        "link": Link(),
        "params": {},
        "orders": {},
        "streams": read_table_streams(top),
        "battery": None,
        "virtual_samples": _virtual(top)[0],
    }


def _device(top: Table, transport: Transport) -> _Parts:
    gatt = read_gatt(top) if transport == "ble" else read_port(top, transport)
    params = read_params(top)
    probes = read_probes(top, gatt)
    samples, name = _virtual(top)
    return {
        "rules": read_rules(top),
        "gatt": gatt,
        "link": read_link(top),
        "params": params,
        "orders": read_orders(top, gatt, params),
        "streams": read_streams(top, Around(gatt, params, probes)),
        "battery": read_battery(top, gatt),
        "virtual_samples": samples,
        "virtual_name": name,
        "probes": probes,
    }


def _holds(
    rule: Rule, name: str, services: Collection[str], manufacturers: Collection[int]
) -> bool:
    return (
        (not rule.name or re.search(rule.name, name) is not None)
        and (not rule.service or rule.service in services)
        and (rule.manufacturer is None or rule.manufacturer in manufacturers)
    )


def _kebab(top: Table) -> str:
    name = top.text("id")
    if not _ID.fullmatch(name):
        top.refuse("id", "small letters and digits joined by -", name)
    return name


def _virtual(top: Table) -> tuple[int, str]:
    inside = top.table("virtual")
    samples = inside.integer("samples", 1, 64, 1)
    name = inside.text("name", "")
    inside.close()
    return samples, name
