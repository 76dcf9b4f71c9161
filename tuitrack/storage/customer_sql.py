"""The ways to find a customer, as conditions and statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from peewee import SQL

from tuitrack.storage.mapping import account_key
from tuitrack.storage.search import endings, name_match, phone_end
from tuitrack.storage.tables.cases import Customers, Phones

WITH_ACCOUNTS = "SELECT account_key, id FROM customer WHERE account_key IN ({}) ORDER BY id DESC"
"""Selects (account key, id) of those with one of some account keys, the oldest last."""

WITH_NUMBERS = """
    SELECT customer.name, phone.reversed_digits, customer.id
    FROM phone JOIN customer ON customer.id = phone.customer_id
    WHERE phone.reversed_digits IN ({}) AND customer.account = '' ORDER BY customer.id DESC
"""
"""Selects (name, digits backwards, id) of those without account who have one of some numbers, the oldest last."""


def ways_to_find(text: str) -> Iterator[Any]:
    """What a customer may be found by when this was typed, the surest first: account, phone number, name."""
    key = account_key(text)
    if key:
        yield Customers.account_key == key
        yield (Customers.account_key >= key) & (Customers.account_key < key + "\U0010ffff")
    digits = phone_end(text)
    if digits is not None:
        yield Customers.id << _who_has_number_ending_in(digits)
    match = name_match(text)
    if match is not None:
        yield Customers.id.in_(SQL("(SELECT rowid FROM customer_search WHERE customer_search MATCH ?)", [match]))


def _who_has_number_ending_in(digits: str) -> Any:
    """Select ids by the end of a number, or by a shorter number that is the end of what was typed."""
    backwards, stored = digits[::-1], Phones.reversed_digits
    same_end = (stored >= backwards) & (stored < backwards + ":")
    shorter = stored << [ending[::-1] for ending in endings(digits)]
    return Phones.select(Phones.customer).where(same_end | shorter)
