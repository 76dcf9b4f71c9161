"""Counts the sentences about rows, those about the same fault together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

REASONS_MAX = 200
"""Different reasons and remarks that a summary counts; the report has every row's own."""
_PARTICULARS = re.compile(
    r"(?<=“)[^”]*(?=”)|^[^\W\d_]{1,4}\d\d-\d{6,}-\d(?=: )"
    r"| \([^)]* became [^)]*\)|(?<=: )\d{4}-\d\d-\d\d(?: \d\d:\d\d)?"
)
"""What differs from row to row in sentences about the same fault."""


def count(counter: Counter[str], sentences: Iterable[str]) -> None:
    """Count sentences, whatever they name left out."""
    for sentence in sentences:
        text = _PARTICULARS.sub(lambda found: "" if found[0].startswith(" (") else "…", sentence)
        if text in counter or len(counter) < REASONS_MAX:
            counter[text] += 1
