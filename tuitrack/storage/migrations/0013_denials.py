"""Keeps what agents tried without a right to it."""

from __future__ import annotations

from typing import Any

STATEMENT = """
CREATE TABLE "denial" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "at" INTEGER NOT NULL,
    "agent" TEXT NOT NULL,
    "right" TEXT NOT NULL
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    db.execute_sql(STATEMENT)
