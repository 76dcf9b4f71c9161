"""What can be undone: changes of cases and the runs of imports."""

from __future__ import annotations

from peewee import ForeignKeyField, IntegerField, TextField

from tuitrack.storage.change_fields import FieldChangesField, RecordChangesField
from tuitrack.storage.fields import LastingIdField, MapField, MomentField
from tuitrack.storage.tables.cases import Cases
from tuitrack.storage.tables.handovers import HandoverItems
from tuitrack.storage.tables.records import (
    Actions,
    Calls,
    CaseReadings,
    Clocks,
    Escalations,
    Feedbacks,
    Pauses,
    Promises,
    PublicPosts,
    Remedies,
    Ticks,
)
from tuitrack.storage.tables.reviews import Audits
from tuitrack.storage.tables.table import Table


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
            "PublicPost": PublicPosts,
            "Feedback": Feedbacks,
            "CaseReading": CaseReadings,
            "Audit": Audits,
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


class ImportedEntries(Table):
    """Entries that imports added to cases, known by the id of the entry."""

    id = IntegerField(primary_key=True)
    case = ForeignKeyField(Cases, column_name="case_id", on_delete="CASCADE")
    import_run_id = IntegerField(index=True)
    import_key = TextField(unique=True)

    class Meta:
        table_name = "imported_entry"
