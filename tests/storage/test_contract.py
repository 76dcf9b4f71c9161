"""What every store does, the fake and the databases alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    NOW,
    a_call,
    a_case,
    a_change,
    a_clock,
    a_customer,
    a_draft,
    a_feedback,
    a_handover,
    a_handover_item,
    a_pause,
    a_promise,
    a_public_post,
    a_reading,
    a_remedy,
    a_review,
    a_review_plan,
    a_tick,
    an_absence,
    an_action,
    an_agent,
    an_entry,
    an_escalation,
    an_import_run,
    reference,
)
from tuitrack.domain.case import Case
from tuitrack.domain.deadlines import DueFilter, deadlines
from tuitrack.domain.desk_texts import DeskText, TextReading
from tuitrack.domain.errors import Conflict, NotFound
from tuitrack.domain.keeping import Denial, ImportedEntry, RuleVersion
from tuitrack.domain.people import Customer
from tuitrack.domain.permissions import Right
from tuitrack.domain.quality.targets import QualityTarget
from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.printing import quoted
from tuitrack.domain.queue import Page, QueueQuery, Scope, Sort
from tuitrack.domain.samples import Audit, Sample
from tuitrack.domain.ssh_keys import AgentKey
from tuitrack.domain.text import QUERY_MAX, TEXT_MAX, clean
from tuitrack.domain.words import (
    Answer,
    Approval,
    CallResult,
    Channel,
    CustomerKind,
    Delivery,
    Direction,
    DueKind,
    EscalationLevel,
    HandedKind,
    HandoverAnswer,
    Interval,
    Justified,
    Mood,
    Outcome,
    PauseReason,
    PostState,
    Priority,
    PromiseOutcome,
    Retention,
    ReviewPart,
    Role,
    Status,
    Ticking,
    TickState,
    Track,
)
from tuitrack.domain.workload import Load
from tuitrack.services.ports import Reader, Store, Writer

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

HOSTILE = [
    "[bold red]x[/]",
    "[/]",
    "'; DROP TABLE cases; --",
    '"quoted" AND (NEAR OR *',
    "50 % _off_ \\",
    "naïve Čakovec Đurđa škola",
    "سلام، مشتری",
    "👩‍👩‍👧 🇭🇷",
    "line\nline\n\nline",
    "=HYPERLINK(1)",
    "null",
    "0",
]
_SHARED = Path(__file__).parents[3] / "shared" / "hostile.json"


def hostile_texts() -> list[str]:
    """Texts made to break something, cleaned as everything is on the way in, and no longer than is taken."""
    items = json.loads(_SHARED.read_text())["items"] if _SHARED.exists() else []
    found = [_whole(item) for item in items]
    return [clean(text)[:TEXT_MAX] for text in [*HOSTILE, *found]]


def _whole(item: dict[str, Any]) -> str:
    """The text of an item; long ones are given as something to repeat."""
    if "text" in item:
        return str(item["text"])
    return str(item.get("prefix", "") + item["repeat"] * min(item["times"], TEXT_MAX))


def with_cases(store: Store, *cases: dict[str, Any]) -> list[int]:
    """Store a customer with a case for each dict of fields; return the cases' ids."""
    with store.writing() as writer:
        customer = writer.add(a_customer())
        return [writer.add(a_case(n, customer.id, **fields)).id for n, fields in enumerate(cases, 1)]


def page(store: Store, limit: int = 100, **query: Any) -> Page:
    """A page of the queue as it stands at noon."""
    with store.reading() as reader:
        return reader.page(QueueQuery(**query), NOW, limit)


def references(found: Page) -> list[int]:
    """The numbers of a page's cases in their order."""
    return [int(row.reference.split("-")[1]) for row in found.rows]


