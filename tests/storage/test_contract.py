"""What every store does, the fake and the databases alike: what is stored is read back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.builders import (
    NOW,
    a_call,
    a_case,
    a_clock,
    a_customer,
    a_draft,
    a_feedback,
    a_pause,
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
from tests.storage.filled import DAY, HOUR, hostile_texts, references, with_cases
from tuitrack.domain.desk_texts import DeskText, TextReading
from tuitrack.domain.errors import NotFound
from tuitrack.domain.keeping import Denial, RuleVersion
from tuitrack.domain.permissions import Right
from tuitrack.domain.quality.targets import QualityTarget
from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.printing import quoted
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.ssh_keys import AgentKey
from tuitrack.domain.text import QUERY_MAX
from tuitrack.domain.words import (
    Answer,
    Approval,
    Channel,
    CustomerKind,
    Delivery,
    DueKind,
    EscalationLevel,
    Justified,
    Mood,
    Outcome,
    PauseReason,
    PostState,
    Priority,
    PromiseOutcome,
    Retention,
    Role,
    Status,
    Ticking,
    TickState,
)
from tuitrack.domain.workload import Load
from tuitrack.services.ports import Store, Writer


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


def test_the_fake_and_the_database_answer_to_the_same_ports(store: Store) -> None:
    names = [name for name in dir(Writer) if not name.startswith("_")]
    assert len(names) > 50
    with store.writing() as writer:
        assert [name for name in names if not hasattr(writer, name)] == []
