"""Leads to what was found and to what customers suggested."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE INDEX "entries_noted" ON "entry" ("kind", "case_id") WHERE "kind" IN ('finding', 'suggestion');
"""


def up(migrator: Any, db: Any) -> None:
    """Make the index."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
