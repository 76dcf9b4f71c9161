"""The shipped rules give the dates that their sources ask for, worked out by hand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.builders import a_case
from tests.clock_rules import at
from tuitrack.domain.case import Case
from tuitrack.domain.clock_rules import About, Rule, RuleBook
from tuitrack.domain.words import Channel, CustomerKind, DueKind
from tuitrack.services.own_rules import PRESETS, OwnRules
from tuitrack.services.own_rules import SETTINGS as SETTINGS_PRESET
from tuitrack.settings import Settings

SETTINGS = Settings(time_zone="Europe/Zagreb")


@pytest.fixture
def book(request: pytest.FixtureRequest) -> RuleBook:
    """The rules of the presets that the test names, in that order."""
    return OwnRules(presets=request.param).book(SETTINGS, "Rules")


def rule_of(book: RuleBook, kind: DueKind, case: Case) -> Rule:
    rule = book.rule(kind, About(case, lambda: CustomerKind.PERSON))
    assert rule is not None
    return rule


def due(book: RuleBook, kind: DueKind, received: datetime, **fields: Any) -> str:
    """When a kind of deadline is due for a case received then, on the clock where it was received."""
    case = a_case(received_at=received, **fields)
    found = rule_of(book, kind, case).counting(received).due_at
    return f"{found.astimezone(received.tzinfo):%a %Y-%m-%d %H:%M}"


def target(book: RuleBook, kind: DueKind, received: datetime) -> str:
    found = rule_of(book, kind, a_case(received_at=received)).target_at(received)
    assert found is not None
    return f"{found.astimezone(received.tzinfo):%a %Y-%m-%d %H:%M}"


@pytest.mark.parametrize("book", [("desk",)], indirect=True, ids=["desk"])
def test_a_desk_as_most_are(book: RuleBook) -> None:
    """First response same working day; weekly updates; resolve in 10 working days, target 3; confirm in 3."""
    friday_evening = at("2026-11-20 18:30")
    assert due(book, DueKind.FIRST_RESPONSE, friday_evening) == "Mon 2026-11-23 17:00"
    assert due(book, DueKind.RETURN_DATE, friday_evening) == "Mon 2026-11-23 17:00"
    assert due(book, DueKind.PROGRESS, friday_evening) == "Fri 2026-11-27 23:59"
    assert due(book, DueKind.CONTACT, friday_evening) == "Fri 2026-11-27 23:59"
    assert due(book, DueKind.RESOLVE, friday_evening) == "Fri 2026-12-04 17:00"
    assert target(book, DueKind.RESOLVE, friday_evening) == "Wed 2026-11-25 17:00"
    assert due(book, DueKind.CONFIRM, at("2026-11-19 12:00")) == "Tue 2026-11-24 17:00"


@pytest.mark.parametrize("book", [("social", "desk")], indirect=True, ids=["social"])
def test_what_is_said_in_public_is_answered_sooner_and_the_rest_as_ever(book: RuleBook) -> None:
    """First response within 2 working hours on social media, the rest as the default desk."""
    late = at("2026-11-20 16:30")
    assert due(book, DueKind.FIRST_RESPONSE, late, channel=Channel.SOCIAL) == "Mon 2026-11-23 10:30"
    assert due(book, DueKind.FIRST_RESPONSE, late) == "Fri 2026-11-20 17:00"
    assert due(book, DueKind.RESOLVE, late, channel=Channel.SOCIAL) == "Fri 2026-12-04 17:00"


# Christmas Day is a Friday; Boxing Day, a Saturday, is kept on Monday 28 December; New Year's Day is a Friday.
# Business days after Wed 23 Dec 2026: 24, 29, 30, 31 Dec; 4-8, 11-15, 18-22, 25-29 Jan; 1-5, 8-12, 15 Feb.
@pytest.mark.parametrize("book", [("disp",)], indirect=True, ids=["disp"])
def test_british_financial_firms(book: RuleBook) -> None:
    """FCA Handbook, DISP 1.5 (third business day) and 1.6 (four and eight weeks; 15 and 35 business days)."""
    received = at("2026-12-23 10:00")
    assert target(book, DueKind.RESOLVE, received) == "Thu 2026-12-31 00:59"  # the end of Wed 30 Dec in London
    assert due(book, DueKind.HOLDING, received) == "Wed 2027-01-20 23:59"
    assert due(book, DueKind.FINAL, received) == "Wed 2027-02-17 23:59"
    assert due(book, DueKind.FINAL, received, category="Payment services") == "Tue 2027-01-19 00:59"
    exceptional = "payment services, exceptional"
    assert due(book, DueKind.HOLDING, received, category=exceptional) == "Tue 2027-01-19 00:59"
    assert due(book, DueKind.FINAL, received, category=exceptional) == "Tue 2027-02-16 00:59"


@pytest.mark.parametrize("book", [("disp",)], indirect=True, ids=["disp"])
def test_the_day_of_receipt_is_not_one_of_the_business_days(book: RuleBook) -> None:
    """DISP 1.5: the third business day following the day of receipt, also where that is a Saturday."""
    assert target(book, DueKind.RESOLVE, at("2026-11-21 12:00")) == "Thu 2026-11-26 00:59"  # Wed 25 Nov in London


# Good Friday is 3 April 2026, Easter Monday the 6th: business days 7-10, 13-17, 20-24, 27 April.
@pytest.mark.parametrize("book", [("disp",)], indirect=True, ids=["disp"])
def test_british_firms_over_easter(book: RuleBook) -> None:
    """DISP 1.5 and 1.6 over a holiday on a Monday and the change to summer time before it."""
    received = at("2026-04-02 10:00")
    assert target(book, DueKind.RESOLVE, received) == "Fri 2026-04-10 00:59"  # the end of Thu 9 Apr in London
    assert due(book, DueKind.HOLDING, received) == "Thu 2026-04-30 23:59"
    assert due(book, DueKind.FINAL, received) == "Thu 2026-05-28 23:59"
    assert due(book, DueKind.FINAL, received, category="payment services") == "Tue 2026-04-28 00:59"


@pytest.mark.parametrize("book", [("cfpb",)], indirect=True, ids=["cfpb"])
def test_american_firms_over_a_leap_day(book: RuleBook) -> None:
    """CFPB: 9 days of February 2028 are left on the 20th, then 31 of March."""
    received = at("2028-02-20 10:00")
    assert due(book, DueKind.FIRST_RESPONSE, received) == "Mon 2028-03-06 23:59"
    assert due(book, DueKind.FINAL, received) == "Thu 2028-04-20 23:59"


@pytest.mark.parametrize("book", [("social", "desk")], indirect=True, ids=["social"])
def test_what_is_said_in_public_at_night_waits_for_the_next_opening(book: RuleBook) -> None:
    assert due(book, DueKind.FIRST_RESPONSE, at("2026-11-20 22:00"), channel=Channel.SOCIAL) == "Mon 2026-11-23 11:00"


@pytest.mark.parametrize("book", [("cfpb",)], indirect=True, ids=["cfpb"])
def test_american_financial_firms(book: RuleBook) -> None:
    """CFPB: a response within 15 calendar days, a final one within 60; consumerfinance.gov."""
    received = at("2026-02-20 10:00")
    assert due(book, DueKind.FIRST_RESPONSE, received) == "Sat 2026-03-07 23:59"
    assert due(book, DueKind.FINAL, received) == "Tue 2026-04-21 23:59"


@pytest.mark.parametrize("book", [(name,) for name in PRESETS], indirect=True, ids=PRESETS)
def test_every_rule_says_where_it_comes_from(book: RuleBook, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.id
    assert {rule.origin for rule in book.rules} == {name if name == SETTINGS_PRESET else f"preset {name}"}
