"""Every store finds the same cases for the same query."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    NOW,
    a_call,
    a_case,
    a_change,
    a_clock,
    a_customer,
    a_feedback,
    a_promise,
    a_public_post,
    a_reading,
    a_remedy,
    a_tick,
    an_absence,
    an_action,
    an_agent,
    an_entry,
    an_escalation,
)
from tests.fakes import MemoryStore
from tuitrack.domain.errors import QueryRefused
from tuitrack.domain.keeping import RuleVersion
from tuitrack.domain.queue import Counts, QueueQuery, Scope, Sort
from tuitrack.domain.timeline import Action, Remedy
from tuitrack.domain.words import (
    ActionKind,
    Approval,
    CallResult,
    CaseKind,
    Channel,
    Direction,
    EntryKind,
    EscalationLevel,
    Justified,
    PostState,
    Priority,
    PromiseOutcome,
    Status,
    TickState,
    Track,
)
from tuitrack.services.ports import Store, Writer
from tuitrack.storage.store import SqliteStore

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)

CUSTOMERS: list[dict[str, Any]] = [
    {"name": "Đurđica Šarić", "account": "HR-0012", "phones": ("+385 91 234 567",), "email": "d@example.org"},
    {"name": "Ivo Kos", "account": "", "phones": ()},
    {"name": "سارا کریمی", "account": "HR-77", "phones": ("01 555 0100", "098 111 2222")},
]
"""Customers by their id."""

CASES: list[dict[str, Any]] = [
    {
        "customer_id": 1,
        "subject": "Router does not start",
        "words": "It is still not working after all",
        "status": Status.OPEN,
        "owner": "ana",
        "category": "product fault",
        "tags": "vip, Šibenik",
        "cause": "training",
        "next_due_at": NOW - HOUR,
        "received_at": NOW - 12 * DAY,
        "rules_at": NOW,
        "touched_at": NOW - DAY,
    },
    {
        "customer_id": 2,
        "subject": "Working router is late",
        "channel": Channel.EMAIL,
        "kind": CaseKind.CLAIM,
        "next_due_at": NOW + 5 * HOUR,
        "received_at": NOW - 5 * DAY,
        "touched_at": NOW - 8 * DAY,
        "foreign_id": "OLD/0077",
        "no_process_action_because": "It was a single parcel.",
        "contact_wanted": True,
    },
    {
        "customer_id": 3,
        "subject": "Kašnjenje paketa",
        "status": Status.RESOLVED,
        "owner": "bo",
        "priority": Priority.URGENT,
        "still_angry": True,
        "category": "Kašnjenje",
        "justified": Justified.NO,
        "customer_told_on": NOW.date(),
        "company_resolved_on": NOW.date() - DAY,
        "resolved_at": NOW - DAY,
        "next_due_at": NOW + 2 * DAY,
        "received_at": NOW - 3 * DAY,
    },
    {
        "customer_id": 1,
        "subject": "Wrong bill",
        "status": Status.CLOSED,
        "owner": "ana",
        "cause": "system fault",
        "recurs_after": 1,
        "justified": Justified.YES,
        "customer_told_on": date(2026, 11, 10),
        "company_resolved_on": date(2026, 11, 10),
        "customer_confirmed_on": date(2026, 11, 12),
        "resolved_at": NOW - 8 * DAY,
        "closed_at": NOW - 6 * DAY,
        "received_at": NOW - 40 * DAY,
        "touched_at": NOW - 6 * DAY,
    },
    {
        "customer_id": 2,
        "subject": "Promised refund",
        "status": Status.WAITING,
        "owner": "ana",
        "justified": Justified.YES,
        "decided_on": NOW.date() - DAY,
        "reopened_count": 1,
        "resolved_on_first_contact": True,
        "product": "Internet 100",
        "cause": "capacity",
        "contact_wanted": True,
        "received_at": NOW - HOUR,
        "touched_at": NOW,
    },
]
"""Cases by their number, which is their id as well."""


def fill(writer: Writer, customers: list[dict[str, Any]], cases: list[dict[str, Any]]) -> None:
    """Store customers and cases under ids from 1 on."""
    writer.put_agent(an_agent("ana", name="Ana Kos", team="Čvor Sjever"))
    writer.put_agent(an_agent("bo", name="Božo Perić"))
    writer.add(an_absence("bo", since=NOW.date() - DAY, until=NOW.date() + 2 * DAY))
    writer.add(an_absence("bo", since=NOW.date(), until=NOW.date()))
    writer.add(an_absence("ana", since=NOW.date() - 2 * DAY, until=NOW.date() - DAY))
    writer.add(an_absence("ana", since=NOW.date() + DAY, until=NOW.date() + DAY))
    writer.add(RuleVersion(since=NOW - 3 * DAY, text="{}"))
    writer.add(RuleVersion(since=NOW - 10 * DAY, text="{}"))
    writer.add_all(a_customer(**fields, id=id_) for id_, fields in enumerate(customers, 1))
    writer.add_all(a_case(number, **fields, id=number) for number, fields in enumerate(cases, 1))


@pytest.fixture
def filled(store: Store) -> Store:
    with store.writing() as writer:
        fill(writer, CUSTOMERS, CASES)
        writer.add(an_entry(3, body="The courier was rude"))
        writer.add(an_entry(1, kind=EntryKind.FINDING, version=2))
        writer.add(an_entry(2, kind=EntryKind.CALL, version=5))
        writer.add(an_entry(2, kind=EntryKind.SUGGESTION, version=5))
        undone = writer.add(an_entry(5, kind=EntryKind.CALL, version=2))
        writer.add(an_entry(5, kind=EntryKind.SUGGESTION, version=2))
        writer.add(an_entry(5, kind=EntryKind.UNDONE, corrects=undone.id, version=3))
        redone = writer.add(an_entry(3, kind=EntryKind.FINDING, version=2))
        writer.add(an_entry(3, kind=EntryKind.UNDONE, corrects=redone.id, version=3))
        writer.add(an_entry(3, kind=EntryKind.REDONE, corrects=redone.id, version=4))
        writer.add(a_promise(5))
        writer.add(a_tick(1))
        writer.add(a_tick(1, step="keep-word"))
        writer.add(a_tick(5, state=TickState.SKIPPED, because="no need"))
        writer.add(a_tick(3, state=TickState.SKIPPED, step="thank"))
        writer.add(a_promise(1, outcome=PromiseOutcome.BROKEN, settled_at=NOW, due_at=NOW - HOUR))
        writer.add(an_action(2, due_at=NOW - HOUR, done_at=NOW, done_on=NOW.date()))
        writer.add(an_action(3, kind=ActionKind.LEGAL))
        writer.add(an_action(4, kind=ActionKind.LEGAL))
        writer.add(an_action(5, kind=ActionKind.LEGAL, done_on=NOW.date()))
        writer.add(an_action(5, kind=ActionKind.INFORMATION))
        for fields in ({"due_at": NOW - DAY, "met_at": NOW - HOUR}, {"due_at": NOW, "met_at": NOW}):
            writer.add(a_clock(4, late_because="ill", **fields))
        writer.add(a_clock(5, paused_at=NOW))
        writer.add(a_clock(2, paused_at=NOW, met_at=NOW))
        writer.add(a_call(3))
        writer.add(a_call(1, recording_told=True))
        writer.add(a_call(1, result=CallResult.NO_ANSWER))
        writer.add(a_remedy(4))
        writer.add(a_remedy(4, approval=Approval.WAITING))
        writer.add(a_remedy(4, approval=Approval.DECLINED, chosen=False))
        writer.add(a_remedy(3, approval=Approval.WAITING, chosen=False))
        writer.add(a_public_post(3))
        writer.add(a_public_post(3))
        writer.add(a_public_post(4, state=PostState.REMOVED))
        writer.add(a_feedback(4))
        writer.add(a_feedback(1))
        writer.add(a_reading(1))
        writer.add(a_reading(4, by="bo"))
        writer.add(an_action(4, track=Track.PROCESS, done_on=NOW.date()))
        writer.add(a_call(5, direction=Direction.OUTBOUND))
        writer.add(a_call(2, direction=Direction.OUTBOUND, result=CallResult.NO_ANSWER))
        writer.add(an_entry(1, kind=EntryKind.LETTER))
        undone = writer.add(an_entry(2, kind=EntryKind.LETTER, version=2))
        took_back = writer.add(an_entry(2, kind=EntryKind.UNDONE, version=3, corrects=undone.id))
        writer.add(a_change(undone.id, 2, undone_by=took_back.id))
        writer.add(an_escalation(2))
        writer.add(an_escalation(4, level=EscalationLevel.MANAGEMENT))
        writer.add(an_escalation(3, level=EscalationLevel.MANAGEMENT, ended_at=NOW))
        writer.add(an_escalation(3, level=EscalationLevel.TEAM_LEAD))
    return store


@pytest.mark.parametrize(
    ("done", "is_untold"),
    [
        (an_action(5, done_on=NOW.date()), True),
        (an_action(5, done_on=NOW.date(), requested_on=NOW.date() - 2 * DAY), False),
        (an_action(5, done_on=NOW.date(), kind=ActionKind.INVESTIGATION), False),
        (an_action(5, done_on=NOW.date(), track=Track.PROCESS), False),
        (a_remedy(5, delivered_on=NOW.date()), True),
        (a_remedy(5, chosen=True), False),
        (a_remedy(1, delivered_on=NOW.date()), False),
    ],
)
@pytest.mark.parametrize("told_on", [None, NOW.date(), NOW.date() + DAY])
def test_what_was_done_before_the_customer_was_told(
    store: Store, done: Action | Remedy, is_untold: bool, told_on: date | None
) -> None:
    with store.writing() as writer:
        fill(writer, CUSTOMERS, [*CASES[:4], CASES[4] | {"customer_told_on": told_on}])
        writer.add_all([done])
    expected = [5] if is_untold and told_on != NOW.date() else []
    assert found(store, QueueQuery("is:untold -is:resolved")) == expected


def let_the_order_lead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a single case for too many to be fetched and sorted."""
    monkeypatch.setattr("tuitrack.storage.queue_sql.FEW", 1)
    monkeypatch.setattr("tuitrack.storage.queue_sql.FEW_BESIDE_WORDS", 1)


