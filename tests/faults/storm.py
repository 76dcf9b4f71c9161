"""R1 and R4: writers are killed at random while they write, answers are lost, and every call is there once."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

from tests.faults.told import Told
from tests.faults.writers import Writer, checked, heard, make_desk

CASES = 20


def run(home: Path, *, writers: int, seconds: float, kills: int, seed: int = 1) -> Told:
    """Let `writers` write for so long, at least until so many were killed; each that is killed begins again."""
    make_desk(home, CASES)
    random = Random(seed)
    at_work = [Writer(home, number, CASES, seed) for number in range(writers)]
    ends = time.monotonic() + seconds
    killed, until_next = 0, 0
    for writer in heard(at_work, random):
        until_next -= writer.read()
        if until_next <= 0:
            victim = random.choice(at_work)
            if killed >= kills and time.monotonic() >= ends:
                break
            victim.kill()
            victim.start()
            killed, until_next = killed + 1, random.randint(1, 4 * writers)
    for writer in at_work:
        writer.kill()
    said = [one for writer in at_work for one in writer.said]
    figures, broken = checked(home, said, CASES)
    unheard = sum(one.what == "again" for one in said)
    return Told(
        f"R1, R4: {writers} writers, kill -9",
        {"kills": killed, **figures, "tried again and known": unheard},
        broken,
    )
