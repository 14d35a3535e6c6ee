"""Which bleak backends are used: the one seam at which virtual sensors enter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bleak.backends.client import BaseBleakClient
    from bleak.backends.scanner import BaseBleakScanner


@dataclass(frozen=True, slots=True)
class Transport:
    """Which bleak backends to use; none means the ones of this computer."""

    scanner: type[BaseBleakScanner] | None = None
    client: type[BaseBleakClient] | None = None

    def scanner_keywords(self, adapter: str | None) -> dict[str, Any]:
        """Return the arguments that make a bleak scanner use this."""
        return _keywords(self.scanner, adapter)

    def client_keywords(self, adapter: str | None) -> dict[str, Any]:
        """Return the arguments that make a bleak client use this."""
        return _keywords(self.client, adapter)


def _keywords(backend: object, adapter: str | None) -> dict[str, Any]:
    keywords: dict[str, Any] = {}
    if backend:
        keywords["backend"] = backend
    if adapter:
        keywords["bluez"] = {"adapter": adapter}
    return keywords
