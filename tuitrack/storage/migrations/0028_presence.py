"""Keeps who is in which case; what is no longer true is forgotten with whatever is said next."""

from __future__ import annotations

from typing import Any

STATEMENT = """
CREATE TABLE "presence" (
    "session" TEXT NOT NULL PRIMARY KEY,
    "agent" TEXT NOT NULL,
    "case_id" INTEGER NOT NULL,
    "typing" INTEGER NOT NULL,
    "until" INTEGER NOT NULL
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    db.execute_sql(STATEMENT)
