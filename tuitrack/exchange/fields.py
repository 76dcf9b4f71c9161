"""The fields a column of somebody else's register may become, and how a column name is recognised."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache
from types import MappingProxyType

from tuitrack.domain.text import words_of
from tuitrack.exchange.column_names import COLUMN_NAMES
from tuitrack.lean import dataclass


class Shape(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    LINE = "line"
    DATE = "date"
    TIME = "time"
    MONEY = "money"
    STATUS = "status"
    OUTCOME = "outcome"
    CHANNEL = "channel"
    KIND = "kind"
    PRIORITY = "priority"
    MOOD = "mood"


@dataclass(frozen=True, slots=True)
class Field:
    """One target of a column: its key, its title for people, and how its cells are read."""

    key: str
    title: str
    shape: Shape = Shape.TEXT


FIELDS = (
    Field("foreign_id", "number in the old register", Shape.LINE),
    Field("received_at", "received", Shape.DATE),
    Field("received_time", "time received", Shape.TIME),
    Field("occurred_on", "occurred", Shape.DATE),
    Field("closed_at", "closed", Shape.DATE),
    Field("company_resolved_on", "company considered it resolved", Shape.DATE),
    Field("customer_confirmed_on", "customer confirmed", Shape.DATE),
    Field("resolve_by", "resolve by", Shape.DATE),
    Field("subject", "subject", Shape.LINE),
    Field("details", "details"),
    Field("words", "customer's own words"),
    Field("customer_name", "customer", Shape.LINE),
    Field("account", "account number", Shape.LINE),
    Field("phone", "phone", Shape.LINE),
    Field("email", "e-mail", Shape.LINE),
    Field("address", "address", Shape.LINE),
    Field("category", "category", Shape.LINE),
    Field("sub_category", "sub-category", Shape.LINE),
    Field("product", "product", Shape.LINE),
    Field("company", "company", Shape.LINE),
    Field("kind", "kind of contact", Shape.KIND),
    Field("channel", "channel", Shape.CHANNEL),
    Field("status", "status", Shape.STATUS),
    Field("outcome", "outcome", Shape.OUTCOME),
    Field("resolution", "what was done"),
    Field("owner", "owner", Shape.LINE),
    Field("received_by", "received by", Shape.LINE),
    Field("remedy_wanted", "remedy wanted"),
    Field("amount_asked", "amount asked", Shape.MONEY),
    Field("priority", "priority", Shape.PRIORITY),
    Field("tags", "tags", Shape.LINE),
    Field("department", "department", Shape.LINE),
    Field("reference", "our reference, of which customers were asked", Shape.LINE),
    Field("mood", "how the customer felt", Shape.MOOD),
    Field("score", "satisfaction score", Shape.LINE),
)

BY_KEY = MappingProxyType({field.key: field for field in FIELDS})


@lru_cache(maxsize=4096)
def normal_name(name: str) -> str:
    """A column name as it is compared: words alone, folded, apostrophes and punctuation gone."""
    return " ".join(words_of(name.replace("'", "").replace("’", ""))) or name.strip()


@cache
def names_to_keys() -> MappingProxyType[str, str]:
    """Every known column name, compared form, with the field it means; the first field to claim a name keeps it."""
    known: dict[str, str] = {}
    for key, names in COLUMN_NAMES.items():
        for name in names.split("|"):
            known.setdefault(normal_name(name), key)
    return MappingProxyType(known)


def field_named(name: str) -> str | None:
    """The key of the field that a column so called means, if the whole name is known."""
    return names_to_keys().get(normal_name(name))
