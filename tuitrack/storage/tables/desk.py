"""What the whole desk goes by: sequence numbers, rules of deadlines, texts."""

from __future__ import annotations

from peewee import IntegerField, TextField

from tuitrack.storage.fields import DayField, LastingIdField, MomentField
from tuitrack.storage.tables.table import Table


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
