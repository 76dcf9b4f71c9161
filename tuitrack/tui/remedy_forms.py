"""The forms of a remedy: what was offered, and a no to an offer that waits for approval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tuitrack.domain.timeline import Remedy
from tuitrack.domain.words import Delivery, RemedyKind
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.case_forms import SeenCase
from tuitrack.tui.fields import ChoiceField, DayField, Field, MoneyField, YesNoField, words
from tuitrack.tui.form import FormScreen, form_of_case

TOLD_ABOVE = 4
"""Lines of the offer guide that are shown above the fields."""


def remedy_form(
    services: Services, backstage: Backstage, file: CaseFile, guidance: Sequence[str] = (), *, option: bool = False
) -> FormScreen[Remedy]:
    """Record what was offered to put things right, as one of several options or by itself.

    `guidance` says what may be offered without asking.
    """

    async def save(values: dict[str, Any]) -> Remedy:
        return await backstage.write(services.remedies.offer, file.case.id, values)

    fields = [
        ChoiceField("kind", "Remedy", choices=words(RemedyKind), required=True),
        MoneyField("amount", "Amount", hint=services.desk.settings.currency),
        Field("what", "What exactly"),
        Field("code", "Code"),
        DayField("expires_on", "Code expires on", prefer="future"),
        ChoiceField("method", "Given how", choices=words(Delivery)),
        DayField("offered_on", "Offered on", hint="today"),
        ChoiceField("chosen", "Customer's answer", choices={True: "accepted", False: "declined"}),
        Field("approved_by", "Approved by"),
        DayField("delivered_on", "Delivered on", hint="empty: not yet"),
        YesNoField("option", "One of several", required=True),
    ]
    allowed = [f"Without asking: {line}" for line in guidance[:TOLD_ABOVE]]
    if len(guidance) > TOLD_ABOVE:
        allowed.append(f"and {len(guidance) - TOLD_ABOVE} more lines of the offer guide")
    name, title = ("option", "Option") if option else ("remedy", "Remedy")
    initial, above = {"option": option}, "\n".join(allowed)
    return form_of_case(services, backstage, file, name, title, fields, save, initial=initial, note_above=above)


def refuse_form(services: Services, backstage: Backstage, file: CaseFile, remedy: Remedy) -> FormScreen[Remedy]:
    """Say no to an offer that waits for approval: the customer does not want it, or it is not approved."""
    seen = SeenCase(services, backstage, file.case)

    async def save(values: dict[str, Any]) -> Remedy:
        if values["by_customer"]:
            return await seen.write(services.remedies.choose, remedy.id, False)
        return await seen.write(services.remedies.answer_approval, remedy.id, False, values["reason"])

    fields = [
        ChoiceField(
            "by_customer", "It is", choices={False: "not approved", True: "declined by the customer"}, required=True
        ),
        Field("reason", "Because", hint="needed where it is not approved"),
    ]
    title = f"No to: {remedy.summary}"
    return form_of_case(services, backstage, file, f"refuse-{remedy.id}", title, fields, save)
