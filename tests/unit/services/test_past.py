"""Queues as they were: what a desk answers about a moment that has passed is what it answered then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.builders import NOW
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import QueryRefused, Refusal, Superseded
from tuitrack.domain.imported import ImportedCase
from tuitrack.domain.queue import CaseRow, Counts, Cursor, QueueQuery, WholeCase
from tuitrack.domain.words import CallResult, Outcome, PromiseOutcome, Status
from tuitrack.services.bundle import Services
from tuitrack.services.importing import ImportService
from tuitrack.services.ports import Store
from tuitrack.services.work_items import Anew
from tuitrack.storage.past import TakenBack
from tuitrack.storage.store import open_store

QUERIES = (
    "", "is:overdue", "is:all", "is:all sort:touched", "is:all is:late", "is:paused is:all", "promise:open",
    "promise:broken is:all", "has:call is:all sort:newest", "owner:luka", "owner:me is:overdue", "status:resolved",
    "is:closed sort:oldest", "due:today", "due<3d", "age>1d", "idle>8h is:all", "priority:urgent", "is:unconfirmed",
    "is:all technician", "content", "is:all zorić sort:best", "entered:today is:all", "-is:overdue is:all sort:entered",
    "is:reopened", "has:remedy -has:action", "is:all touched:yesterday..today or is:overdue", "tag:storm is:all",
    "no:owner", "name:marija has:due", "is:escalated", "is:legal is:all", "is:untold is:all", 
    "has:suggestion is:all", "action:investigation",
)  # fmt: skip
"""What is asked at moments by the way, and again at the end."""


@pytest.fixture
def world(store: Store) -> World:
    """Two agents over each store in turn."""
    return World(store)


def typed(moment: datetime, world: World) -> str:
    """A moment as it is typed after `at:`."""
    return f'at:"{moment.astimezone(world.ana.desk.zone):%Y-%m-%d %H:%M}"'


Answer = tuple[tuple[CaseRow, ...], Counts, list[WholeCase], int]


def answer(agent: Services, text: str) -> Answer:
    """All that is told of a query: the rows, the counts, the whole cases of an export, the number."""
    queue, query = agent.queue, QueueQuery(text)
    return queue.page(query).rows, queue.counts(query), list(queue.cases(query)), queue.count(query, 1000)


class Working:
    """Two agents who work at random, each step a minute or more after the one before."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random = world, Random(seed)
        self.cases: list[Case] = []
        self.steps: list[Callable[[Services], object]] = [
            self.take, self.take, self.call, self.call, self.note, self.promise, self.promise, self.settle, self.settle,
            self.action, self.complete, self.remedy, self.edit, self.assign, self.assign, self.move, self.pause,
            self.resume, self.resolve, self.resolve, self.close, self.close, self.reopen, self.undo, self.undo,
            self.redo, self.bulk, self.register, self.urgent, self.escalate, self.escalate,
            self.ask, self.ask, self.give, self.tell,
        ]  # fmt: skip

    def go_on(self, steps: int) -> None:
        """Do that many things, or be refused."""
        for _ in range(steps):
            self.world.passes(minutes=self.random.choice([1, 4, 30, 200, 900]))
            agent = self.random.choice([self.world.ana, self.world.luka])
            try:
                self.random.choice(self.steps if self.cases else [self.take])(agent)
            except Refusal:
                continue
        self.world.passes(minutes=self.random.choice([0, 1, 700]))

    def case(self, agent: Services) -> Case:
        return agent.casefile.open(self.random.choice(self.cases).id).case

    def take(self, agent: Services) -> None:
        priority = self.random.choice(["normal", "normal", "urgent"])
        now, late = self.world.now, timedelta(hours=self.random.choice([1, 30]))
        told = self.world.intake(priority=priority, category="price", received_at=now, return_at=now + late)
        self.cases.append(agent.intake.take(told))

    def call(self, agent: Services) -> None:
        result = self.random.choice([CallResult.REACHED, CallResult.NO_ANSWER])
        values = {"direction": "outbound", "purpose": "update", "result": result, "note": "She is content."}
        values["suggestion"] = self.random.choice(["", "", "Call before eight."])
        agent.casework.log_call(self.case(agent).id, values)

    def note(self, agent: Services) -> None:
        agent.casework.add_note(self.case(agent).id, {"text": "The technician was there."})

    def promise(self, agent: Services) -> None:
        due = self.world.now + timedelta(hours=self.random.choice([1, 20, 100]))
        agent.items.add_promise(self.case(agent).id, {"what": "call back", "due_at": due})

    def settle(self, agent: Services) -> None:
        case = self.case(agent)
        promises = [one for one in agent.casefile.open(case.id).promises if one.is_open]
        outcome = self.random.choice(list(PromiseOutcome))
        anew = Anew(self.world.now + timedelta(days=1), untold_because="By letter.")
        is_anew = outcome is PromiseOutcome.RENEGOTIATED
        agent.items.settle_promise(case.id, self.one(promises).id, outcome, "Because.", anew if is_anew else None)

    def action(self, agent: Services) -> None:
        due = self.world.now + timedelta(hours=self.random.choice([2, 50]))
        agent.items.add_action(self.case(agent).id, {"what": "send a technician", "due_at": due})

    def complete(self, agent: Services) -> None:
        case = self.case(agent)
        actions = [one for one in agent.casefile.open(case.id).actions if one.is_open]
        agent.items.complete_action(case.id, self.one(actions).id, note="Box changed.")

    def ask(self, agent: Services) -> None:
        kind = self.random.choice(["investigation", "legal"])
        values = {"what": "who is liable", "kind": kind, "assignee": "Novak", "pause_clocks": kind == "legal"}
        agent.items.add_action(self.case(agent).id, values)

    def remedy(self, agent: Services) -> None:
        option = self.random.choice([True, False])
        agent.remedies.offer(self.case(agent).id, {"kind": "discount", "amount": "12.50", "option": option})

    def give(self, agent: Services) -> None:
        case = self.case(agent)
        agent.remedies.deliver(case.id, self.one(list(agent.casefile.open(case.id).remedies)).id)

    def tell(self, agent: Services) -> None:
        case = self.case(agent)
        told = {"justified": "yes", "justified_because": "Ours.", "customer_told_on": agent.desk.today()}
        agent.closure.save_decision(case.id, told, case.version)

    def edit(self, agent: Services) -> None:
        case = self.case(agent)
        values = {"subject": self.random.choice(["Drops at eight", "Technician came late"]), "amount_asked": "20"}
        agent.casework.edit(case.id, values, case.version)

    def assign(self, agent: Services) -> None:
        case = self.case(agent)
        agent.casework.assign(case.id, self.random.choice(["ana", "luka"]), case.version)

    def move(self, agent: Services) -> None:
        case = self.case(agent)
        status = self.random.choice([Status.OPEN, Status.INVESTIGATING, Status.WAITING, Status.WAITING])
        agent.casework.move(case.id, status, case.version)

    def pause(self, agent: Services) -> None:
        case = self.case(agent)
        agent.casework.pause(case.id, {"reason": "legal", "note": "At court."}, case.version)

    def resume(self, agent: Services) -> None:
        case = self.case(agent)
        agent.casework.resume(case.id, case.version)

    def resolve(self, agent: Services) -> None:
        self.world.resolve(self.case(agent))

    def close(self, agent: Services) -> None:
        case = self.case(agent)
        if case.status is not Status.RESOLVED and case.is_open:
            case = self.world.resolve(case)
        outcome = self.random.choice([Outcome.NOT_UPHELD, Outcome.WITHDRAWN, Outcome.CONFIRMED])
        if outcome is Outcome.CONFIRMED:
            call = {"direction": "outbound", "purpose": "verify", "result": CallResult.REACHED}
            proof = agent.casework.log_call(case.id, call).id
            values = {"customer_confirmed_on": agent.desk.today(), "mood": "neutral", "confirming_call_id": proof}
            case = agent.closure.save_confirmation(case.id, values, case.version + 1)
        agent.closure.close(case.id, {"outcome": outcome, "closing_note": "Over."}, case.version)

    def reopen(self, agent: Services) -> None:
        case = self.case(agent)
        agent.closure.reopen(case.id, "It drops again.", case.version)

    def undo(self, agent: Services) -> None:
        run = agent.undo.run_to_undo()
        agent.undo.undo() if run is None else self.through(run)

    def redo(self, agent: Services) -> None:
        run = agent.undo.run_to_redo()
        agent.undo.redo() if run is None else self.through(run)

    def bulk(self, agent: Services) -> None:
        values = {"owner": "luka", "tags_added": "storm"} if self.random.random() < 0.5 else {"priority": "urgent"}
        change = agent.bulk.change(values)
        rehearsal = agent.bulk.rehearsal(change, QueueQuery(self.random.choice(["", "owner:ana", "is:overdue"])))
        self.through(agent.bulk.run(self.through(rehearsal)))

    def register(self, agent: Services) -> None:
        """Import two cases from a register: one that is over, one that is not."""
        service, now, number = ImportService(agent.desk), self.world.now, self.random.random()
        run = service.begin("register.csv", {})
        received = now - timedelta(days=30)
        rows = [
            ImportedCase(
                row_number=place,
                row_key=f"{number}-{place}",
                customer_name="Marija Horvat",
                subject="Old technician",
                received_at=received,
                status=status,
                closed_at=closed_at,
            )
            for place, (status, closed_at) in enumerate([(Status.OPEN, None), (Status.CLOSED, now - timedelta(days=9))])
        ]
        stored = service.store(run, rows)
        service.finish(run, taken=2, changed=0, refused=0, known=0)
        self.cases += [agent.queue.case_of(one.reference) for one in stored]

    def urgent(self, agent: Services) -> None:
        case = self.case(agent)
        agent.casework.toggle_urgent(case.id, case.version)

    def escalate(self, agent: Services) -> None:
        case = self.case(agent)
        if agent.casefile.open(case.id).escalations:
            agent.escalations.end(case.id, "Solved.", case.version)
        else:
            values = {"level": "2", "to": "Luka", "reason": "Threatens."}
            agent.escalations.escalate(case.id, values, case.version)

    def through(self, steps: Any) -> list[Any]:
        fates: list[Any] = []
        while some := steps.step():
            fates += some
        return fates

    def one(self, among: list[Any]) -> Any:
        if not among:
            raise Refusal("There is none.")
        return self.random.choice(among)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_answered_about_a_moment_is_what_was_answered_then(world: World, seed: int) -> None:
    working, recorded = Working(world, seed), []
    for _ in range(6):
        working.go_on(20)
        queries = working.random.sample(QUERIES, 12)
        recorded.append((world.now, {text: answer(world.ana, text) for text in queries}))
    working.go_on(12)
    world.passes(minutes=1)
    working.random.shuffle(recorded)
    for moment, answers in recorded:
        for text, answered in answers.items():
            if "sort:best" not in text:
                assert answer(world.ana, f"{typed(moment, world)} {text}") == answered, (moment, text)


