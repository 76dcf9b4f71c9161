"""Customers: everything one customer ever came with, and changes of how to reach them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tuitrack.domain.errors import Refusal
from tuitrack.domain.people import Customer
from tuitrack.domain.permissions import Right
from tuitrack.domain.queue import CaseRow
from tuitrack.domain.timeline import Entry
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing


@dataclass(frozen=True, slots=True)
class CustomerFile:
    """A customer with all cases and the latest that happened in any of them."""

    customer: Customer
    numbers: tuple[str, ...]
    """The customer's phone numbers, to read and to dial."""
    cases: tuple[CaseRow, ...]
    entries: tuple[Entry, ...]
    """The latest timeline entries of all the cases, newest first."""


class CustomerService:
    """Reads and changes customers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def open(self, customer_id: int) -> CustomerFile:
        """Everything about a customer; raises NotFound."""
        with self._desk.store.reading() as reader:
            customer = reader.customer(customer_id)
            cases = tuple(reader.cases_of(customer_id, 200))
            entries = tuple(reader.customer_timeline(customer_id, 100))
        return CustomerFile(customer, self._desk.numbers(customer), cases, entries)

    def edit(self, seen: Customer, values: dict[str, Any]) -> Customer:
        """Change how a customer is named and reached, from the fields of `CustomerDraft`.

        `seen` is the customer as the person had it before their eyes; raises Refusal where somebody else changed it.
        """
        from tuitrack.domain.drafts.cases import CustomerDraft

        draft = CustomerDraft.accept(values)
        with writing(self._desk, Right.WORK_ON_CASES) as writer:
            if writer.customer(seen.id) != seen:
                raise Refusal("Customer: somebody changed this customer meanwhile. Look, then save again.", "name")
            fields = draft.model_dump()
            fields["phones"] = tuple(phone for phone in draft.phones if phone)
            changed = replace(seen, **fields)
            writer.replace(changed)
        return changed
