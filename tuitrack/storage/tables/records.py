"""What belongs to one case: its timeline and the records the timeline tells of."""

from __future__ import annotations

from peewee import SQL, ForeignKeyField, IntegerField, TextField

from tuitrack.domain.words import (
    ActionKind,
    Approval,
    CallPurpose,
    CallResult,
    Channel,
    Delivery,
    Direction,
    DueKind,
    EntryKind,
    EscalationLevel,
    PauseReason,
    PostState,
    PromiseOutcome,
    RemedyKind,
    Ticking,
    TickState,
    Track,
)
from tuitrack.storage.fields import (
    AmountField,
    ChangesField,
    DayField,
    FlagField,
    LastingIdField,
    MomentField,
    WordField,
)
from tuitrack.storage.tables.cases import Cases
from tuitrack.storage.tables.table import Table


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


# What reports ask for by its kind alone.
Entries.add_index(
    Entries.index(Entries.kind, Entries.case, where=SQL("\"kind\" IN ('finding', 'suggestion')"), name="entries_noted")
)


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


Actions.add_index(Actions.index(Actions.case, where=Actions.done_at > Actions.due_at, name="actions_done_late"))
Actions.add_index(
    Actions.index(Actions.assignee, Actions.due_at, where=Actions.done_on.is_null(), name="actions_open_of_assignee")
)
Actions.add_index(
    Actions.index(Actions.kind, Actions.case, where=Actions.done_on.is_null(), name="actions_open_of_kind")
)
_IS_OF_PROCESS = Actions.track == SQL("'process'")
Actions.add_index(
    Actions.index(
        Actions.case, Actions.done_at, where=_IS_OF_PROCESS & Actions.done_at.is_null(False), name="actions_corrected"
    )
)


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


Promises.add_index(
    Promises.index(Promises.case, where=Promises.settled_at > Promises.due_at, name="promises_settled_late")
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
    option_set = IntegerField(null=True)

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


class PublicPosts(OfCase):
    """Complaints that customers published; those of a state are found by index."""

    link = TextField()
    place = TextField()
    seen_on = DayField()
    asked_on = DayField(null=True)
    answer = TextField()
    state = WordField(PostState)
    state_on = DayField()
    reply = TextField()
    follow_up = IntegerField(null=True)
    by = TextField()

    class Meta:
        table_name = "public_post"
        indexes = ((("case", "seen_on"), False), (("state", "case"), False))


class Feedbacks(OfCase):
    """What was told to whoever can correct the cause; what is addressed to somebody is found by index."""

    to = TextField()
    to_team = FlagField()
    text = TextField()
    by = TextField()
    at = MomentField()
    read_by = TextField(null=True)
    read_at = MomentField(null=True)
    answer = TextField()
    answered_by = TextField(null=True)
    answered_at = MomentField(null=True)

    class Meta:
        table_name = "feedback"
        indexes = ((("case", "at"), False), (("to", "to_team", "answered_at"), False))


class CaseReadings(OfCase):
    """Who has read which case for its quality, and when."""

    by = TextField()
    at = MomentField()

    class Meta:
        table_name = "case_reading"
        indexes = ((("case", "at"), False), (("by", "case"), False), (("at",), False))


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