def test_nothing_is_known_of_what_was_entered_later(world: World) -> None:
    first = world.take()
    then = world.passes(minutes=1)
    world.passes(minutes=1)
    world.take(subject="Another one")
    world.ana.casework.assign(first.id, "luka", first.version)
    page = world.ana.queue.page(QueueQuery(f"is:all {typed(then, world)}"))
    assert [(row.id, row.owner) for row in page.rows] == [(first.id, first.owner)]
    assert page.as_of == then
    assert not world.ana.queue.page(QueueQuery(f"is:all {typed(NOW - timedelta(minutes=1), world)}")).rows
    assert world.ana.queue.page(QueueQuery("is:all")).as_of is None


@pytest.mark.parametrize("order", ["", "sort:newest", "sort:oldest", "sort:touched", "sort:entered"])
def test_a_list_of_then_is_read_in_pages_to_its_end(world: World, order: str) -> None:
    cases = [world.take(subject=f"Number {number}") for number in range(7) if world.passes(minutes=3)]
    then = world.passes(minutes=1)
    world.passes(minutes=1)
    for case in cases[::2]:
        world.ana.casework.assign(case.id, "luka", case.version)
        world.passes(minutes=1)
    query = QueueQuery(f"is:all {order}")
    with world.store.reading(then) as reader:
        whole = [row.id for row in reader.page(query, then, 9).rows]
        read: list[int] = []
        after: Cursor | None = None
        while after is not None or not read:
            page = reader.page(query, then, 2, after)
            assert [one.case.id for one in reader.cases_page(query, then, 2, after).cases] == [r.id for r in page.rows]
            read += [row.id for row in page.rows]
            after = page.after
        assert (read, len(read)) == (whole, 7)
        assert [row.id for row in reader.page(query, then, 2, None, whole[4]).rows] == whole[:6]
        assert list(reader.references(query, then, 3)) == whole[:3]
        assert list(reader.references(query, then, 9, frozenset(whole[2:4]))) == whole[2:4]


