"""Keeps which timeline entries an import added to cases that were there before."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "imported_entry" (
    "id" INTEGER NOT NULL PRIMARY KEY,
    "case_id" INTEGER NOT NULL,
    "import_run_id" INTEGER NOT NULL,
    "import_key" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "importedentries_case_id" ON "imported_entry" ("case_id");
CREATE INDEX "importedentries_import_run_id" ON "imported_entry" ("import_run_id");
CREATE UNIQUE INDEX "importedentries_import_key" ON "imported_entry" ("import_key");
"""


def up(migrator: Any, db: Any) -> None:
    """Make the table of imported entries."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
