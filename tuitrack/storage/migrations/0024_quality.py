"""Keeps the targets that were set for measures of the quality report."""

from __future__ import annotations

from typing import Any

STATEMENT = """
CREATE TABLE "quality_target" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "measure" TEXT NOT NULL,
    "percent" INTEGER,
    "by" TEXT NOT NULL,
    "entered_at" INTEGER NOT NULL
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table."""
    db.execute_sql(STATEMENT)
