"""R18: the server is killed and its standby takes over; writers who know the address of both go on by themselves.

Where a commit waits for the standby, nothing that was acknowledged is lost, though the standby was behind. Where it
does not wait, the last may be.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median

from tests.faults.places import keep_at
from tests.faults.told import Told
from tests.faults.writers import Writer, checked, heard, make_desk, set_to_work, without_losses
from tests.postgresql_server import LASTING, Server, running_pair

CASES = 20
BETWEEN = 5
"""Calls acknowledged to a writer from one failover to the next, and to all of them while the standby is behind."""
_A_COMMIT_WAITS = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep')"


def run(
    home: Path, *, writers: int, times: int, is_synchronous: bool = True, is_behind: bool = True, seed: int = 1
) -> Told:
    """Kill the server so often, with its standby behind or not; whoever was killed is the standby of the other then."""
    random = Random(seed)
    took = []
    with running_pair(**LASTING) as (primary, standby):
        keep_at(home, primary.address("postgres", standby))
        make_desk(home, CASES)
        at_work = set_to_work(home, writers, CASES, seed)
        for number in range(times):
            if number:
                standby.follow(primary)
                standby.start()
            keep_in_step(primary, is_synchronous)
            hear(at_work, BETWEEN * writers, random)
            if is_behind:
                cut_off(primary, standby)
                if is_synchronous:
                    primary.wait_until(_A_COMMIT_WAITS)
                else:
                    hear(at_work, BETWEEN, random)
            primary.kill()
            killed_at = time.monotonic()
            standby.ask("SELECT pg_promote()")
            took.append(first_answer(at_work, killed_at, random) - killed_at)
            primary, standby = standby, primary
        for writer in at_work:
            writer.kill()
        said = [one for writer in at_work for one in writer.said]
        figures, broken = checked(home, said, CASES)
    told = {
        "failovers": times,
        **figures,
        "tried again and known": sum(one.what == "again" for one in said),
        "until the first new answer, s": f"{median(took):.1f}",
        "at most, s": f"{max(took):.1f}",
    }
    kind = f"{'synchronous' if is_synchronous else 'asynchronous'} standby{' behind' if is_behind else ''}"
    return Told(f"R18: failover, {kind}", told, broken if is_synchronous else without_losses(broken))


def keep_in_step(primary: Server, is_synchronous: bool) -> None:
    """Wait until the standby hears of everything, and let commits wait for it from now on where that is asked.

    It is said to the primary once the standby has its copy, so that the standby waits for nobody when it takes over.
    """
    primary.wait_until("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE state = 'streaming')")
    if is_synchronous:
        primary.ask("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.ask("SELECT pg_reload_conf()")
        primary.wait_until("SELECT EXISTS (SELECT FROM pg_stat_replication WHERE sync_state = 'sync')")


def cut_off(primary: Server, standby: Server) -> None:
    """Let the standby hear of nothing more."""
    standby.ask("ALTER SYSTEM SET primary_conninfo = ''")
    standby.ask("SELECT pg_reload_conf()")
    primary.wait_until("SELECT NOT EXISTS (SELECT FROM pg_stat_replication)")


def hear(at_work: list[Writer], calls: int, random: Random) -> None:
    """Wait until so many more calls were acknowledged."""
    for writer in heard(at_work, random):
        calls -= writer.read()
        if calls <= 0:
            return


def first_answer(at_work: list[Writer], since: float, random: Random) -> float:
    """When the first call was acknowledged that was tried since."""
    while (found := min(answers(at_work, since), default=None)) is None:
        hear(at_work, 1, random)
    return found


def answers(at_work: Sequence[Writer], since: float) -> list[float]:
    """When the calls were acknowledged that were tried since."""
    said = [pair for writer in at_work for pair in pairwise(writer.said)]
    return [answer.at for tried, answer in said if tried.at > since and answer.is_acknowledged]
