"""Agents and what belongs to each of them: absences, keys, drafts, preferences."""

from __future__ import annotations

from peewee import CompositeKey, IntegerField, TextField

from tuitrack.domain.words import Role
from tuitrack.storage.fields import DayField, FlagField, LastingIdField, MapField, MomentField, WordField
from tuitrack.storage.tables.table import Table


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


class Drafts(Table):
    """Half-typed forms."""

    agent = TextField()
    form = TextField()
    values = MapField()
    focus = TextField()
    cursor = IntegerField()
    saved_at = MomentField()
    key = TextField(null=True)

    class Meta:
        table_name = "draft"
        primary_key = CompositeKey("agent", "form")


class Presences(Table):
    """Sessions in which somebody has a case open."""

    session = TextField(primary_key=True)
    agent = TextField()
    case_id = IntegerField()
    typing = FlagField()
    until = MomentField()

    class Meta:
        table_name = "presence"


class Preferences(Table):
    """What agents prefer."""

    agent = TextField()
    name = TextField()
    value = TextField()

    class Meta:
        table_name = "preference"
        primary_key = CompositeKey("agent", "name")
