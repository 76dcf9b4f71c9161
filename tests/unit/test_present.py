"""Cases as words and cells."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.case_rows import NOW, case_row
from tuitrack.domain.deadlines import DueFilter
from tuitrack.domain.queue import Counts, QueueQuery, Scope
from tuitrack.domain.words import DueKind, Outcome, Priority, Status
from tuitrack.tui.commands import key_of
from tuitrack.tui.lines import Tone
from tuitrack.tui.present import (
    DUE_CELLS,
    counts_line,
    due_kind_word,
    due_words,
    empty_words,
    fit,
    row_due,
    status_word,
    subject_words,
)

COUNTS = Counts(all=340, overdue=12, today=5, soon=20, unowned=3, cap=1000, as_of=NOW)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(days=-3), "! OVERDUE 3d"),
        (timedelta(hours=-5), "! OVERDUE 5h"),
        (timedelta(seconds=-1), "! OVERDUE 0m"),
        (timedelta(days=-999), "! OVERDUE 999d"),
        (timedelta(days=-1500), "! OVERDUE 4y"),
        (timedelta(0), "* due 10:00"),
        (timedelta(hours=4, minutes=30), "* due 14:30"),
        (timedelta(hours=13, minutes=59, seconds=59), "* due today"),
        (timedelta(hours=14), "  due tomorrow"),
        (timedelta(days=3), "  due Fri 27"),
        (timedelta(days=10), "  due 4 Dec"),
        (timedelta(days=400), "  due Dec 2027"),
    ],
)
def test_due_words(after: timedelta, words: str) -> None:
    assert due_words(NOW + after, NOW).text == words


def test_due_times_are_told_in_the_offices_zone() -> None:
    in_zagreb = NOW.astimezone(ZoneInfo("Europe/Zagreb"))
    assert due_words(datetime(2026, 11, 24, 13, 30, tzinfo=UTC), in_zagreb).text == "* due 14:30"


def test_overdue_is_told_by_word_and_glyph_and_not_by_look_alone() -> None:
    assert due_words(NOW - timedelta(days=1), NOW).tone is Tone.ALERT
    assert due_words(NOW - timedelta(days=1), NOW).text.startswith("! OVERDUE")


def test_a_closed_case_says_when_it_was_closed_unless_something_is_due_in_it() -> None:
    closed = case_row(1)._replace(status=Status.CLOSED, closed_at=NOW, next_due_at=None)
    assert row_due(closed, NOW).text == "closed Tue 24"
    assert row_due(closed._replace(next_due_at=NOW - timedelta(days=9)), NOW).text == "! OVERDUE 9d"


def test_a_case_in_which_all_stands_still_is_paused_and_neither_late_nor_on_time() -> None:
    paused = case_row(1)._replace(next_due_at=None, next_due_kind="paused")
    assert row_due(paused, NOW).text == "  paused"


@pytest.mark.parametrize("kind", list(DueKind))
def test_what_is_due_has_a_word_that_fits_the_column(kind: DueKind) -> None:
    assert 0 < cell_len(due_kind_word(kind.value)) <= 9
    assert "_" not in due_kind_word(kind.value)


def test_when_a_case_was_closed_leaves_a_blank_before_the_reference() -> None:
    for days in range(0, 900, 7):
        closed = case_row(1)._replace(status=Status.CLOSED, closed_at=NOW - timedelta(days=days), next_due_at=None)
        text = row_due(closed, NOW).text
        assert cell_len(text) <= DUE_CELLS
    assert re.fullmatch(r"closed [A-Z][a-z]{2} ’\d\d", text)


@given(st.timedeltas(timedelta(days=-40_000), timedelta(days=40_000)))
def test_due_words_fit_their_cells(after: timedelta) -> None:
    assert cell_len(due_words(NOW + after, NOW).text) <= DUE_CELLS


@pytest.mark.parametrize("text", ["李小龙李小龙李小龙", "سلام دنیا این یک آزمایش است", "a\nb\tc d e f g", ""])
def test_text_is_cut_by_cells(text: str) -> None:
    assert cell_len(fit(text, 7)) == 7
    assert "\n" not in fit(text, 7)


def test_what_an_agent_must_know_stands_before_the_subject() -> None:
    row = case_row(1)._replace(subject="Fridge", priority=Priority.URGENT, still_angry=True)
    assert subject_words(row) == "URGENT STILL ANGRY Fridge"
    assert (
        subject_words(row._replace(priority=Priority.LOW, still_angry=False, likely_to_leave=True))
        == "MAY LEAVE Fridge"
    )


@pytest.mark.parametrize(
    ("status", "outcome", "word"),
    [
        (Status.WAITING, None, "waiting"),
        (Status.CLOSED, Outcome.NOT_UPHELD, "not upheld"),
        (Status.CLOSED, Outcome.VOID, "mistake"),
        (Status.CLOSED, None, "closed"),
    ],
)
def test_status_words(status: Status, outcome: Outcome | None, word: str) -> None:
    assert status_word(status, outcome) == word


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (QueueQuery(), "[Open work: 340] · overdue 12 · due today 5 · due in 3 days 20 · unowned 3"),
        (
            QueueQuery(due=DueFilter.OVERDUE),
            "Open work: 340 · [overdue 12] · due today 5 · due in 3 days 20 · unowned 3",
        ),
        (QueueQuery(owner=""), "Open work: 340 · overdue 12 · due today 5 · due in 3 days 20 · [unowned 3]"),
        (QueueQuery(owner="mira"), "Mine, open work: 340 · overdue 12 · due today 5 · due in 3 days 20 · unowned 3"),
        (QueueQuery(text="zoric"), "[Found: 340] · overdue 12 · due today 5 · due in 3 days 20 · unowned 3"),
        (QueueQuery(scope=Scope.CLOSED), "[Closed: 340]"),
    ],
)
def test_counts_line(query: QueueQuery, line: str) -> None:
    assert counts_line(query, COUNTS, 90) == line


def test_counts_that_may_be_larger_say_so() -> None:
    looked_at = replace(COUNTS, all=1000, soon=0, partial=True)
    assert [looked_at.shown(count) for count in (looked_at.all, looked_at.overdue, looked_at.soon)] == [
        "1000+", "12+", "?",
    ]  # fmt: skip


def test_a_filter_of_its_own_is_counted_in_brackets_in_place_of_what_nobody_asked_for() -> None:
    counts = replace(COUNTS, chosen=4)
    wide = counts_line(QueueQuery(due=DueFilter.PAUSED), counts, 100)
    assert wide.startswith("Open work: 340 · [paused 4] · overdue 12")
    assert wide.endswith("unowned 3")
    assert counts_line(QueueQuery(due=DueFilter.PAUSED), counts, 60).endswith(" · in 3 days 20")
    closed = counts_line(QueueQuery(due=DueFilter.LATE, scope=Scope.CLOSED), counts, 80)
    assert closed == "Closed: 340 · [met late 4]"


def test_counts_line_says_less_where_there_is_no_room() -> None:
    line = counts_line(QueueQuery(), replace(COUNTS, all=1000, overdue=1000), 60)
    assert line == "[Open work: 1000+] · overdue 1000+ · today 5 · in 3 days 20 · unowned 3"


@pytest.mark.parametrize(
    ("query", "key"),
    [
        (QueueQuery(), "Press n"),
        (QueueQuery(text="zoric"), "Add is:all"),
        (QueueQuery(due=DueFilter.TODAY), "Press a"),
        (QueueQuery(owner="mira"), "Press m"),
        (QueueQuery(owner=""), "Press w"),
        (QueueQuery(scope=Scope.CLOSED), "Press v"),
    ],
)
def test_an_empty_list_names_the_key_that_leads_on(query: QueueQuery, key: str) -> None:
    assert key in empty_words(query, key_of)
