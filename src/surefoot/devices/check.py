"""Checks profiles against packets of known meaning, and those packets themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from surefoot.devices.mutations import broken
from surefoot.devices.profile import shipped_profiles
from surefoot.devices.vectors import load_vectors, wrong_command, wrong_packet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from surefoot.devices.profile import Profile
    from surefoot.devices.vectors import Command, Vector


@dataclass(frozen=True, slots=True)
class Row:
    """Outcome of one check.

    Attributes
    ----------
    profile, stream : str
        What was checked; the stream is empty where the whole profile was.
    test : str
        For example ``"packet (capture)"``, ``"start"``, ``"notices: byte order"``.
    ok : bool
        Whether it held.
    detail : str
        The source of what is known, or what was seen instead.
    """

    profile: str
    stream: str
    test: str
    ok: bool
    detail: str = ""


def check_profiles(
    profiles: Mapping[str, Profile] | None = None, where: Path | None = None
) -> list[Row]:
    """Return the outcome of every check of device profiles.

    Every known packet must decode to its known samples, every order must expand to
    its known bytes, and a profile broken on purpose must make a packet fail: packets
    that would not notice prove nothing.

    Parameters
    ----------
    profiles : mapping of str to Profile, optional
        Checked instead of the shipped ones, by id.
    where : Path, optional
        Folder of the files ``vectors*.json``; that of the shipped ones by default.

    Raises
    ------
    ProfileError
        If a file of known packets is not usable.
    """
    known = shipped_profiles() if profiles is None else profiles
    vectors, commands = load_vectors(where)
    rows: list[Row] = []
    for profile in known.values():
        own = [vector for vector in vectors if vector.profile == profile.id]
        rows += _packets(profile, own)
        rows += _evidence(profile, own)
        rows += _mutations(profile, own)
        rows += _orders(profile, [c for c in commands if c.profile == profile.id])
    return rows


def _packets(profile: Profile, vectors: Iterable[Vector]) -> Iterable[Row]:
    for vector in vectors:
        wrong = wrong_packet(profile, vector)
        test = f"packet ({vector.origin})"
        detail = wrong or vector.source
        yield Row(profile.id, vector.stream, test, not wrong, detail)


def _orders(profile: Profile, commands: Sequence[Command]) -> Iterable[Row]:
    for command in commands:
        wrong = wrong_command(profile, command)
        detail = wrong or command.source
        yield Row(profile.id, "", command.order, not wrong, detail)
    told = {command.order for command in commands}
    for order, parts in profile.orders.items():
        if parts and order not in told:
            detail = "no bytes of known meaning"
            yield Row(profile.id, "", order, ok=False, detail=detail)


def _evidence(profile: Profile, vectors: Sequence[Vector]) -> Iterable[Row]:
    for stream in profile.streams:
        if stream.combine:
            continue  # it is as well known as its parts
        origins = {vector.origin for vector in vectors if vector.stream == stream.id}
        needed = stream is profile.primary and profile.verified
        ok = "capture" in origins if needed else bool(origins)
        detail = ", ".join(sorted(origins)) or "no packet of known meaning"
        yield Row(profile.id, stream.id, "evidence", ok, detail)


def _mutations(profile: Profile, vectors: Sequence[Vector]) -> Iterable[Row]:
    for stream in profile.streams:
        own = [vector for vector in vectors if vector.stream == stream.id]
        for name, copy in broken(profile, stream.id).items():
            noticed = sum(bool(wrong_packet(copy, vector)) for vector in own)
            detail = f"{noticed} of {len(own)} packets"
            yield Row(profile.id, stream.id, f"notices: {name}", noticed > 0, detail)
