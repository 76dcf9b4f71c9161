"""One row of a register becomes a checked case, or one sentence says why not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.domain.imported import ImportedCase
from tuitrack.domain.text import NAME_MAX, TEXT_MAX
from tuitrack.domain.words import CaseKind, Channel, Justified, Outcome, Priority, Status
from tuitrack.exchange.cells import Cell, RawRow
from tuitrack.exchange.dates import DateFormat, Order
from tuitrack.exchange.fields import FIELDS
from tuitrack.exchange.mapping import ColumnUse, Mapping
from tuitrack.exchange.rows import RowReader

ZAGREB = ZoneInfo("Europe/Zagreb")
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
EVERY_FIELD = Mapping(tuple(ColumnUse(field.key, field.key) for field in FIELDS))


def read(mapping: Mapping | None = None, /, **cells: Cell) -> ImportedCase:
    """The case in a row with one column per field given; `x_…` columns have no field."""
    filled: dict[str, Cell] = {"received_at": "2024-11-14", "details": "Box torn"}
    filled.update(cells)
    uses = tuple(ColumnUse(name, "" if name.startswith("x_") else name) for name in filled)
    mapping = Mapping(uses, *((mapping.dates, mapping.words, mapping.keep_rest) if mapping else ()))
    return RowReader(list(filled), mapping, ZAGREB, NOW).read(RawRow(2, tuple(filled.values())))


def test_a_plain_row() -> None:
    case = read(
        foreign_id=1047.0, received_at="14.11.2024", received_time="14:30", customer_name="  Ana  Zorić ",
        phone="+385 1 2345 678", email="ana@example.org", channel="Telefon", priority="hitno", kind="Pohvala",
        amount_asked="1.200,50 €", resolve_by="20.11.2024", category="Delivery", sub_category="Torn",
    )  # fmt: skip
    assert case.received_at == datetime(2024, 11, 14, 13, 30, tzinfo=UTC)
    assert case.resolve_by == datetime(2024, 11, 20, 22, 59, 59, tzinfo=UTC)
    assert (case.foreign_id, case.row_key) == ("1047", "number:foreign_id|1047|2024-11-14")
    assert (case.customer_name, case.subject) == ("Ana Zorić", "Delivery: Torn")
    assert (case.channel, case.priority, case.kind) == (Channel.PHONE, Priority.URGENT, CaseKind.COMPLIMENT)
    assert (case.amount_asked, case.currency) == (Decimal("1200.50"), "EUR")
    assert (case.status, case.outcome, case.notes) == (Status.NEW, None, ())


@pytest.mark.parametrize(
    ("cells", "status", "outcome", "company", "confirmed"),
    [
        ({"status": "Closed"}, Status.CLOSED, Outcome.UNCONFIRMED, None, None),
        ({"status": "Confirmed"}, Status.CLOSED, Outcome.UNCONFIRMED, None, None),
        ({"closed_at": "2024-12-01"}, Status.CLOSED, Outcome.UNCONFIRMED, date(2024, 12, 1), None),
        (
            {"status": "Closed", "closed_at": "2024-12-01", "company_resolved_on": "2024-11-20"},
            Status.CLOSED, Outcome.UNCONFIRMED, date(2024, 11, 20), None,
        ),
        (
            {"status": "Closed", "closed_at": "2024-12-01", "customer_confirmed_on": "2024-12-02"},
            Status.CLOSED, Outcome.CONFIRMED, date(2024, 12, 1), date(2024, 12, 2),
        ),
        ({"status": "Rejected"}, Status.CLOSED, Outcome.NOT_UPHELD, None, None),
        ({"status": "Closed", "outcome": "withdrawn"}, Status.CLOSED, Outcome.WITHDRAWN, None, None),
        ({"status": "Resolved", "company_resolved_on": "2024-12-01"}, Status.RESOLVED, None, date(2024, 12, 1), None),
        ({"company_resolved_on": "2024-12-01"}, Status.RESOLVED, None, date(2024, 12, 1), None),
        ({"status": "In progress", "closed_at": "2024-12-01"}, Status.INVESTIGATING, None, None, None),
    ],
)  # fmt: skip
def test_only_a_date_of_its_own_confirms(
    cells: dict[str, Cell], status: Status, outcome: Outcome | None, company: date | None, confirmed: date | None
) -> None:
    case = read(None, **cells)
    assert (case.status, case.outcome) == (status, outcome)
    assert (case.company_resolved_on, case.customer_confirmed_on) == (company, confirmed)


def test_upheld_says_that_the_complaint_was_right_and_nothing_about_the_customer() -> None:
    case = read(status="Closed", outcome="Upheld")
    assert (case.justified, case.outcome) == (Justified.YES, Outcome.UNCONFIRMED)


@pytest.mark.parametrize(
    ("cells", "field", "why"),
    [
        ({"received_at": ""}, "received_at", "is empty"),
        ({"received_at": "soon"}, "received_at", "is not a date"),
        ({"received_at": "04/05/2024"}, "received_at", "day first or month first"),
        ({"received_at": "2026-06-16"}, "received_at", "in the future"),
        ({"closed_at": "2026-06-16"}, "closed_at", "in the future"),
        ({"company_resolved_on": "2026-06-16"}, "company_resolved_on", "in the future"),
        ({"customer_confirmed_on": "2026-06-16"}, "customer_confirmed_on", "in the future"),
        ({"closed_at": "never"}, "closed_at", "is not a date"),
        ({"details": " "}, "subject", "what the complaint is about"),
    ],
)
def test_refusals_name_the_field(cells: dict[str, Cell], field: str, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        read(None, **cells)
    assert refused.value.field == field


def test_a_row_in_trouble_is_refused_with_its_reason() -> None:
    reader = RowReader(
        ["Received", "Details"],
        Mapping((ColumnUse("Received", "received_at"), ColumnUse("Details", "details"))),
        ZAGREB,
        NOW,
    )
    with pytest.raises(Refusal, match=r"^Has 9 cells\.$"):
        reader.read(RawRow(7, (), "has 9 cells"))


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ({"closed_at": "2024-11-01"}, "closed before it was received"),
        ({"status": "Resolved", "company_resolved_on": "2024-11-01"}, "resolved before it was received"),
        ({"status": "Open", "closed_at": "2024-12-01"}, "has a closing date, but its status is open"),
        ({"status": "Open", "customer_confirmed_on": "2024-12-01"}, "the customer confirmed, but the status is open"),
        (
            {"closed_at": "2024-12-03", "customer_confirmed_on": "2024-12-01"},
            "the customer confirmed before the company",
        ),
        ({"status": "On the moon"}, "status “On the moon” is not known; taken as open"),
        ({"channel": "Pigeon"}, "channel “Pigeon” is not known; taken as other"),
        ({"amount_asked": "a lot"}, "amount asked:"),
        ({"phone": "ask at the desk"}, "phone “ask at the desk” does not look like one"),
        ({"received_time": "noonish"}, "time received:"),
        ({"details": "Box \x1b]52 torn"}, "control characters were replaced"),
        ({"details": "the company\xe2\x80\x99s fault"}, "encoded twice were mended"),
        ({"customer_name": "x" * (NAME_MAX + 1)}, "customer is longer than"),
    ],
)
def test_what_is_odd_is_taken_and_noted(cells: dict[str, Cell], note: str) -> None:
    assert any(each.startswith(note) or note in each for each in read(None, **cells).notes)


def test_what_has_no_place_is_told_below_the_details() -> None:
    case = read(
        x_State="TX", x_Empty="", status="Closed with explanation", channel="Pigeon", phone="none", company="Acme"
    )
    head, tail = case.details.split("\n\n")
    assert head == "Box torn"
    assert set(tail.split("\n")) == {
        "x_State: TX", "status: Closed with explanation", "channel: Pigeon", "phone: none", "company: Acme",
    }  # fmt: skip
    assert read(Mapping((), keep_rest=False), x_State="TX").details == "Box torn"


def test_day_and_month_are_exchanged_only_when_chosen() -> None:
    kept = read(received_at=date(2017, 5, 4))
    assert (kept.received_at, kept.notes) == (datetime(2017, 5, 3, 22, tzinfo=UTC), ())
    swap = Mapping((ColumnUse("received_at"),)).with_dates("received_at", DateFormat(Order.MONTH_FIRST, "swap"))
    swapped = read(swap, received_at=date(2017, 5, 4))
    assert swapped.received_at == datetime(2017, 4, 4, 22, tzinfo=UTC)
    assert swapped.notes == ("received: day and month exchanged (2017-05-04 became 2017-04-05)",)


def test_a_word_chosen_by_a_person_wins() -> None:
    mapping = Mapping(()).with_word("status", "On the moon", "waiting")
    case = read(mapping, status="on the MOON")
    assert (case.status, case.notes) == (Status.WAITING, ())
    with pytest.raises(Refusal, match="expected one of new, open"):
        mapping.with_word("status", "x", "finished")


def test_long_texts_go_on_without_losing_a_letter() -> None:
    words = "".join(chr(97 + n % 26) for n in range(2 * TEXT_MAX + 5))
    case = read(words=words)
    assert case.words + "".join(case.more) == words
    assert max(len(case.words), *map(len, case.more)) == TEXT_MAX


def test_the_key_of_a_row_follows_its_content_where_it_has_no_number() -> None:
    assert read(details="Box  torn ").row_key == read(details="Box torn").row_key
    assert read(details="Box torn").row_key != read(details="Box wet").row_key
    assert read(foreign_id="AB-1").row_key == read(foreign_id="ab-1", details="other").row_key


def test_an_incomplete_mapping_is_refused() -> None:
    with pytest.raises(Refusal, match="no column says when"):
        RowReader(["A"], Mapping((ColumnUse("A", "details"),)), ZAGREB, NOW)


any_cell = st.one_of(
    st.none(), st.text(max_size=60), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@given(st.lists(any_cell, min_size=len(FIELDS), max_size=len(FIELDS)))
def test_any_cells_become_a_case_or_a_sentence(cells: list[Cell]) -> None:
    cells[1] = "2024-11-14"
    reader = RowReader([field.key for field in FIELDS], EVERY_FIELD, ZAGREB, NOW)
    try:
        case = reader.read(RawRow(2, tuple(cells)))
    except Refusal:
        return
    assert case.subject
    assert case.received_at <= NOW
