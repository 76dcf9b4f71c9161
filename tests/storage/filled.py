"""Stores with something in them, and texts made to break something, for the tests of all stores."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.builders import (
    NOW,
    a_case,
    a_customer,
)
from tuitrack.domain.queue import Page, QueueQuery
from tuitrack.domain.text import TEXT_MAX, clean
from tuitrack.services.ports import Store

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

HOSTILE = [
    "[bold red]x[/]",
    "[/]",
    "'; DROP TABLE cases; --",
    '"quoted" AND (NEAR OR *',
    "50 % _off_ \\",
    "naïve Čakovec Đurđa škola",
    "سلام، مشتری",
    "👩‍👩‍👧 🇭🇷",
    "line\nline\n\nline",
    "=HYPERLINK(1)",
    "null",
    "0",
]
_SHARED = Path(__file__).parents[3] / "shared" / "hostile.json"


def hostile_texts() -> list[str]:
    """Texts made to break something, cleaned as everything is on the way in, and no longer than is taken."""
    items = json.loads(_SHARED.read_text())["items"] if _SHARED.exists() else []
    found = [_whole(item) for item in items]
    return [clean(text)[:TEXT_MAX] for text in [*HOSTILE, *found]]


def _whole(item: dict[str, Any]) -> str:
    """The text of an item; long ones are given as something to repeat."""
    if "text" in item:
        return str(item["text"])
    return str(item.get("prefix", "") + item["repeat"] * min(item["times"], TEXT_MAX))


def with_cases(store: Store, *cases: dict[str, Any]) -> list[int]:
    """Store a customer with a case for each dict of fields; return the cases' ids."""
    with store.writing() as writer:
        customer = writer.add(a_customer())
        return [writer.add(a_case(n, customer.id, **fields)).id for n, fields in enumerate(cases, 1)]


def page(store: Store, limit: int = 100, **query: Any) -> Page:
    """A page of the queue as it stands at noon."""
    with store.reading() as reader:
        return reader.page(QueueQuery(**query), NOW, limit)


def references(found: Page) -> list[int]:
    """The numbers of a page's cases in their order."""
    return [int(row.reference.split("-")[1]) for row in found.rows]
