"""Keeps who wants to be contacted, what is told to whoever can correct a cause, and who has read which case."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
ALTER TABLE "cases" ADD COLUMN "contact_wanted" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "contact_wanted" ON "cases" ("id") WHERE ("contact_wanted" = 1);
CREATE TABLE "feedback" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "to" TEXT NOT NULL,
    "to_team" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    "read_by" TEXT,
    "read_at" INTEGER,
    "answer" TEXT NOT NULL,
    "answered_by" TEXT,
    "answered_at" INTEGER,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "feedbacks_case_id_at" ON "feedback" ("case_id", "at");
CREATE INDEX "feedbacks_to_to_team_answered_at" ON "feedback" ("to", "to_team", "answered_at");
CREATE TABLE "case_reading" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "at" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "casereadings_case_id_at" ON "case_reading" ("case_id", "at");
CREATE INDEX "casereadings_by_case_id" ON "case_reading" ("by", "case_id");
CREATE INDEX "casereadings_at" ON "case_reading" ("at");
"""


def up(migrator: Any, db: Any) -> None:
    """Add the column, and make the tables."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
