"""Decides where a historic case stands and how it ended, from its words and its dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import NamedTuple

from tuitrack.domain.errors import Refusal
from tuitrack.domain.words import Justified, Outcome, Status
from tuitrack.exchange.values import OutcomeMeaning, StatusMeaning


class Ending(NamedTuple):
    """Status, outcome and the dates that go with them; only a date of its own makes a case confirmed."""

    status: Status
    outcome: Outcome | None = None
    justified: Justified | None = None
    closed_at: datetime | None = None
    company_resolved_on: date | None = None
    customer_confirmed_on: date | None = None


class EndingFacts(NamedTuple):
    """What the row says: the meanings of its words, None where it has none, and its dates."""

    status: StatusMeaning | None
    outcome: OutcomeMeaning | None
    received_at: datetime
    closed_at: datetime | None
    company_resolved_on: date | None
    customer_confirmed_on: date | None


def decide_ending(
    facts: EndingFacts, now: datetime, day_of: Callable[[datetime], date], note: Callable[[str], None]
) -> Ending:
    """Put words and dates together; contradictions are noted and kept, dates in the future refused.

    `now` is in the office's zone, in which `day_of` tells the day of a moment.
    """
    _check_not_future(facts, now)
    status = facts.status.status if facts.status else _status_by_dates(facts)
    outcome = facts.outcome or OutcomeMeaning()
    ended = resolved_on = None
    if status in (Status.RESOLVED, Status.CLOSED):
        resolved_on = facts.company_resolved_on or (facts.closed_at and day_of(facts.closed_at))
    if status is Status.CLOSED:
        said = (facts.status.outcome if facts.status else None) or outcome.outcome
        ended = _outcome(said, facts.customer_confirmed_on)
    elif facts.closed_at:
        note(f"has a closing date, but its status is {status}; kept {status}")
    ending = Ending(
        status=status,
        outcome=ended,
        justified=outcome.justified,
        closed_at=facts.closed_at if status is Status.CLOSED else None,
        company_resolved_on=resolved_on,
        customer_confirmed_on=facts.customer_confirmed_on,
    )
    _note_contradictions(facts, ending, day_of, note)
    return ending


def _status_by_dates(facts: EndingFacts) -> Status:
    if facts.closed_at:
        return Status.CLOSED
    return Status.RESOLVED if facts.company_resolved_on or facts.customer_confirmed_on else Status.NEW


def _outcome(said: Outcome | None, confirmed_on: date | None) -> Outcome:
    if said in (Outcome.NOT_UPHELD, Outcome.WITHDRAWN, Outcome.DUPLICATE, Outcome.VOID):
        return said
    return Outcome.CONFIRMED if confirmed_on else Outcome.UNCONFIRMED


def _check_not_future(facts: EndingFacts, now: datetime) -> None:
    zone, today = now.tzinfo, now.date()
    if facts.received_at > now:
        raise Refusal(f"received: {facts.received_at.astimezone(zone):%Y-%m-%d %H:%M} is in the future.", "received_at")
    if facts.closed_at and facts.closed_at > now:
        raise Refusal(f"closed: {facts.closed_at.astimezone(zone):%Y-%m-%d %H:%M} is in the future.", "closed_at")
    for field, title, day in (
        ("company_resolved_on", "company considered it resolved", facts.company_resolved_on),
        ("customer_confirmed_on", "customer confirmed", facts.customer_confirmed_on),
    ):
        if day and day > today:
            raise Refusal(f"{title}: {day} is in the future.", field)


def _note_contradictions(
    facts: EndingFacts, ending: Ending, day_of: Callable[[datetime], date], note: Callable[[str], None]
) -> None:
    if facts.closed_at and facts.closed_at < facts.received_at:
        note("closed before it was received; both dates are kept as they stand")
    elif ending.company_resolved_on and ending.company_resolved_on < day_of(facts.received_at):
        note("resolved before it was received; both dates are kept as they stand")
    confirmed, resolved = ending.customer_confirmed_on, ending.company_resolved_on
    if confirmed and resolved and confirmed < resolved:
        note("the customer confirmed before the company considered it resolved; both dates are kept")
    if confirmed and ending.status not in (Status.RESOLVED, Status.CLOSED):
        note(f"the customer confirmed, but the status is {ending.status}; kept {ending.status}")
