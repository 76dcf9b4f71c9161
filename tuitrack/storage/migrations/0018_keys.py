"""Keeps the public keys with which agents log in from afar."""

from __future__ import annotations

from typing import Any

STATEMENT = """
CREATE TABLE "agent_key" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "agent" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "blob" TEXT NOT NULL UNIQUE,
    "comment" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "added_at" INTEGER NOT NULL,
    "by" TEXT NOT NULL
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    db.execute_sql(STATEMENT)
