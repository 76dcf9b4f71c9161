"""Cases of a list as lines of text, with the columns that were asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.builders import NOW, a_case, a_customer
from tuitrack.domain.columns import Column
from tuitrack.exchange.case_lines import fact_lines, short_line

CASE = replace(a_case(1), received_at=NOW - timedelta(days=3), next_due_at=NOW - timedelta(days=1), tags="vip")
CUSTOMER = a_customer("Ivo Kos")


def test_every_column_can_be_told() -> None:
    told = list(fact_lines(CASE, CUSTOMER, NOW, tuple(Column)))
    assert len(told) == len(Column)
    assert all(title and words for title, _, words in (line.partition(": ") for line in told))


def test_columns_are_told_in_their_order_and_no_others() -> None:
    columns = (Column.AGE, Column.DUE, Column.CUSTOMER, Column.TAGS)
    assert short_line(CASE, CUSTOMER, NOW, columns) == "3d  overdue 1d  Ivo Kos  vip"
    assert list(fact_lines(CASE, CUSTOMER, NOW, columns)) == [
        "Age: 3d", "Due: overdue 1d", "Customer: Ivo Kos", "Tags: vip",
    ]  # fmt: skip


def test_both_dates_are_told_where_nobody_asks_for_columns() -> None:
    told = list(fact_lines(CASE, CUSTOMER, NOW))
    assert told[-2:] == ["Company considered it resolved: not yet", "Customer confirmed: not yet"]
    assert short_line(CASE, CUSTOMER, NOW).startswith(CASE.reference)
