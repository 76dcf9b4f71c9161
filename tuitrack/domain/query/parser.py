"""A typed query as a tree of terms; what cannot be understood is a `QueryRefused` with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tuitrack.domain.columns import Column
from tuitrack.domain.errors import QueryRefused
from tuitrack.domain.query.asking import Asking
from tuitrack.domain.query.fields import Field, fields_named, nearest_field
from tuitrack.domain.query.lexer import BareWord, FieldToken, Joint, Mark, Quoted, Token, storable, tokens
from tuitrack.domain.query.terms import All, Phrase, Query, Term, Text, all_of, any_of, none_of
from tuitrack.domain.query.values import columns_of, field_term, moment_of, order_of
from tuitrack.domain.queue import Sort
from tuitrack.domain.text import QUERY_MAX, begins_few, one_line, search_words, words_of

DEPTH_MAX = 20
"""How many brackets may stand within each other."""


def parse(text: str, asking: Asking) -> Query:
    """Understand a query; brackets and quotes still open at its end are closed there."""
    if len(text) > QUERY_MAX:
        raise QueryRefused(f"A query has {QUERY_MAX} letters at the most.", QUERY_MAX, len(text) - QUERY_MAX)
    text = storable(text)
    parser = _Parser(list(tokens(text)), len(text), asking)
    return Query(parser.query(), parser.sort, parser.columns, parser.as_of)


@dataclass(slots=True)
class _Parser:
    """Walks through the tokens once."""

    tokens: list[Token]
    end: int
    asking: Asking
    at: int = 0
    sort: Sort | None = None
    columns: tuple[Column, ...] = ()
    as_of: datetime | None = None
    depth: int = 0

    def query(self) -> Term:
        """The term that all tokens together are."""
        term = self._either()
        if self.at < len(self.tokens):
            stray = self.tokens[self.at]
            raise QueryRefused("“)” closes nothing here. Put text that has it in quotes.", stray.start, 1)
        return term

    def _either(self) -> Term:
        """Terms parted by `or`."""
        terms = [self._together()]
        while self._taken(Mark.OR):
            terms.append(self._together())
        return any_of(terms)

    def _together(self) -> Term:
        """Terms side by side."""
        terms: list[Term] = []
        while self.at < len(self.tokens) and not self._ahead(Mark.CLOSE) and not self._ahead(Mark.OR):
            terms.append(self._one())
        return all_of(terms)

    def _one(self) -> Term:
        negated = False
        while self._taken(Mark.NOT):
            negated = not negated
        term = self._plain() if self.at < len(self.tokens) else All()
        return none_of(term) if negated else term

    def _plain(self) -> Term:
        token = self.tokens[self.at]
        if isinstance(token, Joint):
            return self._bracket(token) if token.mark is Mark.OPEN else All()
        self.at += 1
        match token:
            case BareWord(_, end, text):
                return _words(text, end < self.end)
            case Quoted(_, _, text, closed):
                return _phrase(text, closed)
            case FieldToken():
                return self._field(token)
        raise AssertionError(f"unknown token {token}")

    def _bracket(self, token: Token) -> Term:
        if self.depth >= DEPTH_MAX:
            raise QueryRefused(f"No more than {DEPTH_MAX} brackets may stand in each other.", token.start, 1)
        self.depth += 1
        self.at += 1
        term = self._either()
        self._taken(Mark.CLOSE)
        self.depth -= 1
        return term

    def _field(self, token: FieldToken) -> Term:
        found = fields_named(token.name)
        if len(found) == 1:
            if found[0] is Field.SORT:
                self.sort = order_of(token)
                return All()
            if found[0] is Field.COLUMNS:
                self.columns = columns_of(token, self.asking)
                return All()
            if found[0] is Field.AT:
                self.as_of = moment_of(token, self.asking)
                return All()
            return field_term(found[0], token, self.asking)
        raise QueryRefused(_unknown_field(token.name, found), token.start, len(token.name))

    def _ahead(self, mark: Mark) -> bool:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        return isinstance(token, Joint) and token.mark is mark

    def _taken(self, mark: Mark) -> bool:
        ahead = self._ahead(mark)
        self.at += ahead
        return ahead


def _words(text: str, finished: bool) -> Term:
    whole, unfinished = search_words(text)
    if finished or unfinished is None or begins_few(unfinished):
        return Text(text, finished) if words_of(text) else All()
    return Text(" ".join(whole)) if whole else All()


def _phrase(text: str, closed: bool) -> Term:
    whole, unfinished = search_words(text)
    if unfinished and (closed or begins_few(unfinished)):
        return Phrase((*whole, unfinished), closed)
    return Phrase(whole) if whole else All()


def _unknown_field(name: str, found: Sequence[Field]) -> str:
    shown = one_line(name, 20)
    if found:
        return f"“{shown}” can be {' or '.join(found)}. Type more of it."
    near = nearest_field(name)
    if near:
        return f"“{shown}” is not a field; did you mean {near}?"
    return f"“{shown}” is not a field. To search for the words, put them in quotes."
