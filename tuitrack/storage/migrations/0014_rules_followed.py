"""Keeps which rules of deadlines a case follows where those are not of when it was received, and who set rules."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "cases" ADD COLUMN "rules_at" INTEGER;
CREATE TABLE "rule_version_by" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "since" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL
) STRICT;
INSERT INTO "rule_version_by" SELECT "id", "since", "text", '' FROM "rule_version";
DROP TABLE "rule_version";
ALTER TABLE "rule_version_by" RENAME TO "rule_version";
"""


def up(migrator: Any, db: Any) -> None:
    """Add the column, and make the table anew with another."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
