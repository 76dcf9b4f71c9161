"""The fields of the query language and the words their closed lists know, found by any clear beginning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from tuitrack.domain.columns import Column
from tuitrack.domain.deadlines import PAUSED
from tuitrack.domain.queue import Sort
from tuitrack.domain.text import fold
from tuitrack.domain.words import (
    ActionKind,
    Approval,
    CaseKind,
    Channel,
    DueKind,
    EscalationLevel,
    Loop,
    Priority,
    PromiseOutcome,
    Status,
    Word,
)

V = TypeVar("V")


class Field(Word):
    """What a term may ask about; the label says what to type after it."""

    STATUS = "status", "new, open, waiting, resolved, closed…"
    OWNER = "owner", "me, none or a name"
    TEAM = "team", "mine, none or the owner’s team"
    IS = "is", "overdue, late, paused, open, angry…"
    DUE = "due", "today, <3d, today..fri, overdue"
    NEXT = "next", "what is due next: promise, resolve…"
    OVERDUE = "overdue", "since it was due, such as >3d"
    RECEIVED = "received", "today, >1.11., mon..fri"
    CLOSED = "closed", "today, >1.11., mon..fri"
    AGE = "age", "since received, such as >10d"
    TURNAROUND = "turnaround", "days from receipt to resolution, such as <=3"
    IDLE = "idle", "since the last change, such as >7d"
    TOUCHED = "touched", "the day of the last change"
    ENTERED = "entered", "the day on which it was typed in"
    CATEGORY = "category", "how it begins"
    PRODUCT = "product", "how it begins"
    DEPARTMENT = "department", "how it begins"
    CAUSE = "cause", "how the root cause begins"
    TAG = "tag", "how it begins"
    CHANNEL = "channel", "phone, email, letter…"
    KIND = "kind", "complaint, claim, request…"
    PRIORITY = "priority", "low, normal, high, urgent"
    PHONE = "phone", "the last digits"
    ACCOUNT = "account", "how the account number begins"
    NAME = "name", "the customer's name"
    REF = "ref", "the reference or a part of it"
    PROMISE = "promise", "open, kept, broken"
    MET = "met", "a clock met in time: first_response, resolve…"
    MISSED = "missed", "a clock met late, or overdue by now"
    ACTION = "action", "an open one: visit, investigation, legal…"
    RULES = "rules", "the number of the rules of deadlines it follows"
    ESCALATED = "escalated", "1 team lead, 2 supervisor, 3 management"
    APPROVAL = "approval", "waiting, approved, declined"
    STEP = "step", "a step that was done"
    SKIPPED = "skipped", "a step that was skipped, or any"
    HAS = "has", "owner, promise, confirmation, phone…"
    NO = "no", "what it does not have"
    LOOP = "loop", "open, collected, analysed, fed back, corrected"
    CONTACT = "contact", "wanted, never"
    READ = "read", "who has read it for its quality: me, none or a name"
    SORT = "sort", "due, newest, oldest, touched, best"
    COLUMNS = "columns", "due, ref, customer, subject, age…"
    AT = "at", 'as it was then: yesterday, "fri 17:00"'


class Trait(Word):
    """What a case can be, after `is:`."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all", "all cases"
    RESOLVED = "resolved"
    UNCONFIRMED = "unconfirmed", "resolved, not confirmed"
    OVERDUE = "overdue"
    LATE = "late", "something met late"
    PAUSED = "paused", "a clock stands still"
    REOPENED = "reopened"
    ANGRY = "angry", "customer still angry"
    PUBLIC = "public", "said in public"
    PUBLISHED = "published", "a public post still online"
    ESCALATED = "escalated"
    UNTOLD = "untold", "acted on before the customer was told"
    ABSENT = "absent", "of an owner who is away"
    RECURRED = "recurred", "of a cause that was corrected before"
    FIRST_CONTACT = "first-contact", "resolved on first contact"
    UNANNOUNCED = "unannounced", "a call in which nobody was told that calls are recorded"


class Thing(Word):
    """What a case can have, after `has:` and `no:`."""

    OWNER = "owner"
    DUE = "due", "due time"
    PROMISE = "promise"
    ACTION = "action"
    REMEDY = "remedy"
    CALL = "call"
    FINDING = "finding"
    SUGGESTION = "suggestion", "suggestion of the customer"
    RESOLUTION = "resolution"
    CONFIRMATION = "confirmation"
    CAUSE = "cause", "root cause"
    CATEGORY = "category"
    PRODUCT = "product"
    TAG = "tag"
    AMOUNT = "amount", "amount asked"
    ACCOUNT = "account", "account number"
    PHONE = "phone", "phone number"
    EMAIL = "email", "e-mail address"
    LATE_REASON = "late-reason", "reason why it was late"


class PromiseState(Word):
    """What may have become of a promise."""

    OPEN = "open"
    KEPT = PromiseOutcome.KEPT.value
    BROKEN = PromiseOutcome.BROKEN.value
    RENEGOTIATED = PromiseOutcome.RENEGOTIATED.value


class Contacted(Word):
    """How it stands with our contact to the customer."""

    WANTED = "wanted", "customer wants to be contacted"
    NEVER = "never", "we never reached them by a call, nor wrote"


