"""Keeps what agents hand over at the end of a shift, and finds what was asked of somebody by when it is due."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "handover" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "giver" TEXT NOT NULL,
    "receiver" TEXT NOT NULL,
    "until" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "sent_at" INTEGER NOT NULL
) STRICT;
CREATE INDEX "handovers_giver_id" ON "handover" ("giver", "id");
CREATE INDEX "handovers_receiver_id" ON "handover" ("receiver", "id");
CREATE TABLE "handover_item" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "handover_id" INTEGER NOT NULL,
    "case_id" INTEGER,
    "kind" TEXT NOT NULL,
    "record_id" INTEGER,
    "what" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "answer" TEXT,
    "answered_at" INTEGER,
    "answered_by" TEXT,
    "because" TEXT NOT NULL,
    FOREIGN KEY ("handover_id") REFERENCES "handover" ("id") ON DELETE CASCADE,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "handoveritems_handover_id" ON "handover_item" ("handover_id");
CREATE INDEX "handoveritems_case_id" ON "handover_item" ("case_id");
CREATE INDEX "handover_items_open" ON "handover_item" ("handover_id") WHERE ("answer" IS NULL);
CREATE INDEX "actions_open_of_assignee" ON "action" ("assignee", "due_at") WHERE ("done_on" IS NULL);
"""


def up(migrator: Any, db: Any) -> None:
    """Make the tables and the index."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
