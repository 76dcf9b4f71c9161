"""R3: several people change the same field of the same cases at once, and no change that was stored is overwritten."""

from __future__ import annotations

import os
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

from tests.e2e.desk import looking_in
from tests.faults.told import Told
from tests.faults.writers import forked, make_desk
from tuitrack.domain.errors import Conflict

CASES = 5


def run(home: Path, *, editors: int, edits: int, seed: int = 1) -> Told:
    """Let each editor store so many edits; whoever is told of a conflict looks again and tries again."""
    make_desk(home, CASES)
    output, into = os.pipe()
    pids = [
        forked(partial(edit, home, into, f"{number}", edits, Random(f"{seed}-{number}"))) for number in range(editors)
    ]
    os.close(into)
    with os.fdopen(output) as lines:
        said = [line.split() for line in lines]
    for pid in pids:
        os.waitpid(pid, 0)
    stored = [subject for what, subject in said if what == "stored"]
    became: list[str] = []
    unseen = 0
    with looking_in(home) as services, services.desk.store.reading() as reader:
        for case_id in range(1, CASES + 1):
            told = [
                entry.changes["subject"] for entry in reader.timeline(case_id, 100_000) if "subject" in entry.changes
            ]
            became += [new for _, new in told]
            # Each edit says what it found: one that took the place of another unseen did not find that.
            unseen += sum(new != found for (_, new), (found, _) in pairwise(told))
    figures = {
        "edits": len(stored),
        "conflicts told": len(said) - len(stored),
        "lost": sum(subject not in became for subject in stored),
        "doubled": len(became) - len(set(became)),
        "overwritten unseen": unseen,
    }
    wrong = [f"{name} {figures[name]}" for name in ("lost", "doubled", "overwritten unseen") if figures[name]]
    if len(stored) != editors * edits:
        wrong.append(f"{editors * edits - len(stored)} edits never ended")
    return Told(f"R3: {editors} editors on {CASES} cases", figures, tuple(wrong))


def edit(home: Path, output: int, name: str, edits: int, random: Random) -> None:
    """Give random cases other subjects, each time as somebody who has just looked at the case."""
    with looking_in(home) as services:
        done = 0
        while done < edits:
            case_id, subject = random.randint(1, CASES), f"{name}-{done}"
            seen = services.casefile.open(case_id).case.version
            try:
                services.casework.edit(case_id, {"subject": subject}, seen)
            except Conflict:
                os.write(output, f"conflict {subject}\n".encode())
            else:
                done += 1
                os.write(output, f"stored {subject}\n".encode())
