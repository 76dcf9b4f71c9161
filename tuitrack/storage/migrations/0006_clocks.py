"""Keeps the clocks of cases, the pauses in which they stand still, and every version of the rules they follow.

The dates that cases have until now become clocks that somebody set, with the moment at which each was met.
"""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "clock" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "turn" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "started_at" INTEGER NOT NULL,
    "target_at" INTEGER,
    "first_due_at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "paused_at" INTEGER,
    "met_at" INTEGER,
    "late_because" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "clocks_case_id_due_at" ON "clock" ("case_id", "due_at");
CREATE TABLE "pause" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "since" INTEGER NOT NULL,
    "until" INTEGER,
    "note" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "pauses_case_id_since" ON "pause" ("case_id", "since");
CREATE TABLE "rule_version" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "since" INTEGER NOT NULL,
    "text" TEXT NOT NULL
) STRICT;
INSERT INTO "clock"
    ("case_id", "kind", "turn", "rule", "started_at", "first_due_at", "due_at", "met_at", "late_because")
    SELECT "id", 'resolve', "reopened_count", '', "received_at", "resolve_by", "resolve_by",
        coalesce("resolved_at", "closed_at"), ''
    FROM "cases" WHERE "resolve_by" IS NOT NULL;
INSERT INTO "clock"
    ("case_id", "kind", "turn", "rule", "started_at", "first_due_at", "due_at", "met_at", "late_because")
    SELECT "id", 'confirm', "reopened_count", '', coalesce("resolved_at", "received_at"), "confirm_by", "confirm_by",
        "closed_at", ''
    FROM "cases" WHERE "confirm_by" IS NOT NULL;
"""


def up(migrator: Any, db: Any) -> None:
    """Make the tables, and clocks of the dates that cases have."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
