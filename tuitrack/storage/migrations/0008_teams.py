"""Keeps which team an agent is in, and on which days agents are away."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "agent_with_team" (
    "handle" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "team" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "active" INTEGER NOT NULL,
    "entered_at" INTEGER NOT NULL
) STRICT;
INSERT INTO "agent_with_team" SELECT "handle", "name", "role", '', "language", "active", "entered_at" FROM "agent";
DROP TABLE "agent";
ALTER TABLE "agent_with_team" RENAME TO "agent";
CREATE TABLE "absence" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "agent" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "deputy" TEXT,
    "by" TEXT NOT NULL
) STRICT;
CREATE INDEX "absences_until" ON "absence" ("until");
"""


def up(migrator: Any, db: Any) -> None:
    """Add teams and absences."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
