"""Closing a case step by step, by the keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.builders import NOW
from tests.tui.case_desk import CaseDesk, case_app, press, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.case import Case
from tuitrack.domain.closure import Step
from tuitrack.domain.words import CallPurpose, Direction, Justified, Mood, Outcome, Priority, PromiseOutcome, Status
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.screens.closure import ClosureScreen

TODAY = NOW.date()


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case whose promise was kept."""
    desk = CaseDesk()
    case = desk.take()
    desk.services.items.settle_promise(case.id, 1, PromiseOutcome.KEPT)
    desk.now = NOW
    return desk


def stored(desk: CaseDesk) -> Case:
    return desk.file(1).case


def decided(desk: CaseDesk, **resolution: Any) -> None:
    """Store the first three steps, the company's date being yesterday."""
    closure = desk.services.closure
    day = TODAY - timedelta(days=1)
    closure.save_resolution(1, {"resolution": "Sent a new one", "company_resolved_on": day}, stored(desk).version)
    decision = {"justified": "yes", "justified_because": "it was broken", "explanation": "we are sorry"}
    closure.save_decision(1, decision, stored(desk).version)
    cause = {"cause": "no fault found", "no_process_action_because": "a one-off"}
    closure.save_cause(1, cause, stored(desk).version)


def verified(desk: CaseDesk) -> int:
    """Log the call in which the customer says that it is solved, and return its id."""
    return desk.services.casework.log_call(1, {"direction": "outbound", "purpose": "verify"}).id


def step(screen: object) -> Step:
    assert isinstance(screen, ClosureScreen)
    return screen.step


async def test_the_first_step_begins_with_todays_company_date_and_no_other(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x")
        check_snapshot(app, "closure_1_80x24")


async def test_a_case_is_closed_by_keys_alone(desk: CaseDesk) -> None:
    verified(desk)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"Sent a new one", "f2")
        await press(app, pilot, "y", *"it was broken", "tab", *"we are sorry", "f2")
        await press(app, pilot, *"no fault found", "tab", "tab", *"a one-off", "f2")
        check_snapshot(app, "closure_4_80x24")
        await press(app, pilot, *"today", "enter", "1", "s", "f2")
        check_snapshot(app, "closure_5_80x24")
        await press(app, pilot, "f2")
        assert stored(desk).is_open
        await press(app, pilot, "right", "enter")
        assert isinstance(app.screen, CaseScreen)
        case = stored(desk)
        assert (case.outcome, case.mood) == (Outcome.CONFIRMED, Mood.SATISFIED)
        assert (case.company_resolved_on, case.customer_confirmed_on) == (TODAY, TODAY)
        assert "Closed: confirmed Wed 18 Nov 2026 by the call of Wed 18 Nov 2026." in app.text


async def test_the_safe_answer_leaves_the_case_open(desk: CaseDesk) -> None:
    decided(desk)
    confirmed = {"customer_confirmed_on": TODAY, "confirming_call_id": verified(desk), "mood": "neutral"}
    desk.services.closure.save_confirmation(1, confirmed, stored(desk).version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", "f2", "enter")
        assert isinstance(app.screen, ClosureScreen)
        assert stored(desk).is_open


async def test_each_step_is_stored_when_it_is_left(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"Sent a new one", "f2")
        assert stored(desk).status is Status.RESOLVED
        await press(app, pilot, "n", *"no fault", "f3")
        assert (stored(desk).justified, stored(desk).justified_because) == (Justified.NO, "no fault")
        assert step(app.screen) is Step.RESOLUTION


async def test_another_agent_goes_on_at_the_first_unfinished_step(desk: CaseDesk) -> None:
    decided(desk)
    async with case_app(desk, 1, agent="marko") as (app, pilot):
        await press(app, pilot, "x")
        assert step(app.screen) is Step.CONFIRMATION


async def test_half_typed_text_is_offered_again(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"Sent a", "escape")
        assert "Kept as a draft. x goes on where you left." in app.text
        assert stored(desk).resolution == ""
        await press(app, pilot, "x", *" new one")
        assert isinstance(app.screen, ClosureScreen)
        assert app.screen.body.texts["resolution"] == "Sent a new one"


async def test_a_refused_step_stays_with_its_text_and_says_why(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"Sent", "tab", "ctrl+u", *"+3d", "f2")
        assert step(app.screen) is Step.RESOLUTION
        assert "the date is in the future" in app.text
        assert stored(desk).company_resolved_on is None


async def test_the_customers_date_before_the_companys_asks_why(desk: CaseDesk) -> None:
    decided(desk)
    verified(desk)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"16.11.", "enter", "1", "s", "f2")
        assert "this is before the company's date (17 Nov 2026); state why" in " ".join(app.text.split())
        assert stored(desk).customer_confirmed_on is None
        await type_text(app, pilot, "repaired on the spot")
        await press(app, pilot, "f2")
        assert stored(desk).customer_confirmed_on == date(2026, 11, 16)
        assert stored(desk).confirmed_early_because == "repaired on the spot"


