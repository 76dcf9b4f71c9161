"""Every promise in the small: what `python -m tests.faults --long` tries for minutes is tried for a second or two."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.faults import crash, editors, failover, power, storm
from tests.faults.__main__ import QUICK, tried
from tests.faults.told import Told


@pytest.mark.parametrize("promise", QUICK.values(), ids=QUICK.keys())
def test_a_promise_is_kept(promise: Callable[[Path], Told]) -> None:
    told = tried(promise)
    assert told.broken == ()
    assert told.figures


def test_a_power_cut_loses_something_where_a_commit_does_not_wait_for_the_disk() -> None:
    """Were this not so, that nothing is lost otherwise would say nothing."""
    told = tried(partial(power.run, notes=30, cuts=60, synchronous="normal"))
    assert told.figures["cuts that lost something"] != 0


def test_a_killed_server_loses_something_where_a_commit_does_not_wait_for_its_log() -> None:
    """Nor would this say anything otherwise."""
    told = tried(partial(crash.run, writers=4, kills=3, synchronous_commit="off"))
    assert told.figures["lost"] != 0


def test_a_failover_loses_something_where_a_commit_does_not_wait_for_the_standby() -> None:
    told = tried(partial(failover.run, writers=4, times=1, is_synchronous=False))
    assert told.figures["lost"] != 0


def test_writers_are_killed_and_told_what_they_had_stored() -> None:
    told = tried(partial(storm.run, writers=3, calls=0, kills=10))
    assert (told.figures["kills"], told.broken) == (10, ())
    assert told.figures["tried again and known"] != 0


def test_editors_of_one_case_meet() -> None:
    told = tried(partial(editors.run, editors=5, edits=8))
    assert told.figures["conflicts told"] != 0
