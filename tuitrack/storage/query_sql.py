"""The terms of a query as conditions on a case, the table `t1`; everything typed is a bound value.

Words that must all be found are looked up by FTS5 together. Where something else leads to the cases, their words are
looked for in each one's own texts: to find a single row by its words costs FTS5 as much as thousands of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime

from tuitrack.domain.query import terms as query
from tuitrack.domain.query.fields import FREE, OPEN_LOOP, Contacted, Field, PromiseState, Thing, Trait
from tuitrack.domain.query.matching import begins, has_tag, step_begun
from tuitrack.domain.words import (
    INQUIRY_KINDS,
    Approval,
    CallResult,
    CaseKind,
    EntryKind,
    Loop,
    PostState,
    Status,
    TickState,
    Track,
)
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.mapping import account_key
from tuitrack.storage.piece import LISTED_IDS, Piece, joined, one_of
from tuitrack.storage.search import (
    name_test,
    phone_end,
    phones_match,
    phones_test,
    phrase_match,
    phrase_test,
    text_match,
    text_test,
)
from tuitrack.storage.tables.cases import NEVER_DUE

OPEN_WORK = "t1.open_work = 1"
"""A literal, not a bound value: only then does SQLite see that a partial index answers the query."""
COLUMNS = {
    Field.STATUS: "status",
    Field.CHANNEL: "channel",
    Field.KIND: "kind",
    Field.PRIORITY: "priority",
    Field.CATEGORY: "category",
    Field.PRODUCT: "product",
    Field.DEPARTMENT: "department",
    Field.CAUSE: "cause",
    Field.TAG: "tags",
    Field.OWNER: "owner",
    Field.NEXT: "next_due_kind",
    Field.DUE: "due_key",
    Field.RECEIVED: "received_at",
    Field.CLOSED: "closed_at",
    Field.TOUCHED: "touched_at",
    Field.ENTERED: "entered_at",
}
"""Where the case itself keeps what a field asks for."""
LISTED = frozenset({Field.STATUS, Field.CHANNEL, Field.KIND, Field.PRIORITY})
"""Fields that keep words of a closed list."""
RECORDS = {Thing.PROMISE: "promise", Thing.ACTION: "action", Thing.REMEDY: "remedy", Thing.CALL: "call"}
"""The tables of what a case may have any number of."""
NOTED = {Thing.FINDING: EntryKind.FINDING, Thing.SUGGESTION: EntryKind.SUGGESTION}
"""What a case may have been noted of it, and the entries that tell it."""
IS_NOTED = """
    noted.kind IN ('finding', 'suggestion') AND noted.kind = ? AND noted.corrects IS NULL
    AND COALESCE((
        SELECT later.kind FROM entry AS later
        WHERE later.case_id = noted.case_id AND later.kind IN ('undone', 'redone') AND later.corrects IN (
            SELECT id FROM entry AS same WHERE same.case_id = noted.case_id AND same.version = noted.version
        )
        ORDER BY later.id DESC LIMIT 1
    ), '') <> 'undone'
