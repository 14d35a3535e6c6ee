"""The bytes of Surefoot's own sensors: packets out, commands in.

Nothing in here touches hardware: the same file runs on the sensor (CircuitPython) and,
in the tests, on a computer, where the packets go through the decoder of the profiles
`surefoot-sketch` and `surefoot-board`.

A packet, little endian: ``type u8 | n u8 | seq u16 | t u32 | n samples``. ``seq``
counts packets, ``t`` is the microsecond at which the LAST sample was taken; both wrap.
A command: ``A5 | what | arguments | xor of all bytes before``.
"""

import struct

IMU = 1
"""Type of a packet with ``acc i16 x 3, gyr i16 x 3`` a sample."""
FORCE = 2
"""Type of a packet with ``i32 x 4`` a sample [gram-force]: top right, bottom right, top
left, bottom left, seen by the person who stands on the board facing its top."""
COUNTS = 3
"""As `FORCE`, in counts of the amplifiers as they come."""

HEADER = "<BBHI"
HEADER_SIZE = struct.calcsize(HEADER)
SAMPLE_SIZE = {IMU: 12, FORCE: 16, COUNTS: 16}

START_BYTE = 0xA5
STOP, START, BLINK, TARE, START_RAW = 0, 1, 2, 3, 4
TARE_SECONDS = 0.5


class Packer:
    """Collects samples into packets.

    Parameters
    ----------
    kind : int
        `IMU`, `FORCE` or `COUNTS`.
    samples : int
        In a full packet.
    """

    def __init__(self, kind, samples):
        self._kind = kind
        self._size = SAMPLE_SIZE[kind]
        self._full = samples
        self._buffer = bytearray(HEADER_SIZE + samples * self._size)
        self._held = 0
        self._last_us = 0
        self._gap_us = 0
        self._seq = 0

    def restart(self, kind, rate, room):
        """Forget what is held, before a new stream; the packet number goes on.

        Parameters
        ----------
        kind : int
            As above, with samples of the same size.
        rate : float
            Samples a second [Hz].
        room : int
            Bytes that fit into one notification. A packet holds fewer samples where
            the link is narrow, and at least one.
        """
        fit = (room - HEADER_SIZE) // self._size
        most = (len(self._buffer) - HEADER_SIZE) // self._size
        self._full = max(1, min(fit, most))
        self._kind = kind
        self._gap_us = 1_500_000 // rate
        self._held = 0

    def add(self, t_us, sample):
        """Take one sample; return the packets that are now complete, 0 to 2.

        A packet says when its last sample was taken, and the others stand one period
        apart. So a packet ends where a sample was missed, however few it holds.

        Parameters
        ----------
        t_us : int
            When it was taken [us].
        sample : bytes
            The sample as it is sent.
        """
        packets = []
        if self._held and t_us - self._last_us > self._gap_us:
            packets.append(self._close())
        start = HEADER_SIZE + self._held * self._size
        self._buffer[start : start + self._size] = sample
        self._held += 1
        self._last_us = t_us
        if self._held == self._full:
            packets.append(self._close())
        return packets

    def _close(self):
        t = self._last_us & 0xFFFFFFFF
        head = (self._kind, self._held, self._seq, t)
        struct.pack_into(HEADER, self._buffer, 0, *head)
        packet = bytes(self._buffer[: HEADER_SIZE + self._held * self._size])
        self._seq = (self._seq + 1) & 0xFFFF
        self._held = 0
        return packet


class Scale:
    """Turns counts of four amplifiers into samples.

    Parameters
    ----------
    counts_per_gram : tuple of float, or None
        For each corner, with a sign so that pressing is positive. None where it was not
        found out yet: then counts are sent.
    """

    def __init__(self, counts_per_gram):
        self._per_gram = counts_per_gram
        self._zero = [0.0, 0.0, 0.0, 0.0]
        self._sums = [0.0, 0.0, 0.0, 0.0]
        self._taken = self._wanted = 0
        self.kind = COUNTS

    def start(self, raw):
        """Send counts, if it is asked for or nothing else is known."""
        self.kind = COUNTS if raw or self._per_gram is None else FORCE
        self._wanted = 0

    def tare(self, rate):
        """Make the mean of the next half second zero; nobody may stand on the board."""
        self._wanted = max(1, int(rate * TARE_SECONDS))
        self._taken = 0
        self._sums = [0.0, 0.0, 0.0, 0.0]

    def sample(self, counts):
        """Return the sample as it is sent: tared gram-force, or counts as they come."""
        if self._wanted:
            self._collect(counts)
        if self.kind == COUNTS:
            return struct.pack("<4i", *counts)
        grams = [
            round((counts[k] - self._zero[k]) / self._per_gram[k]) for k in range(4)
        ]
        return struct.pack("<4i", *grams)

    def _collect(self, counts):
        for k in range(4):
            self._sums[k] += counts[k]
        self._taken += 1
        if self._taken == self._wanted:
            self._zero = [total / self._taken for total in self._sums]
            self._wanted = 0


def command(data, rates):
    """Return what is asked for, as ``(what, rate)``, or None for anything else.

    Parameters
    ----------
    data : bytes
        As it was written to the sensor.
    rates : tuple of int
        The rates this sensor can keep [Hz].
    """
    if len(data) < 3 or data[0] != START_BYTE or checksum(data[:-1]) != data[-1]:
        return None
    what, arguments = data[1], data[2:-1]
    if what in (START, START_RAW) and len(arguments) == 2:
        rate = arguments[0] | arguments[1] << 8
        return (what, rate) if rate in rates else None
    if what in (STOP, BLINK, TARE) and not arguments:
        return (what, 0)
    return None


def checksum(data):
    """Return the exclusive or of all bytes."""
    found = 0
    for byte in data:
        found ^= byte
    return found


def percentage(volts):
    """Return how full a lithium cell at rest is [%]; straight lines, our default."""
    points = ((3.3, 0), (3.6, 10), (3.7, 30), (3.8, 55), (4.0, 85), (4.15, 100))
    if volts <= points[0][0]:
        return 0
    for k in range(1, len(points)):
        (low, below), (high, above) = points[k - 1], points[k]
        if volts < high:
            return int(below + (above - below) * (volts - low) / (high - low))
    return 100
