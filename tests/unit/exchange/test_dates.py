"""Dates as other programs write them: read by a stated order, never by a guess."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.cells import Cell
from tuitrack.exchange.date_order import find_date_order, shared_order
from tuitrack.exchange.dates import DateFormat, Order, parse_written, read_date, read_time

DAY, MONTH = DateFormat(Order.DAY_FIRST), DateFormat(Order.MONTH_FIRST)


@pytest.mark.parametrize(
    ("cell", "chosen", "expected"),
    [
        ("2024-11-14", DateFormat(), date(2024, 11, 14)),
        ("2024-11-14T10:30:05Z", DateFormat(), datetime(2024, 11, 14, 10, 30, 5, tzinfo=UTC)),
        ("2024-11-14 10:30+02:00", DateFormat(), datetime(2024, 11, 14, 8, 30, tzinfo=UTC)),
        ("2024/11/14 10:30:05.123", DateFormat(), datetime(2024, 11, 14, 10, 30, 5)),
        ("20241114", DateFormat(), date(2024, 11, 14)),
        ("14.11.2024.", DateFormat(), date(2024, 11, 14)),
        ("4. 5. 2024. 14:30", DateFormat(), datetime(2024, 5, 4, 14, 30)),
        ("04/05/2019", DAY, date(2019, 5, 4)),
        ("04/05/2019", MONTH, date(2019, 4, 5)),
        ("14/05/2019", MONTH, date(2019, 5, 14)),
        ("5/5/19", DateFormat(), date(2019, 5, 5)),
        ("06/26/2018 12:50:01 AM", MONTH, datetime(2018, 6, 26, 0, 50, 1)),
        ("06/26/2018 12:50:01 PM", MONTH, datetime(2018, 6, 26, 12, 50, 1)),
        ("14 Nov 2024", DateFormat(), date(2024, 11, 14)),
        ("Nov 14, 2024 2:30 pm", DateFormat(), datetime(2024, 11, 14, 14, 30)),
        ("14. studenog 2024.", DateFormat(), date(2024, 11, 14)),
        ("14. november 2024", DateFormat(), date(2024, 11, 14)),
        ("14 ноября 2024 г.", DateFormat(), date(2024, 11, 14)),
        ("14 de noviembre de 2024", DateFormat(), date(2024, 11, 14)),
        ("3. März 2024", DateFormat(), date(2024, 3, 3)),
        ("۲۰۲۴/۱۱/۱۴", DateFormat(), date(2024, 11, 14)),
        (45610.0, DateFormat(), date(2024, 11, 14)),
        ("45610.5", DateFormat(), datetime(2024, 11, 14, 12)),
        (date(2017, 5, 4), DateFormat(), date(2017, 5, 4)),
        (date(2017, 5, 4), DateFormat(Order.MONTH_FIRST, "swap"), date(2017, 4, 5)),
        (date(2017, 5, 14), DateFormat(Order.MONTH_FIRST, "swap"), date(2017, 5, 14)),
        ("", DAY, None),
        (None, DAY, None),
    ],
)
def test_dates_that_can_be_read(cell: Cell, chosen: DateFormat, expected: date | None) -> None:
    assert read_date(cell, chosen) == expected


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("04/05/2019", "day first or month first"),
        ("yesterday", "is not a date"),
        ("31.02.2024", "not a day of the calendar"),
        ("13/13/2024", "not a day of the calendar"),
        ("1402/05/12", "Gregorian"),
        (datetime(1900, 1, 1), "Gregorian"),
        ("12", "is not a date"),
        (True, "is not a date"),
        ("2024-11-14 25:10", "is not a date"),
        ("x" * 5000, "is not a date"),
    ],
)
def test_dates_that_are_refused_by_name(cell: Cell, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        read_date(cell, DateFormat(), "received")
    assert refused.value.sentence.startswith("received: ")
    assert refused.value.field == "received"


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_written_form_reads_back(day: date) -> None:
    assert read_date(f"{day:%d/%m/%Y}", DAY) == day
    assert read_date(f"{day:%m/%d/%Y}", MONTH) == day
    assert read_date(f"{day:%d.%m.%Y}", DateFormat()) == day
    assert read_date(f"{day:%B} {day.day}, {day.year}", DateFormat()) == day
    assert read_date(day.isoformat(), MONTH) == day


@given(st.one_of(st.text(max_size=80), st.from_regex(r"[\d/.: -]{1,30}"), st.floats(), st.times(), st.timedeltas()))
def test_any_cell_is_read_or_refused(cell: Cell) -> None:
    for reader in (lambda: read_date(cell, DAY), lambda: read_time(cell)):
        try:
            found = reader()
        except Refusal:
            continue
        assert found is None or isinstance(found, date | time)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("14:30", time(14, 30)),
        ("2.30 pm", time(14, 30)),
        (time(9, 5), time(9, 5)),
        (timedelta(hours=9), time(9)),
        (0.5, time(12)),
        ("", None),
    ],
)
def test_times(cell: Cell, expected: time | None) -> None:
    assert read_time(cell) == expected


def test_one_day_above_twelve_settles_a_column() -> None:
    order = find_date_order(["14/05/2019", "04/05/2019", "04/06/2019", ""])
    assert order.order is Order.DAY_FIRST
    assert not order.is_open
    assert "1 dates have a day above 12" in order.evidence()[0]
    assert "2 could be either" in order.evidence()[0]


def test_nothing_is_settled_without_evidence() -> None:
    order = find_date_order(["04/05/2019", "04/06/2019"])
    assert order.order is None
    assert order.is_open
    assert "choose the order" in order.evidence()[0]
    assert order.proposal().order is None
    assert order.proposal(Order.DAY_FIRST).order is Order.DAY_FIRST


def test_contradictions_are_said() -> None:
    order = find_date_order(["14/05/2019", "05/14/2019", "04/05/2019"])
    assert order.is_mixed
    assert order.is_open
    assert order.evidence()[0].startswith("mixed: 1 dates can only be day first, 1 only month first")


def test_dates_a_spreadsheet_exchanged_are_noticed() -> None:
    texts: list[Cell] = [f"04/{day}/2017" for day in range(13, 29)]
    cells: list[Cell] = [date(2017, month, 3) for month in range(1, 10)]
    order = find_date_order(texts + cells)
    assert order.looks_swapped
    assert order.proposal() == DateFormat(Order.MONTH_FIRST, "swap")
    assert any("9 date cells" in sentence and "exchange them back" in sentence for sentence in order.evidence())


@pytest.mark.parametrize(
    "honest", [date(2017, 3, 20), "04/05/2017"], ids=["a cell with a day above 12", "an undecided text"]
)
def test_one_honest_date_ends_the_suspicion(honest: Cell) -> None:
    texts: list[Cell] = [f"04/{day}/2017" for day in range(13, 29)]
    cells: list[Cell] = [date(2017, month, 3) for month in range(1, 10)]
    assert not find_date_order([*texts, *cells, honest]).looks_swapped


def test_columns_settle_each_other_unless_they_disagree() -> None:
    day, month = find_date_order(["14/05/2019"]), find_date_order(["05/14/2019"])
    either = find_date_order(["05/04/2019"])
    assert shared_order([day, either]) is Order.DAY_FIRST
    assert shared_order([day, month]) is None
    assert shared_order([either]) is None


def test_what_is_written_is_taken_apart_or_left() -> None:
    assert parse_written("Closed") is None
    assert parse_written("3 apples 2024") is None
