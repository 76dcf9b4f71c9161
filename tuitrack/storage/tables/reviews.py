"""Reviews of how complaints are handled."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from tuitrack.domain.words import Interval, ReviewPart
from tuitrack.storage.fields import DayField, FlagField, LastingIdField, MapField, MomentField, WordField, WordsField
from tuitrack.storage.tables.cases import Cases
from tuitrack.storage.tables.table import Table


class ReviewPlans(Table):
    """Reviews that are held again and again."""

    id = LastingIdField()
    name = TextField()
    every = WordField(Interval)
    owner = TextField()
    deputy = TextField()
    parts = WordsField(ReviewPart)
    first_due = DayField()
    next_due = DayField()
    active = FlagField()

    class Meta:
        table_name = "review_plan"


class Reviews(Table):
    """Whether a review was held on one of its days, and what came of it."""

    id = LastingIdField()
    plan = ForeignKeyField(ReviewPlans, column_name="plan_id", index=False)
    name = TextField()
    due_on = DayField()
    held_on = DayField(null=True)
    because = TextField()
    results = MapField()
    by = TextField()
    entered_at = MomentField()
    checked_by = TextField(null=True)
    checked_at = MomentField(null=True)
    check_note = TextField()

    class Meta:
        table_name = "review"
        indexes = ((("plan", "due_on"), True), (("due_on", "id"), False))


class Samples(Table):
    """Random samples of closed cases."""

    id = LastingIdField()
    plan = ForeignKeyField(ReviewPlans, column_name="plan_id", index=False)
    due_on = DayField()
    since = DayField()
    until = DayField()
    size = IntegerField()
    seed = IntegerField()
    population = IntegerField()
    by = TextField()
    drawn_at = MomentField()

    class Meta:
        table_name = "sample"
        indexes = ((("plan", "due_on"), False),)


class Audits(Table):
    """The cases of samples, and what was found in each."""

    id = LastingIdField()
    sample = ForeignKeyField(Samples, column_name="sample_id", on_delete="CASCADE")
    case = ForeignKeyField(Cases, column_name="case_id", on_delete="CASCADE")
    answers = MapField()
    interviewed = FlagField()
    note = TextField()
    by = TextField(null=True)
    at = MomentField(null=True)

    class Meta:
        table_name = "audit"
