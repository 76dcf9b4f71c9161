"""Keeps which steps of the procedure were done in a case, and which were skipped."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "tick" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "step" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "ticked_by" TEXT,
    "entry_id" INTEGER,
    "because" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE UNIQUE INDEX "ticks_case_id_step" ON "tick" ("case_id", "step");
CREATE INDEX "ticks_state_step_case_id" ON "tick" ("state", "step", "case_id");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
