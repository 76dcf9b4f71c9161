"""Keeps when it was decided, in which call the customer heard it, and which remedies were options of one offer."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "cases" ADD COLUMN "decided_on" TEXT;
ALTER TABLE "cases" ADD COLUMN "told_call_id" INTEGER;
ALTER TABLE "remedy" ADD COLUMN "option_set" INTEGER;
"""


def up(migrator: Any, db: Any) -> None:
    """Add the columns."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
