"""Surefoot's own balance board: four load cells, four NAU7802, a XIAO nRF52840.

Copy this file, `link.py`, `packing.py` and `xiao.py` to the drive CIRCUITPY. It speaks
the profile `surefoot-board`; `docs/build-your-own.md` tells the rest.

Each corner has an amplifier of its own, because the centre of pressure needs all four.
The four have one address, so a switch (TCA9548A) lets one of them at a time be heard.
They measure 320 times a second each, and the newest values are taken together.
"""

import time

import board
import busio
import link
import packing
import xiao

COUNTS_PER_GRAM = None
"""For top right, bottom right, top left, bottom left, as ``(21.4, 20.9, 21.6, 21.1)``;
negative where pressing lowers the counts. None sends counts: see the page."""

SERVICE = "5b4a0000-6f0e-4b9a-9d53-3f4d0a5d0002"
DATA = "5b4a0002-6f0e-4b9a-9d53-3f4d0a5d0002"
COMMANDS = "5b4a0003-6f0e-4b9a-9d53-3f4d0a5d0002"
SAMPLES = 4  # in a packet: 72 bytes
RATES = (10, 20, 40, 80)
BATTERY_US = 30_000_000

SWITCH = 0x70  # TCA9548A: a bit for each of its channels, 0 to 3 in the order above
CELL = 0x2A  # NAU7802: address, registers, and what is written to them
PU_CTRL, CTRL1, CTRL2, ADC_OUT, ADC, POWER = 0x00, 0x01, 0x02, 0x12, 0x15, 0x1C
RESET, DIGITAL_ON, ALL_ON, RUN = 0x01, 0x02, 0x86, 0x96
POWER_UP, NEW = 0x08, 0x20
LDO_3V_GAIN_128 = 0x2F
RATE_320 = 0x70
CALIBRATE, CALIBRATION_FAILED = 0x04, 0x08
NO_CHOPPER = 0x30
CAPACITOR = 0x80
PATIENCE = 200  # looks, 5 ms apart
SILENT = 8  # samples in a row without a new value: an old one would look like a new one


class Cells:
    """Four amplifiers behind a switch."""

    def __init__(self):
        self._wires = busio.I2C(board.SCL, board.SDA, frequency=400_000)
        while not self._wires.try_lock():
            pass
        # one set of buffers for good: memory that is not used up need not be tidied
        self._register = bytearray(1)
        self._corner = bytearray(1)
        self._one = bytearray(1)
        self._three = bytearray(3)
        self._counts = [0, 0, 0, 0]
        self._missed = [0, 0, 0, 0]
        for k in range(4):
            try:
                self._listen_to(k)
                self._set_up()
            except OSError:
                msg = f"no amplifier at corner {k}: look at its wires"
                raise RuntimeError(msg) from None

    def counts(self):
        """Return the newest value of every corner; stop where one has no more."""
        for k in range(4):
            self._listen_to(k)
            if self._ask(PU_CTRL) & NEW:
                self._read(ADC_OUT, self._three)
                self._counts[k] = signed24(self._three)
                self._missed[k] = 0
            else:
                self._missed[k] += 1
            if self._missed[k] > SILENT:
                msg = f"corner {k} fell silent: look at its wires"
                raise RuntimeError(msg)
        return self._counts

    def _set_up(self):
        self._tell(PU_CTRL, RESET)
        self._tell(PU_CTRL, DIGITAL_ON)
        self._wait(PU_CTRL, POWER_UP, POWER_UP)
        self._tell(PU_CTRL, ALL_ON)
        self._tell(CTRL1, LDO_3V_GAIN_128)
        self._tell(ADC, NO_CHOPPER)
        self._tell(POWER, CAPACITOR)
        time.sleep(0.2)  # for the supply to settle
        self._tell(CTRL2, RATE_320 | CALIBRATE)
        self._wait(CTRL2, CALIBRATE, 0)
        if self._ask(CTRL2) & CALIBRATION_FAILED:
            raise OSError
        self._tell(PU_CTRL, RUN)

    def _wait(self, register, mask, value):
        for _ in range(PATIENCE):
            if self._ask(register) & mask == value:
                return
            time.sleep(0.005)
        raise OSError

    def _listen_to(self, corner):
        self._corner[0] = 1 << corner
        self._wires.writeto(SWITCH, self._corner)

    def _ask(self, register):
        self._read(register, self._one)
        return self._one[0]

    def _read(self, register, into):
        self._register[0] = register
        self._wires.writeto_then_readfrom(CELL, self._register, into)

    def _tell(self, register, value):
        self._wires.writeto(CELL, bytes([register, value]))


class Board:
    """All of it: does what it is asked, and sends what it measures."""

    def __init__(self, counts_per_gram):
        self._cells = Cells()
        self._scale = packing.Scale(counts_per_gram)
        self._battery = xiao.Battery()
        self._light = xiao.Light()
        longest = packing.HEADER_SIZE + SAMPLES * packing.SAMPLE_SIZE[packing.FORCE]
        self._link = link.Link("Surefoot Force", SERVICE, DATA, COMMANDS, longest)
        self._packer = packing.Packer(packing.FORCE, SAMPLES)
        self._rate = self._due = 0
        self._look = 0

    def step(self):
        """Go once around the loop."""
        now = time.monotonic_ns() // 1000
        if not self._link.connected():
            self._rate = 0
        else:
            self._obey(self._link.command(RATES), now)
        if self._rate and now >= self._due:
            self._measure(now)
        if now >= self._look:
            self._look = now + BATTERY_US
            self._link.battery(self._battery.percent())
        self._light.shine(now, self._rate > 0)

    def _obey(self, command, now):
        if command is None:
            return
        what, rate = command
        if what in (packing.START, packing.START_RAW):
            self._scale.start(what == packing.START_RAW)
            self._packer.restart(self._scale.kind, rate, self._link.room())
            self._rate, self._due = rate, now
        elif what == packing.STOP:
            self._rate = 0
        elif what == packing.TARE and self._rate:
            self._scale.tare(self._rate)
        elif what == packing.BLINK:
            self._light.blink(now)

    def _measure(self, now):
        period = 1_000_000 // self._rate
        self._due += period
        if now >= self._due:  # late by more than a sample: begin anew, leave a gap
            self._due = now + period
        sample = self._scale.sample(self._cells.counts())
        for packet in self._packer.add(now, sample):
            self._link.send(packet)


def signed24(three):
    """Return the number in three bytes, highest first."""
    value = three[0] << 16 | three[1] << 8 | three[2]
    return value - 0x1000000 if value & 0x800000 else value


def main():
    """Run for ever."""
    scale = Board(COUNTS_PER_GRAM)
    while True:
        scale.step()


if __name__ == "__main__":
    main()
