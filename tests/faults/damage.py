"""R19: bits of the database are turned over; what is met is a sentence, and nothing else ever comes of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import apsw

from tests.e2e.desk import looking_in, take
from tests.faults.places import SOUND
from tests.faults.told import Told
from tuitrack.domain.errors import TuitrackError
from tuitrack.domain.queue import QueueQuery

CASES = 40


def run(home: Path, *, flips: int, seed: int = 1) -> Told:
    """Turn over so many single bits, each in a file that is whole otherwise, and work with it."""
    with looking_in(home) as services:
        for number in range(CASES):
            case = take(services, f"Customer {number}", f"Complaint {number}")
            services.casework.add_note(case.id, {"text": f"Note on {case.reference}. " * 9})
    path = home / "tuitrack.db"
    whole = path.read_bytes()
    contents = dump(path)
    random, outcomes, wrong = Random(seed), Counter[str](), []
    for _ in range(flips):
        bit = random.randrange(8 * len(whole))
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        path.write_bytes(damaged)
        for log in home.glob("tuitrack.db-*"):
            log.unlink()
        try:
            outcomes[met(home, path, contents)] += 1
        except Exception as error:  # whatever else comes of it is what is looked for
            wrong.append(f"bit {bit}: {type(error).__name__}: {error}")
    return Told("R19: damaged file", {"bits turned over": flips, **outcomes, "crashes": len(wrong)}, tuple(wrong))


def met(home: Path, path: Path, contents: object) -> str:
    """What becomes of a damaged file: told at work, told by the doctor, without effect, or another text."""
    try:
        with looking_in(home) as services:
            for row in services.queue.page(QueueQuery()).rows:
                services.casefile.open(row.id)
            services.queue.page(QueueQuery("complaint"))
            found = list(services.desk.store.findings())  # type: ignore[attr-defined]
    except TuitrackError:
        return "told at work"
    if not all(one.is_well for one in found if one.name in SOUND):
        return "told by doctor"
    return "without effect" if dump(path) == contents else "unseen"


def dump(path: Path) -> object:
    """Everything that stands in the tables, None where that is no text any more."""
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return [list(db.execute(f'SELECT * FROM "{name}"')) for name in tables if name != "draft"]
    except UnicodeDecodeError:
        return None
    finally:
        db.close()
