"""What FTS5 is asked, asked of PostgreSQL: the same rows are found, and rank alike.

The program asks FTS5 in a small part of its language: words, perhaps the last one only begun, in the column of the
words or of the numbers, put together in brackets by AND, OR and NOT.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuitrack.lean import dataclass
from tuitrack.storage.piece import Piece, joined

_TOKEN = re.compile(r"(?:(words|phones) : )?\(([^()]*)\)|AND|OR|NOT|[()]")
_LOOKED_FOR = re.compile(r'"([^"]*)"(\*?)')

LETTERS_MOST = 500
"""So many letters of a word are looked for; PostgreSQL keeps no more than 2,000 bytes of one."""
_NUMBER = "_"
"""Stands before a number, for no word begins with it."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Words that must all be there, words that follow each other, or numbers of which one must be there."""

    column: str
    looked_for: tuple[tuple[str, bool], ...]
    """Each with whether it is only begun."""

    def condition(self, table: str) -> Piece:
        """Whether a row of the table has what is looked for."""
        sign, is_number = (" | ", True) if self.column == "phones" else (" & ", False)
        words = [
            _lexeme(_NUMBER + word if is_number else word, begun=begun and word is one[-1])
            for text, begun in self.looked_for
            for one in [text.split()]
            for word in one
        ]
        found = Piece(f"{table}.found @@ %s::tsquery", (sign.join(words),))
        follow = [
            Piece(f"position(%s in told({table}.words)) > 0", (_needle(text, begun),))
            for text, begun in self.looked_for
            if " " in text
        ]
        return joined([found, *follow], "AND", "TRUE")

    def relevance(self) -> Piece:
        """How well a row of the cases fits, which is nothing where not all of it is there."""
        scores = []
        for text, begun in self.looked_for:
            alone = _Group(self.column, ((text, begun),)).condition("other")
            scores.append(
                Piece(
                    f"bm25(occurrences(case_search.{self.column}, %s), case_search.length, "
                    f"(SELECT COUNT(*) FROM case_search AS other WHERE {alone.sql}))",
                    (_needle(text, begun), *alone.values),
                )
            )
        return _counted_if(self.condition("case_search"), scores)


@dataclass(frozen=True, slots=True)
class _Several:
    """What must all hold or of which one must, and what must not."""

    word: str
    wanted: tuple[_Group | _Several, ...]
    unwanted: tuple[_Group | _Several, ...] = ()

    def condition(self, table: str) -> Piece:
        """Whether a row of the table is what is asked for."""
        refused = [one.condition(table) for one in self.unwanted]
        wanted = joined((one.condition(table) for one in self.wanted), self.word, "TRUE")
        return joined([wanted, *(Piece(f"NOT ({one.sql})", one.values) for one in refused)], "AND", "TRUE")

    def relevance(self) -> Piece:
        """How well a row of the cases fits, by what of it holds."""
        return _counted_if(self.condition("case_search"), [one.relevance() for one in self.wanted])


def asked_for(table: str, query: str) -> Piece:
    """Whether a row of a search table is found by a query of FTS5."""
    return _read(query).condition(table)


def relevance(query: str) -> Piece:
    """What FTS5 ranks a row of `case_search` by: the formula bm25 over all there is, the best one the smallest."""
    found = _read(query).relevance()
    return Piece(f"-(({found.sql})::numeric)", found.values)


def _counted_if(condition: Piece, scores: list[Piece]) -> Piece:
    total = joined(scores, "+", "0")
    return Piece(f"CASE WHEN {condition.sql} THEN {total.sql} ELSE 0 END", condition.values + total.values)


def _needle(text: str, begun: bool) -> str:
    """How a text stands among others, each between two blanks."""
    return f" {text}" if begun else f" {text} "


def _lexeme(word: str, *, begun: bool) -> str:
    return f"'{word[:LETTERS_MOST]}'{':*' if begun else ''}"


def _read(query: str) -> _Group | _Several:
    if "(" not in query:
        return _group("words", query)
    return _read_several(_TOKEN.finditer(query))


def _read_several(tokens: Iterator[re.Match[str]]) -> _Group | _Several:
    """What stands up to the closing bracket, or to the end."""
    word, is_unwanted = "AND", False
    wanted: list[_Group | _Several] = []
    unwanted: list[_Group | _Several] = []
    for token in tokens:
        if token[0] == ")":
            break
        if token[0] in ("AND", "OR", "NOT"):
            word, is_unwanted = ("OR" if token[0] == "OR" else "AND"), token[0] == "NOT"
            continue
        one = _read_several(tokens) if token[0] == "(" else _group(token[1] or "words", token[2])
        (unwanted if is_unwanted else wanted).append(one)
    return wanted[0] if len(wanted) == 1 and not unwanted else _Several(word, tuple(wanted), tuple(unwanted))


def _group(column: str, text: str) -> _Group:
    return _Group(column, tuple((found[1], bool(found[2])) for found in _LOOKED_FOR.finditer(text)))