CLOSED_LISTS: dict[Field, type[Word]] = {
    Field.STATUS: Status,
    Field.CHANNEL: Channel,
    Field.KIND: CaseKind,
    Field.PRIORITY: Priority,
    Field.PROMISE: PromiseState,
    Field.ACTION: ActionKind,
    Field.APPROVAL: Approval,
    Field.NEXT: DueKind,
    Field.MET: DueKind,
    Field.MISSED: DueKind,
    Field.ESCALATED: EscalationLevel,
    Field.LOOP: Loop,
    Field.CONTACT: Contacted,
}
"""Fields whose values are words of one list, each stored under its word."""
_LISTS: dict[Field, type[Word]] = CLOSED_LISTS | {
    Field.IS: Trait,
    Field.HAS: Thing,
    Field.NO: Thing,
    Field.SORT: Sort,
    Field.COLUMNS: Column,
}
"""The same, and the fields whose words each ask something of their own."""

SHORTCUTS: dict[str, tuple[Field, str]] = {
    "mine": (Field.OWNER, "me"),
    "unowned": (Field.OWNER, "none"),
    "urgent": (Field.PRIORITY, Priority.URGENT.value),
    "legal": (Field.ACTION, ActionKind.LEGAL.value),
}
"""What else may stand after `is:`, and the term it is short for."""
MARKED = "marked"
"""Stands after `is:` for the cases that whoever asks has marked."""

OPEN_LOOP = "open"
"""Stands after `loop:` for every stage at which something is left to be done."""
ANY_STEP = "any"
"""Stands after `skipped:` for every step of the procedure; no step is called so."""

MOMENTS = frozenset({Field.DUE, Field.RECEIVED, Field.CLOSED, Field.TOUCHED, Field.ENTERED})
"""Fields with a moment, which take days, ranges and comparisons."""
AGES: dict[Field, Field] = {Field.AGE: Field.RECEIVED, Field.IDLE: Field.TOUCHED, Field.OVERDUE: Field.DUE}
"""Fields that tell how long ago something was, and the moment they count from."""

CLOCKED = frozenset({Field.MET, Field.MISSED})
"""Fields that tell what became of a clock of some kind."""

FREE = frozenset({Field.CATEGORY, Field.PRODUCT, Field.DEPARTMENT, Field.CAUSE, Field.TAG})
"""Fields that keep what was typed; after a colon a beginning is meant, after an equals sign the whole."""
OF_AGENTS = frozenset({Field.OWNER, Field.READ})
"""Fields whose values are agents, by handle or name."""
OPEN_VALUES = FREE | OF_AGENTS | {Field.TEAM, Field.STEP, Field.SKIPPED}
"""Fields whose values are those in use."""

_NAMED: dict[str, Field] = {field.value: field for field in Field}
_ALSO_NAMED = {"changed": Field.TOUCHED, "reference": Field.REF, "by": Field.OWNER}


def fields_named(typed: str) -> list[Field]:
    """The fields that a name or its beginning may mean."""
    return looked_up(typed, _NAMED) or looked_up(typed, _ALSO_NAMED)


def nearest_field(typed: str) -> str:
    """The name of the field that was probably meant, empty where none is near."""
    return nearest(typed, _NAMED)


_DAYS = {"today": "", "yesterday": ""}
_AGENTS = {"me": "yourself", "none": "nobody"}
_ALSO_KNOWN: dict[Field, dict[str, str]] = {
    Field.IS: {
        "mine": "of yours",
        "unowned": "without an owner",
        "urgent": "urgent",
        "legal": "legal advice awaited",
        MARKED: "marked by you",
    },
    **dict.fromkeys(OF_AGENTS, _AGENTS),
    Field.TEAM: {"mine": "your own", "none": "owners without a team"},
    Field.NEXT: {PAUSED: "everything stands still"},
    Field.LOOP: {OPEN_LOOP: "not corrected yet"},
    Field.SKIPPED: {ANY_STEP: "any step"},
    **dict.fromkeys(MOMENTS, _DAYS),
    Field.DUE: _DAYS | {"overdue": "", "tomorrow": "", "none": "nothing due"},
    Field.AT: {"yesterday": "the end of that day"},
}
"""Words that a field knows besides those of its list."""
_UNKNOWN: dict[Field, tuple[Word, ...]] = {
    **dict.fromkeys(CLOCKED, (DueKind.PROMISE, DueKind.ACTION)),
    Field.SORT: (Sort.USUAL,),
}
"""Words of its list that make no sense after a field."""


def words_after(field: Field) -> dict[str, str]:
    """The words a field knows by themselves, with what each means; empty where anything may be typed."""
    listed = (word for word in _LISTS.get(field, ()) if word not in _UNKNOWN.get(field, ()))
    return {word.value: word.label for word in listed} | _ALSO_KNOWN.get(field, {})


def looked_up(typed: str, known: Mapping[str, V]) -> list[V]:
    """What is meant by a word or a beginning of one: nothing, one value, or the several it could be."""
    folded = _bare(typed)
    by_word = {_bare(word): value for word, value in known.items()}
    if folded in by_word:
        return [by_word[folded]]
    found = [value for word, value in by_word.items() if folded and word.startswith(folded)]
    return list(dict.fromkeys(found))


def nearest(typed: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, empty where none is near."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(_bare(typed[:40]), list(known), 1, 0.6)), "")


@lru_cache(maxsize=1024)
def _bare(word: str) -> str:
    """The folded letters and digits of a word; the known ones are asked for at every look."""
    return "".join(letter for letter in fold(word) if letter.isalnum())
