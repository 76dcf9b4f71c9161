"""Keeps where remedies beyond the offer guide stand with their approval."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "remedy" ADD COLUMN "approval" TEXT;
CREATE INDEX "remedies_approval_case_id" ON "remedy" ("approval", "case_id");
"""


def up(migrator: Any, db: Any) -> None:
    """Add the column and its index."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
