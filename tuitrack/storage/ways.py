"""The ways to the cases of a term through an index: statements that give the ids of exactly these, some perhaps twice.

Each statement names its index, so that it is the same whatever SQLite knows about the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from tuitrack.domain.query import terms as query
from tuitrack.domain.query.fields import FREE, Contacted, Field, PromiseState, Thing, Trait
from tuitrack.domain.words import CaseKind, Loop, PostState, Status
from tuitrack.storage.fields import epoch_ms
from tuitrack.storage.mapping import account_key
from tuitrack.storage.piece import LISTED_IDS, Piece, joined, one_of
from tuitrack.storage.query_sql import (
    APPROVAL_STANDS,
    AWAY,
    COLUMNS,
    EXPLAINED,
    IS_NOTED,
    IS_OPEN_ACTION,
    LISTED,
    MET_IN_TIME,
    MET_LATE,
    NOTED,
    OVERDUE,
    RECORDS,
    STANDS_STILL,
    UNANNOUNCED,
    StoredValues,
    away_values,
    condition,
    kept_values,
    loop_at,
    match_of,
    ticks_such,
)
from tuitrack.storage.search import name_match, text_match
from tuitrack.storage.tables.cases import NEVER_DUE

SEARCH = "SELECT rowid AS id FROM case_search WHERE case_search MATCH ?"
"""The ids of the cases that FTS5 finds."""
_OF_CUSTOMERS = "SELECT cases.id FROM {} CROSS JOIN cases INDEXED BY cases_customer_id_received_at ON customer_id = {}"
_BY_NAME = f"{_OF_CUSTOMERS.format('customer_search', 'customer_search.rowid')} WHERE customer_search MATCH ?"
_BY_ACCOUNT = (
    f"{_OF_CUSTOMERS.format('customer INDEXED BY customers_account_key', 'customer.id')} "
    "WHERE account_key >= ? AND account_key < ?"
)
_BY_APPROVAL = f"SELECT case_id AS id FROM remedy INDEXED BY remedies_approval_case_id WHERE {APPROVAL_STANDS}"
_BY_TICK = "SELECT case_id AS id FROM tick INDEXED BY ticks_state_step_case_id"
_BY_POST = "SELECT case_id AS id FROM public_post INDEXED BY publicposts_state_case_id WHERE state = ?"
_BY_PROMISE = "SELECT case_id AS id FROM promise INDEXED BY promises_outcome_case_id WHERE outcome IS ?"
_BY_NOTED = f"SELECT case_id AS id FROM entry AS noted INDEXED BY entries_noted WHERE {IS_NOTED}"
_BY_OPEN_ACTION = (
    f"SELECT case_id AS id FROM action INDEXED BY actions_open_of_kind WHERE {IS_OPEN_ACTION} AND kind = ?"
)

_LED_TO: dict[Field, frozenset[str]] = {
    Field.RULES: frozenset(),
    Field.LOOP: frozenset({Loop.FED_BACK, Loop.CORRECTED}),
    Field.CONTACT: frozenset({Contacted.WANTED}),
}
"""The values to which an index leads, of fields that have others as well."""
_KEPT_EMPTY = {
    Thing.CATEGORY: Field.CATEGORY,
    Thing.PRODUCT: Field.PRODUCT,
    Thing.CAUSE: Field.CAUSE,
    Thing.TAG: Field.TAG,
}
"""What a case may have that is empty in its column where it has none."""
_NOT_OF_NOBODY = frozenset({Field.TEAM, Field.READ})
"""Fields of which no index has the cases without a value."""
_LATE_INDEXES = {"clock": "clocks_met_late", "promise": "promises_settled_late", "action": "actions_done_late"}
_BY_ESCALATION = (
    "SELECT case_id AS id FROM escalation INDEXED BY escalations_ended_at_level_case_id WHERE ended_at IS NULL"
)


def way_to(term: query.Term, now: datetime, stored: StoredValues, *, in_open_work: bool) -> Piece | None:
    """The ids of all cases of a term, None where no index leads to them; `in_open_work` may leave out closed ones."""
    match = match_of(term)
    if match is not None:
        return Piece(SEARCH, (match,))
    match term:
        case query.Is(trait):
            return _to_trait(trait, now, in_open_work)
        case query.Has(thing) if thing in RECORDS:
            return Piece(f"SELECT case_id AS id FROM {RECORDS[thing]}")
        case query.Has(thing) if thing in NOTED:
            noted = Piece(_BY_NOTED, (NOTED[thing].value,))
            if thing is not Thing.SUGGESTION:
                return noted
            return _together([noted, _to_kept(Field.KIND, [CaseKind.SUGGESTION.value], in_open_work)])
        case query.Not(query.Has(thing)) if thing in _KEPT_EMPTY:
            return _to_kept(_KEPT_EMPTY[thing], [""], in_open_work)
        case query.Has(Thing.AMOUNT):
            return _indexed("amount_asked", Piece("amount_asked IS NOT NULL"))
        case query.Has(Thing.LATE_REASON):
            return _of_cases("clocks_late_because", "clock", EXPLAINED)
        case query.OneOf():
            return _to_values(term, now, stored, in_open_work)
        case query.Between(field, since, before):
            return _to_moments(field, since, before)
        case query.Among(case_ids):
            return Piece(LISTED_IDS, (json.dumps(sorted(case_ids)),))
        case query.Any(inner):
            ways = [way_to(one, now, stored, in_open_work=in_open_work) for one in inner]
            return _together(way for way in ways if way) if all(ways) else None
        case query.All(inner):
            ways = [way_to(one, now, stored, in_open_work=in_open_work) for one in inner]
            first = next((way for way in ways if way), None)
            return None if first is None else _such(first, [condition(one, now, stored) for one in inner])
        case _:
            return None


def _together(ways: Iterable[Piece]) -> Piece:
    several = tuple(ways)
    return Piece(" UNION ALL ".join(way.sql for way in several), tuple(v for way in several for v in way.values))


def _such(way: Piece, tests: Sequence[Piece]) -> Piece:
    """The cases of a way for which something else holds as well."""
    where = joined([Piece("t1.id = led.id"), *tests], "AND", "TRUE")
    return Piece(
        f"SELECT t1.id FROM ({way.sql}) AS led CROSS JOIN cases AS t1 WHERE {where.sql}", way.values + where.values
    )


def _to_trait(trait: Trait, now: datetime, in_open_work: bool) -> Piece | None:
    match trait:
        case Trait.OVERDUE:
            return _indexed("work_due", Piece("open_work = 1 AND due_key < ?", (epoch_ms(now),)))
        case Trait.RESOLVED:
            return _indexed("cases_status_due_key_id", Piece("status = ?", (Status.RESOLVED.value,)))
        case Trait.UNCONFIRMED:
            resolved = Piece("status = ? AND customer_confirmed_on IS NULL", (Status.RESOLVED.value,))
            return _indexed("cases_status_due_key_id", resolved)
        case Trait.ANGRY:
            return _indexed("angry", Piece("still_angry = 1"))
        case Trait.PUBLIC:
            return _indexed("in_public", Piece("public = 1"))
        case Trait.REOPENED:
            return _indexed("reopened", Piece("reopened_count > 0"))
        case Trait.PUBLISHED:
            return Piece(_BY_POST, (PostState.ONLINE.value,))
        case Trait.ESCALATED:
            return Piece(_BY_ESCALATION)
        case Trait.RECURRED:
            return _indexed("recurred", Piece("recurs_after IS NOT NULL"))
        case Trait.ABSENT:
            return _of_agents("absence", "agent", Piece(AWAY, away_values(now)), in_open_work)
        case Trait.LATE:
            return _together(_of_cases(_LATE_INDEXES[table], table, such) for table, such in MET_LATE.items())
        case Trait.PAUSED:
            return _of_cases("clocks_paused", "clock", STANDS_STILL)
        case Trait.FIRST_CONTACT:
            return _indexed("resolved_on_first_contact", Piece("resolved_on_first_contact = 1"))
        case Trait.UNANNOUNCED:
            return _of_cases("calls_unannounced", "call", UNANNOUNCED)
        case Trait.OPEN | Trait.CLOSED | Trait.ALL | Trait.UNTOLD:
            return None


def _to_values(term: query.OneOf, now: datetime, stored: StoredValues, in_open_work: bool) -> Piece | None:
    field, values = term.field, term.values
    if field is Field.STATUS:
        return _indexed("cases_status_due_key_id", one_of("status", values))
    if field is Field.NEXT:
        return _indexed("work_due", joined([Piece("open_work = 1"), one_of("next_due_kind", values)], "AND", "TRUE"))
    if field in FREE:
        kept = kept_values(term, stored)
        return None if kept is None else _to_kept(field, kept, in_open_work)
    if field in LISTED:
        return _to_kept(field, values, in_open_work)
    if not _LED_TO.get(field, frozenset(values)).issuperset(values) or ("" in values and field in _NOT_OF_NOBODY):
        return None
    return _together([_to_value(field, value, now, in_open_work) for value in values])


def _to_kept(field: Field, values: Sequence[str], in_open_work: bool) -> Piece:
    wanted = one_of(COLUMNS[field], values)
    in_scope = [Piece("open_work = 1")] if in_open_work else []
    return _indexed(f"cases_{COLUMNS[field]}_open_work", joined([wanted, *in_scope], "AND", "TRUE"))


def _to_value(field: Field, value: str, now: datetime, in_open_work: bool) -> Piece:
    match field:
        case Field.OWNER if in_open_work:
            return _indexed("work_of_owner", Piece("open_work = 1 AND owner IS ?", (value or None,)))
        case Field.OWNER:
            return _indexed("cases_owner_due_key_id", Piece("owner IS ?", (value or None,)))
        case Field.TEAM:
            return _of_agents("agent", "handle", Piece("team = ?", (value,)), in_open_work)
        case Field.REF:
            words = Piece(SEARCH, (text_match(value, finished=True),))
            return _such(words, [Piece("has_number(t1.reference, t1.foreign_id, ?) = 1", (value,))])
        case Field.ACCOUNT:
            key = account_key(value)
            return Piece(_BY_ACCOUNT, (key, f"{key}\U0010ffff"))
        case Field.NAME:
            return Piece(_BY_NAME, (name_match(value),))
        case Field.APPROVAL:
            return Piece(_BY_APPROVAL, (value,))
        case Field.PROMISE:
            outcome = None if value == PromiseState.OPEN else value
            return Piece(_BY_PROMISE, (outcome,))
        case Field.MET:
            return _of_cases("clocks_met_in_time", "clock", f"kind = ? AND {MET_IN_TIME}", value)
        case Field.MISSED:
            met_late = _of_cases("clocks_met_late", "clock", f"kind = ? AND {MET_LATE['clock']}", value)
            overdue = _of_cases("clocks_target", "clock", f"kind = ? AND {OVERDUE}", value, epoch_ms(now))
            return _together([met_late, overdue])
        case Field.ACTION:
            return Piece(_BY_OPEN_ACTION, (value,))
        case Field.ESCALATED:
            return Piece(f"{_BY_ESCALATION} AND level = ?", (value,))
        case Field.LOOP:
            return _such(Piece("SELECT case_id AS id FROM feedback INDEXED BY feedbacks_case_id_at"), [loop_at(value)])
        case Field.CONTACT:
            return _indexed("contact_wanted", Piece("contact_wanted = 1"))
        case Field.READ:
            by = "SELECT case_id AS id FROM case_reading INDEXED BY casereadings_by_case_id"
            return Piece(f'{by} WHERE "by" = ?', (value,))
        case Field.STEP | Field.SKIPPED:
            such = ticks_such(field, value)
            return Piece(f"{_BY_TICK} WHERE {such.sql}", such.values)
    raise AssertionError(f"no way leads to {field}")


def _of_agents(table: str, handle: str, such: Piece, in_open_work: bool) -> Piece:
    """The cases of the agents that a table has such rows of, through the index of each one's cases."""
    index, work = ("work_of_owner", " AND open_work = 1") if in_open_work else ("cases_owner_due_key_id", "")
    cases = f"CROSS JOIN cases INDEXED BY {index} ON cases.owner = {table}.{handle}{work}"
    return Piece(f"SELECT cases.id FROM {table} {cases} WHERE {such.sql}", such.values)


def _to_moments(field: Field, since: datetime | None, before: datetime | None) -> Piece | None:
    """All before some moment is most of what there is, but not of what is due."""
    column = COLUMNS[field]
    bounds = [] if since is None else [Piece(f"{column} >= ?", (epoch_ms(since),))]
    if before is not None or field is Field.DUE:
        bounds.append(Piece(f"{column} < ?", (NEVER_DUE if before is None else epoch_ms(before),)))
    if field is Field.DUE:
        return _indexed("work_due", joined([Piece("open_work = 1"), *bounds], "AND", "TRUE"))
    return _indexed(f"cases_{column}_id", joined(bounds, "AND", "TRUE"))


def _of_cases(index: str, table: str, such: str, *values: str | int) -> Piece:
    """The cases of the records that an index is of."""
    return Piece(f"SELECT case_id AS id FROM {table} INDEXED BY {index} WHERE {such}", values)


def _indexed(index: str, condition: Piece) -> Piece:
    return Piece(f"SELECT id FROM cases INDEXED BY {index} WHERE {condition.sql}", condition.values)
