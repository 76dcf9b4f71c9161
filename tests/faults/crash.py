"""R2 on a server: all its processes are killed at random while writers write, and what they were told is there."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.faults.places import served
from tests.faults.told import Told
from tests.faults.writers import checked, heard, make_desk, set_to_work, without_losses

CASES = 20
WRITES_LATE = {"wal_writer_delay": "10s", "wal_writer_flush_after": "1GB"}
"""The log is written when a commit waits for that, and not soon by itself."""


def run(home: Path, *, writers: int, kills: int, synchronous_commit: str = "on", seed: int = 1) -> Told:
    """Kill the server so often; it recovers from its log, and the writers go on where they were."""
    with served(home, synchronous_commit=synchronous_commit, **WRITES_LATE) as server:
        make_desk(home, CASES)
        random = Random(seed)
        at_work = set_to_work(home, writers, CASES, seed)
        acknowledged, killed, until_next = 0, 0, random.randint(1, 10 * writers)
        for writer in heard(at_work, random):
            acknowledged += writer.read()
            if acknowledged >= until_next:
                if killed == kills:
                    break
                server.kill()
                server.start()
                killed += 1
                until_next = acknowledged + random.randint(1, 10 * writers)
        for writer in at_work:
            writer.kill()
        said = [one for writer in at_work for one in writer.said]
        figures, broken = checked(home, said, CASES)
    unheard = sum(one.what == "again" for one in said)
    told = {"kills of the server": killed, **figures, "tried again and known": unheard}
    if synchronous_commit == "off":
        broken = without_losses(broken)
    return Told(f"R2: server killed, synchronous_commit={synchronous_commit}", told, broken)