async def test_the_call_that_proves_it_is_logged_from_the_step(desk: CaseDesk) -> None:
    decided(desk)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"today", "f9", "r", "f2")
        assert isinstance(app.screen, ClosureScreen)
        texts = app.screen.body.texts
        assert texts["customer_confirmed_on"] == "today"
        call = desk.file(1).calls[-1]
        assert texts["confirming_call_id"] == str(call.id)
        assert (call.purpose, call.direction) == (CallPurpose.VERIFY, Direction.OUTBOUND)


async def test_silence_closes_as_unconfirmed_only_after_counted_attempts(desk: CaseDesk) -> None:
    decided(desk)
    call = {"direction": "outbound", "purpose": "verify", "result": "no_answer"}
    for _ in range(2):
        desk.services.casework.log_call(1, call)
    unconfirmed = {"unconfirmed_because": "does not answer"}
    desk.services.closure.save_confirmation(1, unconfirmed, stored(desk).version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x")
        assert "2 of 3" in app.text
        await press(app, pilot, "ctrl+r", "f2")
        assert "Attempts: 2 of 3 attempts to reach the customer are logged." in app.text
        assert stored(desk).is_open
        desk.services.casework.log_call(1, call)
        await press(app, pilot, "f3", "f2", "f2", "right", "enter")
        assert stored(desk).outcome is Outcome.UNCONFIRMED
        assert stored(desk).customer_confirmed_on is None


async def test_every_blocker_leads_to_where_it_is_mended(desk: CaseDesk) -> None:
    promise = {"what": "call on Friday", "due_at": NOW + timedelta(days=2)}
    desk.services.items.add_promise(1, promise)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", "ctrl+r")
        check_snapshot(app, "closure_blocked_80x24")
        await press(app, pilot, "enter")
        assert step(app.screen) is Step.RESOLUTION
        await press(app, pilot, "ctrl+r", "down", "down", "down", "enter")
        assert isinstance(app.screen, ClosureScreen)
        assert (app.screen.step, app.screen.body.texts["justified"]) == (Step.DECISION, "")
        await press(app, pilot, *"x", "ctrl+r")
        assert stored(desk).justified_because == "x"


async def test_an_open_promise_is_settled_from_the_review(desk: CaseDesk) -> None:
    decided(desk)
    promise = {"what": "call on Friday", "due_at": NOW + timedelta(days=2)}
    desk.services.items.add_promise(1, promise)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", "ctrl+r", "down", "down", "down", "enter", "k", "f2")
        assert desk.file(1).promises[-1].outcome is PromiseOutcome.KEPT
        assert "Promise still open" not in app.text


async def test_a_withdrawn_case_needs_its_note_alone(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", "ctrl+r", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "w")
        assert "say why the case ends as withdrawn" in app.text
        await type_text(app, pilot, "found it at home")
        await press(app, pilot, "f2", "right", "enter")
        assert (stored(desk).outcome, stored(desk).closing_note) == (Outcome.WITHDRAWN, "found it at home")
        assert stored(desk).company_resolved_on is None


async def test_a_step_is_stored_beside_what_others_changed(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"Sent a new one")
        desk.services_of("marko").casework.toggle_urgent(1, stored(desk).version)
        await press(app, pilot, "f2")
        assert (stored(desk).resolution, stored(desk).priority) == ("Sent a new one", Priority.URGENT)


async def test_a_case_changed_meanwhile_is_not_closed_unseen(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", "ctrl+r", "shift+tab", "shift+tab", "shift+tab", "shift+tab", "w")
        await type_text(app, pilot, "found it at home")
        desk.services_of("marko").casework.add_note(1, {"text": "They called again."})
        await press(app, pilot, "f2", "right", "enter")
        assert "was changed since you opened it" in app.text
        assert isinstance(app.screen, ClosureScreen)
        assert app.screen.body.texts["closing_note"] == "found it at home"
        assert stored(desk).is_open
        assert app.screen.file.case.version == stored(desk).version
        await press(app, pilot, "f2", "right", "enter")
        assert not stored(desk).is_open


async def test_what_is_typed_is_kept_when_the_line_drops(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", *"Sent")
        await app.keep_everything()
        draft = desk.services.drafts.find("closure:1:resolution")
        assert draft is not None
        assert draft.values["resolution"] == "Sent"
