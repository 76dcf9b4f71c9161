"""A customer as lines of text: how to reach them, their cases, and the latest that happened."""

from __future__ import annotations

from datetime import datetime

from rich.cells import cell_len

from tuitrack.domain.queue import CaseRow
from tuitrack.services.customers import CustomerFile
from tuitrack.tui.lines import Line, Tone, cut
from tuitrack.tui.present import fit, row_due, status_word
from tuitrack.tui.present_entry import head_text


def customer_lines(file: CustomerFile, width: int) -> list[Line]:
    """Everything known of a customer, one fact a line; what is missing is named where it matters."""
    customer = file.customer
    facts = [
        ("Kind", customer.kind.label),
        ("Account", customer.account or "none"),
        ("Phones", ", ".join(file.numbers) or "none"),
        ("E-mail", customer.email),
        ("Address", customer.address),
        ("Language", customer.language),
        ("Not reachable, because", customer.no_contact_reason),
    ]
    lines = [Line(cut(customer.name, width), Tone.STRONG)]
    return lines + [Line(cut(f"{title}: {value}", width)) for title, value in facts if value]


def case_line(row: CaseRow, now: datetime, width: int) -> Line:
    """One of the customer's cases."""
    due = row_due(row, now)
    columns = [(row.reference, 14), (due.text.strip(), 16), (status_word(row.status, row.outcome), 12)]
    told = "".join(f"{fit(text, cells - 1)} " for text, cells in [*columns, (row.owner or "nobody", 10)])
    return Line(told + cut(f"{row.kind.label}: {row.subject}", width - cell_len(told)), due.tone)


def customer_entry_blocks(file: CustomerFile, now: datetime, width: int) -> list[tuple[int, list[Line]]]:
    """The latest entries of all cases with the reference of each, newest first, one line each."""
    references = {row.id: row.reference for row in file.cases}
    return [
        (entry.id, [Line(cut(f"{references.get(entry.case_id, '')}  {head_text(entry, None, now)}", width))])
        for entry in file.entries
    ]
