"""The columns of a list: what each says, and how they share a line."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.case_rows import NOW, case_row
from tuitrack.domain.columns import Column, columns_in
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.words import Channel, Outcome, Priority, Status
from tuitrack.tui.columns import USUAL, USUAL_WIDE, WIDE_FROM, ListColumns, head_cells, line_cells, placed, usual
from tuitrack.tui.lines import Tone

ALL = tuple(Column)
CHOSEN = st.lists(st.sampled_from(Column), min_size=1, unique=True).map(tuple)


def line(row: CaseRow, columns: tuple[Column, ...], width: int) -> str:
    return "".join(cell.text for cell in line_cells(row, NOW, placed(columns, width), width))


def head(columns: tuple[Column, ...], width: int) -> str:
    return "".join(cell.text for cell in head_cells(placed(columns, width), width))


@given(CHOSEN, st.integers(1, 250), st.text(max_size=60), st.text(max_size=60))
def test_a_line_and_its_head_have_exactly_the_cells_they_were_given(
    columns: tuple[Column, ...], width: int, name: str, text: str
) -> None:
    row = case_row(1)._replace(customer_name=name, subject=text, tags=text, category=name, owner=name or None)
    assert cell_len(line(row, columns, width)) == width
    assert cell_len(head(columns, width)) == width


@given(CHOSEN, st.integers(1, 250))
def test_what_finds_no_room_is_left_out_from_the_right_but_not_the_subject(
    columns: tuple[Column, ...], width: int
) -> None:
    shown = [column for column, _ in placed(columns, width)]
    others = [column for column in columns if column is not Column.SUBJECT]
    assert shown
    assert [column for column in shown if column is not Column.SUBJECT] == others[
        : len(shown) - (Column.SUBJECT in shown)
    ]
    assert (Column.SUBJECT in shown) == (Column.SUBJECT in columns)


@pytest.mark.parametrize("width", [78, WIDE_FROM - 1, WIDE_FROM, 200])
def test_a_subject_keeps_room_beside_whatever_the_usual_columns_say(width: int) -> None:
    cells = dict(placed(usual(width), width))
    assert tuple(cells) == (USUAL_WIDE if width >= WIDE_FROM else USUAL)
    assert cells[Column.SUBJECT] >= 18


def test_a_wide_list_has_room_for_every_column_and_says_more_in_each_where_it_can() -> None:
    assert [column for column, _ in placed(ALL, 250)] == list(ALL)
    assert dict(placed((Column.TAGS, Column.SUBJECT), 78))[Column.TAGS] == 10
    assert dict(placed((Column.TAGS, Column.SUBJECT), 140))[Column.TAGS] == 18


def test_a_longer_reference_is_shown_whole() -> None:
    row, columns = case_row(1)._replace(reference="DESK26-000001-1"), ListColumns()
    assert not columns.measure([case_row(1)])
    assert columns.measure([case_row(1), row])
    assert not columns.measure([])
    assert " DESK26-000001-1 " in "".join(cell.text for cell in line_cells(row, NOW, columns.placed(78), 78))


@pytest.mark.parametrize(
    ("column", "fields", "said"),
    [
        (Column.AGE, {"received_at": NOW - timedelta(days=12)}, "12d"),
        (Column.IDLE, {"touched_at": NOW - timedelta(hours=5)}, "5h"),
        (Column.RECEIVED, {"received_at": NOW - timedelta(days=12)}, "12 Nov"),
        (Column.RESOLVED, {"company_resolved_on": date(2026, 11, 2)}, "2 Nov"),
        (Column.CONFIRMED, {"customer_confirmed_on": None}, "-"),
        (Column.CLOSED, {"closed_at": NOW}, "Tue 24"),
        (Column.CHANNEL, {"channel": Channel.EMAIL}, "e-mail"),
        (Column.PRIORITY, {"priority": Priority.URGENT}, "urgent"),
        (Column.REOPENED, {"reopened_count": 2}, "2×"),
        (Column.REOPENED, {}, "-"),
        (Column.TAGS, {"tags": "vip,\ngold"}, "vip, gold"),
        (Column.CATEGORY, {"category": ""}, "-"),
        (Column.OWNER, {"owner": None}, "-"),
        (Column.STATUS, {"status": Status.CLOSED, "outcome": Outcome.WITHDRAWN}, "withdra…"),
        (Column.NEXT, {"next_due_kind": "promise"}, "promise"),
        (Column.DUE, {"next_due_at": NOW + timedelta(days=3)}, "  due Fri 27"),
    ],
)
def test_what_a_column_says(column: Column, fields: dict[str, Any], said: str) -> None:
    assert line(case_row(1)._replace(**fields), (column,), 40).rstrip() == said


def test_an_alarm_before_the_subject_stands_out() -> None:
    alarmed = case_row(1)._replace(likely_to_leave=True)
    tones = [line_cells(row, NOW, placed((Column.SUBJECT,), 40), 40)[0].tone for row in (case_row(1), alarmed)]
    assert tones == [Tone.PLAIN, Tone.STRONG]


def test_names_stand_above_their_columns() -> None:
    assert head((Column.REF, Column.AGE, Column.SUBJECT), 40) == "ref          age   subject              "


def test_kept_columns_that_are_not_known_are_left_out() -> None:
    assert columns_in("age,nothing,ref") == (Column.AGE, Column.REF)
    assert columns_in("") == ()
