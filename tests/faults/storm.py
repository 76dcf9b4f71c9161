"""R1 and R4: writers are killed at random while they write, answers are lost, and every call is there once."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.faults.told import Told
from tests.faults.writers import Writer, checked, heard, make_desk

CASES = 20


def run(home: Path, *, writers: int, calls: int, kills: int, seed: int = 1) -> Told:
    """Let `writers` log so many calls at least, and so many be killed meanwhile; each of them begins again."""
    make_desk(home, CASES)
    random = Random(seed)
    at_work = [Writer(home, number, CASES, seed) for number in range(writers)]
    acknowledged, killed, until_next = 0, 0, 0
    for writer in heard(at_work, random):
        acknowledged += writer.read()
        if acknowledged >= until_next:
            if killed >= kills and acknowledged >= calls:
                break
            victim = random.choice(at_work)
            victim.kill()
            victim.start()
            killed += 1
            until_next = acknowledged + random.randint(1, 2 * writers)
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
