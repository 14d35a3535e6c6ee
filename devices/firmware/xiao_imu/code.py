"""Surefoot's own movement sensor: a Seeed XIAO nRF52840 Sense with CircuitPython.

Copy this file, `link.py`, `packing.py` and `xiao.py` to the drive CIRCUITPY. It speaks
the profile `surefoot-sketch`; `docs/build-your-own.md` tells the rest.

The sensor chip, an LSM6DS3TR-C, sets the pace: it is asked a few hundred times a second
whether it has a new sample. The light is on while packets are sent.
"""

import time

import board
import busio
import digitalio
import link
import packing
import xiao

SERVICE = "5b4a0000-6f0e-4b9a-9d53-3f4d0a5d0001"
DATA = "5b4a0002-6f0e-4b9a-9d53-3f4d0a5d0001"
COMMANDS = "5b4a0003-6f0e-4b9a-9d53-3f4d0a5d0001"
SAMPLES = 6  # in a packet: 80 bytes
RATES = (52, 104, 208)
BATTERY_US = 30_000_000

# LSM6DS3TR-C: addresses of registers, and what is written to them
ADDRESS = 0x6A
WHO_AM_I, CTRL1_XL, CTRL2_G, CTRL3_C, STATUS, OUT = 0x0F, 0x10, 0x11, 0x12, 0x1E, 0x22
ITSELF = 0x6A
PACE = {52: 0x30, 104: 0x40, 208: 0x50}
RANGE = 0x08  # +-4 g in the one register, +-1000 degrees a second in the other
WHOLE_SAMPLES = (
    0x44  # never half of an old and half of a new number; count addresses up
)
BOTH_NEW = 0x03


class Imu:
    """The sensor chip, on the wires inside the module."""

    def __init__(self):
        self._power = digitalio.DigitalInOut(board.IMU_PWR)
        self._power.switch_to_output(value=True)
        time.sleep(0.05)
        self._wires = busio.I2C(board.IMU_SCL, board.IMU_SDA, frequency=400_000)
        while not self._wires.try_lock():
            pass
        # one set of buffers for good: memory that is not used up need not be tidied
        self._register = bytearray(1)
        self._one = bytearray(1)
        self._raw = bytearray(12)
        self._sample = bytearray(12)
        if self._ask(WHO_AM_I) != ITSELF:
            msg = "no LSM6DS3TR-C: is this a XIAO nRF52840 Sense?"
            raise RuntimeError(msg)
        self._tell(CTRL3_C, WHOLE_SAMPLES)
        self.stop()

    def start(self, rate):
        """Measure, so many times a second."""
        self._tell(CTRL1_XL, PACE[rate] | RANGE)
        self._tell(CTRL2_G, PACE[rate] | RANGE)

    def stop(self):
        """Sleep."""
        self._tell(CTRL1_XL, 0)
        self._tell(CTRL2_G, 0)

    def sample(self):
        """Return a new sample as it is sent, or None if there is none yet."""
        if self._ask(STATUS) & BOTH_NEW != BOTH_NEW:
            return None
        self._read(OUT, self._raw)
        # the chip has the gyroscope first, the packet the accelerometer
        self._sample[0:6] = self._raw[6:12]
        self._sample[6:12] = self._raw[0:6]
        return self._sample

    def _ask(self, register):
        self._read(register, self._one)
        return self._one[0]

    def _read(self, register, into):
        self._register[0] = register
        self._wires.writeto_then_readfrom(ADDRESS, self._register, into)

    def _tell(self, register, value):
        self._wires.writeto(ADDRESS, bytes([register, value]))


class Sensor:
    """All of it: does what it is asked, and sends what it measures."""

    def __init__(self):
        self._imu = Imu()
        self._battery = xiao.Battery()
        self._light = xiao.Light()
        longest = packing.HEADER_SIZE + SAMPLES * packing.SAMPLE_SIZE[packing.IMU]
        self._link = link.Link("Surefoot IMU", SERVICE, DATA, COMMANDS, longest)
        self._packer = packing.Packer(packing.IMU, SAMPLES)
        self._streaming = False
        self._look = 0

    def step(self):
        """Go once around the loop."""
        now = time.monotonic_ns() // 1000
        if not self._link.connected():
            self._stop()
        else:
            self._obey(self._link.command(RATES), now)
        if self._streaming:
            self._measure()
        if now >= self._look:
            self._look = now + BATTERY_US
            self._link.battery(self._battery.percent())
        self._light.shine(now, self._streaming)

    def _obey(self, command, now):
        if command is None:
            return
        what, rate = command
        if what == packing.START:
            self._packer.restart(packing.IMU, rate, self._link.room())
            self._imu.start(rate)
            self._streaming = True
        elif what == packing.STOP:
            self._stop()
        elif what == packing.BLINK:
            self._light.blink(now)

    def _measure(self):
        sample = self._imu.sample()
        if sample is None:
            return
        taken = time.monotonic_ns() // 1000
        for packet in self._packer.add(taken, sample):
            self._link.send(packet)

    def _stop(self):
        if self._streaming:
            self._imu.stop()
            self._streaming = False


def main():
    """Run for ever."""
    sensor = Sensor()
    while True:
        sensor.step()


if __name__ == "__main__":
    main()
