"""What the whole desk goes by: sequence numbers, rules, texts, targets; and what was tried in it without a right."""

from __future__ import annotations

from peewee import IntegerField, TextField

from tuitrack.domain.permissions import Right
from tuitrack.storage.fields import DayField, LastingIdField, MomentField, WordField
from tuitrack.storage.tables.table import Table


class News(Table):
    """How often something was stored that a screen shows; its only row has the id 1."""

    id = IntegerField(primary_key=True)
    number = IntegerField()

    class Meta:
        table_name = "news"


class Receipts(Table):
    """The keys under which something was stored."""

    key = TextField(primary_key=True)
    at = MomentField(index=True)
    entry_id = IntegerField(null=True)

    class Meta:
        table_name = "receipt"


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


class QualityTargets(Table):
    """Targets that were set for measures of the quality report."""

    id = LastingIdField()
    measure = TextField()
    percent = IntegerField(null=True)
    by = TextField()
    entered_at = MomentField()

    class Meta:
        table_name = "quality_target"


class Denials(Table):
    """What agents tried without a right to it."""

    id = LastingIdField()
    at = MomentField()
    agent = TextField()
    right = WordField(Right)

    class Meta:
        table_name = "denial"
