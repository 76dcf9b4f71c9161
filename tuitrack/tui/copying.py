"""Copying a reference or a summary to the clipboard of the person's own terminal, however far away it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.case import Case
from tuitrack.domain.due_words import standing_words
from tuitrack.domain.errors import Refusal
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import clean
from tuitrack.tui.lines import wrapped

if TYPE_CHECKING:
    from tuitrack.tui.app import TuitrackApp

NO_CASE = "Copy: there is no case under the cursor."
COPIED_MOST = 1_000
"""References copied at once; many terminals drop what is much longer."""


def copy_reference(desk: TuitrackApp, case: Case | CaseRow | None) -> None:
    """Copy the reference; the status line shows it, for not every terminal takes a copy."""
    if case is None:
        desk.warn(NO_CASE)
        return
    desk.copy_to_clipboard(case.reference)
    desk.say(f"Copied, if your terminal takes it: {case.reference}")


def copy_references(desk: TuitrackApp, references: Sequence[str]) -> None:
    """Copy many references, one on a line; raises Refusal where they are more than terminals take."""
    if len(references) > COPIED_MOST:
        raise Refusal(f"Copy: {COPIED_MOST:,} references at the most; an export holds any number of cases.")
    desk.copy_to_clipboard("\n".join(references))
    desk.say(f"Copied, if your terminal takes it: {len(references):,} references")


def copy_summary(desk: TuitrackApp, case: Case | CaseRow | None, customer_name: str, now: datetime) -> None:
    """Copy what the case is about and how it stands, and show the same to be marked by hand."""
    if case is None:
        desk.warn(NO_CASE)
        return
    from tuitrack.tui.screens.reader import ReaderScreen

    text = summary_text(case, customer_name, now)
    desk.copy_to_clipboard(text)
    desk.push_screen(ReaderScreen("Copied, if your terminal takes it", lambda width: wrapped(text, width)))


def summary_text(case: Case | CaseRow, customer_name: str, now: datetime) -> str:
    """A case in a few lines to paste elsewhere; `now` is in the office's zone."""
    due = standing_words(case.next_due_kind, case.next_due_at, now)
    standing = case.outcome.label if case.outcome else due
    company, customer = case.company_resolved_on, case.customer_confirmed_on
    lines = [
        f"{case.reference}  {case.subject}",
        f"Customer: {customer_name}",
        f"Status: {case.status.label}, {standing}",
        f"Owner: {case.owner or 'nobody'}",
        f"Received: {plain_day(case.received_at.astimezone(now.tzinfo).date())}",
        f"Company resolved on: {plain_day(company) if company else 'not yet'}",
        f"Customer confirmed on: {plain_day(customer) if customer else 'not yet'}",
    ]
    return "\n".join(clean(line, lines=False) for line in lines)
