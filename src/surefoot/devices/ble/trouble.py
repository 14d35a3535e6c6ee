"""What is wrong with the radio, in one line, with what to do about it."""

from __future__ import annotations

from bleak.exc import (
    BleakBluetoothNotAvailableError,
    BleakBluetoothNotAvailableReason,
)

_NO_ADAPTER = (
    "Bluetooth: expected an adapter, found none: plug one in, "
    "or use virtual sensors with --virtual steady"
)
_NO_SERVICE = (
    "Bluetooth: expected its service, it does not run here: start it "
    "(Linux: systemctl start bluetooth), or use virtual sensors with --virtual steady"
)
_DENIED = (
    "Bluetooth: this program may not use it: allow it in the system's privacy "
    "settings, for the terminal if it was started there"
)


def explain(error: BaseException) -> str:
    """Return one line that says what is wrong with the radio, and what to do."""
    reasons = BleakBluetoothNotAvailableReason
    if isinstance(error, BleakBluetoothNotAvailableError):
        return {
            reasons.NO_BLUETOOTH: _NO_ADAPTER,
            reasons.NO_BLE_CENTRAL_ROLE: _NO_ADAPTER,
            reasons.POWERED_OFF: "Bluetooth: expected it on, it is off: switch it on",
        }.get(error.reason, _DENIED)
    text = " ".join(str(error).split())
    if isinstance(error, FileNotFoundError) or "ServiceUnknown" in text:
        return _NO_SERVICE
    if isinstance(error, PermissionError) or "AccessDenied" in text:
        return _DENIED
    if isinstance(error, TimeoutError):
        return "Bluetooth: the sensor did not answer in time: bring it closer"
    return f"Bluetooth: {text or type(error).__name__}: try again, then restart it"