def test_why_a_case_was_found_then_is_told_in_the_words_of_then(world: World) -> None:
    case = world.take()
    world.ana.casework.add_note(case.id, {"text": "The red router."})
    then = world.passes(minutes=1)
    world.passes(minutes=1)
    world.ana.casework.add_note(case.id, {"text": "The blue router."})
    query = QueueQuery(f"{typed(then, world)} router ")
    assert world.ana.queue.why([case.id], query)[case.id].text == "The red router."
    assert not world.ana.queue.page(QueueQuery(f"{typed(then, world)} blue ")).rows


def test_a_change_of_which_nothing_is_kept_leaves_a_case_in_doubt(tmp_path: Path) -> None:
    world = World(store := open_store(tmp_path / "d" / "t.db", tmp_path / "b"))
    case = world.take()
    then = world.passes(minutes=1)
    world.passes(minutes=1)
    world.ana.casework.assign(case.id, "luka", case.version)
    store.db.execute_sql("DELETE FROM change WHERE version > 1")
    page = world.ana.queue.page(QueueQuery(f"{typed(then, world)} is:all"))
    assert [(row.id, page.in_doubt) for row in page.rows] == [(case.id, 1)]
    store.close()


def test_taking_back_can_be_stopped_and_goes_on_where_it_was(tmp_path: Path) -> None:
    world = World(store := open_store(tmp_path / "d" / "t.db", tmp_path / "b"))
    case = world.take()
    then = world.passes(minutes=1)
    world.passes(minutes=1)
    world.ana.casework.add_note(case.id, {"text": "The red router."})
    with store.reading():
        taken = TakenBack(then, store.make_tables)
        with pytest.raises(Superseded):
            taken.catch_up(store.db, lambda: True)
        taken.catch_up(store.db, lambda: False)
        with pytest.raises(Superseded):
            taken.make_searchable(lambda: True)
        taken.make_searchable(lambda: False)
        assert list(taken.db.execute_sql("SELECT id, version FROM cases")) == [(case.id, 1)]
        assert list(taken.db.execute_sql("SELECT rowid FROM case_search")) == [(case.id,)]
    taken.close()
    store.close()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "at:tomorrow",
            "at: That is still to come. Type a moment that has passed, for example fri 17:00 or yesterday.",
        ),
        ("at:", "at: type a value, such as yesterday."),
        ("at:yesterday,today", "at takes one moment."),
        ("at<yesterday", "at takes no comparison. Type at: and a value."),
    ],
)
def test_what_has_not_been_is_refused(world: World, text: str, sentence: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        world.ana.queue.page(QueueQuery(text))
    assert refused.value.sentence == sentence


def test_nothing_is_changed_in_a_list_of_then(world: World) -> None:
    world.take()
    world.passes(days=2)
    change = world.ana.bulk.change({"priority": "urgent"})
    with pytest.raises(Refusal, match="only a list of cases can be asked for as it was"):
        world.ana.bulk.rehearsal(change, QueueQuery("at:yesterday"))