"""
"""Whether an entry is of a kind and was not taken back, as `change.noted` says it, in the words of its index."""
AWAY = "since <= ? AND until >= ?"
"""Whether an absence is on at the moment whose `away_values` are bound."""
TICKED = {Field.STEP: TickState.DONE, Field.SKIPPED: TickState.SKIPPED}
"""What became of the steps that a field asks for."""

APPROVAL_STANDS = f"approval = ? AND (approval <> '{Approval.WAITING}' OR chosen IS NOT 0)"
"""Whether a remedy stands so with its approval; one that the customer declined waits for none."""
IS_OPEN_ACTION = "done_on IS NULL"
"""Whether an action is not done, in the words of the index of exactly these."""
MET_LATE = {"clock": "met_at > due_at", "promise": "settled_at > due_at", "action": "done_at > due_at"}
"""Where it is kept that something was met late; each table has an index of exactly these rows."""
STANDS_STILL = "paused_at IS NOT NULL AND met_at IS NULL"
"""Whether a clock is paused, in the words of the index of exactly these."""
_OVERDUE = "met_at IS NULL AND paused_at IS NULL AND due_at < ?"
"""Whether a clock is overdue at the moment that is bound."""
_INQUIRIES = ", ".join(f"'{kind.value}'" for kind in INQUIRY_KINDS)
_TOLD_ON = f"COALESCE(t1.customer_told_on, '{date.max.isoformat()}')"
_ACTED_UNTOLD = f"""
    t1.justified IS NOT NULL AND (
        t1.company_resolved_on < {_TOLD_ON}
        OR EXISTS (SELECT 1 FROM remedy WHERE case_id = t1.id AND delivered_on < {_TOLD_ON})
        OR EXISTS (
            SELECT 1 FROM action WHERE case_id = t1.id AND track = '{Track.CUSTOMER}' AND kind NOT IN ({_INQUIRIES})
            AND requested_on >= t1.decided_on AND done_on < {_TOLD_ON}
        )
    )
"""
"""Whether something was done on a decision before the customer was told, as `telling.done_untold` says it."""
_RULES_FOLLOWED = """
    SELECT id FROM rule_version WHERE since <= COALESCE(t1.rules_at, t1.received_at)
    ORDER BY since DESC, id DESC LIMIT 1
"""
"""The number of the rules in force at the moment whose rules a case follows; none of a case from before any."""

_OF_PROCESS = "SELECT 1 FROM action WHERE case_id = t1.id AND track = 'process'"
_FED_BACK = "t1.cause <> '' AND EXISTS (SELECT 1 FROM feedback WHERE case_id = t1.id)"
_IS_CORRECTED = f"EXISTS ({_OF_PROCESS}) AND NOT EXISTS ({_OF_PROCESS} AND done_on IS NULL)"
_NEEDLESS = f"""
    t1.kind NOT IN ('complaint', 'claim') OR COALESCE(t1.outcome, '') IN ('void', 'duplicate')
    OR (t1.no_process_action_because <> '' AND NOT EXISTS ({_OF_PROCESS}))
"""
"""Whether a case leaves nothing to correct."""
_STAGES = {
    OPEN_LOOP: f"NOT ({_FED_BACK} AND {_IS_CORRECTED})",
    Loop.COLLECTED: "t1.cause = ''",
    Loop.ANALYSED: f"t1.cause <> '' AND NOT ({_FED_BACK})",
    Loop.FED_BACK: f"{_FED_BACK} AND NOT ({_IS_CORRECTED})",
    Loop.CORRECTED: f"{_FED_BACK} AND {_IS_CORRECTED}",
}
_CONTACTED = {
    Contacted.WANTED: "t1.contact_wanted = 1",
    Contacted.NEVER: """
        NOT EXISTS (
            SELECT 1 FROM call WHERE case_id = t1.id AND direction = 'outbound' AND result = 'reached'
        ) AND NOT EXISTS (
            SELECT 1 FROM entry WHERE case_id = t1.id AND kind = 'letter'
                AND NOT EXISTS (SELECT 1 FROM change WHERE change.id = entry.id AND undone_by IS NOT NULL)
        )
    """,
}
"""Whether a customer wants to be contacted, and whether we never were in touch by ourselves."""

StoredValues = Callable[[Field], Sequence[str] | None]
"""The different values kept in the column of a field of `FREE`, None where they are too many to look at."""


def away_values(now: datetime) -> tuple[str, str]:
    """The office's day twice, as `AWAY` compares it."""
    return now.date().isoformat(), now.date().isoformat()


def match_of(term: query.Term) -> str | None:
    """The FTS5 query that finds exactly the cases of a term, None where the term asks for more than words."""
    match term:
        case query.Text(typed, finished):
            return text_match(typed, finished=finished)
        case query.Phrase(words, finished):
            return phrase_match(words, finished=finished)
        case query.OneOf(Field.PHONE, values):
            return " OR ".join(f"({phones_match(digits)})" for digits in filter(None, map(phone_end, values))) or None
        case query.Any(inner):
            each = [match_of(one) for one in inner]
            return " OR ".join(f"({one})" for one in each if one) if all(each) else None
        case query.All(inner):
            return _match_of_all(inner)
        case _:
            return None


