"""R9: bytes that no keyboard sends, by the thousand: the program lives, and its keys answer afterwards."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.e2e.desk import QUEUE, start
from tests.e2e.hostile import hostile_bytes
from tests.faults.told import Told
from tests.faults.writers import make_desk

LEAVES = b"\x11"
"""Ctrl+Q, which leaves the program from anywhere: that it does is what is asked afterwards."""


def run(home: Path, *, runs: int, size: int, seed: int = 1) -> Told:
    """Send so many times so many bytes to a program in a terminal, and see that its own key still ends it."""
    make_desk(home, 3)
    dead = []
    for number in range(runs):
        random = Random(f"{seed}-{number}")
        with start(home) as desk:
            desk.wait_for(QUEUE)
            for data in chunks(random, size):
                desk.write(data)
            # What opened a paste is closed, so that nobody waits until that is given up.
            desk.write(b"\x1b[201~" + LEAVES)
            try:
                code = desk.wait_exit()
            except AssertionError:
                code = None
            if code != 0:
                dead.append(f"run {number}: " + ("no answer" if code is None else f"exit code {code}"))
    return Told("R9: bytes at a terminal", {"runs": runs, "bytes": runs * size, "deaths": len(dead)}, tuple(dead))


def chunks(random: Random, size: int) -> list[bytes]:
    """So many bytes: some by chance, some keys in their sequences, some known to have broken a program."""
    known = hostile_bytes()
    made, length = [], 0
    while length < size:
        match random.randrange(4):
            case 0:
                data = random.randbytes(random.randint(1, 60))
            case 1:
                data = b"\x1b[" + bytes(random.choices(b"0123456789;<>?ABCDHFMmRtu~$'", k=random.randint(1, 12)))
            case 2:
                data = bytes(random.choices(range(0x20, 0x7F), k=random.randint(1, 20))) + b"\r"
            case _:
                data = random.choice(known)
        made.append(data.replace(LEAVES, b""))
        length += len(data)
    return made
