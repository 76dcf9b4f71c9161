"""A quality report as text, as a page and as facts, in which nothing that was typed becomes anything else."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from tuitrack.domain.promises import LedgerQuery, Standing
from tuitrack.domain.quality.days import Days
from tuitrack.domain.quality.report import NOTE, Number, Report, Row, Table, Topic
from tuitrack.exchange.facts import as_csv
from tuitrack.exchange.quality_facts import NUMBER_FACTS, listing_text, number_facts, report_facts
from tuitrack.exchange.quality_page import report_page
from tuitrack.exchange.quality_text import ROWS_MOST, markdown_lines, plain_lines, report_lines

HOSTILE = "=cmd|'/C calc'!A0 <script>alert(1)</script> [x](http://evil) \x1b]52;c;\x07 *bold*"
QUERY = f'sort:newest received:2026-10-01..2026-10-31 is:all category="{HOSTILE}"'


def a_report(rows: int = 1) -> Report:
    """A report with one trend of that many rows, and a measure below its target."""
    measure = Row(
        "late",
        "something met late",
        (Number("51 %", 51, "closed:2026-10-01..2026-10-31 is:late", 100), Number("100", 100, "closed:2026-10")),
        "missed",
        is_alert=True,
    )
    trend = tuple(Row(str(n), HOSTILE, (Number("7", 7, QUERY), Number("-")), bar=1 / (n + 1)) for n in range(rows))
    days = Days(date(2026, 10, 1), date(2026, 10, 31))
    tables = (
        Table(Topic.MEASURES, ("now", "of"), (measure,), "Measured."),
        Table(Topic.VOLUME, ("received", "closed"), trend[:1], "By day."),
        Table(Topic.CATEGORY, ("now", "before"), trend, "Trends."),
        Table(Topic.CAUSE, ("now", "before"), (), "Causes."),
    )
    return Report(days, days.shifted(-1), datetime(2026, 11, 2, 9, 30, tzinfo=UTC), tables)


def test_the_report_as_lines() -> None:
    lines = list(report_lines(a_report(ROWS_MOST + 2)))
    assert lines[:2] == ["Quality report, October 2026", "Counted 2026-11-02 09:30, compared with September 2026."]
    assert lines[2:4] == [NOTE, "! something met late: 51 %, missed"]
    assert any(line.startswith("something met late") and line.endswith("51 %      100  ! missed") for line in lines)
    assert lines.count("2 more with fewer cases; --json and --csv have them all.") == 1
    assert lines[-1] == "Nothing."
    assert sum("############" in line for line in lines) == 2


def test_a_sentence_for_each_row() -> None:
    lines = list(plain_lines(a_report()))
    assert "something met late: now 51 %, of 100, missed." in lines
    assert "Measures. Measured." in lines


def test_the_page_has_charts_and_nothing_that_runs() -> None:
    page = report_page(a_report())
    assert "<script" not in page
    assert "\x1b" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page
    assert page.count("<svg") == 3
    assert 'title="closed:2026-10-01..2026-10-31 is:late"' in page
    assert "://" not in page.replace("[x](http://evil)", "")


def test_markdown_has_no_markup_that_was_typed() -> None:
    text = "\n".join(markdown_lines(a_report()))
    assert "<script>" not in text
    assert "](" not in text.replace("\\](", "")
    assert "| something met late | 51 % | 100 | missed |" in text
    assert text.startswith("# Quality report, October 2026\n")


def test_every_number_with_its_query() -> None:
    facts = report_facts(a_report())
    assert json.loads(json.dumps(facts)) == facts
    assert (facts["from"], facts["to"], facts["alerts"]) == (
        "2026-10-01", "2026-10-31", ["something met late: 51 %, missed"],
    )  # fmt: skip
    assert facts["tables"]["category"]["rows"][0]["numbers"][0] == {
        "column": "now", "text": "7", "count": 7, "of": None, "query": QUERY,
    }  # fmt: skip
    table = list(csv.DictReader(StringIO(as_csv(number_facts(a_report()), NUMBER_FACTS))))
    assert table[0] == {
        "table": "measures", "row": "something met late", "column": "now", "text": "51 %", "count": "51", "of": "100",
        "remark": "missed", "query": "closed:2026-10-01..2026-10-31 is:late",
    }  # fmt: skip
    assert all(not row["row"].startswith("=") for row in table)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (QUERY, QUERY),
        (LedgerQuery(standing=Standing.KEPT), "promises kept"),
        (
            LedgerQuery(
                standing=Standing.KEPT,
                by=("ana",),
                since=datetime(2026, 10, 1, tzinfo=UTC),
                before=datetime(2026, 11, 1, tzinfo=UTC),
            ),
            "promises kept, due from 2026-10-01 and before 2026-11-01, by ana",
        ),
    ],
)
def test_what_lists_the_things_behind_a_number(asked: str | LedgerQuery, told: str) -> None:
    assert listing_text(asked) == told
