"""What a list of cases can show of each of them."""

from __future__ import annotations

from tuitrack.domain.words import Word


class Column(Word):
    """One thing that is told of every case of a list; the label says what it is."""

    DUE = "due", "when something is due next"
    NEXT = "next", "what is due next"
    REF = "ref", "the reference"
    CUSTOMER = "customer", "the customer's name"
    SUBJECT = "subject", "the problem in one line"
    STATUS = "status", "where it stands, or how it ended"
    OWNER = "owner", "who is responsible"
    PRIORITY = "priority", "low, normal, high, urgent"
    KIND = "kind", "complaint, claim, request…"
    CHANNEL = "channel", "how it came"
    CATEGORY = "category", "what it is about"
    PRODUCT = "product", "which product"
    DEPARTMENT = "department", "which department"
    TAGS = "tags", "its tags"
    RECEIVED = "received", "the day it was received"
    AGE = "age", "how long ago that was"
    TOUCHED = "touched", "the day of the last change"
    IDLE = "idle", "how long ago that was"
    RESOLVED = "resolved", "when the company considered it resolved"
    CONFIRMED = "confirmed", "when the customer confirmed that"
    CLOSED = "closed", "the day it was closed"
    REOPENED = "reopened", "how often it was reopened"


def columns_in(text: str) -> tuple[Column, ...]:
    """The columns of a kept text, parted by commas; a word that is none is left out."""
    known = set(Column)
    return tuple(Column(word) for word in text.split(",") if word in known)
