"""Searching texts with SQLite's FTS5; the domain folds and splits them, so that FTS5 only looks words up.

A case's row has its words, and its customer's phone numbers with the digits backwards, for people give the end of a
number. Rows are made anew from what is stored, in the transaction that changed it, and so cannot drift.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tuitrack.domain.phone import PHONE_DIGITS_MIN, QUERY_DIGITS_MIN, phone_query
from tuitrack.domain.query.matching import number_words
from tuitrack.domain.text import search_words, words_of
from tuitrack.storage.piece import Piece, joined

_AT_ONCE = 200

SEARCHED = frozenset({"reference", "customer_id", "subject", "words", "details", "resolution", "foreign_id"})
"""The columns of a case by which it is found."""

_CASES = """
    SELECT cases.id,
        (SELECT group_concat(reversed_digits || ' ', '') FROM
            (SELECT reversed_digits FROM phone WHERE customer_id = customer.id ORDER BY place) AS numbers),
        cases.reference, cases.foreign_id, customer.account,
        cases.subject, cases.words, cases.details, cases.resolution, customer.name,
        (SELECT group_concat(body, char(10)) FROM
            (SELECT body FROM entry WHERE case_id = cases.id ORDER BY occurred_at, id) AS told)
    FROM cases JOIN customer ON customer.id = cases.customer_id WHERE cases.id IN ({})
"""
"""What a case is found by: its id, its customer's numbers backwards, its own numbers, and its texts."""


def phone_end(text: str) -> str | None:
    """The digits of a phone number, where nothing but a number was typed and it is long enough to look for."""
    digits = phone_query(text)
    return digits if len(digits) >= PHONE_DIGITS_MIN and not any(map(str.isalpha, text)) else None


def endings(digits: str) -> list[str]:
    """The digits and their shorter ends: a number kept without its country code is the end of what was typed."""
    return [digits[at:] for at in range(1, len(digits) - QUERY_DIGITS_MIN + 1)]


def text_match(text: str, *, finished: bool) -> str:
    """The FTS5 query for words, or for the end of a phone number where that is what they may be."""
    words = f"words : ({_words_match(f'{text} ' if finished else text)})"
    digits = phone_end(text)
    return words if digits is None else f"{words} OR {phones_match(digits)}"


def phrase_match(words: Sequence[str], *, finished: bool) -> str:
    """The FTS5 query for words that follow each other; quoted letters and digits are always valid."""
    return f'words : ("{" ".join(words)}"{"" if finished else "*"})'


def phones_match(digits: str) -> str:
    """The FTS5 query for numbers that end so, or are the end of these digits."""
    numbers = [f'"{digits[::-1]}"*', *(f'"{ending[::-1]}"' for ending in endings(digits))]
    return f"phones : ({' OR '.join(numbers)})"


def name_match(text: str) -> str | None:
    """The FTS5 query for a customer's name, None where nothing was typed that a name can have."""
    return _words_match(text)


def _words_match(text: str) -> str | None:
    whole, unfinished = search_words(text)
    terms = [f'"{word}"' for word in whole]
    if unfinished is not None:
        terms.append(f'"{unfinished}"*')
    return " AND ".join(terms) or None


def text_test(text: str, *, finished: bool) -> Piece:
    """Whether the case `t1` is among what `text_match` finds, for cases that something else led to."""
    words = _words_test(f"{text} " if finished else text)
    digits = phone_end(text)
    test = words if digits is None else joined([words, _numbers_test(digits)], "OR", "FALSE")
    return _in_texts("case_search_content", "t1.id", test)


def phrase_test(words: Sequence[str], *, finished: bool) -> Piece:
    """Whether the case `t1` is among what `phrase_match` finds; lines end no phrase."""
    text, end = "replace(c0, char(10) || ' ', '')", " " if finished else ""
    test = Piece(f"instr(' ' || {text} || '{end}', ?) > 0", (f" {' '.join(words)}{end}",))
    return _in_texts("case_search_content", "t1.id", test)


def phones_test(number: str) -> Piece:
    """Whether the customer of the case `t1` has a number that ends so, or is the end of these digits."""
    return _in_texts("case_search_content", "t1.id", _numbers_test(phone_end(number) or ""))


def name_test(text: str) -> Piece:
    """Whether the customer of the case `t1` is among those whom `name_match` finds."""
    return _in_texts("customer_search_content", "t1.customer_id", _words_test(text))


def _in_texts(table: str, row_id: str, test: Piece) -> Piece:
    """A test on the texts that FTS5 keeps of one row, words parted by blanks."""
    return Piece(f"(SELECT {test.sql} FROM {table} WHERE id = {row_id})", test.values)


def _words_test(text: str) -> Piece:
    whole, unfinished = search_words(text)
    tests = [Piece("instr(' ' || c0 || ' ', ?) > 0", (f" {word} ",)) for word in whole]
    if unfinished is not None:
        tests.append(Piece("instr(' ' || c0, ?) > 0", (f" {unfinished}",)))
    return joined(tests, "AND", "FALSE")


def _numbers_test(digits: str) -> Piece:
    numbers = [Piece("instr(' ' || c1, ?) > 0", (f" {digits[::-1]}",))]
    numbers += [Piece("instr(' ' || c1 || ' ', ?) > 0", (f" {ending[::-1]} ",)) for ending in endings(digits)]
    return joined(numbers, "OR", "FALSE")


def index_customers(db: Any, named: Iterable[tuple[int, str]]) -> None:
    """Make the search rows of customers from (id, name)."""
    rows = [(customer_id, " ".join(words_of(name))) for customer_id, name in named]
    cursor = db.cursor()
    cursor.executemany("DELETE FROM customer_search WHERE rowid = ?", [row[:1] for row in rows])
    cursor.executemany("INSERT INTO customer_search (rowid, words) VALUES (?, ?)", rows)


def index_cases(db: Any, case_ids: Iterable[int]) -> None:
    """Make the search rows of cases anew."""
    in_order = sorted(case_ids)
    for ids in (in_order[at : at + _AT_ONCE] for at in range(0, len(in_order), _AT_ONCE)):
        marks = ", ".join("?" * len(ids))
        rows = [
            (case_id, _words(filter(None, texts), (reference, foreign_id, account)), phones or "")
            for case_id, phones, reference, foreign_id, account, *texts in db.execute_sql(_CASES.format(marks), ids)
        ]
        db.execute_sql(f"DELETE FROM case_search WHERE rowid IN ({marks})", ids)
        db.cursor().executemany("INSERT INTO case_search (rowid, words, phones) VALUES (?, ?, ?)", rows)


def _words(texts: Iterable[str], numbers: Iterable[str]) -> str:
    """All words of a case; its numbers also as bare digits, with and without the zeros before them.

    Lines part its texts and each number, by which a database that cannot call the domain tells what is of which.
    """
    words = words_of(*texts)
    for number in numbers:
        words += ["\n", *(number_words(number) if number else ())]
    return " ".join(filter(None, words))
