"""Leads to what was entered at a time, was met or missed of a kind, and to what few cases have."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE INDEX "cases_entered_at_id" ON "cases" ("entered_at", "id");
CREATE INDEX "resolved_on_first_contact" ON "cases" ("id") WHERE ("resolved_on_first_contact" = 1);
CREATE INDEX "amount_asked" ON "cases" ("id") WHERE ("amount_asked" IS NOT NULL);
CREATE INDEX "calls_unannounced" ON "call" ("case_id") WHERE ("recording_told" = 0 AND "result" = 'reached');
CREATE INDEX "clocks_met_in_time" ON "clock" ("kind", "case_id") WHERE ("met_at" <= "due_at");
DROP INDEX "clocks_met_late";
CREATE INDEX "clocks_met_late" ON "clock" ("case_id", "kind") WHERE ("met_at" > "due_at");
DROP INDEX "clocks_target";
CREATE INDEX "clocks_target" ON "clock" ("target_at", "case_id", "kind", "due_at")
    WHERE ("met_at" IS NULL AND "paused_at" IS NULL);
CREATE INDEX "clocks_late_because" ON "clock" ("case_id") WHERE ("late_because" <> '');
"""


def up(migrator: Any, db: Any) -> None:
    """Make the indexes; two that there were get columns, so that what they lead to is told by them alone."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
