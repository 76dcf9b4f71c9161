"""What blocks a closing, and that silence never confirms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.builders import NOW, a_call, a_case, a_promise, an_action
from tuitrack.domain.case import Case
from tuitrack.domain.closure import ClosingFacts, Step, blockers, check_confirmed_on, check_resolved_on
from tuitrack.domain.errors import Refusal
from tuitrack.domain.timeline import Action, Call, Promise
from tuitrack.domain.words import CallPurpose, CallResult, Direction, Justified, Mood, Outcome, Track

TODAY = NOW.date()
ZAGREB = ZoneInfo("Europe/Zagreb")
READY = a_case(
    resolution="Replaced.",
    company_resolved_on=TODAY,
    justified=Justified.YES,
    justified_because="It was ours.",
    explanation="We told her so.",
    cause="supplier",
    no_process_action_because="Once in ten years.",
    customer_confirmed_on=TODAY,
    confirming_call_id=1,
    mood=Mood.SATISFIED,
)
PROMISE = a_promise(id=7, what="call", due_at=NOW)
ACTION = an_action(id=8, what="visit")


def attempt(at: datetime = NOW, result: CallResult = CallResult.NO_ANSWER) -> Call:
    return a_call(direction=Direction.OUTBOUND, purpose=CallPurpose.VERIFY, result=result, at=at)


def facts(
    case: Case = READY,
    calls: tuple[Call, ...] = (),
    actions: tuple[Action, ...] = (),
    promises: tuple[Promise, ...] = (),
) -> ClosingFacts:
    return ClosingFacts(case, calls, actions, promises, attempts_needed=3, zone=ZAGREB)


def test_a_complete_case_closes() -> None:
    assert blockers(facts(), Outcome.CONFIRMED) == []


@pytest.mark.parametrize(
    ("missing", "step", "field"),
    [
        ({"resolution": " "}, Step.RESOLUTION, "resolution"),
        ({"company_resolved_on": None}, Step.RESOLUTION, "company_resolved_on"),
        ({"justified": None}, Step.DECISION, "justified"),
        ({"justified_because": ""}, Step.DECISION, "justified_because"),
        ({"explanation": ""}, Step.DECISION, "explanation"),
        ({"cause": ""}, Step.CAUSE, "cause"),
        ({"no_process_action_because": ""}, Step.CAUSE, "no_process_action_because"),
        ({"customer_confirmed_on": None}, Step.CONFIRMATION, "customer_confirmed_on"),
        ({"confirming_call_id": None}, Step.CONFIRMATION, "confirming_call_id"),
        ({"mood": None}, Step.CONFIRMATION, "mood"),
    ],
)
def test_what_is_missing_is_named_with_its_step(missing: dict[str, Any], step: Step, field: str) -> None:
    [blocker] = blockers(facts(replace(READY, **missing)), Outcome.CONFIRMED)
    assert (blocker.step, blocker.field) == (step, field)


def test_the_company_date_alone_never_confirms() -> None:
    case = replace(READY, customer_confirmed_on=None, confirming_call_id=None, mood=None)
    fields = [blocker.field for blocker in blockers(facts(case), Outcome.CONFIRMED)]
    assert fields == ["customer_confirmed_on", "confirming_call_id", "mood"]


def test_an_attempt_belongs_to_the_day_of_the_office() -> None:
    after_midnight = datetime.combine(TODAY, time(0, 30), tzinfo=ZAGREB).astimezone(UTC)
    assert facts(calls=(attempt(after_midnight),)).attempts == 1


def test_unconfirmed_needs_counted_attempts_and_a_reason() -> None:
    case = replace(READY, customer_confirmed_on=None, confirming_call_id=None, mood=None)
    before = attempt(NOW - timedelta(days=2))
    reached = attempt(result=CallResult.REACHED)
    too_few = facts(case, calls=(before, attempt(), attempt(), reached))
    assert too_few.attempts == 2
    assert [blocker.field for blocker in blockers(too_few, Outcome.UNCONFIRMED)] == ["attempts", "unconfirmed_because"]
    enough = facts(replace(case, unconfirmed_because="Never in."), calls=(attempt(), attempt(), attempt()))
    assert blockers(enough, Outcome.UNCONFIRMED) == []


def test_open_promises_block_every_outcome() -> None:
    case = replace(READY, closing_note="took it back", duplicate_of="C26-000002-1", justified=Justified.NO)
    for outcome in Outcome:
        found = blockers(facts(case, promises=(PROMISE,), calls=(attempt(),) * 3), outcome)
        assert ("promise", 7) in [(blocker.field, blocker.record_id) for blocker in found]


def test_an_open_action_for_the_customer_blocks_and_one_for_the_process_does_not() -> None:
    [blocker] = blockers(facts(actions=(ACTION,)), Outcome.CONFIRMED)
    assert (blocker.field, blocker.record_id) == ("action", 8)
    process = replace(ACTION, track=Track.PROCESS)
    assert blockers(facts(replace(READY, no_process_action_because=""), actions=(process,)), Outcome.CONFIRMED) == []


def test_a_case_not_upheld_still_asks_for_the_explanation_and_the_process() -> None:
    case = replace(READY, justified=Justified.NO, explanation="", no_process_action_because="")
    fields = [blocker.field for blocker in blockers(facts(case), Outcome.NOT_UPHELD)]
    assert fields == ["explanation", "no_process_action_because"]


def test_not_upheld_contradicts_a_justified_complaint() -> None:
    [blocker] = blockers(facts(), Outcome.NOT_UPHELD)
    assert blocker.field == "justified"


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.VOID])
def test_an_end_without_resolution_needs_a_note(outcome: Outcome) -> None:
    bare = replace(READY, resolution="", company_resolved_on=None)
    assert [blocker.field for blocker in blockers(facts(bare), outcome)] == ["closing_note"]
    assert blockers(facts(replace(bare, closing_note="typed twice")), outcome) == []


def test_a_duplicate_names_the_other_case() -> None:
    case = replace(READY, closing_note="same")
    assert [blocker.field for blocker in blockers(facts(case), Outcome.DUPLICATE)] == ["duplicate_of"]


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "allowed"), [(TODAY + DAY, False), (TODAY, True), (TODAY - DAY, True), (TODAY - 3 * DAY, False)]
)
def test_the_company_date_lies_between_receipt_and_today(day: date, allowed: bool) -> None:
    if allowed:
        check_resolved_on(day, TODAY - 2 * DAY, TODAY)
    else:
        with pytest.raises(Refusal, match="Company resolved on"):
            check_resolved_on(day, TODAY - 2 * DAY, TODAY)


@pytest.mark.parametrize(
    ("day", "resolved_on", "because", "field"),
    [
        (TODAY + DAY, TODAY, "", "customer_confirmed_on"),
        (TODAY, None, "", "company_resolved_on"),
        (TODAY - DAY, TODAY, " ", "confirmed_early_because"),
        (TODAY - DAY, TODAY, "she rang before we had booked it", None),
        (TODAY, TODAY, "", None),
    ],
)
def test_the_customers_date_has_rules_of_its_own(
    day: date, resolved_on: date | None, because: str, field: str | None
) -> None:
    if field is None:
        check_confirmed_on(day, resolved_on, TODAY, because)
    else:
        with pytest.raises(Refusal) as refused:
            check_confirmed_on(day, resolved_on, TODAY, because)
        assert refused.value.field == field
