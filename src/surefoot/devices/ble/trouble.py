"""What is wrong with the radio, in one line, with what to do about it."""

from __future__ import annotations

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
    BleakDeviceNotFoundError,
)

_NO_ADAPTER = (
    "Bluetooth: expected an adapter, found none: plug one in, "
    "or use virtual sensors with --virtual steady"
)
_NO_SERVICE = (
    "Bluetooth: expected its service, it does not run here: start it "
    "(Linux: systemctl start bluetooth), or use virtual sensors with --virtual steady"
)
_BUS_LOST = (
    "Bluetooth: expected its service, the connection to it broke: goes on by itself "
    "when it runs again (Linux: systemctl restart bluetooth)"
)
_DENIED = (
    "Bluetooth: this program may not use it: allow it in the system's privacy "
    "settings, for the terminal if it was started there"
)


_OFF = "Bluetooth: expected it on, it is off: switch it on"
_TOLD = {
    "ServiceUnknown": _NO_SERVICE,
    "AccessDenied": _DENIED,
    "InProgress": (
        "Bluetooth: busy with something else (InProgress): trying again; if it stays, "
        "close other programs that use Bluetooth"
    ),
    "br-connection-profile-unavailable": (
        "Bluetooth: took the sensor for one of the classic kind "
        "(br-connection-profile-unavailable): trying again; if it stays, remove the "
        "sensor in the system's Bluetooth settings"
    ),
    "le-connection-abort-by-local": (
        "Bluetooth: the connection broke off (le-connection-abort-by-local): bring "
        "the sensor closer, use fewer sensors on one adapter"
    ),
    "NotReady": "Bluetooth: the adapter is not ready (NotReady): switch Bluetooth on",
    "AuthenticationFailed": (
        "Bluetooth: the sensor asks to be paired: pair it in the system's Bluetooth "
        "settings"
    ),
}
"""What systems say, and what it means."""


def explain(error: BaseException) -> str:
    """Return one line that says what is wrong with the radio, and what to do."""
    if isinstance(error, BleakBluetoothNotAvailableError):
        reasons = BleakBluetoothNotAvailableReason
        return {
            reasons.NO_BLUETOOTH: _NO_ADAPTER,
            reasons.NO_BLE_CENTRAL_ROLE: _NO_ADAPTER,
            reasons.POWERED_OFF: _OFF,
        }.get(error.reason, _DENIED)
    if isinstance(error, BleakDeviceNotFoundError):
        return (
            "Bluetooth: the system forgot the sensor: looking for it again; "
            "if it stays, switch the sensor off and on"
        )
    text = " ".join(str(error).split())
    for told, words in _TOLD.items():
        if told in text:
            return words
    if text.startswith("adapter '"):
        return f"Bluetooth: {text}: plug it in, or ask for another one"
    return _of_system(error) or (
        f"Bluetooth: {text or type(error).__name__}: try again, then restart it"
    )


def _of_system(error: BaseException) -> str:
    if isinstance(error, FileNotFoundError):
        return _NO_SERVICE
    if isinstance(error, PermissionError):
        return _DENIED
    if isinstance(error, (ConnectionError, EOFError)):
        return _BUS_LOST
    if isinstance(error, TimeoutError):
        return "Bluetooth: the sensor did not answer in time: bring it closer"
    return ""
