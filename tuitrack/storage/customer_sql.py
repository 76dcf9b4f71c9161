"""The ways to find a customer, as conditions and queries on the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from peewee import SQL

from tuitrack.storage.mapping import account_key
from tuitrack.storage.search import endings, name_match, phone_end
from tuitrack.storage.tables import Customers, Phones


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


def with_accounts(keys: Iterable[str]) -> Any:
    """Select (account key, id) of those with one of these account keys, the oldest last."""
    found = Customers.select(Customers.account_key, Customers.id).where(Customers.account_key << list(keys))
    return found.order_by(Customers.id.desc())


def with_numbers(numbers: Iterable[str]) -> Any:
    """Select (name, digits backwards, id) of those without account who have one of these numbers, the oldest last."""
    found = Phones.select(Customers.name, Phones.reversed_digits, Customers.id).join(Customers)
    backwards = [number[::-1] for number in numbers]
    return found.where(Phones.reversed_digits << backwards, Customers.account == "").order_by(Customers.id.desc())


def _who_has_number_ending_in(digits: str) -> Any:
    """Select ids by the end of a number, or by a shorter number that is the end of what was typed."""
    backwards, stored = digits[::-1], Phones.reversed_digits
    same_end = (stored >= backwards) & (stored < backwards + ":")
    shorter = stored << [ending[::-1] for ending in endings(digits)]
    return Phones.select(Phones.customer).where(same_end | shorter)