def _match_of_all(inner: tuple[query.Term, ...]) -> str | None:
    """FTS5 has no bare NOT: what must not be found is taken from what must be found."""
    found = [match_of(one) for one in inner if not isinstance(one, query.Not)]
    unwanted = [match_of(one.term) for one in inner if isinstance(one, query.Not)]
    if not found or not all(found) or not all(unwanted):
        return None
    return " NOT ".join([" AND ".join(f"({one})" for one in found), *(f"({one})" for one in unwanted)])


def parted(terms: Sequence[query.Term]) -> tuple[list[query.Term], list[query.Term]]:
    """Which of the terms that must all hold FTS5 can find in one go, and the rest."""
    found = [one for one in terms if match_of(one)]
    if found:
        found += [one for one in terms if isinstance(one, query.Not) and match_of(one.term)]
    return found, [one for one in terms if one not in found]


def condition(term: query.Term, now: datetime, stored: StoredValues) -> Piece:
    """Whether a case is what the term asks for."""
    match term:
        case query.Text(typed, finished):
            return text_test(typed, finished=finished)
        case query.Phrase(words, finished):
            return phrase_test(words, finished=finished)
        case query.Is(trait):
            return _is(trait, now)
        case query.Has(thing):
            return _has(thing)
        case query.OneOf():
            return _one_of(term, now, stored)
        case query.Between(field, since, before):
            return joined(_between(field, since, before), "AND", "TRUE")
        case query.Took(least, most):
            return _took(least, most, str(now.tzinfo))
        case query.Among(case_ids):
            return Piece(f"t1.id IN ({LISTED_IDS})", (json.dumps(sorted(case_ids)),))
        case query.Not(inner):
            # A comparison with nothing is neither true nor false; what is not true is what is wanted.
            unwanted = condition(inner, now, stored)
            return Piece(f"({unwanted.sql}) IS NOT TRUE", unwanted.values)
        case query.All(inner):
            return joined((condition(one, now, stored) for one in inner), "AND", "TRUE")
        case query.Any(inner):
            return joined((condition(one, now, stored) for one in inner), "OR", "FALSE")


def kept_values(term: query.OneOf, stored: StoredValues) -> list[str] | None:
    """Which of the values kept for a field of `FREE` are meant by those typed, None where they are too many."""
    known = stored(term.field)
    means = has_tag if term.field is Field.TAG else begins
    return (
        None if known is None else [one for one in known if any(means(one, typed, term.whole) for typed in term.values)]
    )


def _is(trait: Trait, now: datetime) -> Piece:
    match trait:
        case Trait.OPEN:
            return Piece(OPEN_WORK)
        case Trait.CLOSED:
            return Piece("t1.status = ?", (Status.CLOSED.value,))
        case Trait.ALL:
            return Piece("TRUE")
        case Trait.RESOLVED:
            return Piece("t1.status = ?", (Status.RESOLVED.value,))
        case Trait.UNCONFIRMED:
            return Piece("t1.status = ? AND t1.customer_confirmed_on IS NULL", (Status.RESOLVED.value,))
        case Trait.OVERDUE:
            return Piece(f"{OPEN_WORK} AND t1.due_key < ?", (epoch_ms(now),))
        case Trait.LATE:
            return joined((_has_record(table, such) for table, such in MET_LATE.items()), "OR", "FALSE")
        case Trait.PAUSED:
            return _has_record("clock", STANDS_STILL)
        case Trait.REOPENED:
            return Piece("t1.reopened_count > 0")
        case Trait.ANGRY:
            return Piece("t1.still_angry = 1")
        case Trait.PUBLIC:
            return Piece("t1.public = 1")
        case Trait.PUBLISHED:
            return _has_record("public_post", "state = ?", PostState.ONLINE)
        case Trait.ESCALATED:
            return _has_record("escalation", "ended_at IS NULL")
        case Trait.RECURRED:
            return Piece("t1.recurs_after IS NOT NULL")
        case Trait.UNTOLD:
            return Piece(_ACTED_UNTOLD)
        case Trait.ABSENT:
            return Piece(f"t1.owner IN (SELECT agent FROM absence WHERE {AWAY})", away_values(now))
        case Trait.FIRST_CONTACT:
            return Piece("t1.resolved_on_first_contact = 1")
        case Trait.UNANNOUNCED:
            return _has_record("call", "recording_told = 0 AND result = ?", CallResult.REACHED.value)


