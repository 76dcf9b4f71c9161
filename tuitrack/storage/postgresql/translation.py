"""The SQL of the storage room, written once as SQLite speaks it, as PostgreSQL understands it.

Whoever writes SQL keeps to four rules, and the contract suite tells who forgot one:

1. A condition is true or false, not 1 or 0: `TRUE` where nothing is asked, `> 0` behind a number, `COUNT(*) FILTER
   (WHERE …)` where conditions are counted, `IS NOT TRUE` for what does not hold.
2. A selection in FROM has a name, and a column that is written and read in one statement has its table's.
3. Nothing rests on where NULL sorts, nor on a column that GROUP BY leaves out.
4. A value is bound to a mark `?`. Of what SQLite alone has, only what stands in this module may be used.

What tells SQLite alone which way to take, such as INDEXED BY and CROSS JOIN … ON, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from tuitrack.domain.text import words_of
from tuitrack.storage.piece import Piece
from tuitrack.storage.postgresql.search_tables import SEARCH_TABLES
from tuitrack.storage.postgresql.sought import asked_for, relevance

_SPELLED = [
    (re.compile(pattern), replacement)
    for pattern, replacement in {
        r"\s+(?:NOT INDEXED|INDEXED BY \w+)": "",
        r"CROSS JOIN\s+(\w+(?: AS \w+)?)\s+ON\b": r"JOIN \1 ON",
        r"\bINTEGER\b": "bigint",
        r"\bIS NOT (\d+)": r"IS DISTINCT FROM \1",
        r"\bgroup_concat\(": "string_agg(",
        r"\bchar\(10\)": "chr(10)",
        r"json_each\(\?\)": "jsonb_array_elements_text(?::jsonb) AS json_each (value)",
        r"SELECT seq FROM sqlite_sequence WHERE name = \?": "SELECT last_id(?)",
    }.items()
]
_TABLE = re.compile(r'\s*CREATE TABLE "(\w+)" ')
_LASTING = re.compile(r"PRIMARY KEY AUTOINCREMENT")
_SEARCH_TABLE = re.compile(r'\s*CREATE VIRTUAL TABLE "(\w+)" USING fts5')
_LASTING_ID = """;
CREATE SEQUENCE "{0}_id_seq" OWNED BY "{0}"."id";
CREATE TRIGGER "lasting_id" BEFORE INSERT ON "{0}" FOR EACH ROW EXECUTE FUNCTION lasting_id('{0}_id_seq')
"""

_MARK = re.compile(
    r"(?P<table>\w+) MATCH \?|(?P<column>[\w.\"]+) IS \?"
    r"|(?P<number>has_number\(t1\.reference, t1\.foreign_id, \?\) = 1)|(?P<rank>bm25\(case_search\))|\?"
)


class Statement(NamedTuple):
    """A statement of PostgreSQL, parted where the values come."""

    parts: tuple[str, ...]
    """What stands between the marks; one more than there are of these."""
    marks: tuple[re.Match[str], ...]
    plain: str | None
    """The whole of it, where no value changes how it is spelled."""

    def with_values(self, values: Sequence[Any]) -> tuple[str, Sequence[Any] | None]:
        """The statement as psycopg takes it, for these values."""
        if self.plain is not None:
            return self.plain, values or None
        left = iter(values)
        bound = [None if mark["rank"] else next(left) for mark in self.marks]
        sought = next((str(value) for mark, value in zip(self.marks, bound, strict=True) if mark["table"]), "")
        pieces = [_spelled(mark, value, sought) for mark, value in zip(self.marks, bound, strict=True)]
        spelled = [text for part, piece in zip(self.parts, pieces, strict=False) for text in (part, piece.sql)]
        return "".join([*spelled, self.parts[-1]]), [value for piece in pieces for value in piece.values]


@lru_cache(maxsize=2000)
def translated(sql: str) -> Statement:
    """A statement of the storage room as one of PostgreSQL; what Peewee wrote for PostgreSQL itself stays as it is."""
    if found := _SEARCH_TABLE.match(sql):
        return Statement((SEARCH_TABLES[found[1]],), (), SEARCH_TABLES[found[1]])
    for pattern, replacement in _SPELLED:
        sql = pattern.sub(replacement, sql)
    if sql.lstrip().startswith(("CREATE TABLE", "ALTER TABLE")):
        sql = _with_types(sql)
    marks = tuple(_MARK.finditer(sql))
    ends = [0, *(place for mark in marks for place in mark.span()), len(sql)]
    parts = tuple(sql[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
    is_plain = all(mark[0] == "?" for mark in marks)
    return Statement(parts, marks, "%s".join(parts) if is_plain else None)


def _with_types(sql: str) -> str:
    """A table whose texts sort and compare by their characters, as in SQLite, and whose ids are never given twice."""
    sql = re.sub(r"\bTEXT\b", 'text COLLATE "C"', sql).replace(") STRICT", ")")
    table = _TABLE.match(sql)
    if table is None or not _LASTING.search(sql):
        return sql
    return _LASTING.sub("PRIMARY KEY", sql) + _LASTING_ID.format(table[1])


def _spelled(mark: re.Match[str], value: Any, sought: str) -> Piece:
    """What stands for a mark; `sought` is what the statement looks for among words."""
    if mark["table"]:
        return asked_for(mark["table"], value)
    if mark["rank"]:
        return relevance(sought)
    if mark["column"]:
        return Piece(f"{mark['column']} IS NULL") if value is None else Piece(f"{mark['column']} = %s", (value,))
    if mark["number"]:
        return Piece("has_number(t1.id, t1.reference, t1.foreign_id, %s)", (words_of(value),))
    return Piece("%s", (value,))
