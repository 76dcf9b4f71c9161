"""Makes what is due countable from one index, and leads to what is paused, was met late, or passes its target."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
DROP INDEX "work_due";
CREATE INDEX "work_due" ON "cases" ("due_key", "id", "next_due_kind", "owner", "category") WHERE ("open_work" = 1);
CREATE INDEX "clocks_paused" ON "clock" ("case_id") WHERE ("paused_at" IS NOT NULL AND "met_at" IS NULL);
CREATE INDEX "clocks_met_late" ON "clock" ("case_id") WHERE ("met_at" > "due_at");
CREATE INDEX "clocks_target" ON "clock" ("target_at", "case_id") WHERE ("met_at" IS NULL AND "paused_at" IS NULL);
CREATE INDEX "promises_settled_late" ON "promise" ("case_id") WHERE ("settled_at" > "due_at");
CREATE INDEX "actions_done_late" ON "action" ("case_id") WHERE ("done_at" > "due_at");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the indexes."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
