"""Handing over at the end of a shift and taking over at the start of the next, by keys at 80 by 24."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, an_agent
from tests.tui.case_desk import CaseDesk, case_app, press, queue_app
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import HandoverAnswer

DAY = timedelta(days=1)


@pytest.fixture
def desk() -> CaseDesk:
    """A desk on which Ana has two cases, with a promise overdue, one due, a call that missed and a half-typed call."""
    desk = CaseDesk()
    for subject in ("Washing machine arrived broken", "Bill too high"):
        case = desk.take(subject=subject, return_at=desk.now + 4 * DAY)
        desk.services.casework.take(case.id, case.version)
    desk.now = NOW
    desk.services.items.add_promise(2, {"what": "send the bill anew", "due_at": NOW + timedelta(hours=4)})
    desk.services.casework.log_call(2, {"direction": "outbound", "purpose": "update", "result": "no_answer"})
    desk.services.drafts.keep("call_in:1", {"note": "A secret."})
    return desk


def handed(desk: CaseDesk) -> None:
    """Let Ana hand everything to Marko."""
    handovers = desk.services.handovers
    values = {"receiver": "marko", "until": NOW + timedelta(hours=8), "note": "The first one is angry."}
    handovers.send(values, handovers.propose(values))


async def test_what_goes_is_looked_through_item_by_item(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "H")
        assert "Nothing was handed over yet. n hands over your next shift." in app.text
        await press(app, pilot, "n", *"mar", "down", "f2")
        check_snapshot(app, "handing_over_80x24")
        assert "secret" not in app.text
        await press(app, pilot, "x", "down", "n", *"Ring twice.", "f2")
        assert "To marko: 4 of 5" in app.text
        assert "note: Ring twice." in app.text
        await press(app, pilot, "escape", "f2")
        assert "To marko: 4 of 5" in app.text
        assert "note: Ring twice." in app.text
        await press(app, pilot, "f2")
        assert "Handed over to marko: 4 items." in app.text
        assert "0 wait for you, 4 of yours for others" in app.text
        assert "waits for marko" in app.text
        await press(app, pilot, "q")
        assert "Marko has not answered 4 items (H)" in app.text
    assert desk.services.drafts.find("handover-items") is None
    (file,) = desk.services.handovers.all()
    assert [line.item.note for line in file.lines if line.item.note] == ["Ring twice."]


async def test_the_receiver_is_told_and_answers_item_by_item(desk: CaseDesk) -> None:
    handed(desk)
    async with queue_app(desk, agent="marko") as (app, pilot):
        assert "Ana hands over 5 items (H)" in app.text
        await press(app, pilot, "H")
        check_snapshot(app, "handover_80x24")
        await press(app, pilot, "a", "a")
        assert "was accepted by marko already" in app.text
        assert "4 wait for you" in app.text
        await press(app, pilot, "down", "d", *"I know nothing of it.", "f2")
        assert "DECLINED by marko Wed 18 Nov 13:00: I know nothing of it." in app.text
        await press(app, pilot, "u")
        assert "Undone: Handover" in app.text
        assert "4 wait for you" in app.text
        await press(app, pilot, "up", "enter")
        assert "owner marko" in app.text
        await press(app, pilot, "q")
        assert "ACCEPTED by marko" in app.text
    answers = [line.item.answer for line in desk.services.handovers.all()[0].lines]
    assert answers.count(HandoverAnswer.ACCEPTED) == 1
    assert answers.count(None) == 4


async def test_the_giver_sees_what_waits_and_takes_it_back(desk: CaseDesk) -> None:
    handed(desk)
    async with queue_app(desk) as (app, pilot):
        assert "Marko has not answered 5 items (H)" in app.text
        await press(app, pilot, "H", "a")
        assert "only marko may say" in app.text
        await press(app, pilot, "w")
        assert "TAKEN BACK by ana" in app.text
        assert "4 of yours for others" in app.text
        await press(app, pilot, "home", "a")
        assert "Handover: go to an item first." in app.text


async def test_nothing_due_is_said_in_a_sentence() -> None:
    desk = CaseDesk()
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "H", "n", *"marko", "f2")
        assert "Nothing of yours is due by then, and nobody is to be called back." in app.text
        await press(app, pilot, "x", "n", "enter", "f2")
        assert "nothing is left in it" in app.text
        await press(app, pilot, "escape", "escape", "q")
        assert "Half typed: a handover (H goes on)" in app.text


async def test_whoever_is_not_there_gets_nothing(desk: CaseDesk) -> None:
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("eva", active=False))
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "H", "n", *"eva", "f2")
        assert "To: there is no agent “eva” at work here." in app.text


async def test_the_case_says_who_handed_it_to_whom(desk: CaseDesk) -> None:
    handed(desk)
    marko = desk.services_of("marko").handovers
    for line in marko.all()[0].lines:
        marko.accept(line.item.id)
    assert marko.waiting() == desk.services.handovers.waiting() == []
    async with case_app(desk, 1, agent="marko") as (app, _):
        assert "Handover from ana to marko, accepted" in app.text
        assert "owner: ana → marko" in app.text
