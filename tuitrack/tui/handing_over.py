"""The way of a handover: whom it goes to, what goes, and the small forms beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tuitrack.domain.handover import HandoverItem, Outstanding
from tuitrack.services.bundle import Services
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import Field, SuggestField, TextField, WhenField
from tuitrack.tui.form import FormScreen
from tuitrack.tui.form_below import FormBelow
from tuitrack.tui.parcel import Parcel
from tuitrack.tui.screens.handing_over import KEPT_AS, HandingOverScreen

if TYPE_CHECKING:
    from tuitrack.tui.screens.handover import HandoverScreen


async def hand_over(screen: HandoverScreen) -> None:
    """Ask to whom and until when, let the proposal be looked through, and send it; call it from a worker."""
    desk, backstage, services = screen.desk, screen.backstage, screen.services

    async def propose(values: dict[str, Any]) -> HandingOverScreen:
        proposed = await backstage.read(services.handovers.propose, values)
        kept = await backstage.read(services.drafts.find, KEPT_AS)
        return HandingOverScreen(services, values, Parcel(proposed, kept.values if kept else {}))

    with desk.hold_keys():
        agents = await backstage.read(services.casefile.agents)
        until = await backstage.read(services.handovers.until)
        others = [agent.handle for agent in agents if agent.handle != services.desk.agent]
        fields = [
            SuggestField("receiver", "To", required=True, suggestions=others),
            WhenField("until", "Next shift until", required=True),
            TextField("note", "Note", rows=3),
        ]
        title = "Hand over to the next shift; what goes is listed next"
        form = FormBelow(
            title,
            fields,
            propose,
            services=services,
            backstage=backstage,
            draft_key="handover",
            initial={"until": until},
        )
        sent = desk.push_screen(form, wait_for_dismiss=True)
    if (told := await sent) is not None:
        await screen.reload(told)


def decline_form(services: Services, backstage: Backstage, item: HandoverItem) -> FormScreen[HandoverItem]:
    """Ask why an item is not accepted."""

    async def save(values: dict[str, Any]) -> HandoverItem:
        return await backstage.write(services.handovers.decline, item.id, values["because"])

    fields = [Field("because", "Because", required=True)]
    return FormScreen(f"Decline: {item.what}", fields, save, services=services, backstage=backstage)


def note_form(services: Services, backstage: Backstage, one: Outstanding, note: str) -> FormScreen[str]:
    """Ask what is to be said to an item."""

    async def save(values: dict[str, Any]) -> str:
        return str(values["note"])

    return FormScreen(
        f"Note to: {one.what}",
        [Field("note", "Note", hint="may stay empty")],
        save,
        services=services,
        backstage=backstage,
        draft_key=f"handover-note-{one.kind}-{one.record_id or ''}" + (f":{one.case_id}" if one.case_id else ""),
        initial={"note": note},
    )
