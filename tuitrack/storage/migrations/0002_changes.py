"""Keeps of every change what it takes to undo it."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "change" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "fields" TEXT NOT NULL,
    "records" TEXT NOT NULL,
    "undone_by" INTEGER,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "changes_case_id_undone_by_id" ON "change" ("case_id", "undone_by", "id");
CREATE INDEX "changes_by_undone_by_id" ON "change" ("by", "undone_by", "id");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table of changes."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
