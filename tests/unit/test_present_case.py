"""What a case says on the screen, as lines of text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.builders import (
    NOW,
    a_call,
    a_case,
    a_clock,
    a_customer,
    a_promise,
    a_remedy,
    an_action,
    an_entry,
    an_escalation,
)
from tuitrack.domain.case import Case
from tuitrack.domain.closure import Step, blockers
from tuitrack.domain.deadlines import deadlines
from tuitrack.domain.words import CallPurpose, EntryKind, Mood, Outcome, Priority, Status, Track
from tuitrack.services.casefile import CaseFile, StatusCard
from tuitrack.tui.closure_steps import first_unfinished, step_fields, step_values, suggested_outcome
from tuitrack.tui.commands import key_of
from tuitrack.tui.lines import Line, cut, wrap
from tuitrack.tui.present_case import card_lines, closed_text, header_lines
from tuitrack.tui.present_closure import review_blocks, step_line, step_notes
from tuitrack.tui.present_entry import timeline_blocks, whole_entry
from tuitrack.tui.present_statements import statement_lines
from tuitrack.tui.present_work import work_items, work_line

TODAY = NOW.date()


def a_file(case: Case | None = None, **parts: Any) -> CaseFile:
    """A case with the parts a test is about, and nothing else."""
    case = case or a_case(id=1)
    empty = {name: () for name in ("entries", "calls", "actions", "promises", "remedies", "other_cases")}
    made: dict[str, Any] = {**empty, "customer": a_customer(), "attempts_needed": 3, "office": "", "zone": UTC} | parts
    resolve = a_clock(due_at=case.resolve_by, met_at=case.resolved_at or case.closed_at) if case.resolve_by else None
    clocks = tuple(deadlines(made["promises"], made["actions"], [resolve] if resolve else []))
    return CaseFile(case=case, numbers=made["customer"].phones, clocks=clocks, **made)


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def joined(lines: list[Line]) -> str:
    return "\n".join(texts(lines))


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=300), st.integers(4, 40)
)
def test_wrapped_text_fits_and_keeps_every_word(text: str, width: int) -> None:
    lines = list(wrap(text, width))
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(st.text(max_size=300), st.integers(1, 40))
def test_cut_text_fits_its_line(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width


def test_the_header_tells_what_is_overdue_and_both_dates_apart() -> None:
    promise = a_promise(id=1, what="get back to the customer", due_at=NOW - timedelta(hours=2))
    file = a_file(
        a_case(id=1, status=Status.OPEN, owner="ana", company_resolved_on=date(2026, 11, 14)), promises=(promise,)
    )
    header = joined(header_lines(file, NOW, 120))
    assert "! OVERDUE 2h: promise: get back to the customer" in header
    assert "Company resolved on: Sat 14 Nov 2026 · Customer confirmed on: not yet" in header
    assert "open · owner ana" in header


def test_the_header_names_what_is_missing_and_what_needs_care() -> None:
    case = a_case(id=1, priority=Priority.URGENT, likely_to_leave=True, still_angry=True, reopened_count=2)
    header = joined(header_lines(a_file(case), NOW, 200))
    assert "URGENT · LIKELY TO LEAVE · STILL ANGRY · REOPENED 2 times · first contact" in header
    assert "Missing: customer's words, category, when it happened, remedy wanted, account" in header
    assert "owner NOBODY" in header


def test_an_alert_that_is_long_takes_a_second_line_and_no_more() -> None:
    standing = an_escalation(reason="word " * 500)
    lines = [line.text for line in header_lines(a_file(escalations=(standing,)), NOW, 60)]
    (at,) = [number for number, line in enumerate(lines) if line.startswith("! ESCALATED to supervisor")]
    assert lines[at + 1].startswith("  word word")
    assert lines[at + 1].endswith("…")
    assert not lines[at + 2].startswith("  ")
    assert all(len(line) <= 60 for line in lines)


def test_what_is_missing_fits_a_narrow_terminal() -> None:
    assert " account" in next(line.text for line in header_lines(a_file(), NOW, 79) if "Missing" in line.text)


def test_the_header_counts_how_often_the_customer_had_to_ask() -> None:
    asked = a_call(id=1, purpose=CallPurpose.STATUS)
    assert "Customer had to ask 2 times" in joined(header_lines(a_file(calls=(asked, asked)), NOW, 80))
    assert "Customer never had to ask" in joined(header_lines(a_file(), NOW, 80))


def test_a_case_that_closed_late_stays_late() -> None:
    case = a_case(
        id=1,
        status=Status.CLOSED,
        outcome=Outcome.UNCONFIRMED,
        resolve_by=NOW - timedelta(days=3),
        resolved_at=NOW,
        closed_at=NOW,
    )
    header = joined(header_lines(a_file(case), NOW + timedelta(days=30), 80))
    assert "Closed: unconfirmed." in header
    assert "! Was late: resolve by 3d" in header


def test_a_confirmed_case_names_the_call_that_proves_it() -> None:
    case = a_case(
        id=1,
        status=Status.CLOSED,
        outcome=Outcome.CONFIRMED,
        customer_confirmed_on=date(2026, 11, 14),
        confirming_call_id=7,
    )
    call = a_call(id=7, at=NOW - timedelta(days=4))
    assert closed_text(case, [call], NOW) == "Closed: confirmed Sat 14 Nov 2026 by the call of Sat 14 Nov 2026."


def test_open_work_stands_in_the_order_of_its_due_times() -> None:
    late = an_action(id=1, what="visit", due_at=NOW - timedelta(days=1))
    soon = a_promise(id=1, what="call", due_at=NOW + timedelta(hours=1))
    some_day = an_action(id=2, what="think")
    done = an_action(id=3, done_on=TODAY)
    offered, declined = a_remedy(id=1), a_remedy(id=2, chosen=False)
    file = a_file(actions=(some_day, late, done), promises=(soon,), remedies=(offered, declined))
    assert work_items(file) == [late, soon, some_day, offered]
    assert work_line(late, NOW, 80).text.startswith("action   ! OVERDUE 1d")
    assert cell_len(work_line(late, NOW, 40).text) <= 40


def test_an_entry_tells_when_it_was_entered_only_where_that_differs() -> None:
    at_once = an_entry(id=1, summary="Note", entered_at=NOW + timedelta(seconds=20))
    later = an_entry(id=2, summary="Note", occurred_at=NOW - timedelta(days=1))
    (_, first), (_, second) = timeline_blocks([at_once, later], NOW, 80)
    assert texts(first) == ["Wed 18 Nov 12:00  ana  Note"]
    assert texts(second) == ["Tue 17 Nov 12:00  ana  Note (entered Wed 18 Nov 12:00)"]


def test_a_long_text_is_shown_in_pieces_and_read_whole() -> None:
    entry = an_entry(id=1, body="\n".join(f"line {number}" for number in range(400)))
    ((_, lines),) = timeline_blocks([entry], NOW, 80)
    assert texts(lines)[1:] == ["    line 0", "    line 1", "    line 2", "    … about 397 more lines"]
    assert texts(whole_entry(entry, [entry], NOW, 80))[-1] == "line 399"


def test_a_correction_is_read_at_the_entry_and_as_an_entry() -> None:
    entry = an_entry(
        id=1, body="It was Monday", occurred_at=NOW - timedelta(days=1), entered_at=NOW - timedelta(days=1)
    )
    correction = an_entry(id=2, summary="Correction: Note", body="It was Sunday", corrects=1)
    (_, first), (_, second) = timeline_blocks([entry, correction], NOW, 80)
    assert "    It was Monday" in texts(first)
    assert "    CORRECTED Wed 18 Nov 12:00 ana: It was Sunday" in texts(first)
    assert "corrects the entry of Tue 17 Nov 12:00" in joined(second)
    assert "It was Monday" in texts(whole_entry(correction, [entry, correction], NOW, 80))


def test_changes_show_old_and_new_in_words() -> None:
    changes = {
        "owner": ("", "ana"),
        "resolve_by": ("2026-11-20T16:00:00+00:00", "2026-11-23"),
        "public": ("False", "True"),
    }
    ((_, lines),) = timeline_blocks([an_entry(id=1, changes=changes)], NOW, 80)
    assert texts(lines)[1:] == [
        "    owner: nothing → ana",
        "    resolve by: Fri 20 Nov 16:00 → Mon 23 Nov 2026",
        "    public: no → yes",
    ]


def test_many_changes_are_counted() -> None:
    entry = an_entry(id=1, changes={f"field_{number}": ("", "x") for number in range(9)})
    ((_, lines),) = timeline_blocks([entry], NOW, 80)
    assert texts(lines)[-1] == "    … 6 more changes"
    assert "field 8: nothing → x" in texts(whole_entry(entry, [entry], NOW, 80))


def test_a_long_changed_text_is_read_whole_before_and_after() -> None:
    old, new = "It was a Monday. " * 10, "It was a Sunday.\nI am sure."
    entry = an_entry(id=1, changes={"details": (old, new)})
    ((_, lines),) = timeline_blocks([entry], NOW, 80)
    assert len(lines) == 2
    read = texts(whole_entry(entry, [entry], NOW, 80))
    assert " ".join(" ".join(read).split()).count("It was a Monday.") == 10
    assert "    I am sure." in read


def test_the_card_asks_for_a_promise_where_there_is_none() -> None:
    card = StatusCard("We are on it.", None, None, "", 1, "Which model?")
    assert texts(card_lines(card, NOW, 70)) == [
        "Say this now",
        "  We are on it.",
        "Promised",
        "  nothing yet: agree on a day to get back to the customer",
        "Your contact",
        "  nobody yet",
        "Had to ask",
        "  1 time before this call",
        "Ask the customer",
        "  Which model?",
    ]


@pytest.mark.parametrize(("width", "beside"), [(80, False), (160, True)])
def test_what_customer_and_employee_said_stand_together(width: int, beside: bool) -> None:
    said = an_entry(id=1, kind=EntryKind.STATEMENT, summary="Employee's statement", body="I was not there")
    found = an_entry(id=2, kind=EntryKind.FINDING, summary="Finding", body="The door was open")
    file = a_file(a_case(id=1, words="He shouted"), entries=(said, found))
    lines = texts(statement_lines(file, NOW, width))
    facts = lines.index("Facts that were found")
    assert [line.strip() for line in lines[facts + 1 : facts + 3]] == [
        "Wed 18 Nov 12:00, Finding, taken down by ana",
        "The door was open",
    ]
    assert any("The employee's statement" in line for line in lines[:facts])
    assert any("He shouted" in line for line in lines)
    assert any("The customer's words" in line and "The employee's statement" in line for line in lines) is beside
    assert any("I was not there" in line for line in lines)


def test_the_steps_say_without_colour_what_is_missing() -> None:
    file = a_file(a_case(id=1, resolution="Sent a new one", company_resolved_on=TODAY))
    found = blockers(file.closing_facts, Outcome.CONFIRMED)
    assert step_line(Step.DECISION, found, 80) == "1 done | [2 justified or not: 3 missing] | 3 ! 2 | 4 ! 3 | 5 not yet"
    assert first_unfinished(file.closing_facts) is Step.DECISION


def test_the_customers_date_begins_empty_and_the_companys_with_today() -> None:
    case = a_case(id=1)
    assert step_values(case, Step.RESOLUTION, TODAY)["company_resolved_on"] == TODAY
    resolved = replace(case, company_resolved_on=TODAY)
    assert step_values(resolved, Step.CONFIRMATION, TODAY)["customer_confirmed_on"] is None


@pytest.mark.parametrize("step", list(Step))
def test_every_field_of_a_step_that_keeps_something_begins_with_what_is_stored(step: Step) -> None:
    names = {field.name for field in step_fields(a_file(calls=(a_call(id=1),)), step, [], NOW)}
    assert names == set(step_values(a_case(id=1), step, TODAY))


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({}, None),
        ({"company_resolved_on": TODAY}, None),
        ({"customer_confirmed_on": TODAY, "mood": Mood.SATISFIED}, Outcome.CONFIRMED),
        ({"unconfirmed_because": "moved away"}, Outcome.UNCONFIRMED),
    ],
)
def test_an_outcome_is_suggested_only_by_what_is_stored(fields: dict[str, Any], outcome: Outcome | None) -> None:
    assert suggested_outcome(a_case(id=1, **fields)) is outcome


def test_the_review_names_every_blocker_before_the_facts() -> None:
    file = a_file(promises=(a_promise(id=4),), actions=(an_action(id=1, track=Track.PROCESS, what="check the stock"),))
    found = blockers(file.closing_facts, Outcome.UNCONFIRMED)
    blocks = review_blocks(file, found, NOW, 80, key_of)
    assert [key for key, _ in blocks[: len(found)]] == [("blocker", number) for number in range(len(found))]
    shown = "\n".join(joined(list(lines)) for _, lines in blocks)
    assert all(blocker.sentence[:40] in shown.replace("\n", " ") for blocker in found)
    assert "check the stock" in shown


def test_attempts_are_counted_against_what_is_asked() -> None:
    assert "0 of 3" in joined(step_notes(a_file(), Step.CONFIRMATION, NOW, 80))
