"""Keeps under which key anything was asked for and stored, whatever it was, until nobody can ask for it again."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "receipt" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "entry_id" INTEGER
) STRICT;
CREATE INDEX "receipts_at" ON "receipt" ("at");
INSERT INTO "receipt" ("key", "at", "entry_id")
    SELECT c."key", MIN(e."entered_at"), MIN(c."id") FROM "change" AS c JOIN "entry" AS e ON e."id" = c."id"
    WHERE c."key" IS NOT NULL GROUP BY c."key";
DROP INDEX "changes_key_case_id";
ALTER TABLE "change" DROP COLUMN "key";
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table, take over the keys of changes, and keep them there no more."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
