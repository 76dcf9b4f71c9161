"""Keeps random samples of closed cases for reviews, and what was found in each case."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "sample" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "plan_id" INTEGER NOT NULL,
    "due_on" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "seed" INTEGER NOT NULL,
    "population" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "drawn_at" INTEGER NOT NULL,
    FOREIGN KEY ("plan_id") REFERENCES "review_plan" ("id")
) STRICT;
CREATE INDEX "samples_plan_id_due_on" ON "sample" ("plan_id", "due_on");
CREATE TABLE "audit" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "sample_id" INTEGER NOT NULL,
    "case_id" INTEGER NOT NULL,
    "answers" TEXT NOT NULL,
    "interviewed" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "by" TEXT,
    "at" INTEGER,
    FOREIGN KEY ("sample_id") REFERENCES "sample" ("id") ON DELETE CASCADE,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "audits_sample_id" ON "audit" ("sample_id");
CREATE INDEX "audits_case_id" ON "audit" ("case_id");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the tables."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
