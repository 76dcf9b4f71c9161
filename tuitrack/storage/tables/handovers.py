"""What agents hand over to each other between shifts."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from tuitrack.domain.words import HandedKind, HandoverAnswer
from tuitrack.storage.fields import LastingIdField, MomentField, WordField
from tuitrack.storage.tables.cases import Cases
from tuitrack.storage.tables.table import Table


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
