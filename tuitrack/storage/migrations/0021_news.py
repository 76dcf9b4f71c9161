"""Keeps how often something was stored that a screen shows."""

from __future__ import annotations

from typing import Any

STATEMENT = """
CREATE TABLE "news" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "number" INTEGER NOT NULL
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table with its only row."""
    db.execute_sql(STATEMENT)
    db.execute_sql("INSERT INTO news (id, number) VALUES (1, 0)")
