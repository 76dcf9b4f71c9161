"""What is asked when a case is taken, and how the answers become a customer and a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tuitrack.domain.people import Customer
from tuitrack.domain.spoken_time import say_when
from tuitrack.domain.words import CaseKind, Channel, CustomerKind, Priority
from tuitrack.services.customers import CustomerService
from tuitrack.services.desk import Desk
from tuitrack.tui.fields import (
    ChoiceField,
    DayField,
    Field,
    MoneyField,
    PhonesField,
    SuggestField,
    TextField,
    WhenField,
    YesNoField,
    words,
)

if TYPE_CHECKING:
    from tuitrack.domain.office_hours import OfficeHours

CUSTOMER_FIELDS = {
    "name": "name",
    "phones": "phones",
    "account": "account",
    "email": "email",
    "customer_kind": "kind",
    "language": "language",
    "no_contact_reason": "no_contact_reason",
}
"""The fields of the form that describe the customer, with their names in a customer."""

FIND_BY = frozenset({"name", "phones", "account"})
"""The fields by which a known customer is found while one types."""


def intake_fields(categories: Sequence[str], agents: Sequence[str], hours: OfficeHours | None = None) -> list[Field]:
    """What is asked: the few needed answers first, then listen, record, resolve; `hours` are when somebody works."""
    return [*_needed(hours), *_listened(), *_recorded(categories, agents), *_resolved()]


def intake_values(desk: Desk) -> dict[str, Any]:
    """What the form holds before anything is typed."""
    return {
        "customer_kind": CustomerKind.PERSON,
        "kind": CaseKind.COMPLAINT,
        "channel": Channel.PHONE,
        "public": False,
        "received_at": desk.now(),
        "received_by": desk.agent,
        "owner": desk.agent,
        "priority": Priority.NORMAL,
        "likely_to_leave": False,
        "contact_wanted": False,
        "recording_told": desk.settings.recording_announced,
    }


def texts_of(customer: Customer, fields: Sequence[Field], desk: Desk) -> dict[str, str]:
    """The texts of the fields that describe a known customer."""
    by_name = {field.name: field for field in fields}
    return {name: by_name[name].show(getattr(customer, known_as), desk) for name, known_as in CUSTOMER_FIELDS.items()}


def customer_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says about the customer, by the names of a customer's fields."""
    return {known_as: values[name] for name, known_as in CUSTOMER_FIELDS.items()}


def case_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says about the case."""
    return {name: value for name, value in values.items() if name not in CUSTOMER_FIELDS}


def with_news(customers: CustomerService, known: Customer, values: Mapping[str, Any]) -> Customer:
    """The known customer as stored, after what the form says anew about them; raises Refusal."""
    described = customer_values(values)
    if all(getattr(known, name) == value for name, value in described.items()):
        return known
    return customers.edit(known, {"address": known.address, **described})


def agreed(values: Mapping[str, Any], now: datetime) -> str:
    """What was agreed with the customer, to say it once more; `now` in the office's zone."""
    if values["resolution"]:
        return "Resolved in this call; ask on a later day whether it is."
    if values["return_at"] is not None:
        return f"We get back to the customer: {say_when(values['return_at'], now)}"
    return f"No date for getting back: {values['no_return_reason']}"


def numbers_told(values: Mapping[str, Any], desk: Desk) -> str:
    """The customer's phone numbers to read back, as they are dialled from anywhere; empty where there is none."""
    numbers = ", ".join(desk.dialled(number) or number for number in values["phones"])
    return f"Their number, to read back: {numbers}" if numbers else ""


def _needed(hours: OfficeHours | None) -> list[Field]:
    return [
        Field("name", "Customer", required=True, hint="name, phone or account"),
        PhonesField("phones", "Phone", hint="one is enough"),
        Field("subject", "Subject", required=True),
        WhenField("return_at", "Back to customer by", hint="agreed: fri 14:30, +3d", hours=hours),
        Field("no_return_reason", "or no date, because"),
    ]


def _listened() -> list[Field]:
    return [
        TextField("words", "Customer's words", rows=3, section="1 Listen"),
        TextField("further_issues", "Anything else?", rows=2),
        Field("remedy_wanted", "Remedy wanted"),
        MoneyField("amount_asked", "Amount asked"),
    ]


def _recorded(categories: Sequence[str], agents: Sequence[str]) -> list[Field]:
    return [
        SuggestField("category", "Category", suggestions=categories, section="2 Record"),
        Field("product", "Product"),
        TextField("details", "Details", rows=3),
        DayField("occurred_on", "Happened on"),
        ChoiceField("kind", "Kind", choices=words(CaseKind), required=True),
        ChoiceField("priority", "Priority", choices=words(Priority), required=True),
        YesNoField("likely_to_leave", "Likely to leave", required=True),
        YesNoField("recording_told", "Told it is recorded", required=True),
        TextField("to_clarify", "Still to clarify", rows=2),
        Field("account", "Account"),
        Field("email", "E-mail"),
        ChoiceField("customer_kind", "Customer is a", choices=words(CustomerKind), required=True),
        Field("language", "Language", hint="two letters: hr, sl, ru, fa"),
        Field("no_contact_reason", "Unreachable because"),
        YesNoField("contact_wanted", "Contact wanted", required=True),
        ChoiceField("channel", "Channel", choices=words(Channel), required=True),
        YesNoField("public", "Said in public", required=True),
        Field("post_link", "Link to the post"),
        Field("source", "Noticed where", hint="if not from the customer"),
        Field("employee_concerned", "Employee concerned"),
        WhenField("received_at", "Received", prefer="past", required=True, always_kept=True),
        SuggestField("received_by", "Received by", suggestions=agents),
        SuggestField("owner", "Owner", suggestions=agents),
        Field("department", "Department"),
        Field("tags", "Tags"),
    ]


def _resolved() -> list[Field]:
    return [
        TextField("resolution", "What was done", rows=3, section="3 Resolve at once, if it can be"),
        DayField("company_resolved_on", "Resolved on", hint="today"),
    ]
