"""The database thread: what nobody waits for is not asked, what was to be stored is stored."""

from __future__ import annotations

import asyncio
import gc
import threading

import pytest

from tests.patience import PATIENCE_S
from tuitrack.domain.errors import NotKnown, Refusal, Unreachable
from tuitrack.services.patience import Patience
from tuitrack.tui.backstage import Backstage


async def test_everything_runs_on_one_other_thread() -> None:
    backstage = Backstage(Patience())
    first = await backstage.read(threading.get_ident)
    second = await backstage.write(threading.get_ident)
    backstage.drain()
    assert first == second != threading.get_ident()


async def test_a_refusal_reaches_whoever_asked() -> None:
    backstage = Backstage(Patience())

    def refuse() -> None:
        raise Refusal("Owner: nobody.")

    with pytest.raises(Refusal, match="nobody"):
        await backstage.write(refuse)
    backstage.drain()


async def test_a_question_dropped_while_waiting_is_never_asked() -> None:
    backstage, gate, asked = Backstage(Patience()), threading.Event(), list[str]()
    busy = asyncio.create_task(backstage.read(gate.wait))
    dropped = asyncio.create_task(backstage.read(asked.append, "dropped"))
    await asyncio.sleep(0)
    dropped.cancel()
    await asyncio.wait([dropped])
    gate.set()
    await busy
    await backstage.read(asked.append, "kept")
    backstage.drain()
    assert asked == ["kept"]


async def test_a_change_is_made_although_its_screen_is_gone() -> None:
    backstage, gate, stored = Backstage(Patience()), threading.Event(), list[str]()
    busy = asyncio.create_task(backstage.read(gate.wait))
    saving = asyncio.create_task(backstage.write(stored.append, "half an hour of text"))
    await asyncio.sleep(0)
    saving.cancel()
    await asyncio.wait([saving])
    gate.set()
    await backstage.settled()
    assert stored == ["half an hour of text"]
    await busy
    backstage.drain()


def test_changes_still_waiting_when_the_loop_ends_are_made_by_drain() -> None:
    backstage, gate, stored = Backstage(Patience()), threading.Event(), list[str]()

    async def leave_at_once() -> None:
        reading = asyncio.create_task(backstage.read(gate.wait))
        writing = asyncio.create_task(backstage.write(stored.append, "typed last"))
        await asyncio.sleep(0)
        for task in (reading, writing):
            task.cancel()

    asyncio.run(leave_at_once())
    gate.set()
    backstage.drain(lambda: stored.append("closed"))
    assert stored == ["typed last", "closed"]


async def test_a_read_nobody_waits_for_is_stopped_and_never_another_one() -> None:
    backstage, begun, stopped = Backstage(Patience()), threading.Event(), threading.Event()

    def read() -> None:
        begun.set()
        assert stopped.wait(PATIENCE_S)

    reading = asyncio.create_task(backstage.read_while_wanted(stopped.set, read))
    waiting = asyncio.create_task(backstage.read_while_wanted(pytest.fail, int))
    await asyncio.to_thread(begun.wait, PATIENCE_S)
    waiting.cancel()
    await asyncio.wait([waiting])
    assert not stopped.is_set()
    reading.cancel()
    await asyncio.wait([reading])
    assert stopped.is_set()
    assert await backstage.read_while_wanted(pytest.fail, int) == 0
    backstage.drain()


class Line:
    """A database that does not answer so many times."""

    def __init__(self, lost: int) -> None:
        self.lost = lost
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.asked <= self.lost:
            raise Unreachable("It does not answer.")
        return "stored"


AT_ONCE = (0.0, 0.0)
"""Without the pauses."""


async def test_a_lost_database_is_asked_again_for_whatever_it_did_not_do() -> None:
    told: list[str] = []
    patience = Patience(AT_ONCE)
    patience.when_lost = lambda: told.append("lost")
    backstage = Backstage(patience)
    assert await backstage.read(Line(2)) == "stored"
    assert await backstage.read_while_wanted(lambda: None, Line(1)) == "stored"
    assert await backstage.write(Line(2)) == "stored"
    assert len(told) == 5
    backstage.drain()


async def test_a_lost_database_is_given_up_in_the_end() -> None:
    backstage, gone = Backstage(Patience(AT_ONCE)), Line(9)
    with pytest.raises(Unreachable):
        await backstage.read(gone)
    backstage.drain()
    assert gone.asked == 3


async def test_what_may_be_stored_is_never_asked_for_again() -> None:
    backstage, asked = Backstage(Patience(AT_ONCE)), list[str]()

    def change() -> None:
        asked.append("asked")
        raise NotKnown("It was lost while it stored this.", "Nothing was stored.")

    with pytest.raises(NotKnown):
        await backstage.write(change)
    backstage.drain()
    assert asked == ["asked"]


async def test_a_change_that_fails_is_told_to_whoever_asked_alone() -> None:
    backstage, gate, complaints = Backstage(Patience()), threading.Event(), list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: complaints.append(context))

    def refuse() -> None:
        gate.wait(PATIENCE_S)
        raise Refusal("Owner: nobody.")

    saving = asyncio.create_task(backstage.write(refuse))
    ending = asyncio.create_task(backstage.settled())
    await asyncio.sleep(0)
    gate.set()
    await ending
    with pytest.raises(Refusal):
        await saving
    backstage.drain()
    del saving, ending
    gc.collect()
    assert complaints == []
