"""What every Seeed XIAO nRF52840 has: a battery to look at and a blue light."""

import analogio
import board
import digitalio
import packing

_BLINK_US = 10_000_000


class Battery:
    """The lithium cell on the pads of the module, through its divider."""

    def __init__(self):
        # kept low for good: high while charging would put too much on the pin
        self._gate = digitalio.DigitalInOut(board.READ_BATT_ENABLE)
        self._gate.switch_to_output(value=False)
        self._pin = analogio.AnalogIn(board.VBATT)

    def percent(self):
        """Return how full it is [%]."""
        at_pin = self._pin.value / 65535 * self._pin.reference_voltage
        return packing.percentage(at_pin * 1510 / 510)


class Light:
    """Lit while packets are sent; blinks for ten seconds when it is asked to."""

    def __init__(self):
        self._pin = digitalio.DigitalInOut(board.LED_BLUE)
        self._pin.switch_to_output(value=True)
        self._until = 0

    def blink(self, now_us):
        """Blink from now on."""
        self._until = now_us + _BLINK_US

    def shine(self, now_us, sending):
        """Be lit or dark, as is right now."""
        lit = now_us // 250_000 % 2 == 0 if now_us < self._until else sending
        self._pin.value = not lit  # the module lights it with low
