"""Keeps the texts of the desk, version by version, and who has read which."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "desk_text" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "valid_from" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "entered_at" INTEGER NOT NULL,
    "text" TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX "desktexts_name_version" ON "desk_text" ("name", "version");
CREATE TABLE "text_reading" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "agent" TEXT NOT NULL,
    "at" INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX "textreadings_name_version_agent" ON "text_reading" ("name", "version", "agent");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
