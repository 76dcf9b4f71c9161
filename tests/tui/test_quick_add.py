"""The small forms over a case by their keys: what is stored, and how many keys each of them costs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from textual.pilot import Pilot

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, DeskApp, case_app
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.timeline import Entry
from tuitrack.domain.words import CallPurpose, CallResult, Direction, EntryKind, PromiseOutcome, RemedyKind, Track
from tuitrack.services.casefile import CaseFile

ZAGREB = ZoneInfo("Europe/Zagreb")


class Agent:
    """An agent at a case who counts the keys pressed, apart from text."""

    def __init__(self, desk: CaseDesk, case_id: int, app: DeskApp, pilot: Pilot[None]) -> None:
        self.desk = desk
        self.app = app
        self.keys = 0
        self._case_id = case_id
        self._pilot = pilot

    @property
    def file(self) -> CaseFile:
        """The case as stored."""
        return self.desk.file(self._case_id)

    @property
    def last(self) -> Entry:
        """The entry written last."""
        return max(self.file.entries, key=lambda entry: entry.id)

    async def press(self, *keys: str) -> None:
        """Press keys that count."""
        self.keys += len(keys)
        await self._pilot.press(*keys)
        await self.app.settle()

    async def type(self, text: str) -> None:
        """Type text, which costs what it costs."""
        await self._pilot.press(*text)
        await self.app.settle()


@pytest.fixture
def desk() -> CaseDesk:
    return CaseDesk()


@pytest.fixture
async def agent(desk: CaseDesk) -> AsyncIterator[Agent]:
    case = desk.take(to_clarify="which floor?\nwho signed?")
    desk.now = NOW
    async with case_app(desk, case.id) as (app, pilot):
        yield Agent(desk, case.id, app, pilot)


async def test_a_status_call_takes_two_keys_and_the_note(agent: Agent) -> None:
    await agent.press("c")
    await agent.type("Asks where it is.")
    await agent.press("f2")
    call = agent.file.calls[-1]
    assert (call.direction, call.purpose, call.result) == (Direction.INBOUND, CallPurpose.STATUS, CallResult.REACHED)
    assert agent.last.body == "Asks where it is."
    assert agent.keys == 2


async def test_a_call_out_takes_five_keys_and_the_note(agent: Agent) -> None:
    await agent.press("o", "u", "r", "y")
    await agent.type("The part is on its way.")
    await agent.press("f2")
    call = agent.file.calls[-1]
    assert (call.direction, call.purpose, call.result) == (Direction.OUTBOUND, CallPurpose.UPDATE, CallResult.REACHED)
    assert call.recording_told
    assert agent.last.body == "The part is on its way."
    assert agent.keys == 5


async def test_an_action_takes_three_keys_and_six_with_track_and_kind(agent: Agent) -> None:
    await agent.press("a")
    await agent.type("send a technician")
    await agent.press("enter")
    await agent.type("fri 14:30")
    await agent.press("enter", "p", "t", "f2")
    action = agent.file.actions[-1]
    assert (action.what, action.track, action.kind.label) == ("send a technician", Track.PROCESS, "technician visit")
    assert action.due_at == datetime(2026, 11, 20, 14, 30, tzinfo=ZAGREB)
    assert agent.keys == 6


async def test_a_promise_takes_three_keys(agent: Agent) -> None:
    await agent.press("p")
    await agent.type("call back about the part")
    await agent.press("enter")
    await agent.type("+2d")
    await agent.press("f2")
    promise = agent.file.promises[-1]
    assert (promise.what, promise.to) == ("call back about the part", "Ana Zorić")
    assert promise.due_at == datetime(2026, 11, 20, 17, 0, tzinfo=ZAGREB)
    assert agent.keys == 3


async def test_a_promise_without_a_date_is_refused_and_stays(agent: Agent) -> None:
    before = len(agent.file.promises)
    await agent.press("p")
    await agent.type("call back")
    await agent.press("f2")
    assert "By when: this is needed." in agent.app.text
    await agent.type("+1d")
    await agent.press("f2")
    assert len(agent.file.promises) == before + 1


async def test_what_is_to_be_asked_stands_above_the_note_and_can_be_answered(agent: Agent) -> None:
    await agent.press("c")
    check_snapshot(agent.app, "call-in-80x24")
    await agent.press("tab", "ctrl+u", "backspace", "f2")
    assert agent.file.case.to_clarify == "which floor?"


async def test_the_note_waits_while_the_agent_looks_something_up(agent: Agent) -> None:
    await agent.press("c")
    await agent.type("half a sen")
    await agent.press("escape")
    assert "Kept as a draft" in agent.app.text
    await agent.press("c")
    await agent.type("tence")
    await agent.press("f2")
    assert agent.last.body == "half a sentence"


async def test_the_purpose_is_reached_backwards_from_the_note(agent: Agent) -> None:
    await agent.press("c", "shift+tab", "shift+tab", "shift+tab", "g", "f2")
    assert agent.file.calls[-1].purpose is CallPurpose.FACTS


async def test_where_calls_are_announced_as_recorded_the_answer_is_there(desk: CaseDesk) -> None:
    desk.settings = replace(desk.settings, recording_announced=True)
    case = desk.take()
    desk.now = NOW
    async with case_app(desk, case.id) as (app, pilot):
        await Agent(desk, case.id, app, pilot).press("c", "f2")
    assert desk.file(case.id).calls[-1].recording_told


async def test_a_finding_is_a_note_of_its_kind(agent: Agent) -> None:
    await agent.press("n")
    await agent.type("The driver left early.")
    await agent.press("tab", "f", "f2")
    assert (agent.last.kind, agent.last.body) == (EntryKind.FINDING, "The driver left early.")


async def test_a_remedy_with_its_amount(agent: Agent) -> None:
    await agent.press("r", "d")
    await agent.type("25,50")
    await agent.press("f2")
    remedy = agent.file.remedies[-1]
    assert (remedy.kind, str(remedy.amount), remedy.currency) == (RemedyKind.DISCOUNT, "25.50", "EUR")


async def test_editing_sends_what_was_changed_and_goes_together_with_what_another_agent_changed(agent: Agent) -> None:
    await agent.press("e")
    await agent.type(" on arrival")
    other = agent.desk.services_of("marko").casework
    other.edit(agent.file.case.id, {"product": "WM-200"}, agent.file.case.version)
    await agent.press("f2")
    case = agent.file.case
    assert (case.subject, case.product) == ("Washing machine arrived broken on arrival", "WM-200")


async def test_a_correction_points_at_what_it_corrects(agent: Agent) -> None:
    await agent.press("n")
    await agent.type("two boxes")
    await agent.press("f2")
    note = agent.last
    await agent.press("v", *["backspace"] * len("boxes"))
    await agent.type("pallets")
    await agent.press("f2")
    assert (agent.last.corrects, agent.last.body) == (note.id, "two pallets")


async def test_a_promise_agreed_anew_needs_its_reason_and_its_time(agent: Agent) -> None:
    agent.desk.now = NOW - timedelta(days=4)
    await agent.press("tab", "w")
    await agent.press("r")
    await agent.type("customer away")
    await agent.press("enter")
    await agent.type("+7d")
    await agent.press("f2")
    assert "Told in the call: pick the one" in agent.app.text
    await agent.press("1")
    await agent.press("f2")
    old, new = sorted(agent.file.promises, key=lambda promise: promise.id)[-2:]
    assert (old.outcome, old.settled_note) == (PromiseOutcome.RENEGOTIATED, "customer away")
    assert (new.renegotiates, new.call_id) == (old.id, agent.file.calls[-1].id)
