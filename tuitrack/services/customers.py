"""Customers: everything one customer ever came with, and changes of how to reach them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import Conflict, Contested
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

        `seen` is the customer as the person had it before their eyes; what they did not touch stays as others made it.
        Raises Conflict where others made something else of what they touched.
        """
        from tuitrack.domain.drafts.cases import CustomerDraft

        draft = CustomerDraft.accept(values)
        with writing(self._desk, Right.WORK_ON_CASES) as writer:
            stored = writer.customer(seen.id)
            fields = draft.model_dump()
            fields["phones"] = tuple(phone for phone in draft.phones if phone)
            touched = {name: value for name, value in fields.items() if value != getattr(seen, name)}
            theirs = {name: now for name in fields if (now := getattr(stored, name)) != getattr(seen, name)}
            if contested := [name for name in touched if name in theirs and touched[name] != theirs[name]]:
                raise _conflict(writer, stored, theirs, contested)
            changed = replace(stored, **touched)
            writer.replace(changed)
        return changed


def _conflict(reader: Reader, stored: Customer, theirs: Mapping[str, Any], contested: Sequence[str]) -> Conflict:
    """The refusal of a change that gives fields other values than somebody else gave them meanwhile."""
    latest = next(iter(reader.cases_of(stored.id, 1)), None)
    return Conflict(
        f"Customer: somebody changed {', '.join(name.replace('_', ' ') for name in contested)} meanwhile. "
        "Look, then save again.",
        (),
        theirs=theirs,
        contested=[Contested(name, theirs[name]) for name in contested],
        field=contested[0],
        case_id=latest.id if latest else None,
    )


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader
