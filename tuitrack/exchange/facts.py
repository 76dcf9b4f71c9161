"""Facts of like things, for other programs and for screen readers: as a table, or one on each line."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from io import StringIO

from tuitrack.exchange.formulas import neutral

Facts = Mapping[str, str | int | None]
"""What is known of one thing, by names that stay the same; None where something is not known or not so."""


def as_csv(facts: Sequence[Facts], names: Sequence[str]) -> str:
    """A table with these columns, in which nothing is a formula."""
    file = StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    for one in facts:
        writer.writerow([neutral(value) if isinstance(value, str) else value for value in map(one.get, names)])
    return file.getvalue()


def as_plain(facts: Facts) -> list[str]:
    """One fact on each line, those that are known."""
    known = {name: value for name, value in facts.items() if value is not None}
    return [f"{name.replace('_', ' ').capitalize()}: {value}" for name, value in known.items()]
