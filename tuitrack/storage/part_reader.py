"""Counting the cases of a query and of its parts in one go, to the last one, as a report does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.selection import selection
from tuitrack.domain.queue import QueueQuery
from tuitrack.storage.piece import Piece
from tuitrack.storage.query_sql import COLUMNS, condition
from tuitrack.storage.queue_reader import QueueReader
from tuitrack.storage.ways import way_to


class PartReader(QueueReader):
    """The part of the port `Reader` that a report needs."""

    def count_parts(
        self, query: QueueQuery, parts: Sequence[QueueQuery], now: datetime, by: Sequence[Field] = ()
    ) -> dict[tuple[str, ...], tuple[int, ...]]:
        """How many cases a query has, and how many of them each of the parts has too, by the values of some fields."""
        stored = cache(self._stored)
        where = selection(query, now, self.agents).where
        tests = [condition(selection(part, now, self.agents).where, now, stored) for part in parts]
        values = [f"COALESCE(t1.{COLUMNS[field]}, '')" for field in by]
        columns = [*values, "COUNT(*)", *(f"COUNT(*) FILTER (WHERE {test.sql})" for test in tests)]
        way = way_to(where, now, stored, in_open_work=False)
        if way is None:
            held = condition(where, now, stored)
            source = Piece(f"cases AS t1 NOT INDEXED WHERE {held.sql}", held.values)
        else:
            found = f"(SELECT DISTINCT id FROM ({way.sql}) AS every) AS found"
            source = Piece(f"{found} CROSS JOIN cases AS t1 ON t1.id = found.id", way.values)
        groups = f" GROUP BY {', '.join(map(str, range(1, len(by) + 1)))}" if by else ""
        counted = self._run(
            Piece(
                f"SELECT {', '.join(columns)} FROM {source.sql}{groups}",
                (*(value for test in tests for value in test.values), *source.values),
            )
        )
        rows = ((tuple(row[: len(by)]), tuple(row[len(by) :])) for row in counted)
        return {group: numbers for group, numbers in rows if numbers[0]}
