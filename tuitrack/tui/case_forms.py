"""The forms of a case that give it to somebody, move it, open it again, or change its customer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from tuitrack.domain.case import Case
from tuitrack.domain.clocks import PAUSED_BY_HAND
from tuitrack.domain.errors import Conflict
from tuitrack.domain.people import Agent, Customer
from tuitrack.domain.procedure import ProcedureStep, Tick
from tuitrack.domain.status import MOVES
from tuitrack.domain.words import CustomerKind, Status
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.fields import ChoiceField, Field, PhonesField, SuggestField, TextField, words
from tuitrack.tui.form import FormScreen

T = TypeVar("T")


class SeenCase:
    """The version of a case that a person has before their eyes.

    What others changed meanwhile goes together with a save, or the save is refused with what they changed; having seen
    that, the person saves against the newer version, where there is still something to save.
    """

    def __init__(self, services: Services, backstage: Backstage, case: Case) -> None:
        self.services = services
        self.backstage = backstage
        self.case = case

    async def write(self, change: Callable[..., T], *args: Any) -> T:
        """Make a change that takes `seen`; raises Conflict where it does not go together with what others did."""
        try:
            return await self.backstage.write(change, self.case.id, *args, seen=self.case.version)
        except Conflict as conflict:
            if not conflict.is_settled:
                self.case = (await self.backstage.read(self.services.casefile.open, self.case.id)).case
            raise


def assign_form(services: Services, backstage: Backstage, file: CaseFile, agents: Sequence[Agent]) -> FormScreen[Case]:
    """Give the case to another agent, or to nobody."""
    case = file.case
    seen = SeenCase(services, backstage, case)

    async def save(values: dict[str, Any]) -> Case:
        assign = services.casework.assign
        return await seen.write(lambda case_id, seen: assign(case_id, values["owner"] or None, seen, values["reason"]))

    handles = [agent.handle for agent in agents]
    owner = SuggestField("owner", "New owner", suggestions=handles, hint="empty: nobody")
    title = f"Hand over {case.reference}, owner now {case.owner or 'nobody'}"
    is_theirs = case.owner not in (None, services.desk.agent)
    reason = Field("reason", "Because", required=is_theirs, hint="" if is_theirs else "may stay empty")
    return FormScreen(title, [owner, reason], save, services=services, backstage=backstage)


def take_form(services: Services, backstage: Backstage, file: CaseFile) -> FormScreen[Case]:
    """Take the case from the colleague who owns it."""
    case = file.case
    seen = SeenCase(services, backstage, case)

    async def save(values: dict[str, Any]) -> Case:
        take = services.casework.take
        return await seen.write(lambda case_id, seen: take(case_id, seen, values["reason"]))

    title = f"{case.owner} owns {case.reference}. Become the owner in their place?"
    return FormScreen(title, [Field("reason", "Because", required=True)], save, services=services, backstage=backstage)


def movable(case: Case) -> list[Status]:
    """The statuses an agent may give the case by hand; resolving and closing have steps of their own."""
    return [status for status in Status if status in MOVES[case.status] - {Status.RESOLVED, Status.CLOSED}]


def move_form(services: Services, backstage: Backstage, file: CaseFile, note: str) -> FormScreen[Case]:
    """Move the case to another working status; `note` says beforehand what follows from it."""
    case = file.case
    seen = SeenCase(services, backstage, case)

    async def save(values: dict[str, Any]) -> Case:
        move = services.casework.move
        return await seen.write(lambda case_id, seen: move(case_id, values["status"], seen, values["reason"]))

    fields = [
        ChoiceField("status", "Status", choices=words(movable(case)), required=True),
        Field("reason", "Because", hint="may stay empty"),
    ]
    title = f"Status of {case.reference}, now {case.status.label}"
    return FormScreen(
        title, fields, save, services=services, backstage=backstage, draft_key=f"move:{case.id}", note_above=note
    )


def pause_form(services: Services, backstage: Backstage, file: CaseFile) -> FormScreen[Case]:
    """Let clocks of the case stand still."""
    case = file.case
    seen = SeenCase(services, backstage, case)

    async def save(values: dict[str, Any]) -> Case:
        return await seen.write(lambda case_id, seen: services.casework.pause(case_id, values, seen))

    fields = [
        ChoiceField("reason", "Reason", choices=words(PAUSED_BY_HAND), required=True),
        Field("note", "Because", hint="may stay empty"),
    ]
    title = f"Pause {case.reference}"
    return FormScreen(title, fields, save, services=services, backstage=backstage, draft_key=f"pause:{case.id}")


def late_form(
    services: Services, backstage: Backstage, file: CaseFile, clock: int | None = None, note: str = ""
) -> FormScreen[Case]:
    """Say why a clock of the case was missed: `clock` where the form asks about one, and says so in `note`."""
    case = file.case
    seen = SeenCase(services, backstage, case)

    async def save(values: dict[str, Any]) -> Case:
        return await seen.write(lambda case_id, seen: services.casework.explain_late(case_id, values, seen))

    missed = {clock.record_id: clock.kind.label for clock in file.unexplained(services.desk.now())}
    fields = [
        ChoiceField("clock", "What was late", choices=missed, required=True),
        Field("because", "Because", required=True),
    ]
    title = f"Why {case.reference} was late"
    return FormScreen(
        title,
        fields,
        save,
        services=services,
        backstage=backstage,
        draft_key=f"late:{case.id}",
        initial={"clock": clock},
        note_above=note,
    )


def reopen_form(services: Services, backstage: Backstage, file: CaseFile) -> FormScreen[Case]:
    """Open a closed or resolved case again, with a reason."""
    case = file.case
    seen = SeenCase(services, backstage, case)

    async def save(values: dict[str, Any]) -> Case:
        return await seen.write(services.closure.reopen, values["reason"])

    fields = [TextField("reason", "Reason", required=True, rows=3, hint="why it is opened again")]
    title = f"Reopen {case.reference}: the company's and the customer's dates are asked anew"
    return FormScreen(title, fields, save, services=services, backstage=backstage, draft_key=f"reopen:{case.id}")


def skip_form(services: Services, backstage: Backstage, file: CaseFile, step: ProcedureStep) -> FormScreen[Tick]:
    """Say why a step of the procedure is left out."""

    async def save(values: dict[str, Any]) -> Tick:
        return await backstage.write(services.procedure.skip, file.case.id, step.id, values["because"])

    title = f"Skip the step {step.title} of {file.case.reference}"
    return _step_form(services, backstage, file, step, title, save)


def open_step_form(services: Services, backstage: Backstage, file: CaseFile, step: ProcedureStep) -> FormScreen[bool]:
    """Say why a step of the procedure is open after all."""

    async def save(values: dict[str, Any]) -> bool:
        await backstage.write(services.procedure.open_again, file.case.id, step.id, values["because"])
        return True

    title = f"Open the step {step.title} of {file.case.reference} again"
    return _step_form(services, backstage, file, step, title, save)


def _step_form(
    services: Services,
    backstage: Backstage,
    file: CaseFile,
    step: ProcedureStep,
    title: str,
    save: Callable[[dict[str, Any]], Awaitable[T]],
) -> FormScreen[T]:
    fields = [Field("because", "Because", required=True)]
    key = f"step {step.id}:{file.case.id}"
    return FormScreen(title, fields, save, services=services, backstage=backstage, draft_key=key)


def customer_form(services: Services, backstage: Backstage, customer: Customer) -> FormScreen[Customer]:
    """Change how a customer is named and reached."""
    seen = customer

    async def save(values: dict[str, Any]) -> Customer:
        nonlocal seen
        try:
            return await backstage.write(services.customers.edit, seen, values)
        except Conflict:
            seen = (await backstage.read(services.customers.open, customer.id)).customer
            raise

    fields = [
        Field("name", "Name", required=True),
        ChoiceField("kind", "Kind", choices=words(CustomerKind), required=True),
        Field("account", "Account"),
        PhonesField("phones", "Phones", hint="separated by commas"),
        Field("email", "E-mail"),
        Field("address", "Address"),
        Field("language", "Language"),
        Field("no_contact_reason", "Not reachable, because"),
    ]
    initial = {field.name: getattr(customer, field.name) for field in fields}
    return FormScreen(
        f"Customer {customer.name}",
        fields,
        save,
        services=services,
        backstage=backstage,
        draft_key=f"customer:{customer.id}",
        initial=initial,
    )
