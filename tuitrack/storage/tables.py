"""The tables, one for each kind of record; a column has the name of the field it keeps.

`migrations` makes them; a test proves that what it makes is exactly what stands here.
"""

from __future__ import annotations

from peewee import (
    SQL,
    BigIntegerField,
    CompositeKey,
    Field,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)

from tuitrack.domain.permissions import Right
from tuitrack.domain.words import (
    ActionKind,
    Answer,
    Approval,
    CallPurpose,
    CallResult,
    CaseKind,
    Channel,
    CustomerKind,
    Delivery,
    Direction,
    DueKind,
    EntryKind,
    EscalationLevel,
    HandedKind,
    HandoverAnswer,
    Justified,
    Mood,
    Outcome,
    PauseReason,
    Priority,
    PromiseOutcome,
    RemedyKind,
    Retention,
    Role,
    Status,
    Ticking,
    TickState,
    Track,
)
from tuitrack.storage.change_fields import FieldChangesField, RecordChangesField
from tuitrack.storage.fields import (
    AmountField,
    ChangesField,
    DayField,
    FlagField,
    LastingIdField,
    MapField,
    MomentField,
    WordField,
)

NEVER_DUE = 9_000_000_000_000_000
"""The due key of a case with nothing due: after every moment that can be typed."""


class Table(Model):
    """What all tables share: a column takes only values of its type."""

    class Meta:
        strict_tables = True


class Agents(Table):
    """Agents of the desk."""

    handle = TextField(primary_key=True)
    name = TextField()
    role = WordField(Role)
    team = TextField()
    language = TextField()
    active = FlagField()
    entered_at = MomentField()

    class Meta:
        table_name = "agent"


class Absences(Table):
    """Days on which agents are away."""

    id = LastingIdField()
    agent = TextField()
    since = DayField()
    until = DayField(index=True)
    reason = TextField()
    deputy = TextField(null=True)
    by = TextField()

    class Meta:
        table_name = "absence"


class AgentKeys(Table):
    """Public keys of agents."""

    id = LastingIdField()
    agent = TextField()
    kind = TextField()
    blob = TextField(unique=True)
    comment = TextField()
    fingerprint = TextField()
    added_at = MomentField()
    by = TextField()

    class Meta:
        table_name = "agent_key"


class Customers(Table):
    """Customers; their numbers are in `Phones`."""

    id = LastingIdField()
    name = TextField()
    kind = WordField(CustomerKind)
    account = TextField()
    account_key = TextField(index=True)
    email = TextField()
    address = TextField()
    language = TextField()
    no_contact_reason = TextField()
    entered_at = MomentField()
    import_run_id = IntegerField(null=True, index=True)

    class Meta:
        table_name = "customer"


class Phones(Table):
    """A customer's numbers in their order, with the digits backwards, so that the last ones are found by index."""

    customer = ForeignKeyField(Customers, column_name="customer_id", on_delete="CASCADE", index=False)
    place = IntegerField()
    typed = TextField()
    reversed_digits = TextField(index=True)

    class Meta:
        table_name = "phone"
        primary_key = CompositeKey("customer", "place")


