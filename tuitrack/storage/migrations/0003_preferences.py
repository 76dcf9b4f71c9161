"""Keeps what each agent prefers."""

from __future__ import annotations

from typing import Any

STATEMENT = """
CREATE TABLE "preference" (
    "agent" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    PRIMARY KEY ("agent", "name")
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table of preferences."""
    db.execute_sql(STATEMENT)
