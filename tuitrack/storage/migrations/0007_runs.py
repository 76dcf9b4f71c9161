"""Keeps which changes were made together in many cases, so that they are undone together."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "change" ADD COLUMN "run" INTEGER;
CREATE INDEX "changes_run_id" ON "change" ("run", "id");
"""


def up(migrator: Any, db: Any) -> None:
    """Add the column of runs."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