class Cases(Table):
    """Cases; `due_key` and `open_work` follow from the others, so that an index can hold them."""

    id = LastingIdField()
    reference = TextField(unique=True)
    customer = ForeignKeyField(Customers, column_name="customer_id", index=False)
    version = IntegerField()
    kind = WordField(CaseKind)
    subject = TextField()
    words = TextField()
    details = TextField()
    further_issues = TextField()
    to_clarify = TextField()
    remedy_wanted = TextField()
    amount_asked = AmountField(null=True)
    currency = TextField()
    category = TextField()
    sub_category = TextField()
    product = TextField()
    tags = TextField()
    channel = WordField(Channel)
    source = TextField()
    public = FlagField()
    post_link = TextField()
    post_asked_on = DayField(null=True)
    post_answer = TextField()
    post_removed_on = DayField(null=True)
    employee_concerned = TextField()
    occurred_on = DayField(null=True)
    received_at = MomentField()
    received_by = TextField()
    entered_at = MomentField()
    entered_by = TextField()
    foreign_id = TextField()
    import_run_id = IntegerField(null=True, index=True)
    import_key = TextField(null=True, unique=True)
    status = WordField(Status)
    owner = TextField(null=True)
    contact = TextField(null=True)
    department = TextField()
    priority = WordField(Priority)
    likely_to_leave = FlagField()
    no_return_reason = TextField()
    resolve_by = MomentField(null=True)
    confirm_by = MomentField(null=True)
    resolved_on_first_contact = FlagField()
    resolution = TextField()
    company_resolved_on = DayField(null=True)
    company_resolved_by = TextField(null=True)
    resolved_at = MomentField(null=True)
    justified = WordField(Justified, null=True)
    justified_because = TextField()
    explanation = TextField()
    customer_told_on = DayField(null=True)
    help_offered = TextField()
    cause = TextField()
    factors = TextField()
    no_process_action_because = TextField()
    customer_confirmed_on = DayField(null=True)
    confirming_call_id = IntegerField(null=True)
    confirmation_asked_by = TextField(null=True)
    confirmed_early_because = TextField()
    unconfirmed_because = TextField()
    mood = WordField(Mood, null=True)
    still_angry = FlagField()
    satisfied_with_measures = WordField(Answer, null=True)
    satisfied_with_work = WordField(Answer, null=True)
    outcome = WordField(Outcome, null=True)
    closed_at = MomentField(null=True)
    closed_by = TextField(null=True)
    closing_note = TextField()
    duplicate_of = TextField()
    retention = WordField(Retention)
    reopened_count = IntegerField()
    next_due_at = MomentField(null=True)
    next_due_kind = TextField()
    touched_at = MomentField()
    due_key = BigIntegerField()
    open_work = IntegerField()
    rules_at = MomentField(null=True)

    class Meta:
        table_name = "cases"
        indexes = (
            (("customer", "received_at"), False),
            (("status", "due_key", "id"), False),
            (("status", "received_at", "id"), False),
            (("due_key", "id"), False),
            (("received_at", "id"), False),
            (("touched_at", "id"), False),
            (("closed_at", "id"), False),
            (("category", "open_work"), False),
            (("product", "open_work"), False),
            (("department", "open_work"), False),
            (("cause", "open_work"), False),
            (("tags", "open_work"), False),
            (("channel", "open_work"), False),
            (("kind", "open_work"), False),
            (("priority", "open_work"), False),
            (("owner", "due_key", "id"), False),
        )


#: A literal, not a parameter: only then does SQLite see that a partial index answers the query.
IS_OPEN_WORK = Cases.open_work == SQL("1")


def _index_open_work(name: str, *columns: Field) -> None:
    """Index open work alone, which stays small while closed cases grow in number."""
    Cases.add_index(Cases.index(*columns, Cases.id, where=IS_OPEN_WORK, name=name))


_index_open_work("work_received", Cases.received_at)
_index_open_work("work_touched", Cases.touched_at)
_index_open_work("work_of_owner", Cases.owner, Cases.due_key)
Cases.add_index(
    Cases.index(
        *(Cases.due_key, Cases.id, Cases.next_due_kind, Cases.owner, Cases.category),
        where=IS_OPEN_WORK,
        name="work_due",
    )
)
Cases.add_index(
    Cases.index(
        *(Cases.id, Cases.due_key, Cases.received_at, Cases.touched_at, Cases.owner),
        where=IS_OPEN_WORK,
        name="work_entered",
    )
)

Cases.add_index(Cases.index(Cases.id, where=Cases.still_angry == SQL("1"), name="angry"))
Cases.add_index(Cases.index(Cases.id, where=Cases.public == SQL("1"), name="in_public"))
Cases.add_index(Cases.index(Cases.id, where=Cases.reopened_count > SQL("0"), name="reopened"))


class OfCase(Table):
    """What belongs to one case and goes with it."""

    id = LastingIdField()
    case = ForeignKeyField(Cases, column_name="case_id", on_delete="CASCADE", index=False)


class Entries(OfCase):
    """Timelines; rows are only added."""

    kind = WordField(EntryKind)
    occurred_at = MomentField()
    entered_at = MomentField()
    by = TextField()
    summary = TextField()
    body = TextField()
    channel = WordField(Channel, null=True)
    public = FlagField()
    record_id = IntegerField(null=True)
    corrects = IntegerField(null=True)
    changes = ChangesField()
    version = IntegerField()

    class Meta:
        table_name = "entry"
        indexes = ((("case", "occurred_at", "id"), False),)


class Calls(OfCase):
    """Telephone calls."""

    direction = WordField(Direction)
    purpose = WordField(CallPurpose)
    result = WordField(CallResult)
    recording_told = FlagField()
    reference_given = FlagField()
    at = MomentField()
    by = TextField()

    class Meta:
        table_name = "call"
        indexes = ((("case", "at"), False),)