class TestRecords:
    """What is stored is read back as it was."""

    def test_a_case_with_every_field_set(self, store: Store) -> None:
        with store.writing() as writer:
            customer = writer.add(a_customer())
            case = writer.add(
                a_case(
                    customer_id=customer.id,
                    version=3,
                    words="It smells.",
                    amount_asked=Decimal("12.34"),
                    currency="EUR",
                    channel=Channel.SOCIAL,
                    public=True,
                    occurred_on=date(2025, 2, 28),
                    import_run_id=4,
                    import_key="k",
                    status=Status.CLOSED,
                    owner="ana",
                    priority=Priority.URGENT,
                    resolve_by=NOW + DAY,
                    company_resolved_on=date(2026, 11, 2),
                    resolved_at=NOW - DAY,
                    justified=Justified.PARTLY,
                    customer_confirmed_on=date(2026, 11, 3),
                    confirming_call_id=9,
                    mood=Mood.ANGRY,
                    still_angry=True,
                    satisfied_with_work=Answer.NO,
                    outcome=Outcome.CONFIRMED,
                    closed_at=NOW,
                    retention=Retention.LOST,
                    next_due_at=NOW + HOUR,
                    next_due_kind="action",
                )
            )
        with store.reading() as reader:
            assert reader.case(case.id) == case
            assert reader.case_by_reference(case.reference) == case
            assert reader.case_by_reference(case.reference.lower()) is None

    def test_a_customer_with_phones_as_typed(self, store: Store) -> None:
        with store.writing() as writer:
            customer = writer.add(
                a_customer(kind=CustomerKind.COMPANY, account="A 1", phones=("091/234-567", "+43 1 22"), email="a@b.c")
            )
            other = writer.add(a_customer("Ana", phones=()))
        with store.reading() as reader:
            assert reader.customer(customer.id) == customer
            assert reader.customer(other.id) == other

    def test_what_belongs_to_a_case(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            later = writer.add(a_call(case_id, at=NOW + HOUR))
            call = writer.add(a_call(case_id, recording_told=True))
            action = writer.add(an_action(case_id, due_at=NOW + DAY, done_on=date(2026, 11, 20), done_at=NOW))
            promise = writer.add(a_promise(case_id, call_id=call.id))
            remedy = writer.add(
                a_remedy(
                    case_id,
                    amount=Decimal("5"),
                    currency="EUR",
                    chosen=False,
                    method=Delivery.POST,
                    expires_on=date(2027, 1, 1),
                    approval=Approval.DECLINED,
                )
            )
            entry = writer.add(
                an_entry(case_id, channel=Channel.EMAIL, changes={"status": ("new", "open")}, record_id=call.id)
            )
            later_clock = writer.add(a_clock(case_id, due_at=NOW + DAY, paused_at=NOW, late_because="[/] é"))
            clock = writer.add(a_clock(case_id, kind=DueKind.CONTACT, turn=2, target_at=NOW, met_at=NOW, due_at=NOW))
            pause = writer.add(a_pause(case_id, until=NOW, reason=PauseReason.LEGAL))
            older = writer.add(a_pause(case_id, since=NOW - DAY))
            ended = {"ended_at": NOW, "ended_by": "bo", "came_of": "[/] é"}
            escalation = writer.add(an_escalation(case_id, **ended))
            earlier = writer.add(an_escalation(case_id, at=NOW - DAY, level=EscalationLevel.TEAM_LEAD))
            told = {"place": "[b]", "asked_on": date(2026, 11, 2), "answer": "[/] é", "reply": "a\nb", "follow_up": 7}
            post = writer.add(a_public_post(case_id, state=PostState.UPDATED, **told))
            first_post = writer.add(a_public_post(case_id, seen_on=date(2026, 11, 1)))
            feedback = writer.add(
                a_feedback(
                    case_id, to="North", to_team=True, read_by="bo", read_at=NOW, answer="[/] é", answered_by="bo"
                )
            )
            before = writer.add(a_feedback(case_id, at=NOW - DAY))
            reading = writer.add(a_reading(case_id))
            tick = writer.add(a_tick(case_id, ticked_by=Ticking.LETTER, entry_id=entry.id, at=NOW))
            skipped = writer.add(a_tick(case_id, step="act", state=TickState.SKIPPED, because="[/] é", at=NOW - DAY))
        with store.reading() as reader:
            assert reader.calls(case_id) == [call, later]
            assert reader.actions(case_id) == [action]
            assert reader.promises(case_id) == [promise]
            assert reader.remedies(case_id) == [remedy]
            assert reader.timeline(case_id, 9) == [entry]
            assert reader.entry(entry.id) == entry
            assert reader.clocks(case_id) == [clock, later_clock]
            assert reader.pauses(case_id) == [older, pause]
            assert reader.escalations(case_id) == [earlier, escalation]
            assert reader.public_posts(case_id) == [first_post, post]
            assert reader.public_posts(case_id + 1) == []
            assert reader.feedback(case_id) == [before, feedback]
            assert reader.readings(case_id) == [reading]
            assert [*reader.feedback(case_id + 1), *reader.readings(case_id + 1)] == []
            assert reader.ticks(case_id) == [skipped, tick]
            assert reader.ticks(case_id + 1) == []
            assert [*reader.calls(case_id + 1), *reader.clocks(case_id + 1), *reader.pauses(case_id + 1)] == []
            assert reader.escalations(case_id + 1) == []

    def test_versions_of_rules_from_the_oldest_on(self, store: Store) -> None:
        with store.writing() as writer:
            second = writer.add(RuleVersion(since=NOW, text='{"rules": []}'))
            first = writer.add(RuleVersion(since=NOW - DAY, text="{}"))
        with store.reading() as reader:
            assert reader.rule_versions() == [first, second]

    def test_keys_by_agent_and_age(self, store: Store) -> None:
        def a_key(agent: str, blob: str) -> AgentKey:
            print_ = f"SHA256:{blob}"
            return AgentKey(
                agent=agent, kind="ssh-ed25519", blob=blob, comment="home", fingerprint=print_, added_at=NOW, by="ana"
            )

        with store.writing() as writer:
            second, first, taken = (writer.add(a_key(*one)) for one in (("bo", "AA"), ("ana", "BB"), ("ana", "CC")))
            writer.remove(taken)
        with store.reading() as reader:
            assert reader.agent_keys() == [first, second]

    def test_the_last_denials_come_first(self, store: Store) -> None:
        with store.writing() as writer:
            tried = [writer.add(Denial(at=NOW, agent="ana", right=right)) for right in list(Right)[:3]]
        with store.reading() as reader:
            assert reader.denials(2) == [tried[2], tried[1]]

    def test_texts_of_the_desk_by_name_and_version(self, store: Store) -> None:
        def a_text(name: str, version: int, text: str = "Listen.") -> DeskText:
            day = date(2026, 11, version)
            return DeskText(name=name, version=version, valid_from=day, by="ana", entered_at=NOW, text=text)

        with store.writing() as writer:
            texts = [writer.add(a_text(*one)) for one in (("b", 2), ("b", 1), ("a", 1, "\n".join(hostile_texts())))]
        with store.reading() as reader:
            assert reader.desk_texts() == texts[::-1]

    def test_targets_of_measures_oldest_first(self, store: Store) -> None:
        with store.writing() as writer:
            targets = [
                writer.add(QualityTarget(measure="late", percent=percent, by="ana", entered_at=NOW))
                for percent in (10, None, 0)
            ]
        with store.reading() as reader:
            assert reader.quality_targets() == targets

    def test_parts_of_a_query_are_counted_to_the_last_one_by_what_cases_keep(self, store: Store) -> None:
        bos = {"owner": "bo", "received_at": NOW - 9 * DAY}
        with_cases(store, {"owner": "ana", "category": "a"}, {"owner": "ana", "public": True}, {"public": True}, bos)
        query, parts = QueueQuery("received:today"), [QueueQuery("is:public"), QueueQuery("owner:none")]
        with store.reading() as reader:
            assert reader.count_parts(query, parts, NOW) == {(): (3, 2, 1)}
            assert reader.count_parts(query, [], NOW, [Field.OWNER, Field.CATEGORY]) == {
                ("ana", "a"): (1,), ("ana", ""): (1,), ("", ""): (1,),
            }  # fmt: skip
            assert reader.count_parts(QueueQuery("is:all no:category"), parts[:1], NOW, [Field.OWNER]) == {
                ("ana",): (1, 1), ("",): (1, 1), ("bo",): (1, 0),
            }  # fmt: skip
            assert reader.count_parts(QueueQuery("received<1.1.2020"), parts, NOW) == {}

    def test_who_has_read_a_text_oldest_first(self, store: Store) -> None:
        with store.writing() as writer:
            later = writer.add(TextReading(name="a", version=1, agent="ana", at=NOW))
            first = writer.add(TextReading(name="a", version=2, agent="ana", at=NOW - DAY))
        with store.reading() as reader:
            assert reader.text_readings() == [first, later]

    def test_a_replaced_record_has_its_new_value(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            promise = writer.add(a_promise(case_id))
            kept = replace(promise, outcome=PromiseOutcome.KEPT, settled_at=NOW, settled_by="ana")
            writer.replace(kept)
            customer = replace(writer.customer(1), name="Iva Kos", phones=("1234567", "+385 1 2"))
            writer.replace(customer)
        with store.reading() as reader:
            assert reader.promises(case_id) == [kept]
            assert reader.customer(1) == customer

    def test_absences_that_are_not_over(self, store: Store) -> None:
        with store.writing() as writer:
            later = writer.add(an_absence("bo", since=NOW.date() + DAY, until=NOW.date() + 3 * DAY, deputy="ana"))
            now = writer.add(an_absence("ana", since=NOW.date() - DAY, until=NOW.date(), reason="ill"))
            writer.add(an_absence("ana", since=NOW.date() - 9 * DAY, until=NOW.date() - DAY))
        with store.reading() as reader:
            assert reader.absences(NOW.date()) == [now, later]
        with store.writing() as writer:
            writer.replace(replace(later, until=later.since))
            writer.remove(now)
        with store.reading() as reader:
            assert reader.absences(NOW.date()) == [replace(later, until=later.since)]

    def test_the_work_of_each_owner_is_what_the_queue_counts(self, store: Store) -> None:
        cases: list[dict[str, Any]] = [
            {"owner": "ana", "next_due_at": NOW - HOUR},
            {"owner": "ana", "next_due_at": NOW},
            {"owner": "ana", "status": Status.RESOLVED, "next_due_at": NOW + DAY},
            {"owner": "bo", "status": Status.RESOLVED, "customer_confirmed_on": NOW.date()},
            {"owner": "bo", "status": Status.CLOSED, "closed_at": NOW},
            {"owner": "cy", "status": Status.CLOSED, "closed_at": NOW},
            {"next_due_at": NOW + HOUR},
        ]
        with_cases(store, *cases)
        with store.writing() as writer:
            for case_id in (2, 2, 4, 5):
                writer.add(a_promise(case_id))
            writer.add(a_promise(1, outcome=PromiseOutcome.KEPT, settled_at=NOW))
            writer.put_draft(a_draft("bo", "call:1"))
            writer.put_draft(a_draft("bo", "call:2"))
        texts = ["", "is:overdue", "due:today -is:overdue", "promise:open", "is:unconfirmed"]
        with store.reading() as reader:
            found = reader.workload(NOW)
            assert found == {
                owner: Load(*(reader.count(QueueQuery(text, owner=owner or ""), NOW, 99) for text in texts))
                for owner in ("ana", "bo", None)
            }
            assert found["ana"] == Load(open=3, overdue=1, today=1, promised=1, unconfirmed=1)
            assert reader.draft_counts() == {"bo": 2}

    def test_agents_by_name(self, store: Store) -> None:
        with store.writing() as writer:
            for agent in (an_agent("zoe", name="Ana"), an_agent("ana", name="Zoe"), an_agent("ana", name="Bo")):
                writer.put_agent(agent)
            writer.put_agent(an_agent("zoe", name="Ana", role=Role.SUPERVISOR, active=False))
        with store.reading() as reader:
            assert [agent.name for agent in reader.agents()] == ["Ana", "Bo"]
            assert reader.agent("zoe") == an_agent("zoe", name="Ana", role=Role.SUPERVISOR, active=False)
            assert reader.agent("nobody") is None

    def test_drafts_of_one_agent(self, store: Store) -> None:
        old, new = a_draft(values={"a": "é\n"}), a_draft(form="call:1", saved_at=NOW + HOUR)
        with store.writing() as writer:
            writer.put_draft(a_draft(values={"a": "before"}))
            for draft in (old, new, a_draft(agent="bo")):
                writer.put_draft(draft)
        with store.reading() as reader:
            assert reader.drafts("ana") == [new, old]
            assert reader.all_drafts() == [new, old, a_draft(agent="bo")]
            assert reader.draft("ana", "intake") == old
        with store.writing() as writer:
            writer.drop_draft("ana", "intake")
            writer.drop_draft("ana", "never kept")
        with store.reading() as reader:
            assert reader.drafts("ana") == [new]

    def test_preferences_of_one_agent(self, store: Store) -> None:
        with store.writing() as writer:
            writer.put_preference("ana", "theme", "light")
            writer.put_preference("bo", "theme", "dark")
            writer.put_preference("ana", "theme", "višnja [b]")
        with store.reading() as reader:
            assert reader.preference("ana", "theme") == "višnja [b]"
            assert reader.preference("bo", "theme") == "dark"
            assert reader.preference("ana", "after_closing") is None

    def test_what_is_not_there_is_said(self, store: Store) -> None:
        with store.reading() as reader:
            for read in (reader.case, reader.customer, reader.entry, reader.import_run):
                with pytest.raises(NotFound):
                    read(17)

    def test_hostile_text_comes_back_as_it_went_in_and_can_be_searched(self, store: Store) -> None:
        for number, text in enumerate(hostile_texts(), 1):
            with store.writing() as writer:
                customer = writer.add(a_customer(text, account=text, phones=(text,)))
                told = {"subject": text, "words": text, "foreign_id": text, "owner": f"agent {number}"}
                case = writer.add(a_case(number, customer.id, **told))
                entry = writer.add(an_entry(case.id, body=text, changes={text: (text, "")}))
                writer.put_draft(a_draft(values={text: text}))
            with store.reading() as reader:
                assert reader.customer(customer.id) == customer
                assert reader.case(case.id) == case
                assert reader.entry(entry.id) == entry
                assert reader.drafts("ana") == [a_draft(values={text: text})]
                found = reader.page(QueueQuery(text=quoted(text)[:QUERY_MAX], owner=f"agent {number}"), NOW, 9)
                assert references(found) == [number], text
                reader.find_customers(text, 9)


class TestChanges:
    """What it takes to undo a change is kept with every value as it was."""

    def test_a_change_comes_back_with_typed_values(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            action, remedy = writer.add(an_action(case_id)), writer.add(a_remedy(case_id, amount=Decimal("5.50")))
            done = replace(action, done_on=date(2026, 11, 20), done_at=NOW, done_note="[/] é\n")
            call, promise = writer.add(a_call(case_id)), writer.add(a_promise(case_id, outcome=PromiseOutcome.KEPT))
            clock, pause = writer.add(a_clock(case_id)), writer.add(a_pause(case_id, until=NOW))
            escalation = writer.add(an_escalation(case_id))
            item = writer.add(a_handover_item(writer.add(a_handover()).id, case_id))
            accepted = replace(item, answer=HandoverAnswer.ACCEPTED, answered_at=NOW, answered_by="bo")
            ended = replace(escalation, ended_at=NOW, ended_by="bo", came_of="Agreed.")
            post = writer.add(a_public_post(case_id))
            removed = replace(post, state=PostState.REMOVED, state_on=date(2026, 11, 20))
            tick = writer.add(a_tick(case_id, ticked_by=Ticking.THANKS))
            feedback, reading = writer.add(a_feedback(case_id)), writer.add(a_reading(case_id))
            change = a_change(
                writer.add(an_entry(case_id)).id,
                case_id,
                fields={
                    "status": (Status.RESOLVED, Status.CLOSED),
                    "closed_at": (None, NOW),
                    "company_resolved_on": (date(2026, 11, 3), None),
                    "amount_asked": (Decimal("1.20"), None),
                    "mood": (None, Mood.ANGRY),
                    "public": (False, True),
                    "confirming_call_id": (None, call.id),
                    "words": ("", "[bold]'; --"),
                },
                records=(
                    *((action, done), (None, promise), (remedy, None), (post, removed)),
                    *((None, call), (None, clock), (pause, None), (escalation, ended), (item, accepted)),
                    *((None, call), (None, clock), (pause, None), (escalation, ended), (None, tick)),
                    *((feedback, replace(feedback, read_by="bo", read_at=NOW)), (None, reading)),
                ),
            )
            assert writer.add(change) == change
        with store.reading() as reader:
            assert reader.last_change(case_id=case_id) == change

    def test_the_last_change_of_a_case_and_of_an_agent(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            ids = [writer.add(an_entry(case_id)).id for case_id in (one, other, one, other, one, one)]
            told = zip(ids, (one, other, one, other), ("ana", "bo", "bo", "ana"), strict=False)
            first, second, third, fourth = (writer.add(a_change(n, case_id, by=by)) for n, case_id, by in told)
        with store.reading() as reader:
            assert reader.last_change(case_id=one) == third
            assert reader.last_change(case_id=one, by="ana") == first
            assert reader.last_change(by="bo") == third
            assert reader.last_change(by="ana") == fourth
            assert reader.last_change(by="nobody") is reader.last_change(case_id=one, undone=True) is None
        with store.writing() as writer:
            writer.replace(undone_first := replace(first, undone_by=ids[5]))
            writer.replace(undone_third := replace(third, undone_by=ids[4]))
        with store.reading() as reader:
            assert reader.last_change(case_id=one) is reader.last_change(case_id=one, by="ana") is None
            assert reader.last_change(case_id=one, undone=True) == undone_first
            assert reader.last_change(by="bo", undone=True) == undone_third
            assert reader.last_change(by="bo") == second

    def test_the_changes_of_a_run_are_told_by_whether_they_stand(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            ids = [writer.add(an_entry(case_id)).id for case_id in (other, one, one, other)]
            first, second, alone, another = ids
            writer.add(a_change(second, one, run=first))
            writer.add(a_change(first, other, run=first, undone_by=another))
            writer.add(a_change(alone, one))
            writer.add(a_change(another, other, run=first))
        with store.reading() as reader:
            assert list(reader.run_cases(first).items()) == [(second, one), (another, other)]
            assert reader.run_cases(first, undone=True) == {first: other}
            assert reader.run_cases(alone) == {}
            assert reader.last_change(case_id=other) == a_change(another, other, run=first)

    def test_a_record_is_taken_away_and_put_back_under_its_id(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            call, promise = writer.add(a_call(case_id)), writer.add(a_promise(case_id))
            stored = (
                *(call, promise, writer.add(an_action(case_id)), writer.add(a_remedy(case_id))),
                *(writer.add(a_clock(case_id)), writer.add(a_pause(case_id)), writer.add(an_escalation(case_id))),
                writer.add(a_public_post(case_id)),
            )
            for record in stored:
                writer.remove(record)
        with store.writing() as writer:
            assert [*writer.calls(case_id), *writer.actions(case_id)] == []
            assert [*writer.promises(case_id), *writer.remedies(case_id)] == []
            assert [*writer.clocks(case_id), *writer.pauses(case_id), *writer.escalations(case_id)] == []
            assert writer.public_posts(case_id) == []
            assert writer.add(a_call(case_id)).id != call.id
            writer.add_all(stored)
        with store.reading() as reader:
            assert call in reader.calls(case_id)
            assert reader.promises(case_id) == [promise]


class TestFeedback:
    """What is told to whoever can correct a cause, and who reads cases."""

    def test_what_is_addressed_to_somebody_comes_unread_first_and_answered_last(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        read, answered = {"read_by": "bo", "read_at": NOW}, {"answered_by": "bo", "answered_at": NOW, "answer": "Yes."}
        with store.writing() as writer:
            first_answered = writer.add(a_feedback(one, **read, **answered))
            last_answered = writer.add(a_feedback(other, **read, **answered | {"answered_at": NOW + HOUR}))
            was_read = writer.add(a_feedback(one, at=NOW - DAY, **read))
            unread = writer.add(a_feedback(other, to="North", to_team=True))
            older = writer.add(a_feedback(other, at=NOW - HOUR))
            writer.add(a_feedback(one, to="bo", to_team=True))
            writer.add(a_feedback(one, to="ana"))
        with store.reading() as reader:
            mine = [older, unread, was_read, last_answered, first_answered]
            assert reader.feedback_to("bo", "North", 9) == mine
            assert reader.feedback_to("bo", "North", 2) == mine[:2]
            assert reader.feedback_to("bo", "", 9) == [one for one in mine if one != unread]
            assert reader.feedback_to("eva", "", 9) == []

    def test_how_many_cases_each_reviewer_has_read(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            for case_id, by, at in ((one, "ana", NOW), (one, "ana", NOW), (other, "ana", NOW), (one, "bo", NOW + DAY)):
                writer.add(a_reading(case_id, by=by, at=at))
        with store.reading() as reader:
            assert reader.readings_counted(NOW, NOW + DAY) == {"ana": 2}
            assert reader.readings_counted(NOW, NOW + 2 * DAY) == {"ana": 2, "bo": 1}


class TestReviews:
    """What is looked at again and again, and what came of it."""

    def test_plans_and_results_by_their_days(self, store: Store) -> None:
        with store.writing() as writer:
            later = writer.add(a_review_plan(next_due=NOW.date() + DAY, parts=(ReviewPart.CAUSES,)))
            plan = writer.add(a_review_plan(name="[/] é", every=Interval.WEEK, active=False))
            first = writer.add(a_review(plan.id, due_on=NOW.date() - DAY, held_on=None, because="Nobody was there."))
            last = writer.add(a_review(plan.id, results={"causes": "[b]", "counts": "1\n2"}))
            gone = writer.add(a_review(later.id))
        checked = replace(last, checked_by="bo", checked_at=NOW, check_note="é")
        with store.writing() as writer:
            writer.remove(gone)
            writer.replace(checked)
            writer.replace(moved := replace(plan, next_due=NOW.date() + 2 * DAY))
        with store.reading() as reader:
            assert reader.review_plans() == [later, moved]
            assert reader.review_plan(later.id) == later
            assert reader.reviews(9) == [checked, first]
            assert reader.reviews(1) == [checked]
            assert reader.review(first.id) == first
            for missing in (reader.review_plan, reader.review):
                with pytest.raises(NotFound):
                    missing(99)

    def test_samples_and_what_was_found_in_their_cases(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        today = NOW.date()
        with store.writing() as writer:
            plan = writer.add(a_review_plan())
            drawn: dict[str, Any] = {"since": today, "until": today, "size": 2, "seed": 7, "population": 2, "by": "ana"}
            first, last = (writer.add(Sample(plan_id=plan.id, due_on=today, drawn_at=NOW, **drawn)) for _ in range(2))
            second_audit = writer.add(Audit(sample_id=first.id, case_id=other, answers={}))
            audit = writer.add(Audit(sample_id=first.id, case_id=one, answers={}))
            found = replace(audit, answers={"taken": "yes"}, interviewed=True, note="[/] é", by="bo", at=NOW)
            writer.replace(found)
        with store.reading() as reader:
            assert reader.samples(9) == [last, first]
            assert reader.samples(1) == [last]
            assert reader.sample(first.id) == first
            assert reader.audits(first.id) == [found, second_audit]
            assert reader.audits(last.id) == []
            with pytest.raises(NotFound):
                reader.sample(99)

    def test_what_is_due_is_told_to_the_owner_and_while_they_are_away_to_the_deputy(self, store: Store) -> None:
        today = NOW.date()
        with store.writing() as writer:
            writer.add(a_review_plan(name="today"))
            writer.add(a_review_plan(name="missed", next_due=today - DAY))
            writer.add(a_review_plan(name="later", next_due=today + DAY))
            writer.add(a_review_plan(name="over", active=False))
            writer.add(a_review_plan(name="of bo", owner="bo", deputy="ana"))
        with store.reading() as reader:
            assert reader.reviews_due("ana", today) == {"missed": today - DAY, "today": today}
            assert reader.reviews_due("bo", today) == {"of bo": today}
        with store.writing() as writer:
            writer.add(an_absence("bo"))
        with store.reading() as reader:
            assert list(reader.reviews_due("ana", today)) == ["missed", "of bo", "today"]

    def test_feedback_of_a_time(self, store: Store) -> None:
        (one,) = with_cases(store, {})
        with store.writing() as writer:
            writer.add(a_feedback(one))
            writer.add(a_feedback(one, read_at=NOW, read_by="bo", answered_at=NOW, answered_by="bo"))
            writer.add(a_feedback(one, at=NOW - DAY))
        with store.reading() as reader:
            assert reader.feedback_counted(NOW, NOW + HOUR) == (2, 1, 1)
            assert reader.feedback_counted(NOW + HOUR, NOW + DAY) == (0, 0, 0)

    def test_a_cause_was_corrected_where_another_case_had_it_and_an_action_against_it_was_done(
        self, store: Store
    ) -> None:
        alike = {"cause": "training", "category": "price"}
        first, other, open_one, customers, late, new = with_cases(
            store,
            alike | {"received_at": NOW - 9 * DAY},
            {"cause": "training", "received_at": NOW - 9 * DAY},
            alike | {"received_at": NOW - 8 * DAY},
            alike | {"received_at": NOW - 7 * DAY},
            alike | {"received_at": NOW - 6 * DAY},
            alike,
        )
        done = {"track": Track.PROCESS, "done_on": (NOW - 5 * DAY).date(), "done_at": NOW - 5 * DAY}
        with store.writing() as writer:
            corrected = writer.add(an_action(first, **done))
            writer.add(an_action(other, **done))
            writer.add(an_action(open_one, track=Track.PROCESS))
            writer.add(an_action(customers, **done | {"track": Track.CUSTOMER}))
            writer.add(an_action(late, **done | {"done_at": NOW}))
            writer.add(an_action(new, **done))
            case, early = writer.case(new), writer.case(open_one)
            assert writer.corrected_before(case) == corrected
            assert writer.corrected_before(replace(case, category="product")) is None
            assert writer.corrected_before(early) is None
            assert writer.recurrences(9) == []
            writer.put_case(replace(case, recurs_after=corrected.id, version=1), case)
            (found,) = writer.recurrences(9)
        assert (found.cause, found.category, found.cases, found.last_at) == ("training", "price", 1, NOW)
        assert found.corrected_on == corrected.done_on


class TestHandovers:
    """What the next shift has to know of, and what was handed over."""

    def test_open_actions_asked_of_somebody_by_when_they_are_due(self, store: Store) -> None:
        one, other = with_cases(store, {}, {})
        with store.writing() as writer:
            later = writer.add(an_action(one, assignee="ana", due_at=NOW + HOUR))
            sooner = writer.add(an_action(other, assignee="ana", due_at=NOW - DAY))
            for fields in (
                {"assignee": "ana"},
                {"assignee": "bo", "due_at": NOW},
                {"assignee": "ana", "due_at": NOW + DAY},
                {"assignee": "ana", "due_at": NOW, "done_on": NOW.date(), "done_at": NOW},
            ):
                writer.add(an_action(one, **fields))
        with store.reading() as reader:
            assert reader.actions_due("ana", NOW + DAY, 9) == [sooner, later]
            assert reader.actions_due("ana", NOW + DAY, 1) == [sooner]

    def test_calls_that_missed_the_customer_wait_until_one_of_ours_reaches_them(self, store: Store) -> None:
        missed, ours = {"result": CallResult.NO_ANSWER}, {"direction": Direction.OUTBOUND}
        of_ana = {"owner": "ana", "status": Status.OPEN}
        waits, made_good, called_us, voicemail, closed, of_bo = with_cases(
            store, *[of_ana] * 4, of_ana | {"status": Status.CLOSED}, {"owner": "bo", "status": Status.OPEN}
        )
        with store.writing() as writer:
            for case_id in (waits, made_good, called_us, closed, of_bo):
                writer.add(a_call(case_id, at=NOW - DAY, **ours, **missed))
            writer.add(a_call(made_good, at=NOW, **ours))
            writer.add(a_call(called_us, at=NOW))
            last = writer.add(a_call(waits, at=NOW, **ours, **missed))
            left = writer.add(a_call(voicemail, at=NOW - HOUR, result=CallResult.VOICEMAIL))
        with store.reading() as reader:
            found = reader.callbacks("ana", 9)
            assert [(call.case_id, call.id) for call in found[1:]] == [(voicemail, left.id), (waits, last.id)]
            assert found[0].case_id == called_us
            assert reader.callbacks("ana", 1) == found[:1]

    def test_a_handover_with_its_items_until_all_are_answered(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            first = writer.add(a_handover(note="[/] é"))
            done = writer.add(a_handover(giver="bo", receiver="ana"))
            back = writer.add(a_handover(giver="bo", receiver="ana"))
            others = writer.add(a_handover(giver="bo", receiver="eva"))
            promise = writer.add(a_handover_item(first.id, case_id, note="Ring twice."))
            draft = writer.add(
                a_handover_item(first.id, None, kind=HandedKind.DRAFT, record_id=None, what="a new case")
            )
            answer = {"answered_at": NOW, "answered_by": "ana", "because": "No time."}
            writer.add(a_handover_item(done.id, case_id, answer=HandoverAnswer.DECLINED, **answer))
            waits = writer.add(a_handover_item(back.id, case_id))
            writer.add(a_handover_item(others.id, case_id))
        with store.reading() as reader:
            assert reader.handover(first.id) == first
            assert reader.handover_items(first.id) == [promise, draft]
            assert reader.handover_items(done.id)[0].because == "No time."
            assert reader.handover_item(waits.id) == waits
            assert reader.open_handovers("ana") == [first, back]
            assert reader.open_handovers("eva") == [others]
            assert reader.handovers("ana", 2) == [back, done]
            assert reader.handovers("ana", 9) == [back, done, first]
            assert reader.handovers("nobody", 9) == []
            with pytest.raises(NotFound):
                reader.handover(99)
            with pytest.raises(NotFound):
                reader.handover_item(99)
        with store.writing() as writer:
            writer.replace(replace(waits, answer=HandoverAnswer.ACCEPTED, answered_at=NOW, answered_by="ana"))
        with store.reading() as reader:
            assert reader.open_handovers("ana") == [first]


class TestTransactions:
    """Everything in a transaction is stored, or nothing is."""

    def test_an_exception_drops_everything(self, store: Store) -> None:
        def take_a_case_and_fail() -> None:
            with store.writing() as writer:
                customer = writer.add(a_customer())
                writer.add(a_case(customer_id=customer.id, subject="gone"))
                writer.next_sequence(2026)
                raise KeyError

        with pytest.raises(KeyError):
            take_a_case_and_fail()
        assert page(store).rows == ()
        assert page(store, text="gone").rows == ()
        with store.writing() as writer:
            assert writer.next_sequence(2026) == 1

    def test_sequences_count_within_their_year(self, store: Store) -> None:
        with store.writing() as writer:
            assert [writer.next_sequence(year) for year in (2026, 2025, 2026)] == [1, 1, 2]
            assert writer.next_sequence(2026, 10) == 3
            assert writer.next_sequence(2026) == 13

    def test_reserved_ids_let_new_records_name_each_other(self, store: Store) -> None:
        with_cases(store, {})
        with store.writing() as writer:
            customers, cases = writer.reserve_ids(Customer, 2), writer.reserve_ids(Case, 2)
            writer.add_all(a_customer(f"New {n}", id=id_, phones=(f"555000{n}",)) for n, id_ in enumerate(customers))
            writer.add_all(a_case(id_, customers[-1], id=id_, subject="taken in") for id_ in cases)
            writer.add_all(an_entry(id_, body="long ago") for id_ in cases)
            assert writer.add(a_case(9)).id == cases[-1] + 1
        newest_first = [*reversed(cases)]
        assert references(page(store, text="5550001")) == references(page(store, text="long ago")) == newest_first
        with store.reading() as reader:
            assert [match.case_count for match in reader.find_customers("new", 9)] == [0, 2]

    def test_a_case_is_put_under_the_version_seen(self, store: Store) -> None:
        (case_id,) = with_cases(store, {"version": 1})
        with store.writing() as writer:
            case = writer.case(case_id)
            writer.put_case(replace(case, version=2, subject="second"), case)
            writer.add(an_entry(case_id, version=1, summary="before"))
            after = writer.add(an_entry(case_id, version=2, by="bo", summary="second"))
        with pytest.raises(Conflict, match="bo: second") as refused, store.writing() as writer:
            writer.put_case(replace(case, version=2, subject="other second"), case)
        assert refused.value.changes == (after,)
        with store.reading() as reader:
            assert reader.case(case_id).subject == "second"
            assert reader.entries_since(case_id, 1) == [after]

    def test_many_records_at_once(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            writer.add_all(
                [
                    a_customer("Second", phones=("555 123 4567",)),
                    a_case(2, 2, subject="second"),
                    a_case(3, 2, subject="third"),
                    an_entry(case_id, body="added later"),
                    an_entry(case_id),
                ]
            )
        assert references(page(store, text="5551234567")) == [3, 2]
        assert references(page(store, text="added later")) == [1]
        with store.reading() as reader:
            assert len(reader.timeline(case_id, 9)) == 2


class TestTimeline:
    """The timeline is in the order in which things happened."""

    def test_the_last_entries_and_the_page_before_them(self, store: Store) -> None:
        (case_id,) = with_cases(store, {})
        with store.writing() as writer:
            hours = [3, 1, 2, 2, 5]
            entries = [writer.add(an_entry(case_id, occurred_at=NOW + hour * HOUR)) for hour in hours]
        in_order = [entries[index] for index in (1, 2, 3, 0, 4)]
        with store.reading() as reader:
            assert reader.timeline(case_id, 2) == in_order[3:]
            assert reader.timeline(case_id, 2, before=in_order[3]) == in_order[1:3]
            assert reader.timeline(case_id, 2, before=in_order[1]) == in_order[:1]

    def test_all_entries_of_a_customer_newest_first(self, store: Store) -> None:
        first, second = with_cases(store, {}, {})
        with store.writing() as writer:
            old = writer.add(an_entry(first))
            new = writer.add(an_entry(second, occurred_at=NOW + HOUR))
            other = writer.add(a_customer("Other"))
            writer.add(an_entry(writer.add(a_case(9, other.id)).id))
        with store.reading() as reader:
            assert reader.customer_timeline(1, 9) == [new, old]
            assert reader.customer_timeline(1, 1) == [new]


class TestQueue:
    """Pages by key, scopes, filters and counts."""

    def test_what_is_due_comes_first_and_what_is_not_due_last(self, store: Store) -> None:
        with_cases(
            store,
            {},
            {"next_due_at": NOW + 2 * HOUR},
            {"next_due_at": NOW - HOUR},
            {"next_due_at": NOW + 2 * HOUR},
        )
        assert references(page(store)) == [3, 2, 4, 1]

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [(Sort.NEWEST, [2, 3, 1]), (Sort.OLDEST, [1, 3, 2]), (Sort.TOUCHED, [3, 1, 2]), (Sort.DUE, [1, 2, 3])],
    )
    def test_orders(self, store: Store, sort: Sort, expected: list[int]) -> None:
        with_cases(
            store,
            {"received_at": NOW - 3 * DAY, "touched_at": NOW - HOUR},
            {"received_at": NOW - DAY, "touched_at": NOW - DAY},
            {"received_at": NOW - 2 * DAY, "touched_at": NOW},
        )
        assert references(page(store, sort=sort)) == expected

    @pytest.mark.parametrize("sort", list(Sort))
    def test_pages_follow_each_other_without_a_gap(self, store: Store, sort: Sort) -> None:
        with_cases(store, *({"received_at": NOW - n // 3 * HOUR, "touched_at": NOW + n // 4 * HOUR} for n in range(11)))
        whole = page(store, sort=sort)
        assert whole.after is None
        pages: list[Page] = []
        cursor = None
        with store.reading() as reader:
            while len(pages) < 4 and (not pages or cursor is not None):
                found = reader.page(QueueQuery(sort=sort), NOW, 4, after=cursor)
                pages.append(found)
                cursor = found.after
        assert [len(one.rows) for one in pages] == [4, 4, 3]
        assert sum((one.rows for one in pages), ()) == whole.rows

    @pytest.mark.parametrize("sort", list(Sort))
    def test_whole_cases_come_in_the_same_pages_with_their_customers(self, store: Store, sort: Sort) -> None:
        with_cases(store, *({"received_at": NOW - n // 3 * HOUR, "details": str(n)} for n in range(7)))
        with store.writing() as writer:
            other = writer.add(a_customer("Other", phones=("091 1", "091 2")))
            writer.add(a_case(8, other.id, received_at=NOW - HOUR))
            for clock in (a_clock(2), a_clock(8)):
                writer.add(clock)
            writer.add(a_promise(2, due_at=NOW))
            for action in (an_action(3, due_at=NOW + HOUR), an_action(3)):
                writer.add(action)
        with store.reading() as reader:
            first = reader.cases_page(QueueQuery(sort=sort), NOW, 5)
            rest = reader.cases_page(QueueQuery(sort=sort), NOW, 5, first.after)
            assert (len(first.cases), len(rest.cases), rest.after) == (5, 3, None)
            assert reader.cases_page(QueueQuery(text="nothing"), NOW, 5).cases == ()
            for whole in first.cases + rest.cases:
                id_ = whole.case.id
                due = deadlines(reader.promises(id_), reader.actions(id_), reader.clocks(id_))
                assert whole.deadlines == tuple(due)
                assert whole.case == reader.case(whole.case.id)
                assert whole.customer == reader.customer(whole.case.customer_id)
        assert [whole.case.id for whole in first.cases + rest.cases] == [row.id for row in page(store, sort=sort).rows]

    @pytest.mark.parametrize("sort", list(Sort))
    def test_a_page_grows_to_hold_a_case(self, store: Store, sort: Sort) -> None:
        ids = with_cases(store, *({"received_at": NOW - n % 5 * HOUR} for n in range(9)))
        whole = [row.id for row in page(store, sort=sort).rows]
        with store.reading() as reader:
            for place, size in [(0, 2), (1, 2), (2, 4), (3, 4), (8, 9)]:
                grown = reader.page(QueueQuery(sort=sort), NOW, 2, through=whole[place])
                assert [row.id for row in grown.rows] == whole[:size]
                assert (grown.after is None) == (size == 9)
            assert len(reader.page(QueueQuery(sort=sort), NOW, 2, through=max(ids) + 1).rows) == 2

    def test_a_page_does_not_grow_beyond_twenty(self, store: Store) -> None:
        ids = with_cases(store, *({} for _ in range(21)))
        with store.reading() as reader:
            assert len(reader.page(QueueQuery(), NOW, 1, through=ids[19]).rows) == 20
            assert len(reader.page(QueueQuery(), NOW, 1, through=ids[20]).rows) == 1

    @pytest.mark.parametrize(
        ("scope", "expected"),
        [
            (Scope.OPEN, [1, 2, 3, 5]),
            (Scope.UNCONFIRMED, [2]),
            (Scope.CLOSED, [4, 5]),
            (Scope.ALL, [1, 2, 3, 4, 5]),
        ],
    )
    def test_scopes(self, store: Store, scope: Scope, expected: list[int]) -> None:
        with_cases(
            store,
            {},
            {"status": Status.RESOLVED},
            {"status": Status.RESOLVED, "customer_confirmed_on": NOW.date()},
            {"status": Status.CLOSED},
            {"status": Status.CLOSED, "next_due_at": NOW + DAY},
        )
        assert references(page(store, scope=scope, sort=Sort.OLDEST)) == expected

    def test_a_customer_known_by_digits_alone(self, store: Store) -> None:
        with store.writing() as writer:
            writer.add(a_case(1, writer.add(a_customer("0912345678")).id, subject="0012"))
        assert [(row.customer_name, row.subject) for row in page(store).rows] == [("0912345678", "0012")]

    @pytest.mark.parametrize(
        ("due", "expected"),
        [
            (DueFilter.ALL, [1, 2, 3, 4, 5, 6, 7]),
            (DueFilter.OVERDUE, [1]),
            (DueFilter.TODAY, [2, 3]),
            (DueFilter.SOON, [2, 3, 4, 5]),
        ],
    )
    def test_overdue_filter(self, store: Store, due: DueFilter, expected: list[int]) -> None:
        midnight = NOW.replace(hour=0) + DAY
        moments = [NOW - timedelta(milliseconds=1), NOW, midnight - HOUR, midnight, midnight + 3 * DAY - HOUR]
        with_cases(store, *({"next_due_at": moment} for moment in [*moments, midnight + 3 * DAY, None]))
        assert references(page(store, due=due)) == expected

    def test_owner(self, store: Store) -> None:
        with_cases(store, {"owner": "ana"}, {"owner": "bo"}, {})
        assert references(page(store, owner="ana")) == [1]
        assert references(page(store, owner="")) == [3]
        assert references(page(store, owner=None)) == [1, 2, 3]

    def test_counts_stop_at_the_cap_and_do_not_look_at_the_overdue_filter(self, store: Store) -> None:
        late, soon = {"next_due_at": NOW - HOUR, "owner": "ana"}, {"next_due_at": NOW + 25 * HOUR}
        with_cases(store, late, late, late, soon, {"status": Status.CLOSED})
        with store.reading() as reader:
            counts = reader.counts(QueueQuery(due=DueFilter.SOON), NOW, 3)
            assert (counts.all, counts.overdue, counts.today, counts.soon, counts.unowned) == (3, 3, 0, 1, 1)
            of_ana = reader.counts(QueueQuery(owner="ana"), NOW, 9)
            assert (of_ana.all, of_ana.overdue, of_ana.soon, of_ana.unowned) == (3, 3, 0, 1)
            assert (of_ana.cap, of_ana.as_of) == (9, NOW)
            assert reader.counts(QueueQuery(scope=Scope.ALL), NOW, 9).all == 5

    def test_what_becomes_due_is_told_by_time_with_the_targets_before_it(self, store: Store) -> None:
        ana, due, later = {"owner": "ana", "next_due_kind": "promise"}, NOW + HOUR, NOW + 2 * HOUR
        past, first, second, closed, nobodys = with_cases(
            store,
            ana | {"next_due_at": NOW - HOUR},
            ana | {"next_due_at": due},
            ana | {"next_due_at": later},
            {"owner": "ana", "status": Status.CLOSED},
            {"next_due_at": due, "next_due_kind": "resolve"},
        )
        kept: dict[str, Any] = {"first_due_at": later, "due_at": later, "target_at": due}
        with store.writing() as writer:
            writer.add(a_clock(first, kind=DueKind.RESOLVE, **kept))
            writer.add(a_clock(second, kind=DueKind.RESOLVE, **kept | {"met_at": NOW}))
            writer.add(a_clock(second, kind=DueKind.CONFIRM, **kept | {"paused_at": NOW}))
            writer.add(a_clock(closed, kind=DueKind.RESOLVE, **kept))
        with store.reading() as reader:
            own = reader.becoming_due("ana", NOW, later, 9)
            assert [(one.case_id, one.kind, one.is_target) for one in own] == [
                (first, "promise", False),
                (first, "resolve", True),
            ]
            assert {(one.at, one.reference) for one in own} == {(due, reference(first))}
            everybodys = reader.becoming_due(None, NOW - HOUR, later + HOUR, 9)
            assert [one.case_id for one in everybodys] == [past, first, first, nobodys, second]
            assert everybodys[3].owner is None
            assert len(reader.becoming_due(None, NOW, later, 1)) == 2

    def test_promises_that_come_due_by_time(self, store: Store) -> None:
        first, second, others = with_cases(store, {"owner": "ana"}, {"owner": "bo"}, {"owner": "bo"})
        with store.writing() as writer:
            for case_id, by, hours in ((second, "ana", 2), (first, "bo", 1), (others, "bo", 1), (first, "bo", 3)):
                writer.add(a_promise(case_id, by=by, due_at=NOW + hours * HOUR))
            kept = writer.add(a_promise(first, by="ana", due_at=NOW + HOUR))
            writer.replace(replace(kept, outcome=PromiseOutcome.KEPT, settled_at=NOW, settled_by="ana"))
        with store.reading() as reader:
            anas = reader.promises_due("ana", NOW, NOW + 3 * HOUR, 9)
            assert [(one.reference, one.at) for one in anas] == [
                (reference(first), NOW + HOUR),
                (reference(second), NOW + 2 * HOUR),
            ]
            assert {one.customer for one in anas} == {reader.customer(1).name}
            assert len(reader.promises_due(None, NOW, NOW + 3 * HOUR, 9)) == 3
            assert len(reader.promises_due(None, NOW, NOW + 3 * HOUR, 1)) == 1

    def test_a_changed_case_moves(self, store: Store) -> None:
        first, _ = with_cases(store, {"next_due_at": NOW}, {"next_due_at": NOW + HOUR})
        with store.writing() as writer:
            case = writer.case(first)
            writer.put_case(replace(case, version=1, status=Status.CLOSED, next_due_at=None), case)
        assert references(page(store)) == [2]
        assert references(page(store, scope=Scope.CLOSED)) == [1]

    def test_commonest_values(self, store: Store) -> None:
        used = ["price", "delay", "", "delay", "staff"]
        with_cases(store, *({"category": value, "department": "x"} for value in used))
        with store.reading() as reader:
            assert list(reader.values_used("category", 2).items()) == [("delay", 2), ("price", 1)]
            assert reader.values_used("department", 9) == {"x": 5}
            assert reader.values_used("cause", 9) == reader.values_used("product", 9) == {}


class TestSearch:
    """A case is found by everything that was said, and by every number it goes by, while the text is being typed."""

    @pytest.fixture
    def searched(self, store: Store) -> Store:
        with store.writing() as writer:
            one = writer.add(a_customer("Đurđica Šarić", account="HR-0012345", phones=("+385 (0)91 234 567",)))
            case = writer.add(
                a_case(
                    4517,
                    one.id,
                    subject="Škare su slomljene",
                    words="They broke at once",
                    details="Bought in Čakovec",
                    foreign_id="OLD/77881",
                )
            )
            writer.add(an_entry(case.id, body="Technician came late"))
            changed = replace(case, version=1, resolution="New scissors were posted")
            writer.put_case(changed, case)
            other = writer.add(a_customer("Other", phones=("01 111 1111",)))
            writer.add(a_case(2, other.id, subject="something else"))
        return store

    @pytest.mark.parametrize(
        "text",
        [
            "škare",
            "SKA",
            "skare slom",
            "slomljene skare",
            "broke",
            "cakovec",
            "techn",
            "came late ",
            "scissors",
            "durdica",
            "saric d",
            "technician scissors saric",
            "091 234 567",
            "+385 91 234 567",
            "00385/91-234-567",
            "234567",
            "4567",
            "(091) 234567",
            "hr-00",
            "0012345",
            "12345",
            "old/778",
            "77881",
            reference(4517),
            reference(4517).lower().replace("-", " "),
            "4517",
            "26004517",
            "skare 4517",
        ],
    )
    def test_found_and_nothing_else(self, searched: Store, text: str) -> None:
        assert references(page(searched, text=text)) == [4517]

    @pytest.mark.parametrize(
        "text", ["skarez", "late techn technical", "kare", "xyz", "999", "3456", "7654321", "HR-99"]
    )
    def test_not_found(self, searched: Store, text: str) -> None:
        assert references(page(searched, text=text)) == []

    @pytest.mark.parametrize("text", ["", " ", "(", "()", '"', '""', "*", "-", "'--", "or", "-(or)"])
    def test_nothing_to_look_for_is_no_filter(self, searched: Store, text: str) -> None:
        assert references(page(searched, text=text)) == [4517, 2]

    def test_a_finished_word_is_taken_whole(self, searched: Store) -> None:
        assert references(page(searched, text="skar ")) == []

    def test_a_search_keeps_filters_order_and_pages(self, searched: Store) -> None:
        with searched.writing() as writer:
            for n, owner in enumerate(["ana", "ana", "bo"], 10):
                writer.add(a_case(n, 1, subject="more scissors", owner=owner, received_at=NOW - n * HOUR))
        assert references(page(searched, text="scissors", sort=Sort.NEWEST)) == [4517, 10, 11, 12]
        first = page(searched, text="scissors", sort=Sort.NEWEST, limit=3)
        assert references(first) == [4517, 10, 11]
        with searched.reading() as reader:
            query = QueueQuery(text="scissors", sort=Sort.NEWEST)
            assert references(reader.page(query, NOW, 3, after=first.after)) == [12]
            assert reader.counts(query, NOW, 9).all == 4
            assert reader.counts(replace(query, owner="ana"), NOW, 9).all == 2

    def test_a_renamed_customer_is_found_by_the_new_name_and_number(self, searched: Store) -> None:
        with searched.writing() as writer:
            customer = writer.customer(1)
            writer.replace(replace(customer, name="Petra Novak", phones=("098 765 432",), account=""))
        assert references(page(searched, text="novak")) == [4517]
        assert references(page(searched, text="98765432")) == [4517]
        for old in ("saric", "91234567", "HR-00"):
            assert references(page(searched, text=old)) == []
            with searched.reading() as reader:
                assert reader.find_customers(old, 9) == []


class TestCustomers:
    """A customer is found while the agent types what the caller says."""

    @pytest.fixture
    def known(self, store: Store) -> Store:
        with store.writing() as writer:
            writer.add(a_customer("Marko Horvat", account="A-100", phones=("091 234 5678",)))
            writer.add(a_customer("Ana Horvat", account="A-1001", phones=("+385 91 999 0000", "01 222 333 4")))
            writer.add(a_customer("Čedo A-100", phones=()))
            for n, status in enumerate([Status.CLOSED, Status.OPEN, Status.CLOSED], 1):
                writer.add(a_case(n, 1, status=status, received_at=NOW + n * HOUR))
        return store

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("A-100", ["Marko Horvat", "Ana Horvat", "Čedo A-100"]),
            ("a-1001", ["Ana Horvat"]),
            ("a - 1001", ["Ana Horvat"]),
            ("horv", ["Ana Horvat", "Marko Horvat"]),
            ("horvat m", ["Marko Horvat"]),
            ("cedo", ["Čedo A-100"]),
            ("091 234 5678", ["Marko Horvat"]),
            ("+385 91 234 5678", ["Marko Horvat"]),
            ("5678", ["Marko Horvat"]),
            ("91 9990000", ["Ana Horvat"]),
            ("2223334", ["Ana Horvat"]),
            ("678", []),
            ("nobody", []),
            ("", []),
            ("!", []),
        ],
    )
    def test_found_by_what_is_said(self, known: Store, text: str, expected: list[str]) -> None:
        with known.reading() as reader:
            assert [match.customer.name for match in reader.find_customers(text, 9)] == expected
            assert len(reader.find_customers(text, 1)) == min(1, len(expected))

    def test_the_same_person_is_known_again(self, known: Store) -> None:
        with known.writing() as writer:
            writer.add(a_customer("Ivo Kos", phones=("+385 91 555 444", "none")))
        with known.reading() as reader:
            told = [
                a_customer("M. Horvat", account="b 1001"),
                a_customer("Ivo Kos", phones=("1", "00385 91/555-444")),
                a_customer("Ivo Kos", phones=("91 555 444",)),
                a_customer("Iva Kos", phones=("+385 91 555 444",)),
                a_customer("Marko Horvat", phones=("091 234 5678",)),
                a_customer("Ivo Kos", phones=("none",)),
            ]
            assert reader.known_customers(told[:2]) == [None, 4]
            assert reader.known_customers([]) == []
            assert reader.known_customers(told) == [None, 4, None, None, None, None]
            assert reader.known_customers([replace(told[0], account="a 1001")]) == [2]

    def test_a_match_tells_its_cases(self, known: Store) -> None:
        with known.reading() as reader:
            marko = reader.find_customers("marko", 9)[0]
            assert (marko.customer, marko.open_count, marko.case_count) == (reader.customer(1), 1, 3)
            cedo = reader.find_customers("cedo", 9)[0]
            assert (cedo.open_count, cedo.case_count) == (0, 0)

    def test_cases_open_ones_first_then_the_newest(self, known: Store) -> None:
        with known.reading() as reader:
            assert [row.reference for row in reader.cases_of(1, 9)] == [reference(2), reference(3), reference(1)]
            assert len(reader.cases_of(1, 2)) == 2


class TestImports:
    """A run can be undone as long as nobody worked on what it brought."""

    def run(self, store: Store) -> int:
        """Import three cases of two customers, one of whom is known; return the run."""
        with store.writing() as writer:
            known = writer.add(a_customer("Known"))
            run = writer.add(an_import_run(settings={"encoding": "cp1250"}))
            new = writer.add(a_customer("New", import_run_id=run.id))
            for number, customer_id in enumerate([known.id, new.id, new.id], 1):
                fields = {"import_run_id": run.id, "import_key": f"key {number}", "version": 1, "words": "imported"}
                case = writer.add(a_case(number, customer_id, **fields))
                writer.add(an_entry(case.id, version=1))
                writer.add(a_promise(case.id))
        return run.id

    def test_keys_tell_which_rows_are_known(self, store: Store) -> None:
        self.run(store)
        with store.reading() as reader:
            found = reader.imported_keys(["key 1", "key 3", "key 4"])
            assert found == {"key 1": reference(1), "key 3": reference(3)}
            assert reader.imported_keys([]) == {}

    def test_runs_newest_first(self, store: Store) -> None:
        first = self.run(store)
        with store.writing() as writer:
            second = writer.add(an_import_run(file_name="second.csv"))
            done = replace(second, finished_at=NOW, taken=3, refused=1)
            writer.replace(done)
        with store.reading() as reader:
            assert [run.id for run in reader.import_runs(9)] == [second.id, first]
            assert reader.import_run(second.id) == done
            assert reader.import_run(first).settings == {"encoding": "cp1250"}

    def test_undoing_removes_cases_and_customers(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            assert writer.undo_import(run_id) == (3, [])
        assert page(store, scope=Scope.ALL).rows == page(store, text="imported").rows == ()
        with store.reading() as reader:
            assert reader.customer(1).name == "Known"
            assert reader.find_customers("new", 9) == []
            assert reader.promises(1) == []
            assert reader.timeline(1, 9) == []

    def test_an_imported_entry_is_known_until_its_run_is_undone(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            survey = writer.add(an_import_run(file_name="survey.csv"))
            told = [
                writer.add(
                    ImportedEntry(id=70 + case, case_id=case, import_run_id=survey.id, import_key=f"answer {case}")
                )
                for case in (2, 3)
            ]
        with store.reading() as reader:
            assert reader.imported_entries(survey.id) == told
            assert reader.imported_entries(run_id) == []
            assert reader.imported_keys(["answer 3", "key 1"]) == {"answer 3": reference(3), "key 1": reference(1)}
        with store.writing() as writer:
            assert writer.undo_import(survey.id) == (0, [])
            assert writer.imported_entries(survey.id) == []
            assert writer.imported_keys(["answer 3"]) == {}
            writer.add(told[0])
            assert writer.undo_import(run_id) == (3, [])
            assert writer.imported_entries(survey.id) == []

    def test_undoing_leaves_what_was_changed(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            case = writer.case(2)
            writer.put_case(replace(case, version=2, subject="worked on"), case)
        with store.writing() as writer:
            assert writer.undo_import(run_id) == (2, [reference(2)])
        assert references(page(store)) == [2]
        with store.reading() as reader:
            assert reader.customer(2).name == "New"

    def test_a_new_case_never_takes_the_id_of_a_removed_one(self, store: Store) -> None:
        run_id = self.run(store)
        with store.writing() as writer:
            writer.undo_import(run_id)
            assert writer.add(a_case(9, 1)).id == 4


def test_the_fake_and_the_database_answer_to_the_same_ports(store: Store) -> None:
    names: Sequence[str] = [name for name in {*vars(Reader), *vars(Writer)} if not name.startswith("_")]
    with store.writing() as writer:
        assert [name for name in names if not hasattr(writer, name)] == []
