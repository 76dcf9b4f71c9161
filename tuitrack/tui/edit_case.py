"""The form in which an agent changes what a case says; only what was changed is sent, against the version seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.words import SEEDED_CATEGORIES, CaseKind, Channel, Priority
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.case_forms import SeenCase
from tuitrack.tui.fields import (
    ChoiceField,
    DayField,
    Field,
    MoneyField,
    SuggestField,
    TextField,
    WhenField,
    YesNoField,
    words,
)
from tuitrack.tui.form import FormScreen, form_of_case


def edit_form(
    services: Services, backstage: Backstage, file: CaseFile, categories: Sequence[str] = SEEDED_CATEGORIES
) -> FormScreen[Case]:
    """Change fields of the case; `categories` are offered while a category is typed."""
    case, desk = file.case, services.desk
    seen = SeenCase(services, backstage, case)
    fields = _fields(categories)
    opened = {field.name: field.read(field.show(getattr(case, field.name), desk), desk) for field in fields}

    async def save(values: dict[str, Any]) -> Case:
        changed = {name: value for name, value in values.items() if value != opened[name]}
        if not changed:
            raise Refusal("Nothing was changed yet.")
        return await seen.write(services.casework.edit, changed)

    initial = {field.name: getattr(case, field.name) for field in fields}
    return form_of_case(services, backstage, file, "edit", "Edit", fields, save, initial=initial)


def _fields(categories: Sequence[str]) -> list[Field]:
    """What may be changed, in the order in which it is asked for most."""
    return [
        Field("subject", "Subject", required=True),
        ChoiceField("kind", "Kind", choices=words(CaseKind), required=True),
        SuggestField("category", "Category", suggestions=categories),
        Field("sub_category", "Sub-category"),
        Field("product", "Product"),
        Field("remedy_wanted", "Remedy wanted"),
        MoneyField("amount_asked", "Amount asked"),
        ChoiceField("priority", "Priority", choices=words(Priority), required=True),
        YesNoField("likely_to_leave", "Likely to leave", required=True),
        YesNoField("contact_wanted", "Contact wanted", required=True),
        Field("contact", "Contact named", hint="if it is not the owner"),
        Field("department", "Department"),
        WhenField("resolve_by", "Resolve by"),
        TextField("words", "Customer's words", section="What was said"),
        TextField("details", "Details", rows=3),
        TextField("further_issues", "Further issues", rows=2),
        TextField("to_clarify", "To clarify", rows=2),
        DayField("occurred_on", "Happened on", section="When and how"),
        WhenField("received_at", "Received", prefer="past", required=True),
        Field("received_by", "Received by", required=True),
        ChoiceField("channel", "Channel", choices=words(Channel), required=True),
        Field("source", "Noticed where"),
        Field("employee_concerned", "Employee concerned"),
        Field("tags", "Tags"),
        YesNoField("public", "Said in public", required=True),
        Field("help_offered", "Help offered"),
    ]
