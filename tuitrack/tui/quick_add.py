"""The small forms over a case: a call, an action, a promise, a note, and what became of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tuitrack.domain.errors import Refusal
from tuitrack.domain.inquiries import INQUIRIES
from tuitrack.domain.timeline import Action, Call, Entry, Promise
from tuitrack.domain.words import (
    NOTE_KINDS,
    ActionKind,
    CallPurpose,
    CallResult,
    Channel,
    Direction,
    EntryKind,
    PromiseOutcome,
    Track,
)
from tuitrack.services.bundle import Services
from tuitrack.services.casefile import CaseFile
from tuitrack.services.work_items import Anew
from tuitrack.tui.backstage import Backstage
from tuitrack.tui.case_forms import SeenCase
from tuitrack.tui.fields import (
    ChoiceField,
    DayField,
    Field,
    SuggestField,
    TextField,
    WhenField,
    YesNoField,
    words,
)
from tuitrack.tui.form import FormScreen, form_of_case
from tuitrack.tui.present_entry import call_choices

if TYPE_CHECKING:
    from tuitrack.domain.office_hours import OfficeHours

CALLS_OFFERED = 4
"""How many of the latest calls are offered as the one in which the customer heard of something."""
TOLD_ABOVE = 4
"""Lines of what is to be clarified that are shown above a call's note."""


def call_form(
    services: Services,
    backstage: Backstage,
    file: CaseFile,
    direction: Direction,
    purpose: CallPurpose | None = None,
) -> FormScreen[Call]:
    """Log a call; one from the customer starts in the note as a status check that reached us, which it mostly is."""
    case, inbound = file.case, direction is Direction.INBOUND
    if inbound:
        purpose, focus = purpose or CallPurpose.STATUS, "note"
    else:
        focus = "result" if purpose else "purpose"

    async def save(values: dict[str, Any]) -> Call:
        if values["to_clarify"] == case.to_clarify:
            values["to_clarify"] = None
        call = {"direction": direction, **values}
        return await backstage.write(services.casework.log_call, case.id, call)

    questions = case.to_clarify.splitlines()
    fields = [
        ChoiceField("purpose", "Purpose", choices=words(CallPurpose), required=True),
        ChoiceField("result", "Result", choices=words(CallResult), required=True),
        YesNoField("recording_told", "Told it is recorded", required=True),
        TextField("note", "What was said"),
        TextField("to_clarify", "Still to clarify", rows=2),
        Field("suggestion", "They suggest", hint="an idea of the customer's"),
        YesNoField("reference_given", "Reference given", required=True),
        WhenField("at", "Called", prefer="past", hint="now; or 9:30, yesterday 16:00"),
    ]
    return form_of_case(
        services,
        backstage,
        file,
        "call_in" if inbound else "call_out",
        "Call from the customer" if inbound else "Call to the customer",
        fields,
        save,
        initial={
            "purpose": purpose,
            "result": CallResult.REACHED if inbound else None,
            "recording_told": services.desk.settings.recording_announced,
            "reference_given": False,
            "to_clarify": case.to_clarify,
        },
        focus=focus,
        note_above="\n".join(f"Ask: {question}" for question in questions[:TOLD_ABOVE]),
    )


def action_form(
    services: Services, backstage: Backstage, file: CaseFile, assignees: Sequence[str] = ()
) -> FormScreen[Action]:
    """Ask for something to be done."""

    async def save(values: dict[str, Any]) -> Action:
        return await backstage.write(services.items.add_action, file.case.id, values)

    me = services.desk.agent
    fields = [
        Field("what", "What is to be done", required=True),
        WhenField("due_at", "Due"),
        ChoiceField(
            "track", "For", choices={Track.CUSTOMER: "this customer", Track.PROCESS: "the process"}, required=True
        ),
        ChoiceField("kind", "Kind", choices=words(ActionKind), required=True),
        SuggestField("assignee", "Who", suggestions=assignees, hint=f"empty: {me}"),
        DayField("requested_on", "Requested on", hint="today"),
        DayField("done_on", "Done on", hint="empty: not yet"),
    ]
    return form_of_case(
        services,
        backstage,
        file,
        "action",
        "Action",
        fields,
        save,
        initial={"track": Track.CUSTOMER, "kind": ActionKind.OTHER},
    )


