"""The first shape of the database; a later change is a new file beside this one, never an edit of it."""

from __future__ import annotations

from typing import Any

STATEMENTS = """
CREATE TABLE "agent" (
    "handle" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "active" INTEGER NOT NULL,
    "entered_at" INTEGER NOT NULL
) STRICT;

CREATE TABLE "customer" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "account_key" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "no_contact_reason" TEXT NOT NULL,
    "entered_at" INTEGER NOT NULL,
    "import_run_id" INTEGER
) STRICT;
CREATE INDEX "customers_account_key" ON "customer" ("account_key");
CREATE INDEX "customers_import_run_id" ON "customer" ("import_run_id");

CREATE TABLE "phone" (
    "customer_id" INTEGER NOT NULL,
    "place" INTEGER NOT NULL,
    "typed" TEXT NOT NULL,
    "reversed_digits" TEXT NOT NULL,
    PRIMARY KEY ("customer_id", "place"),
    FOREIGN KEY ("customer_id") REFERENCES "customer" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "phones_reversed_digits" ON "phone" ("reversed_digits");

CREATE TABLE "cases" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "reference" TEXT NOT NULL,
    "customer_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "words" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "further_issues" TEXT NOT NULL,
    "to_clarify" TEXT NOT NULL,
    "remedy_wanted" TEXT NOT NULL,
    "amount_asked" INTEGER,
    "currency" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "sub_category" TEXT NOT NULL,
    "product" TEXT NOT NULL,
    "tags" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "public" INTEGER NOT NULL,
    "post_link" TEXT NOT NULL,
    "post_asked_on" TEXT,
    "post_answer" TEXT NOT NULL,
    "post_removed_on" TEXT,
    "employee_concerned" TEXT NOT NULL,
    "occurred_on" TEXT,
    "received_at" INTEGER NOT NULL,
    "received_by" TEXT NOT NULL,
    "entered_at" INTEGER NOT NULL,
    "entered_by" TEXT NOT NULL,
    "foreign_id" TEXT NOT NULL,
    "import_run_id" INTEGER,
    "import_key" TEXT,
    "status" TEXT NOT NULL,
    "owner" TEXT,
    "contact" TEXT,
    "department" TEXT NOT NULL,
    "priority" TEXT NOT NULL,
    "likely_to_leave" INTEGER NOT NULL,
    "no_return_reason" TEXT NOT NULL,
    "resolve_by" INTEGER,
    "confirm_by" INTEGER,
    "resolved_on_first_contact" INTEGER NOT NULL,
    "resolution" TEXT NOT NULL,
    "company_resolved_on" TEXT,
    "company_resolved_by" TEXT,
    "resolved_at" INTEGER,
    "justified" TEXT,
    "justified_because" TEXT NOT NULL,
    "explanation" TEXT NOT NULL,
    "customer_told_on" TEXT,
    "help_offered" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "factors" TEXT NOT NULL,
    "no_process_action_because" TEXT NOT NULL,
    "customer_confirmed_on" TEXT,
    "confirming_call_id" INTEGER,
    "confirmation_asked_by" TEXT,
    "confirmed_early_because" TEXT NOT NULL,
    "unconfirmed_because" TEXT NOT NULL,
    "mood" TEXT,
    "still_angry" INTEGER NOT NULL,
    "satisfied_with_measures" TEXT,
    "satisfied_with_work" TEXT,
    "outcome" TEXT,
    "closed_at" INTEGER,
    "closed_by" TEXT,
    "closing_note" TEXT NOT NULL,
    "duplicate_of" TEXT NOT NULL,
    "retention" TEXT NOT NULL,
    "reopened_count" INTEGER NOT NULL,
    "next_due_at" INTEGER,
    "next_due_kind" TEXT NOT NULL,
    "touched_at" INTEGER NOT NULL,
    "due_key" INTEGER NOT NULL,
    "open_work" INTEGER NOT NULL,
    FOREIGN KEY ("customer_id") REFERENCES "customer" ("id")
) STRICT;
CREATE UNIQUE INDEX "cases_reference" ON "cases" ("reference");
CREATE INDEX "cases_import_run_id" ON "cases" ("import_run_id");
CREATE UNIQUE INDEX "cases_import_key" ON "cases" ("import_key");
CREATE INDEX "cases_customer_id_received_at" ON "cases" ("customer_id", "received_at");
CREATE INDEX "cases_status_due_key_id" ON "cases" ("status", "due_key", "id");
CREATE INDEX "cases_status_received_at_id" ON "cases" ("status", "received_at", "id");
CREATE INDEX "cases_due_key_id" ON "cases" ("due_key", "id");
CREATE INDEX "cases_received_at_id" ON "cases" ("received_at", "id");
CREATE INDEX "cases_touched_at_id" ON "cases" ("touched_at", "id");
CREATE INDEX "work_due" ON "cases" ("due_key", "id") WHERE ("open_work" = 1);
CREATE INDEX "work_received" ON "cases" ("received_at", "id") WHERE ("open_work" = 1);
CREATE INDEX "work_touched" ON "cases" ("touched_at", "id") WHERE ("open_work" = 1);
CREATE INDEX "work_of_owner" ON "cases" ("owner", "due_key", "id") WHERE ("open_work" = 1);

CREATE TABLE "entry" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "occurred_at" INTEGER NOT NULL,
    "entered_at" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "channel" TEXT,
    "public" INTEGER NOT NULL,
    "record_id" INTEGER,
    "corrects" INTEGER,
    "changes" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "entries_case_id_occurred_at_id" ON "entry" ("case_id", "occurred_at", "id");

CREATE TABLE "call" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "direction" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "result" TEXT NOT NULL,
    "recording_told" INTEGER NOT NULL,
    "reference_given" INTEGER NOT NULL,
    "at" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "calls_case_id_at" ON "call" ("case_id", "at");

CREATE TABLE "action" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "track" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "assignee" TEXT NOT NULL,
    "requested_on" TEXT NOT NULL,
    "due_at" INTEGER,
    "done_on" TEXT,
    "done_at" INTEGER,
    "done_note" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "actions_case_id_requested_on" ON "action" ("case_id", "requested_on");

CREATE TABLE "promise" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "call_id" INTEGER,
    "made_at" INTEGER NOT NULL,
    "due_at" INTEGER NOT NULL,
    "outcome" TEXT,
    "settled_at" INTEGER,
    "settled_by" TEXT,
    "settled_note" TEXT NOT NULL,
    "renegotiates" INTEGER,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "promises_case_id_due_at" ON "promise" ("case_id", "due_at");

CREATE TABLE "remedy" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "case_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "amount" INTEGER,
    "currency" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "expires_on" TEXT,
    "method" TEXT,
    "offered_on" TEXT NOT NULL,
    "chosen" INTEGER,
    "approved_by" TEXT NOT NULL,
    "delivered_on" TEXT,
    "by" TEXT NOT NULL,
    FOREIGN KEY ("case_id") REFERENCES "cases" ("id") ON DELETE CASCADE
) STRICT;
CREATE INDEX "remedies_case_id_offered_on" ON "remedy" ("case_id", "offered_on");

CREATE TABLE "draft" (
    "agent" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "focus" TEXT NOT NULL,
    "cursor" INTEGER NOT NULL,
    "saved_at" INTEGER NOT NULL,
    PRIMARY KEY ("agent", "form")
) STRICT;

CREATE TABLE "counter" (
    "year" INTEGER NOT NULL PRIMARY KEY,
    "last" INTEGER NOT NULL
) STRICT;

CREATE TABLE "import_run" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "file_name" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "started_at" INTEGER NOT NULL,
    "finished_at" INTEGER,
    "taken" INTEGER NOT NULL,
    "changed" INTEGER NOT NULL,
    "refused" INTEGER NOT NULL,
    "known" INTEGER NOT NULL,
    "undone_at" INTEGER,
    "settings" TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE "case_search" USING fts5(
    "words", "phones", tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4'
);

CREATE VIRTUAL TABLE "customer_search" USING fts5(
    "words", tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4'
);
"""


def up(migrator: Any, db: Any) -> None:
    """Make every table."""
    for statement in filter(str.strip, STATEMENTS.split(";\n")):
        db.execute_sql(statement)