class Actions(OfCase):
    """Actions of both tracks."""

    track = WordField(Track)
    kind = WordField(ActionKind)
    what = TextField()
    assignee = TextField()
    requested_on = DayField()
    due_at = MomentField(null=True)
    done_on = DayField(null=True)
    done_at = MomentField(null=True)
    done_note = TextField()
    by = TextField()

    class Meta:
        table_name = "action"
        indexes = ((("case", "requested_on"), False),)


class Promises(OfCase):
    """Promises to customers."""

    what = TextField()
    to = TextField()
    by = TextField()
    call_id = IntegerField(null=True)
    made_at = MomentField()
    due_at = MomentField()
    outcome = WordField(PromiseOutcome, null=True)
    settled_at = MomentField(null=True)
    settled_by = TextField(null=True)
    settled_note = TextField()
    renegotiates = IntegerField(null=True)

    class Meta:
        table_name = "promise"
        indexes = (
            (("case", "due_at"), False),
            (("outcome", "case"), False),
            (("outcome", "due_at", "id", "by"), False),
            (("by", "outcome", "due_at", "id"), False),
        )


class Remedies(OfCase):
    """Remedies offered."""

    kind = WordField(RemedyKind)
    what = TextField()
    amount = AmountField(null=True)
    currency = TextField()
    code = TextField()
    expires_on = DayField(null=True)
    method = WordField(Delivery, null=True)
    offered_on = DayField()
    chosen = FlagField(null=True)
    approved_by = TextField()
    delivered_on = DayField(null=True)
    by = TextField()
    approval = WordField(Approval, null=True)

    class Meta:
        table_name = "remedy"
        indexes = ((("case", "offered_on"), False), (("approval", "case"), False))


class Clocks(OfCase):
    """Clocks of cases; what was due when stays when it is met."""

    kind = WordField(DueKind)
    turn = IntegerField()
    rule = TextField()
    started_at = MomentField()
    target_at = MomentField(null=True)
    first_due_at = MomentField()
    due_at = MomentField()
    paused_at = MomentField(null=True)
    met_at = MomentField(null=True)
    late_because = TextField()

    class Meta:
        table_name = "clock"
        indexes = ((("case", "due_at"), False),)


_IS_RUNNING = Clocks.met_at.is_null() & Clocks.paused_at.is_null()
Clocks.add_index(
    Clocks.index(Clocks.case, where=Clocks.paused_at.is_null(False) & Clocks.met_at.is_null(), name="clocks_paused")
)
Clocks.add_index(Clocks.index(Clocks.case, where=Clocks.met_at > Clocks.due_at, name="clocks_met_late"))
Clocks.add_index(Clocks.index(Clocks.target_at, Clocks.case, where=_IS_RUNNING, name="clocks_target"))
Promises.add_index(
    Promises.index(Promises.case, where=Promises.settled_at > Promises.due_at, name="promises_settled_late")
)
Actions.add_index(Actions.index(Actions.case, where=Actions.done_at > Actions.due_at, name="actions_done_late"))
Actions.add_index(
    Actions.index(Actions.assignee, Actions.due_at, where=Actions.done_on.is_null(), name="actions_open_of_assignee")
)


class Pauses(OfCase):
    """Intervals in which clocks stand still."""

    reason = WordField(PauseReason)
    since = MomentField()
    until = MomentField(null=True)
    note = TextField()
    by = TextField()

    class Meta:
        table_name = "pause"
        indexes = ((("case", "since"), False),)


class Escalations(OfCase):
    """Escalations; those that stand are found by index."""

    level = WordField(EscalationLevel)
    to = TextField()
    reason = TextField()
    by = TextField()
    at = MomentField()
    ended_at = MomentField(null=True)
    ended_by = TextField(null=True)
    came_of = TextField()

    class Meta:
        table_name = "escalation"
        indexes = ((("case", "at"), False), (("ended_at", "level", "case"), False))


class Handovers(Table):
    """What agents handed to each other at the end of their shifts."""

    id = LastingIdField()
    giver = TextField()
    receiver = TextField()
    until = MomentField()
    note = TextField()
    sent_at = MomentField()

    class Meta:
        table_name = "handover"
        indexes = ((("giver", "id"), False), (("receiver", "id"), False))


class HandoverItems(Table):
    """The items of handovers; those without an answer are few and have an index of their own."""

    id = LastingIdField()
    handover = ForeignKeyField(Handovers, column_name="handover_id", on_delete="CASCADE")
    case = ForeignKeyField(Cases, column_name="case_id", on_delete="CASCADE", null=True)
    kind = WordField(HandedKind)
    record_id = IntegerField(null=True)
    what = TextField()
    at = MomentField()
    note = TextField()
    answer = WordField(HandoverAnswer, null=True)
    answered_at = MomentField(null=True)
    answered_by = TextField(null=True)
    because = TextField()

    class Meta:
        table_name = "handover_item"


