"""Keeps which rules of deadlines a case follows where those are not of when it was received, and who set rules."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "cases" ADD COLUMN "rules_at" INTEGER;
ALTER TABLE "rule_version" ADD COLUMN "by" TEXT NOT NULL DEFAULT '';
"""


def up(migrator: Any, db: Any) -> None:
    """Add the columns."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