def _between(field: Field, since: datetime | None, before: datetime | None) -> list[Piece]:
    """Bounds of a moment; a case with something due is open work, as the indexes of open work are to know."""
    column = f"t1.{COLUMNS[field]}"
    bounds = [] if since is None else [Piece(f"{column} >= ?", (epoch_ms(since),))]
    if before is not None or field is Field.DUE:
        bounds.append(Piece(f"{column} < ?", (NEVER_DUE if before is None else epoch_ms(before),)))
    return [Piece(OPEN_WORK), *bounds] if field is Field.DUE else bounds


def _took(least: int | None, most: int | None, zone: str) -> Piece:
    """Whether the case was resolved so many days after it was received, as a zone counts days."""
    days = "office_days(t1.received_at, t1.resolved_at, ?)"
    match least, most:
        case None, None:
            return Piece("t1.resolved_at IS NOT NULL")
        case None, _:
            return Piece(f"{days} <= ?", (zone, most))
        case _, None:
            return Piece(f"{days} >= ?", (zone, least))
        case _:
            return Piece(f"{days} BETWEEN ? AND ?", (zone, least, most))


def _one_of(term: query.OneOf, now: datetime, stored: StoredValues) -> Piece:
    if term.field in LISTED:
        return one_of(f"t1.{COLUMNS[term.field]}", term.values)
    if term.field is Field.NEXT:
        # As with `_between`: what is due is open work, as its indexes are to know.
        return joined([Piece(OPEN_WORK), one_of(f"t1.{COLUMNS[term.field]}", term.values)], "AND", "TRUE")
    if term.field in FREE:
        kept = kept_values(term, stored)
        if kept is not None:
            return one_of(f"t1.{COLUMNS[term.field]}", kept)
    return joined((_has_value(term.field, value, term.whole, now) for value in term.values), "OR", "FALSE")


def _has_value(field: Field, value: str, whole: bool, now: datetime) -> Piece:
    match field:
        case Field.OWNER:
            return Piece("t1.owner = ?", (value,)) if value else Piece("t1.owner IS NULL")
        case Field.TEAM if value:
            return Piece("t1.owner IN (SELECT handle FROM agent WHERE team = ?)", (value,))
        case Field.TEAM:
            # Nobody is not in an empty list either.
            return Piece("t1.owner IS NOT NULL AND t1.owner NOT IN (SELECT handle FROM agent WHERE team <> '')")
        case Field.CATEGORY | Field.PRODUCT | Field.DEPARTMENT | Field.CAUSE:
            return Piece(f"begins(t1.{COLUMNS[field]}, ?, ?) = 1", (value, int(whole)))
        case Field.TAG:
            return Piece("has_tag(t1.tags, ?, ?) = 1", (value, int(whole)))
        case Field.PHONE:
            return phones_test(value)
        case Field.REF:
            return Piece("has_number(t1.reference, t1.foreign_id, ?) = 1", (value,))
        case Field.ACCOUNT:
            key = account_key(value)
            return _of_customer("customer", "id", "account_key >= ? AND account_key < ?", key, f"{key}\U0010ffff")
        case Field.NAME:
            return name_test(value)
        case Field.APPROVAL:
            return _has_record("remedy", APPROVAL_STANDS, value)
        case Field.PROMISE:
            return _has_record("promise", "outcome IS ?", None if value == PromiseState.OPEN else value)
        case Field.MET:
            return _has_record("clock", "kind = ? AND met_at <= due_at", value)
        case Field.MISSED:
            return _has_record("clock", f"kind = ? AND ({MET_LATE['clock']} OR {_OVERDUE})", value, epoch_ms(now))
        case Field.ACTION:
            return _has_record("action", f"{IS_OPEN_ACTION} AND kind = ?", value)
        case Field.RULES:
            return Piece(f"COALESCE(({_RULES_FOLLOWED}), 0) = ?", (int(value),))
        case Field.ESCALATED:
            return _has_record("escalation", "ended_at IS NULL AND level = ?", value)
        case Field.LOOP:
            return loop_at(value)
        case Field.CONTACT:
            return Piece(_CONTACTED[Contacted(value)])
        case Field.READ if value:
            return _has_record("case_reading", '"by" = ?', value)
        case Field.READ:
            return Piece("NOT EXISTS (SELECT 1 FROM case_reading WHERE case_id = t1.id)")
        case Field.STEP | Field.SKIPPED:
            such = ticks_such(field, value)
            return _has_record("tick", such.sql, *such.values)
    raise AssertionError(f"no value is compared with {field}")


