"""Reviews of how complaints are handled."""

from __future__ import annotations

from peewee import ForeignKeyField, TextField

from tuitrack.domain.words import Interval, ReviewPart
from tuitrack.storage.fields import DayField, FlagField, LastingIdField, MapField, MomentField, WordField, WordsField
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
