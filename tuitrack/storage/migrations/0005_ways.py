"""Makes what leads to the few cases of a query among all there are."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE INDEX "cases_closed_at_id" ON "cases" ("closed_at", "id");
CREATE INDEX "cases_category_open_work" ON "cases" ("category", "open_work");
CREATE INDEX "cases_product_open_work" ON "cases" ("product", "open_work");
CREATE INDEX "cases_department_open_work" ON "cases" ("department", "open_work");
CREATE INDEX "cases_cause_open_work" ON "cases" ("cause", "open_work");
CREATE INDEX "cases_tags_open_work" ON "cases" ("tags", "open_work");
CREATE INDEX "cases_channel_open_work" ON "cases" ("channel", "open_work");
CREATE INDEX "cases_kind_open_work" ON "cases" ("kind", "open_work");
CREATE INDEX "cases_priority_open_work" ON "cases" ("priority", "open_work");
CREATE INDEX "cases_owner_due_key_id" ON "cases" ("owner", "due_key", "id");
CREATE INDEX "work_entered" ON "cases" ("id", "due_key", "received_at", "touched_at", "owner") WHERE ("open_work" = 1);
CREATE INDEX "angry" ON "cases" ("id") WHERE ("still_angry" = 1);
CREATE INDEX "in_public" ON "cases" ("id") WHERE ("public" = 1);
CREATE INDEX "reopened" ON "cases" ("id") WHERE ("reopened_count" > 0);
CREATE INDEX "promises_outcome_case_id" ON "promise" ("outcome", "case_id");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the indexes."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
