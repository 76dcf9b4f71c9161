"""Keeps complaints that customers published, several of a case, in the place of the four fields a case had for one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

TABLE = """
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
) STRICT
"""
INDEXES = (
    'CREATE INDEX "publicposts_case_id_seen_on" ON "public_post" ("case_id", "seen_on")',
    'CREATE INDEX "publicposts_state_case_id" ON "public_post" ("state", "case_id")',
)
GONE = ("post_link", "post_asked_on", "post_answer", "post_removed_on")
"""The fields of a case that tell no more."""
TOLD = """
SELECT id, source, received_at, entered_by, post_link, post_asked_on, post_answer, post_removed_on FROM cases
WHERE post_link <> '' OR post_answer <> '' OR post_asked_on IS NOT NULL OR post_removed_on IS NOT NULL
"""
POST = """
INSERT INTO public_post (case_id, link, place, seen_on, asked_on, answer, state, state_on, reply, "by")
VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', ?)
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table, bring over what cases had, and take their fields away, from what can be undone too."""
    db.execute_sql(TABLE)
    for id_, source, received_at, by, link, asked_on, answer, removed_on in list(db.execute_sql(TOLD)):
        seen_on = datetime.fromtimestamp(received_at / 1000, UTC).date().isoformat()
        state = "removed" if removed_on else "online"
        state_on = removed_on or asked_on or seen_on
        db.execute_sql(POST, (id_, link, source, seen_on, asked_on, answer, state, state_on, by))
    for statement in INDEXES:
        db.execute_sql(statement)
    for id_, kept in list(db.execute_sql("SELECT id, fields FROM change WHERE fields LIKE '%\"post%'")):
        fields = {name: pair for name, pair in json.loads(kept).items() if name not in GONE}
        db.execute_sql("UPDATE change SET fields = ? WHERE id = ?", (json.dumps(fields, ensure_ascii=False), id_))
    for name in GONE:
        db.execute_sql(f"ALTER TABLE cases DROP COLUMN {name}")
