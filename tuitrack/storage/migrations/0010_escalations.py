"""Keeps before whom cases were laid, and what came of it."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "escalation" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "ended_at" INTEGER,
    "ended_by" TEXT,
    "came_of" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "escalations_case_id_at" ON "escalation" ("case_id", "at");
CREATE INDEX "escalations_ended_at_level_case_id" ON "escalation" ("ended_at", "level", "case_id");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table of escalations."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
