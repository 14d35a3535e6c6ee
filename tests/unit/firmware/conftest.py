"""The hardware of our own sensors, played: chips, pins, radio and time."""

from __future__ import annotations

import runpy
import struct
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, ClassVar

import pytest

from surefoot.devices import steps

FIRMWARE = Path(__file__).parents[3] / "devices" / "firmware"


class Slow:
    """A connection whose computer does not like to be hurried."""

    def __init__(self, room: int) -> None:
        self.max_packet_length = room

    connection_interval = property(None, lambda *_: (_ for _ in ()).throw(OSError))


class DoneError(Exception):
    """Enough was seen: leaves the endless loop of the program."""


class World:
    """Time, the air and the hardware, all simulated; runs as the program acts."""

    def __init__(self) -> None:
        self.us = 2**32 - 2_000_000  # the device's clock wraps after two seconds
        self.plan: list[tuple[int, object]] = []
        self.sent: list[tuple[int, bytes]] = []
        self.levels: list[int] = []
        self.written: list[bytes] = []
        self.connections: list[Slow] = []
        self.adverts: list[tuple[bytes, bytes]] = []
        self.pins: dict[str, list[bool]] = {}
        self.chars: dict[str, SimpleNamespace] = {}
        self.advertising = False
        self.movement = MovementChip
        self.amplifiers = Amplifiers

    def load(self, folder: str, name: str = "__main__") -> dict[str, Any]:
        """Return what a program defines; never, where it runs for ever."""
        chip = {"xiao_imu": MovementChip, "load_cell_board": Amplifiers}[folder]
        chip.world = self
        sys.modules["busio"] = module("busio", I2C=chip)
        return runpy.run_path(str(FIRMWARE / folder / "code.py"), run_name=name)

    def run(self, folder: str, seconds: float) -> None:
        """Run a program for so long."""
        self.at(seconds, lambda: (_ for _ in ()).throw(DoneError))
        with pytest.raises(DoneError):
            self.load(folder)

    def at(self, seconds: float, action: object) -> None:
        self.plan.append((self.us + int(seconds * 1e6), action))
        self.plan.sort(key=lambda item: item[0])

    def pass_by(self, us: int) -> None:
        self.us += us
        while self.plan and self.plan[0][0] <= self.us:
            self.plan.pop(0)[1]()

    def look(self) -> int:
        self.pass_by(40)
        return self.us * 1000

    def connect(self, room: int = 244) -> None:
        self.advertising = False
        self.connections = [Slow(room)]

    def disconnect(self) -> None:
        self.connections = []

    def order(self, profile, order: str, **params: float):
        """Return what writes an order of the profile, byte by byte."""
        told = [s.data for s in steps(profile, order, params) if s.do == "write"]
        return lambda: self.written.extend(told)


def module(name: str, **content: object) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(content)
    return made


class Characteristic:
    READ, NOTIFY, WRITE, WRITE_NO_RESPONSE = 1, 2, 4, 8
    world: World

    def __init__(self, uuid, properties, max_length) -> None:
        self.uuid, self.properties, self.longest = uuid, properties, max_length

    @classmethod
    def add_to_service(cls, service, uuid, **told: object):
        made = cls(uuid, told["properties"], told["max_length"])
        cls.world.chars[str(uuid)] = SimpleNamespace(service=service, **vars(made))
        return made

    @property
    def value(self) -> bytes:
        raise NotImplementedError

    @value.setter
    def value(self, value: bytes) -> None:
        assert len(value) <= self.longest
        if self.longest == 1:
            self.world.levels.append(value[0])
        elif self.world.connections:
            assert len(value) <= self.world.connections[0].max_packet_length
            self.world.sent.append((self.world.us, bytes(value)))


class PacketBuffer:
    world: World

    def __init__(self, characteristic, *, buffer_size) -> None:
        assert characteristic.properties & Characteristic.WRITE
        assert buffer_size >= 1

    def readinto(self, buffer: bytearray) -> int:
        self.world.pass_by(20)
        if not self.world.written:
            return 0
        data = self.world.written.pop(0)
        buffer[: len(data)] = data
        return len(data)


class Adapter:
    world: World
    name, enabled = "CIRCUITPY", False
    address = SimpleNamespace(address_bytes=bytes.fromhex("a1b2c3d4e5f6"))
    connected = property(lambda self: bool(self.world.connections))
    connections = property(lambda self: tuple(self.world.connections))
    advertising = property(lambda self: self.world.advertising)

    def start_advertising(self, data, *, scan_response, connectable, interval) -> None:
        assert max(len(data), len(scan_response)) <= 31
        assert connectable
        assert 0.02 <= interval <= 1
        self.world.adverts.append((data, scan_response))
        self.world.advertising = True


def bleio(world: World) -> ModuleType:
    Adapter.world = Characteristic.world = PacketBuffer.world = world
    return module(
        "_bleio",
        adapter=Adapter(),
        Attribute=SimpleNamespace(OPEN=1, NO_ACCESS=0),
        Characteristic=Characteristic,
        PacketBuffer=PacketBuffer,
        Service=str,
        UUID=lambda told: f"{told:04x}" if isinstance(told, int) else told,
        BluetoothError=type("BluetoothError", (Exception,), {}),
    )


