"""Keeps the public keys with which agents log in from afar."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "agent_key" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "agent" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "blob" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "added_at" INTEGER NOT NULL,
    "by" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "agentkeys_blob" ON "agent_key" ("blob");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
