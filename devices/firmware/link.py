"""The radio of Surefoot's own sensors: advertise, take commands, send packets.

Runs on CircuitPython boards with Bluetooth LE built in, without any library. It talks
to one computer at a time.
"""

import binascii

import _bleio
import packing

_BATTERY_SERVICE = 0x180F
_BATTERY_LEVEL = 0x2A19
_NARROWEST = 20  # bytes in a notification before anything else was agreed
_LONGEST_COMMAND = 20
_INTERVAL_MS = 15  # between two meetings of the radios: asked for, not always given


class Link:
    """What the computer sees of this sensor.

    Parameters
    ----------
    make : str
        The first part of the name; the end of the address is added.
    service, data, commands : str
        UUIDs, as in the profile.
    longest : int
        Bytes of the longest packet.
    """

    def __init__(self, make, service, data, commands, longest):
        kinds = _bleio.Characteristic
        opened, closed = _bleio.Attribute.OPEN, _bleio.Attribute.NO_ACCESS
        self._adapter = _bleio.adapter
        self._adapter.enabled = True
        self._name = name_of(make, self._adapter.address.address_bytes)
        self._adapter.name = self._name
        self._uuid = service
        # kept, though nothing asks for them again: what is let go of is taken away
        self._service = _bleio.Service(_bleio.UUID(service))
        self._data = kinds.add_to_service(
            self._service,
            _bleio.UUID(data),
            properties=kinds.READ | kinds.NOTIFY,
            read_perm=opened,
            write_perm=closed,
            max_length=longest,
            fixed_length=False,
        )
        written = kinds.add_to_service(
            self._service,
            _bleio.UUID(commands),
            properties=kinds.WRITE | kinds.WRITE_NO_RESPONSE,
            read_perm=closed,
            write_perm=opened,
            max_length=_LONGEST_COMMAND,
            fixed_length=False,
        )
        self._inbox = _bleio.PacketBuffer(written, buffer_size=4)
        self._command = bytearray(_LONGEST_COMMAND)
        self._battery_service = _bleio.Service(_bleio.UUID(_BATTERY_SERVICE))
        self._battery = kinds.add_to_service(
            self._battery_service,
            _bleio.UUID(_BATTERY_LEVEL),
            properties=kinds.READ | kinds.NOTIFY,
            read_perm=opened,
            write_perm=closed,
            max_length=1,
            fixed_length=True,
            initial_value=bytes([100]),
        )

    def connected(self):
        """Return whether a computer is there; advertise while none is."""
        if self._adapter.connected:
            return True
        if not self._adapter.advertising:
            self._adapter.start_advertising(
                advertisement(self._uuid),
                scan_response=scan_response(self._name),
                connectable=True,
                interval=0.1,
            )
        return False

    def room(self):
        """Return how many bytes a notification holds, and ask for a quick link."""
        room = _NARROWEST
        for connection in self._adapter.connections:
            try:
                room = connection.max_packet_length
                connection.connection_interval = _INTERVAL_MS
            except (OSError, RuntimeError, _bleio.BluetoothError):
                continue  # the computer has the last word, and may have left
        return room

    def command(self, rates):
        """Return the next command as `packing.command`, or None."""
        length = self._inbox.readinto(self._command)
        if not length:
            return None
        return packing.command(bytes(self._command[:length]), rates)

    def send(self, packet):
        """Notify; waits while the radio's queue is full.

        One value set is one notification. A packet buffer would join packets that wait.
        """
        _tell(self._data, packet)

    def battery(self, percent):
        """Tell how full the battery is [%]."""
        _tell(self._battery, bytes([percent]))


def name_of(make, address):
    """Return a name of its own, from the end of the address (least byte first)."""
    return f"{make} {address[1]:02X}{address[0]:02X}"


def _tell(characteristic, value):
    try:
        characteristic.value = value
    except (OSError, _bleio.BluetoothError):
        return  # nobody there any more: `connected` will tell


def advertisement(uuid):
    """Return the bytes that say: a Bluetooth LE sensor with this service."""
    service = bytes(reversed(binascii.unhexlify(uuid.replace("-", ""))))
    return bytes([2, 0x01, 0x06, len(service) + 1, 0x07]) + service


def scan_response(name):
    """Return the bytes with the name; both together would not fit into 31."""
    text = name.encode()
    return bytes([len(text) + 1, 0x09]) + text