HandoverItems.add_index(
    HandoverItems.index(HandoverItems.handover, where=HandoverItems.answer.is_null(), name="handover_items_open")
)


class Ticks(OfCase):
    """Steps of the procedure that were done or skipped, one for each step of a case."""

    step = TextField()
    state = WordField(TickState)
    at = MomentField()
    by = TextField()
    ticked_by = WordField(Ticking, null=True)
    entry_id = IntegerField(null=True)
    because = TextField()

    class Meta:
        table_name = "tick"
        indexes = ((("case", "step"), True), (("state", "step", "case"), False))


class Changes(Table):
    """What changed in cases, so that it can be undone; known by the id of the entry that tells of it."""

    id = IntegerField(primary_key=True)
    case = ForeignKeyField(Cases, column_name="case_id", on_delete="CASCADE", index=False)
    version = IntegerField()
    by = TextField()
    fields = FieldChangesField(Cases)
    records = RecordChangesField(
        {
            "Call": Calls,
            "Action": Actions,
            "Promise": Promises,
            "Remedy": Remedies,
            "Clock": Clocks,
            "Pause": Pauses,
            "Escalation": Escalations,
            "HandoverItem": HandoverItems,
            "Tick": Ticks,
        }
    )
    undone_by = IntegerField(null=True)
    run = IntegerField(null=True)

    class Meta:
        table_name = "change"
        indexes = (
            (("case", "undone_by", "id"), False),
            (("by", "undone_by", "id"), False),
            (("run", "id"), False),
        )


class Drafts(Table):
    """Half-typed forms."""

    agent = TextField()
    form = TextField()
    values = MapField()
    focus = TextField()
    cursor = IntegerField()
    saved_at = MomentField()

    class Meta:
        table_name = "draft"
        primary_key = CompositeKey("agent", "form")


class Preferences(Table):
    """What agents prefer."""

    agent = TextField()
    name = TextField()
    value = TextField()

    class Meta:
        table_name = "preference"
        primary_key = CompositeKey("agent", "name")


class Counters(Table):
    """The last sequence number given in each year."""

    year = IntegerField(primary_key=True)
    last = IntegerField()

    class Meta:
        table_name = "counter"


class RuleVersions(Table):
    """The rules of deadlines as they were in force from a moment on."""

    id = LastingIdField()
    since = MomentField()
    text = TextField()
    by = TextField()

    class Meta:
        table_name = "rule_version"


class Denials(Table):
    """What agents tried without a right to it."""

    id = LastingIdField()
    at = MomentField()
    agent = TextField()
    right = WordField(Right)

    class Meta:
        table_name = "denial"


class DeskTexts(Table):
    """Versions of the texts of the desk."""

    id = LastingIdField()
    name = TextField()
    version = IntegerField()
    valid_from = DayField()
    by = TextField()
    entered_at = MomentField()
    text = TextField()

    class Meta:
        table_name = "desk_text"
        indexes = ((("name", "version"), True),)


class TextReadings(Table):
    """Who has read which version of a text."""

    id = LastingIdField()
    name = TextField()
    version = IntegerField()
    agent = TextField()
    at = MomentField()

    class Meta:
        table_name = "text_reading"
        indexes = ((("name", "version", "agent"), True),)


class ImportedEntries(Table):
    """Entries that imports added to cases, known by the id of the entry."""

    id = IntegerField(primary_key=True)
    case = ForeignKeyField(Cases, column_name="case_id", on_delete="CASCADE")
    import_run_id = IntegerField(index=True)
    import_key = TextField(unique=True)

    class Meta:
        table_name = "imported_entry"


class ImportRuns(Table):
    """Runs of imports."""

    id = LastingIdField()
    file_name = TextField()
    by = TextField()
    started_at = MomentField()
    finished_at = MomentField(null=True)
    taken = IntegerField()
    changed = IntegerField()
    refused = IntegerField()
    known = IntegerField()
    undone_at = MomentField(null=True)
    settings = MapField()

    class Meta:
        table_name = "import_run"


TABLES = (
    Agents,
    Absences,
    AgentKeys,
    Customers,
    Phones,
    Cases,
    Entries,
    Calls,
    Actions,
    Promises,
    Remedies,
    Clocks,
    Pauses,
    Escalations,
    Handovers,
    HandoverItems,
    Ticks,
    Changes,
    Drafts,
    Preferences,
    Counters,
    RuleVersions,
    Denials,
    DeskTexts,
    TextReadings,
    ImportRuns,
    ImportedEntries,
)
