"""Keeps under which key a change was asked for, so that one that is asked for again is stored once."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "change" ADD COLUMN "key" TEXT;
CREATE UNIQUE INDEX "changes_key_case_id" ON "change" ("key", "case_id");
ALTER TABLE "draft" ADD COLUMN "key" TEXT;
"""


def up(migrator: Any, db: Any) -> None:
    """Add the columns and the index."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