def loop_at(value: str) -> Piece:
    """Whether the loop of a case stands at a stage, or at any at which something is left; see `domain.loop`."""
    if value == Loop.NEEDLESS:
        return Piece(_NEEDLESS)
    return Piece(f"NOT ({_NEEDLESS}) AND {_STAGES[value]}")


def ticks_such(field: Field, value: str) -> Piece:
    """The ticks of the steps that are meant by the key word typed after a field of steps."""
    begun = step_begun(value)
    return Piece("state = ? AND step >= ? AND step < ?", (TICKED[field].value, begun, f"{begun}\U0010ffff"))


def _has_record(table: str, such: str = "TRUE", *values: str | int | None) -> Piece:
    """Whether the case has a record, looked up through the index that begins with the case."""
    return Piece(f"EXISTS (SELECT 1 FROM {table} WHERE case_id = t1.id AND {such})", values)


def _has_noted(thing: Thing) -> Piece:
    such = f"noted.case_id = t1.id AND {IS_NOTED}"
    return Piece(f"EXISTS (SELECT 1 FROM entry AS noted WHERE {such})", (NOTED[thing].value,))


def _of_customer(table: str, key: str, such: str, *values: str) -> Piece:
    return Piece(f"EXISTS (SELECT 1 FROM {table} WHERE {key} = t1.customer_id AND {such})", values)


def _has(thing: Thing) -> Piece:
    if thing in RECORDS:
        return _has_record(RECORDS[thing])
    match thing:
        case Thing.FINDING:
            return _has_noted(thing)
        case Thing.SUGGESTION:
            return joined([_has_noted(thing), Piece("t1.kind = ?", (CaseKind.SUGGESTION.value,))], "OR", "0")
        case Thing.ACCOUNT:
            return _of_customer("customer", "id", "account_key <> ''")
        case Thing.PHONE:
            return _of_customer("phone", "customer_id", "TRUE")
        case Thing.EMAIL:
            return _of_customer("customer", "id", "email <> ''")
        case Thing.LATE_REASON:
            return _has_record("clock", "late_because <> ''")
        case _:
            return Piece(_FILLED[thing])


_FILLED = {
    Thing.OWNER: "t1.owner IS NOT NULL",
    Thing.DUE: f"t1.due_key < {NEVER_DUE}",
    Thing.RESOLUTION: "t1.company_resolved_on IS NOT NULL",
    Thing.CONFIRMATION: "t1.customer_confirmed_on IS NOT NULL",
    Thing.CAUSE: "t1.cause <> ''",
    Thing.CATEGORY: "t1.category <> ''",
    Thing.PRODUCT: "t1.product <> ''",
    Thing.TAG: "t1.tags <> ''",
    Thing.AMOUNT: "t1.amount_asked IS NOT NULL",
}
