"""Keeps complaints that customers published, several of a case, in the place of the four fields a case had for one."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "public_post" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "link" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "seen_on" TEXT NOT NULL,
    "asked_on" TEXT,
    "answer" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "state_on" TEXT NOT NULL,
    "reply" TEXT NOT NULL,
    "follow_up" INTEGER,
    "by" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
INSERT INTO public_post (case_id, link, place, seen_on, asked_on, answer, state, state_on, reply, "by")
SELECT id, post_link, source, date(received_at / 1000, 'unixepoch'), post_asked_on, post_answer,
    CASE WHEN post_removed_on IS NULL THEN 'online' ELSE 'removed' END,
    COALESCE(post_removed_on, post_asked_on, date(received_at / 1000, 'unixepoch')), '', entered_by
FROM cases WHERE post_link <> '' OR post_answer <> '' OR post_asked_on IS NOT NULL OR post_removed_on IS NOT NULL;
CREATE INDEX "publicposts_case_id_seen_on" ON "public_post" ("case_id", "seen_on");
CREATE INDEX "publicposts_state_case_id" ON "public_post" ("state", "case_id");
UPDATE "change" SET fields = json_remove(fields, '$.post_link', '$.post_asked_on', '$.post_answer', '$.post_removed_on')
WHERE fields LIKE '%"post\\_%' ESCAPE '\\';
ALTER TABLE cases DROP COLUMN post_link;
ALTER TABLE cases DROP COLUMN post_asked_on;
ALTER TABLE cases DROP COLUMN post_answer;
ALTER TABLE cases DROP COLUMN post_removed_on;
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table, bring over what cases had, and take their fields away."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