def promise_form(
    services: Services, backstage: Backstage, file: CaseFile, hours: OfficeHours | None = None
) -> FormScreen[Promise]:
    """Record what the customer was promised and by when; `hours` point out when nobody will be there to keep it."""

    async def save(values: dict[str, Any]) -> Promise:
        return await backstage.write(services.items.add_promise, file.case.id, values)

    fields = [
        Field("what", "What was promised", required=True),
        WhenField("due_at", "By when", required=True, hours=hours),
        Field("to", "To", hint=f"empty: {file.customer.name}"),
        Field("by", "By", hint=f"empty: {services.desk.agent}"),
    ]
    return form_of_case(services, backstage, file, "promise", "Promise", fields, save)


def note_form(
    services: Services, backstage: Backstage, file: CaseFile, kind: EntryKind = EntryKind.NOTE
) -> FormScreen[bool]:
    """Write something down: a note, a finding, what the customer or an employee said, a letter, a public post."""

    async def save(values: dict[str, Any]) -> bool:
        await backstage.write(services.casework.add_note, file.case.id, values)
        return True

    fields = [
        TextField("text", "Text", required=True, rows=5),
        ChoiceField("kind", "Kind", choices=words(NOTE_KINDS), required=True),
        ChoiceField("channel", "Channel", choices=words(Channel)),
        YesNoField("public", "Seen in public", required=True),
        Field("by", "Said or written by", hint=f"empty: {services.desk.agent}"),
        WhenField("occurred_at", "Happened", prefer="past", hint="now; or yesterday 16:00"),
    ]
    return form_of_case(
        services, backstage, file, "note", "Note", fields, save, initial={"kind": kind, "public": False}
    )


def done_form(services: Services, backstage: Backstage, file: CaseFile, action: Action) -> FormScreen[Action]:
    """Say that an action was done, today or on an earlier day; of an inquiry, what the answer is."""
    words = INQUIRIES.get(action.kind)

    seen = SeenCase(services, backstage, file.case)

    async def save(values: dict[str, Any]) -> Action:
        return await seen.write(services.items.complete_action, action.id, values["done_on"], values["note"])

    fields = [
        DayField("done_on", words.answered if words else "Done on", required=True),
        TextField("note", words.answer if words else "What was done", rows=3, required=words is not None),
    ]
    initial = {"done_on": services.desk.today()}
    return form_of_case(
        services,
        backstage,
        file,
        f"done-{action.id}",
        f"{words.title if words else 'Done'}: {action.what}",
        fields,
        save,
        initial=initial,
        focus="note",
    )


def settle_form(
    services: Services,
    backstage: Backstage,
    file: CaseFile,
    promise: Promise,
    hours: OfficeHours | None = None,
) -> FormScreen[Promise]:
    """Say what became of a promise: kept, broken, or agreed anew with a reason, a new time and how the customer knows.

    `hours` point out a new time at which nobody will be there to keep it.
    """

    seen = SeenCase(services, backstage, file.case)

    async def save(values: dict[str, Any]) -> Promise:
        settle, due_at = services.items.settle_promise, values["new_due_at"]
        anew = Anew(due_at, values.get("call_id"), values["untold_because"]) if due_at else None
        return await seen.write(settle, promise.id, values["outcome"], values["note"], anew)

    fields = [
        ChoiceField("outcome", "The promise was", choices=words(PromiseOutcome), required=True),
        Field("note", "Because", hint="needed unless it was kept"),
        WhenField("new_due_at", "Agreed anew for", hint="fri 14:30, +3d", hours=hours, section="If renegotiated"),
    ]
    if calls := file.calls_reached[:CALLS_OFFERED]:
        choices = call_choices(calls, services.desk.now())
        fields.append(ChoiceField("call_id", "Told in the call", choices=choices))
    fields.append(Field("untold_because", "In no call, because"))
    return form_of_case(
        services,
        backstage,
        file,
        f"settle-{promise.id}",
        f"Promise: {promise.what}",
        fields,
        save,
        focus="outcome",
    )


def correct_form(services: Services, backstage: Backstage, file: CaseFile, entry: Entry) -> FormScreen[bool]:
    """Write how an entry of the timeline should read; the entry itself stays."""

    async def save(values: dict[str, Any]) -> bool:
        if values["text"] == entry.body.strip():
            raise Refusal("Correct text: it says the same as before; change it, or leave.", "text")
        correct = services.casework.correct
        await backstage.write(correct, file.case.id, entry.id, values["text"])
        return True

    fields = [TextField("text", "Correct text", required=True, rows=6)]
    return form_of_case(
        services,
        backstage,
        file,
        f"correct-{entry.id}",
        f"Correction of: {entry.summary}",
        fields,
        save,
        initial={"text": entry.body},
    )
