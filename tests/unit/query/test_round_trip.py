"""Nothing typed can break the query language, and a query written out is understood as the same query."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import an_agent
from tests.unit.query.printed import printed
from tuitrack.domain.columns import Column
from tuitrack.domain.errors import QueryRefused
from tuitrack.domain.query.asking import Asking
from tuitrack.domain.query.complete import complete
from tuitrack.domain.query.describe import describe
from tuitrack.domain.query.fields import Field, words_after
from tuitrack.domain.query.parser import parse
from tuitrack.domain.query.printing import quoted, with_columns
from tuitrack.domain.query.terms import Phrase, Query
from tuitrack.domain.query.why import snippet, sought
from tuitrack.domain.text import QUERY_MAX, words_of

NOW = datetime(2026, 11, 18, 13, 7, 30, tzinfo=ZoneInfo("Europe/Zagreb"))
ASKING = Asking(
    NOW,
    "ana",
    lambda: [an_agent("ana", name="Ana Kos"), an_agent("bo"), an_agent("none", name="Nada")],
    frozenset({7, 8}),
)

_VALUES = """
    ana me none "none" open closed waiting x kašnjenje "a""b" "two_words" 3d fri today 14:30 "fri_14:30" 2h 1.11.
    14.11.. 2026-11-01 overdue unconfirmed mine phone email promise kept 4517 091234567 newest due +4h eom , .. 99999d
"""
_WORDS = """
    ( ) - or " -- foo bar 091_234 "not_working" OR ovner:x Ⅷ * نمی‌شود
"""


def _spaced(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


def _terms_of(field: Field) -> st.SearchStrategy[str]:
    """A field with values that may fit it."""
    signs = st.sampled_from([":", ":", ":", "<", ">", "<=", ">=", "="])
    values = st.lists(st.sampled_from([*_spaced(_VALUES), *words_after(field)]), min_size=1, max_size=3)
    typed = st.tuples(signs, values, st.sampled_from([",", "..", ""]))
    return typed.map(lambda parts: f"{field.value}{parts[0]}{parts[2].join(parts[1])}")


_PIECES = st.sampled_from(list(Field)).flatmap(_terms_of) | st.sampled_from(_spaced(_WORDS)) | st.text(max_size=6)
TYPED = st.lists(st.tuples(_PIECES, st.sampled_from([" ", " ", " ", ""])), max_size=8).map(
    lambda pieces: "".join(piece + blank for piece, blank in pieces)
)


@given(st.text() | TYPED)
@example("read:n")
def test_whatever_is_typed_is_understood_or_refused_with_its_place(text: str) -> None:
    query = _understood(text)
    if query is not None:
        assert parse(printed(query), ASKING) == query
        assert "\n" not in describe(query, NOW.date(), {})
        snippet([("subject", text)], sought(query.where))


def _understood(text: str) -> Query | None:
    """The query, or none where it is refused, as it should be: with a place within the text and a sentence."""
    refused: QueryRefused | None = None
    try:
        return parse(text, ASKING)
    except QueryRefused as error:
        refused = error
    assert 0 <= refused.position < len(text)
    assert 0 < refused.length <= len(text) - refused.position
    assert "\n" not in refused.sentence
    assert refused.sentence.endswith((".", "?"))
    return None


@given(TYPED, st.lists(st.sampled_from(Column), unique=True))
def test_other_columns_change_nothing_else(text: str, columns: list[Column]) -> None:
    query, other = _understood(text), with_columns(text, columns)
    if query is not None and len(text) <= len(other) <= QUERY_MAX:
        assert parse(other, ASKING) == replace(query, columns=tuple(columns))


@given(st.text() | TYPED, st.integers(0, 40))
def test_completions_take_the_place_of_what_stands_before_the_cursor(text: str, cursor: int) -> None:
    cursor = min(cursor, len(text))
    for one in complete(text, cursor, lambda field: {"two words": 3, 'a "b': 1}, {"ana": "Ana Kos"}):
        assert 0 <= one.start <= one.end == cursor
        filled = text[: one.start] + one.text
        with contextlib.suppress(QueryRefused):
            parse(filled, ASKING)


@given(st.text(max_size=400).filter(lambda text: words_of(text.replace("\r", " "))))
def test_quoted_text_is_a_phrase_of_its_words(text: str) -> None:
    query = parse(quoted(text), ASKING)
    assert isinstance(query.where, Phrase)
    assert query == Query(query.where)


@pytest.mark.parametrize("text", ["(" * 500, "-" * 500, "-(" * 250, '"' * 500, "or " * 200, ")", "a:" * 200])
def test_what_repeats_without_end(text: str) -> None:
    with contextlib.suppress(QueryRefused):
        query = parse(text, ASKING)
        assert parse(printed(query), ASKING) == query
