"""Keeps planned reviews and what came of them, and which cases have a cause that was corrected before."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "review_plan" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "deputy" TEXT NOT NULL,
    "parts" TEXT NOT NULL,
    "first_due" TEXT NOT NULL,
    "next_due" TEXT NOT NULL,
    "active" INTEGER NOT NULL
) STRICT;
CREATE TABLE "review" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "plan_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "due_on" TEXT NOT NULL,
    "held_on" TEXT,
    "because" TEXT NOT NULL,
    "results" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "entered_at" INTEGER NOT NULL,
    "checked_by" TEXT,
    "checked_at" INTEGER,
    "check_note" TEXT NOT NULL,
    FOREIGN KEY ("plan_id") REFERENCES "review_plan" ("id")
) STRICT;
CREATE UNIQUE INDEX "reviews_plan_id_due_on" ON "review" ("plan_id", "due_on");
CREATE INDEX "reviews_due_on_id" ON "review" ("due_on", "id");
ALTER TABLE "cases" ADD COLUMN "recurs_after" INTEGER;
CREATE INDEX "recurred" ON "cases" ("id") WHERE ("recurs_after" IS NOT NULL);
CREATE INDEX "cases_cause_category_received_at" ON "cases" ("cause", "category", "received_at");
CREATE INDEX "actions_corrected" ON "action" ("case_id", "done_at")
    WHERE (("track" = 'process') AND ("done_at" IS NOT NULL));
"""


def up(migrator: Any, db: Any) -> None:
    """Make the tables, the column and its indexes."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