def look_at_too_many_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take two different values of a field for too many to look through."""
    monkeypatch.setattr("tuitrack.storage.queue_reader.VALUES_MOST", 1)


def count(store: Store, query: QueueQuery) -> int:
    """How many cases a query has."""
    with store.reading() as reader:
        return reader.count(query, NOW, 99)


def found(store: Store, query: QueueQuery) -> list[int]:
    """The numbers of the cases in their order."""
    with store.reading() as reader:
        return [row.id for row in reader.page(query, NOW, 100).rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [1, 2, 3, 5]),
        ("is:all", [1, 2, 3, 4, 5]),
        ("router", [1, 2]),
        ("router late", [2]),
        ("rou", [1, 2]),
        ("rou ", []),
        ("router -late", [1]),
        ("-router", [3, 5]),
        ('"not working"', [1]),
        ('"not work', [1]),
        ('"working not"', []),
        ("bill", []),
        ("bill is:closed", [4]),
        ("late or refund", [2, 5]),
        ("(late or refund) owner:ana", [5]),
        ("late or refund owner:ana", [2, 5]),
        ("-(router or refund)", [3]),
        ("-(router -late)", [2, 3, 5]),
        ("courier", [3]),
        ("کريمي", [3]),
        ("status:open", [1]),
        ("status:open,closed", [1, 4]),
        ("-status:closed", [1, 2, 3, 5]),
        ("owner:me", [1, 5]),
        ("is:mine", [1, 5]),
        ("owner:none", [2]),
        ("is:unowned", [2]),
        ("owner:me,none", [1, 2, 5]),
        ("-owner:me", [2, 3]),
        ("owner:božo", [3]),
        ("owner:per", []),
        ("team:mine", [1, 5]),
        ("team:čvo is:all", [1, 4, 5]),
        ('team:"cvor sjever"', [1, 5]),
        ("team:none", [3]),
        ("team:mine,none is:all", [1, 3, 4, 5]),
        ("-team:mine", [2, 3]),
        ("-team:none", [1, 2, 5]),
        ("team:south", []),
        ("is:absent", [3]),
        ("-is:absent", [1, 2, 5]),
        ("is:absent,overdue is:all", [1, 3]),
        ("is:overdue", [1]),
        ("is:late", [1, 2]),
        ("is:late is:all", [1, 2, 4]),
        ("is:paused", [5]),
        ("-is:paused is:open", [1, 2, 3]),
        ("is:published", [3]),
        ("-is:published is:all", [1, 2, 4, 5]),
        ("is:untold is:all", [3]),
        ("-is:untold is:all", [1, 2, 4, 5]),
        ("is:escalated", [2, 3]),
        ("-is:escalated", [1, 5]),
        ("escalated:2", [2]),
        ("escalated:3", []),
        ("escalated:team,management is:all", [3, 4]),
        ("-escalated:1 is:all", [1, 2, 4, 5]),
        ("due:overdue", [1]),
        ("-is:overdue", [2, 3, 5]),
        ("is:resolved", [3]),
        ("is:unconfirmed", [3]),
        ("is:reopened", [5]),
        ("is:angry,reopened", [3, 5]),
        ("rules:1", [1, 3, 5]),
        ("rules:2", [2]),
        ("rules:0 is:all", [4]),
        ("rules:0,2 is:all", [2, 4]),
        ("-rules:1", [2]),
        ("has:late-reason is:all", [4]),
        ("is:late no:late-reason is:all", [1, 2]),
        ("is:urgent", [3]),
        ("due:today", [1, 2]),
        ("due<3d", [1, 2, 3]),
        ("due>today", [3]),
        ("due:today..fri", [1, 2, 3]),
        ("due<6h -is:overdue", [2]),
        ("due:none", [5]),
        ("no:due", [5]),
        ("received:today", [5]),
        ("received:14.11...16.11.", [3]),
        ("received<=13.11. is:all", [1, 2, 4]),
        ("closed:12.11.", [4]),
        ("closed<1.1.2020", []),
        ("age>10d", [1]),
        ("age:3d..5d", [2, 3]),
        ("idle>7d", [2]),
        ("overdue<=1d", [1]),
        ("overdue>1d", []),
        ("overdue>1d or due:today", [1, 2]),
        ("category:kasn", [3]),
        ("category=kasn", []),
        ("category=kašnjenje", [3]),
        ('category="PRODUCT  fault",kasnjenje', [1, 3]),
        ("-category=kasnjenje has:category", [1]),
        ("tag=vi", []),
        ("tag=VIP is:all", [1]),
        ("owner=an", []),
        ("owner=ana", [1, 5]),
        ("team=čvor", []),
        ('team="Čvor Sjever"', [1, 5]),
        ('category:"product fault"', [1]),
        ("-category:product", [2, 3, 5]),
        ("product:internet", [5]),
        ("cause:system is:all", [4]),
        ("tag:sibenik", [1]),
        ("tag:vip,x", [1]),
        ("channel:email", [2]),
        ("kind:claim", [2]),
        ("phone:234567", [1]),
        ("phone:00385-91-234-567 is:all", [1, 4]),
        ("091 234 567", [1]),
        ("account:hr0012", [1]),
        ("account:hr", [1, 3]),
        ("name:sar", [1]),
        ("name:kos is:all", [2, 5]),
        ("ref:4", [4]),
        ("ref:77", [2]),
        ("ref:C26-000002-4", [2]),
        ("promise:open", [5]),
        ("promise:broken", [1]),
        ("step:listen", [1]),
        ("step:Lis,thank", [1]),
        ("step:keep-word", [1]),
        ("step:any", [1]),
        ("skipped:listen", [5]),
        ("skipped:any -step:listen", [3, 5]),
        ("skipped:none", []),
        ("has:suggestion is:all", [2]),
        ("no:suggestion is:all", [1, 3, 4, 5]),
        ("has:suggestion", [2]),
        ("has:finding", [1, 3]),
        ("no:finding is:all", [2, 4, 5]),
        ("has:promise", [1, 5]),
        ("is:unannounced", [3, 5]),
        ("is:first-contact", [5]),
        ("turnaround:2", [3]),
        ("turnaround<=32 is:all", [3, 4]),
        ("turnaround>2 is:all", [4]),
        ("turnaround:none", [1, 2, 5]),
        ("-turnaround>=0 is:all", [1, 2, 5]),
        ("met:resolve is:all", [2, 4]),
        ("missed:resolve is:all", [4]),
        ("missed:confirm", []),
        ("has:action", [2, 3, 5]),
        ("is:legal", [3]),
        ("-is:legal", [1, 2, 5]),
        ("is:legal,overdue is:all", [1, 3, 4]),
        ("action:legal is:all", [3, 4]),
        ("action:info,legal", [3, 5]),
        ("action:other", []),
        ("has:call", [1, 2, 3, 5]),
        ("has:remedy is:all", [3, 4]),
        ("approval:waiting is:all", [4]),
        ("approval:declined,approved is:all", [4]),
        ("approval:approved is:all", []),
        ("has:owner", [1, 3, 5]),
        ("no:owner", [2]),
        ("no:phone", [2, 5]),
        ("has:email", [1]),
        ("has:account no:category", []),
        ("has:resolution", [3]),
        ("no:confirmation is:all", [1, 2, 3, 5]),
        ("has:confirmation is:all", [4]),
        ("router or is:overdue or has:cause", [1, 2, 5]),
        ("-(owner:ana or closed>1.1.)", [2, 3]),
        ("is:recurred is:all", [4]),
        ("is:recurred,overdue", [1]),
        ("loop:open", [1, 3, 5]),
        ("loop:collected", [3]),
        ("loop:analysed", [5]),
        ("loop:fed-back", [1]),
        ("loop:fedback,corrected is:all", [1, 4]),
        ("loop:corrected is:all", [4]),
        ("loop:needless,collected is:all", [2, 3]),
        ("-loop:open is:all", [2, 4]),
        ("contact:wanted", [2, 5]),
        ("contact:never", [2, 3]),
        ("contact:wanted contact:never", [2]),
        ("contact:wanted,never", [2, 3, 5]),
        ("read:me", [1]),
        ("read:božo is:all", [4]),
        ("read:none", [2, 3, 5]),
        ("read:none,me", [1, 2, 3, 5]),
        ("-read:me", [2, 3, 5]),
        ("is:marked", [2, 3]),
        ("-is:marked", [1, 5]),
        ("is:marked is:all", [2, 3, 4]),
        ("is:marked router", [2]),
        ("is:marked,overdue", [1, 2, 3]),
    ],
)
def test_what_a_query_finds(filled: Store, text: str, expected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    query = QueueQuery(text, me="ana", marked=frozenset({2, 3, 4, 99}))
    assert sorted(found(filled, query)) == expected
    assert count(filled, query) == len(expected)
    let_the_order_lead(monkeypatch)
    assert sorted(found(filled, query)) == expected
    assert count(filled, query) == len(expected)
    look_at_too_many_values(monkeypatch)
    assert sorted(found(filled, query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (QueueQuery(), [1, 2, 3, 5]),
        (QueueQuery("router"), [2, 1]),
        (QueueQuery("router", sort=Sort.DUE), [1, 2]),
        (QueueQuery("router sort:oldest", sort=Sort.DUE), [1, 2]),
        (QueueQuery("router sort:newest"), [2, 1]),
        (QueueQuery("sort:newest"), [5, 3, 2, 1]),
        (QueueQuery("sort:touched"), [5, 3, 1, 2]),
        (QueueQuery("sort:entered is:all"), [5, 4, 3, 2, 1]),
        (QueueQuery("bill", scope=Scope.CLOSED), [4]),
        (QueueQuery("status:waiting", scope=Scope.CLOSED), [5]),
        (QueueQuery("is:overdue or is:reopened", owner="ana"), [1, 5]),
    ],
    ids=str,
)
def test_keys_hold_together_with_what_is_typed_and_give_way_to_its_scope_and_order(
    filled: Store, query: QueueQuery, expected: list[int]
) -> None:
    assert found(filled, query) == expected


def test_a_search_in_the_order_of_entry_has_pages_and_grows_to_a_case(filled: Store) -> None:
    query = QueueQuery("is:all (router or bill or refund) -nothing sort:entered")
    with filled.reading() as reader:
        first = reader.page(query, NOW, 2)
        rest = reader.page(query, NOW, 2, first.after)
        assert [row.id for row in (*first.rows, *rest.rows)] == [5, 4, 2, 1]
        words = QueueQuery("is:all -courier c26", sort=Sort.ENTERED)
        assert [row.id for row in reader.page(words, NOW, 1, through=1).rows] == [5, 4, 2, 1]
        pages = reader.cases_page(QueueQuery("router"), NOW, 1)
        assert [whole.case.id for whole in pages.cases] == [2]
        rest_of = reader.cases_page(QueueQuery("router"), NOW, 1, pages.after)
        assert [whole.case.id for whole in rest_of.cases] == [1]
        counts = reader.counts(QueueQuery("router"), NOW, 9)
        assert (counts.all, counts.overdue, counts.today, counts.soon, counts.unowned) == (2, 1, 1, 1, 1)


def test_references_come_in_order_up_to_a_limit_and_of_some_cases_alone(filled: Store) -> None:
    with filled.reading() as reader:
        assert list(reader.references(QueueQuery(), NOW, 99)) == [1, 2, 3, 5]
        assert list(reader.references(QueueQuery("sort:newest"), NOW, 2)) == [5, 3]
        assert reader.references(QueueQuery("router"), NOW, 9) == {
            2: reader.case(2).reference,
            1: reader.case(1).reference,
        }
        assert list(reader.references(QueueQuery("router"), NOW, 9, frozenset({1, 3, 99}))) == [1]
        assert list(reader.references(QueueQuery("sort:touched"), NOW, 1, frozenset({1, 2, 4}))) == [1]
        assert reader.references(QueueQuery(), NOW, 9, frozenset()) == {}


def test_counts_say_when_not_every_case_was_looked_at(
    sqlite_store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_store.writing() as writer:
        fill(writer, CUSTOMERS, [{"customer_id": 2, "subject": "late"}] * 5)
        writer.add(a_case(6, id=6, customer_id=2, subject="late router", category="price"))
    let_the_order_lead(monkeypatch)
    monkeypatch.setattr("tuitrack.storage.queue_sql.LOOKED_AT_MOST", 3)

    def counts(text: str) -> Counts:
        with sqlite_store.reading() as reader:
            return reader.counts(QueueQuery(text), NOW, 4)

    assert [counts(text).partial for text in ("late", "is:all late", "no:category", "")] == [True, True, True, False]
    assert [counts("late").shown(count) for count in (counts("late").all, counts("late").overdue)] == ["3+", "?"]
    assert counts("no:category").shown(counts("no:category").all) == "3+"
    assert (counts("router").all, counts("router").partial) == (1, False)


BEST = QueueQuery("router sort:best is:all")


@pytest.fixture
def told_of_routers(store: Store) -> Store:
    """Nine cases, of which the words of some speak of routers more than those of others."""
    said = {
        3: "router " * 3,
        4: "router and much else besides that is of another kind",
        6: "router",
        8: "router router",
    }
    with store.writing() as writer:
        fill(writer, CUSTOMERS, [{"customer_id": 2, "subject": said.get(number, "late")} for number in range(1, 10)])
    return store


def test_the_best_match_has_the_words_most_often_in_least_text(told_of_routers: Store) -> None:
    assert found(told_of_routers, BEST) == [3, 8, 6, 4]
    assert found(told_of_routers, replace(BEST, text="sort:best is:all late")) == [9, 7, 5, 2, 1]
    assert found(told_of_routers, replace(BEST, text="sort:best is:all")) == list(range(1, 10))


def test_the_best_match_has_pages_and_grows_to_a_case(told_of_routers: Store) -> None:
    with told_of_routers.reading() as reader:
        first = reader.page(BEST, NOW, 3)
        assert [row.id for row in reader.page(BEST, NOW, 3, first.after).rows] == [4]
        assert [row.id for row in reader.page(BEST, NOW, 1, through=6).rows] == [3, 8, 6]
        assert reader.references(BEST, NOW, 9, frozenset({4, 8, 9})).keys() == {8, 4}
        assert reader.order(BEST, NOW) is Sort.BEST
        assert reader.order(QueueQuery("sort:best"), NOW) is Sort.DUE


def test_too_many_hits_for_the_best_match_come_newest_first(
    told_of_routers: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("tests.fakes", "tuitrack.storage.queue_reader"):
        monkeypatch.setattr(f"{place}.BEST_AMONG_MOST", 3)
    assert found(told_of_routers, BEST) == [8, 6, 4, 3]
    with told_of_routers.reading() as reader:
        assert reader.order(BEST, NOW) is Sort.ENTERED
        assert reader.count(BEST, NOW, 3) == 3
        assert reader.count(BEST, NOW, 9) == 4


def test_what_cannot_be_understood_is_refused(filled: Store) -> None:
    with pytest.raises(QueryRefused, match="did you mean owner"):
        found(filled, QueueQuery("router ovner:x"))


def test_texts_of_cases_and_values_in_use(filled: Store) -> None:
    with filled.reading() as reader:
        texts = reader.texts_of([3, 2])
        assert reader.values_used("tags", 9) == {"vip": 1, "Šibenik": 1}
        assert reader.values_used("owner", 9) == {"ana": 3, "bo": 1}
    assert texts[3][0] == ("subject", "Kašnjenje paketa")
    assert ("phone", "01 555 0100, 098 111 2222") in texts[3]
    assert texts[3][-1] == ("note", "The courier was rude")
    assert [title for title, _ in texts[2]] == ["subject", "reference", "number elsewhere", "customer"]


_VOCABULARY = ["router", "late", "bill", "Šarić", "4517", "0012", "نامه"]
_SOME_WORDS = st.lists(st.sampled_from(_VOCABULARY), max_size=4).map(" ".join)
_MOMENTS = st.integers(-15, 15).map(lambda days: NOW + days * DAY)
_RANDOM_CASES = st.lists(
    st.fixed_dictionaries(
        {"customer_id": st.integers(1, 3), "subject": _SOME_WORDS, "received_at": _MOMENTS, "touched_at": _MOMENTS},
        optional={
            "details": _SOME_WORDS,
            "status": st.sampled_from(Status),
            "owner": st.sampled_from(["ana", "bo", "gone"]),
            "next_due_at": _MOMENTS,
            "closed_at": _MOMENTS,
            "resolved_at": _MOMENTS,
            "resolved_on_first_contact": st.booleans(),
            "rules_at": _MOMENTS,
            "category": st.sampled_from(["price", "Product"]),
            "tags": st.sampled_from(["vip", "late, vip"]),
            "still_angry": st.booleans(),
            "contact_wanted": st.booleans(),
            "cause": st.sampled_from(["training", "capacity"]),
            "kind": st.sampled_from(CaseKind),
        },
    ),
    max_size=6,
)
_TYPED = """
    router late bill saric rou 4517 12 "router_late" "bill_rou 5550100 owner:me owner:none -owner:bo is:overdue is:all
    team:mine team:none is:absent is:late is:paused is:published is:escalated escalated:2 -escalated:1,3
    is:closed is:unconfirmed due:today due<3d due>2d received<5d age>3d idle<4d closed:-9d..today category:pr tag:late
    phone:550100 account:hr name:ivo ref:3 has:due no:category has:phone promise:open rules:0 rules:1,2
    approval:waiting approval:approved
    sort:newest sort:due
    step:listen skipped:any
    turnaround:0 turnaround<=3 turnaround:4..9 turnaround>2 turnaround:none is:first-contact is:unannounced
    missed:resolve met:resolve
    loop:open loop:collected,analysed loop:needless contact:wanted contact:never read:none
"""
_TERMS = st.sampled_from(_TYPED.split()).map(lambda term: term.replace("_", " "))
_QUERIES = st.recursive(
    _TERMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" or ".join),
        inner.map("-({})".format),
        inner.map("({}) ".format),
    ),
    max_leaves=6,
)


@settings(max_examples=60)
@given(
    cases=_RANDOM_CASES,
    few=st.booleans(),
    queries=st.lists(_QUERIES, min_size=1, max_size=12),
    scope=st.sampled_from(Scope),
    sort=st.sampled_from(Sort),
)
def test_the_databases_find_what_the_fake_finds(
    fresh: Callable[[], AbstractContextManager[Store]],
    cases: list[dict[str, Any]],
    few: bool,
    queries: list[str],
    scope: Scope,
    sort: Sort,
) -> None:
    fake = MemoryStore()
    with fresh() as database, pytest.MonkeyPatch.context() as patch:
        if not few:
            let_the_order_lead(patch)
        for store in (fake, database):
            with store.writing() as writer:
                fill(writer, CUSTOMERS, cases)
        for text in queries:
            query = QueueQuery(text, me="ana", scope=scope, sort=sort)
            assert found(database, query) == found(fake, query), text