class Wires:
    """An I2C bus: a call costs what it costs at 400 kHz."""

    world: World

    def __init__(self, clock, data, *, frequency) -> None:
        assert clock.endswith("SCL")
        assert data.endswith("SDA")
        assert frequency == 400_000

    def try_lock(self) -> bool:
        return True

    def writeto(self, address: int, data: bytes) -> None:
        self.world.pass_by(100)
        self.tell(address, bytes(data))

    def writeto_then_readfrom(self, address, out, buffer) -> None:
        self.world.pass_by(150 + 20 * len(buffer))
        buffer[:] = self.ask(address, out[0], len(buffer))


class MovementChip(Wires):
    """An LSM6DS3TR-C: a sample that counts, at the rate that was set."""

    rates: ClassVar[dict[int, int]] = {3: 52, 4: 104, 5: 208}
    registers: ClassVar[dict[int, int]] = {}
    itself = 0x6A

    def __init__(self, *told, **more) -> None:
        super().__init__(*told, **more)
        type(self).registers = {}
        self.begun = self.read = 0

    def tell(self, address: int, data: bytes) -> None:
        assert address == 0x6A
        assert len(data) == 2
        self.registers[data[0]] = data[1]
        if data[0] == 0x11:
            self.begun, self.read = self.world.us, 0

    def ask(self, address: int, register: int, n: int) -> bytes:
        assert address == 0x6A
        if register == 0x0F:
            return bytes([self.itself])
        rate = self.rates.get(self.registers.get(0x11, 0) >> 4, 0)
        taken = (self.world.us - self.begun) * rate // 1_000_000
        if register == 0x1E:
            return bytes([3 if taken > self.read else 0])
        assert (register, n) == (0x22, 12)
        assert self.registers[0x12] & 0x44 == 0x44
        assert self.registers[0x10] == self.registers[0x11]
        self.read = taken
        return struct.pack("<6h", *self.numbers(taken))

    @staticmethod
    def numbers(k: int) -> tuple[int, ...]:
        """Gyroscope first, as the chip has it."""
        return (k, -k, 3, 100 + k, -8192, 8192 - k)


class Amplifiers(Wires):
    """Four NAU7802 behind a switch; corner k shows `loads[k]`, unless it is broken."""

    loads: ClassVar[list[int]] = [0, 0, 0, 0]
    broken: ClassVar[set[int]] = set()
    absent: ClassVar[set[int]] = set()

    def __init__(self, *told, **more) -> None:
        super().__init__(*told, **more)
        self.chips = [{0: 0, 2: 0} for _ in range(4)]
        self.read = [0] * 4
        self.heard = 0

    def tell(self, address: int, data: bytes) -> None:
        if address == 0x70:
            self.heard = (1, 2, 4, 8).index(data[0])
            return
        assert address == 0x2A
        if self.heard in self.absent:
            raise OSError
        self.chips[self.heard][data[0]] = data[1]

    def ask(self, address: int, register: int, n: int) -> bytes:
        assert address == 0x2A
        chip, k = self.chips[self.heard], self.heard
        new = self.world.us * 320 // 1_000_000 > self.read[k] and k not in self.broken
        if register == 0x00:
            return bytes([chip[0] | 0x08 | 0x20 * (new and bool(chip[0] & 0x10))])
        if register == 0x02:
            return bytes([chip[2] & ~0x04])
        assert (register, n) == (0x12, 3)
        assert (chip[0], chip[1], chip[2] & 0x70) == (0x96, 0x2F, 0x70)
        self.read[k] = self.world.us * 320 // 1_000_000
        return (self.loads[k] & 0xFFFFFF).to_bytes(3, "big")


@pytest.fixture
def world(monkeypatch) -> World:
    """Return a world, with the modules of the hardware in place."""
    found = World()

    class Pin:
        def __init__(self, name: str) -> None:
            self.levels = found.pins.setdefault(name, [])

        def switch_to_output(self, value: bool) -> None:
            self.levels.append(value)

        value = property(None, lambda self, level: self.levels.append(level))

    names = ("IMU_PWR", "IMU_SCL", "IMU_SDA", "SCL", "SDA", "LED_BLUE")
    pins = {n: n for n in (*names, "READ_BATT_ENABLE", "VBATT")}
    at_pin = 3.9 * 510 / 1510 / 3.3 * 65535
    stubs = [
        module("board", **pins),
        module("digitalio", DigitalInOut=Pin),
        module(
            "analogio",
            AnalogIn=lambda _: SimpleNamespace(value=at_pin, reference_voltage=3.3),
        ),
        module(
            "time",
            monotonic_ns=found.look,
            sleep=lambda s: found.pass_by(int(s * 1e6)),
        ),
        bleio(found),
    ]
    for stub in stubs:
        monkeypatch.setitem(sys.modules, stub.__name__, stub)
    Amplifiers.loads = [0, 0, 0, 0]
    Amplifiers.broken, Amplifiers.absent = set(), set()
    MovementChip.itself = 0x6A
    for name in ("packing", "link", "xiao", "busio"):
        monkeypatch.setitem(sys.modules, name, None)
        del sys.modules[name]
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(str(FIRMWARE))
    return found
