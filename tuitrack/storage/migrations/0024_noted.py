"""Leads to findings, to suggestions of customers, and to what was resolved on first contact."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE INDEX "entries_noted" ON "entry" ("kind", "case_id") WHERE "kind" IN ('finding', 'suggestion');
CREATE INDEX "first_contact" ON "cases" ("id") WHERE ("resolved_on_first_contact" = 1);
"""


def up(migrator: Any, db: Any) -> None:
    """Make the indexes."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
