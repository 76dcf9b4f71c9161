"""Makes what lists promises by their due times, of everybody and of one agent, however they stand."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE INDEX "promises_outcome_due_at_id_by" ON "promise" ("outcome", "due_at", "id", "by");
CREATE INDEX "promises_by_outcome_due_at_id" ON "promise" ("by", "outcome", "due_at", "id");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the indexes."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
