"""Leads to the cases in which an action of some kind is open, such as legal advice that is awaited."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE INDEX "actions_open_of_kind" ON "action" ("kind", "case_id") WHERE ("done_on" IS NULL);
"""


def up(migrator: Any, db: Any) -> None:
    """Make the index."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
