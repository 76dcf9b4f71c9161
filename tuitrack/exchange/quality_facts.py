"""A quality report as facts for other programs: every number with the query that lists what it counts."""

from __future__ import annotations

from typing import Any

from tuitrack.domain.promises import LedgerQuery
from tuitrack.domain.quality.report import NOTE, Listing, Number, Report, Table
from tuitrack.exchange.facts import Facts

NUMBER_FACTS = ("table", "row", "column", "text", "count", "of", "remark", "query")
"""The columns of the table of all numbers."""


def report_facts(report: Report) -> dict[str, Any]:
    """The whole report, with names that stay the same."""
    return {
        "from": report.days.first.isoformat(),
        "to": report.days.last.isoformat(),
        "compared_with": {"from": report.before.first.isoformat(), "to": report.before.last.isoformat()},
        "as_of": report.as_of.isoformat(timespec="seconds"),
        "note": NOTE,
        "alerts": report.alerts,
        "tables": {table.topic.value: _table_facts(table) for table in report.tables},
    }


def number_facts(report: Report) -> list[Facts]:
    """Every number of the report by itself."""
    return [
        {
            "table": table.topic.value,
            "row": row.label,
            "column": column,
            **_number_facts(number),
            "remark": row.remark or None,
        }
        for table in report.tables
        for row in table.rows
        for column, number in zip(table.columns, row.numbers, strict=True)
        if number.text
    ]


def listing_text(lists: Listing) -> str:
    """What lists the things behind a number, as it is typed; of promises in words."""
    if not isinstance(lists, LedgerQuery):
        return lists
    told = [f"promises {lists.standing.label}"]
    if lists.since and lists.before:
        told.append(f"due from {lists.since:%Y-%m-%d} and before {lists.before:%Y-%m-%d}")
    return ", ".join([*told, *(f"by {name}" for name in lists.by or ())])


def _table_facts(table: Table) -> dict[str, Any]:
    return {
        "note": table.note,
        "rows": [
            {
                "id": row.id,
                "label": row.label,
                "numbers": [
                    {"column": column, **_number_facts(number)}
                    for column, number in zip(table.columns, row.numbers, strict=True)
                ],
                "remark": row.remark or None,
            }
            for row in table.rows
        ],
    }


def _number_facts(number: Number) -> dict[str, str | int | None]:
    return {
        "text": number.text,
        "count": number.count,
        "of": number.of,
        "query": None if number.lists is None else listing_text(number.lists),
    }
