"""Searching texts with SQLite's FTS5; the domain folds and splits them, so that FTS5 only looks words up.

A case's row has its words, and its customer's phone numbers with the digits backwards, for people give the end of a
number. Rows are made anew from what is stored, in the transaction that changed it, and so cannot drift.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from peewee import chunked

from tuitrack.domain.phone import PHONE_DIGITS_MIN, QUERY_DIGITS_MIN, phone_query
from tuitrack.domain.query.matching import number_words
from tuitrack.domain.text import search_words, words_of

_AT_ONCE = 200

_CASES = """
    SELECT cases.id, cases.subject, cases.words, cases.details, cases.resolution, customer.name,
           cases.reference, cases.foreign_id, customer.account, customer.id
    FROM cases JOIN customer ON customer.id = cases.customer_id WHERE cases.id IN ({})
"""


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


def index_customers(db: Any, named: Iterable[tuple[int, str]]) -> None:
    """Make the search rows of customers from (id, name)."""
    rows = [(customer_id, " ".join(words_of(name))) for customer_id, name in named]
    cursor = db.cursor()
    cursor.executemany("DELETE FROM customer_search WHERE rowid = ?", [row[:1] for row in rows])
    cursor.executemany("INSERT INTO customer_search (rowid, words) VALUES (?, ?)", rows)


def index_cases(db: Any, case_ids: Iterable[int]) -> None:
    """Make the search rows of cases anew."""
    for ids in chunked(sorted(case_ids), _AT_ONCE):
        marks = ", ".join("?" * len(ids))
        notes: dict[int, list[str]] = defaultdict(list)
        for case_id, body in db.execute_sql(f"SELECT case_id, body FROM entry WHERE case_id IN ({marks})", ids):
            notes[case_id].append(body)
        cases = list(db.execute_sql(_CASES.format(marks), ids))
        phones = _phones(db, {row[-1] for row in cases})
        rows = [
            (case_id, _words([*texts, *notes[case_id]], numbers), phones[customer_id])
            for case_id, *texts, reference, foreign_id, account, customer_id in cases
            for numbers in [(reference, foreign_id, account)]
        ]
        db.execute_sql(f"DELETE FROM case_search WHERE rowid IN ({marks})", ids)
        db.cursor().executemany("INSERT INTO case_search (rowid, words, phones) VALUES (?, ?, ?)", rows)


def _words(texts: Iterable[str], numbers: Iterable[str]) -> str:
    """All words of a case; its numbers also as bare digits, with and without the zeros before them."""
    words = words_of(*texts)
    for number in filter(None, numbers):
        words += number_words(number)
    return " ".join(words)


def _phones(db: Any, customer_ids: set[int]) -> dict[int, str]:
    marks = ", ".join("?" * len(customer_ids))
    found: dict[int, str] = defaultdict(str)
    sql = f"SELECT customer_id, reversed_digits FROM phone WHERE customer_id IN ({marks})"
    for customer_id, digits in db.execute_sql(sql, list(customer_ids)):
        found[customer_id] += f"{digits} "
    return found
