"""R11 and R12: every write as every role, as somebody put out of work, and by a key that was taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tests.builders import an_agent
from tests.faults.told import Told
from tests.unit.services.world import World
from tests.unit.test_ssh_keys import LINE
from tuitrack.domain.case import Case
from tuitrack.domain.errors import NotAllowed, Refusal
from tuitrack.domain.permissions import Right, may
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.timeline import Action, Promise, Remedy
from tuitrack.domain.words import CallPurpose, Direction, PauseReason, PromiseOutcome, Role, Status
from tuitrack.services.bundle import Services
from tuitrack.services.views import KeptFor


@dataclass(frozen=True)
class Scene:
    """A desk with a case in work, and what is in it."""

    world: World
    case: Case
    action: Action
    promise: Promise
    remedy: Remedy

    @property
    def seen(self) -> int:
        """The version of the case as it is."""
        return self.world.luka.casefile.open(self.case.id).case.version


def scene() -> Scene:
    """Ana's case, with an action, a promise and a remedy by Luka."""
    world = World()
    case = world.take(owner="ana")
    items = world.luka.items
    return Scene(
        world,
        case,
        items.add_action(case.id, {"what": "measure"}),
        items.add_promise(case.id, {"what": "call", "due_at": world.now + timedelta(hours=9)}),
        world.luka.remedies.offer(case.id, {"kind": "coupon", "amount": "20"}),
    )


CALL = {"direction": Direction.INBOUND, "purpose": CallPurpose.UPDATE}
RESOLUTION = {"resolution": "Box replaced."}
FEEDBACK = {"to": "luka", "text": "Ring first."}
LETTER = {"name": "apology", "language": "en", "how": "email", "to": "a@example.org", "subject": "S", "text": "T"}
POST = {"link": "https://example.org/1", "state": "removed"}
REVIEW = {"name": "Causes", "every": "month", "owner": "ana", "deputy": "luka", "counts": True}
DECISION = {"justified": "yes", "justified_because": "Ours.", "explanation": "It was ours."}

Write = Callable[[Services, Scene], object]
OF_CASES: dict[str, Write] = {
    "log a call": lambda who, at: who.casework.log_call(at.case.id, CALL),
    "add a note": lambda who, at: who.casework.add_note(at.case.id, {"text": "Rou"}),
    "correct an entry": lambda who, at: who.casework.correct(at.case.id, 1, "Rou"),
    "edit": lambda who, at: who.casework.edit(at.case.id, {"subject": "Rou"}, at.seen),
    "assign": lambda who, at: who.casework.assign(at.case.id, "luka", at.seen, "because"),
    "move": lambda who, at: who.casework.move(at.case.id, Status.WAITING, at.seen, "because"),
    "pause": lambda who, at: who.casework.pause(at.case.id, {"reason": PauseReason.LEGAL}, at.seen),
    "resume": lambda who, at: who.casework.resume(at.case.id, at.seen),
    "make urgent": lambda who, at: who.casework.toggle_urgent(at.case.id, at.seen),
    "resolve": lambda who, at: who.closure.save_resolution(at.case.id, RESOLUTION, at.seen),
    "decide": lambda who, at: who.closure.save_decision(at.case.id, DECISION, at.seen),
    "name a cause": lambda who, at: who.closure.save_cause(at.case.id, {"cause": "system fault"}, at.seen),
    "confirm": lambda who, at: who.closure.save_confirmation(at.case.id, {}, at.seen),
    "close": lambda who, at: who.closure.close(at.case.id, {"outcome": "withdrawn"}, at.seen),
    "reopen": lambda who, at: who.closure.reopen(at.case.id, "because", at.seen),
    "escalate": lambda who, at: who.escalations.escalate(
        at.case.id, {"level": "2", "to": "luka", "reason": "late"}, at.seen
    ),
    "end an escalation": lambda who, at: who.escalations.end(at.case.id, "settled", at.seen),
    "tick a step": lambda who, at: who.procedure.tick(at.case.id, "listen"),
    "skip a step": lambda who, at: who.procedure.skip(at.case.id, "listen", "because"),
    "open a step again": lambda who, at: who.procedure.open_again(at.case.id, "listen", "because"),
    "ask for an action": lambda who, at: who.items.add_action(at.case.id, {"what": "measure"}),
    "complete an action": lambda who, at: who.items.complete_action(at.case.id, at.action.id),
    "promise": lambda who, at: who.items.add_promise(at.case.id, {"what": "x", "due_at": at.promise.due_at}),
    "settle a promise": lambda who, at: who.items.settle_promise(at.case.id, at.promise.id, PromiseOutcome.KEPT),
    "offer a remedy": lambda who, at: who.remedies.offer(at.case.id, {"kind": "coupon", "amount": "9"}),
    "choose a remedy": lambda who, at: who.remedies.choose(at.case.id, at.remedy.id, True),
    "deliver a remedy": lambda who, at: who.remedies.deliver(at.case.id, at.remedy.id),
    "edit a customer": lambda who, at: who.customers.edit(
        at.world.luka.customers.open(at.case.customer_id).customer, {"name": "Ana"}
    ),
    "hand over": lambda who, at: hand_over(who, at),
    "send feedback": lambda who, at: who.feedback.send(at.case.id, FEEDBACK),
    "send a letter": lambda who, at: who.letters.send(at.case.id, LETTER),
    "keep a public post": lambda who, at: who.posts.add(at.case.id, POST),
    "undo": lambda who, at: who.undo.undo(at.case.id),
    "redo": lambda who, at: who.undo.redo(at.case.id),
}
ALL: dict[str, tuple[Right, Write]] = {
    **{name: (Right.WORK_ON_CASES, write) for name, write in OF_CASES.items()},
    "take a case": (Right.TAKE_CASES, lambda who, at: who.intake.take(at.world.intake())),
    "change many": (Right.CHANGE_MANY, lambda who, at: change_many(who)),
    "approve a remedy": (
        Right.APPROVE_OFFERS,
        lambda who, at: who.remedies.answer_approval(at.case.id, at.remedy.id, True),
    ),
    "keep a view of the team": (
        Right.KEEP_TEAM_VIEWS,
        lambda who, at: who.views.save("Late", "is:overdue", KeptFor.TEAM),
    ),
    "add an agent": (Right.MANAGE_AGENTS, lambda who, at: who.staff.add({"name": "Eve"})),
    "change an agent": (Right.MANAGE_AGENTS, lambda who, at: who.staff.change("ana", {"role": "administrator"})),
    "add a key": (Right.MANAGE_AGENTS, lambda who, at: who.keys.add("ana", LINE)),
    "take a key away": (Right.MANAGE_AGENTS, lambda who, at: who.keys.take_away("unknown")),
    "set a target": (Right.SET_TARGETS, lambda who, at: who.quality.set_target("same_day", "80")),
    "plan a review": (
        Right.REVIEW,
        lambda who, at: who.reviews.plan(REVIEW | {"next_due": at.world.now.date()}),
    ),
    "plan another's absence": (
        Right.PLAN_ABSENCES,
        lambda who, at: who.staff.enter_absence(
            {"agent": "luka", "since": at.world.now.date(), "until": at.world.now.date()}
        ),
    ),
    "see who left what half typed": (Right.SEE_DRAFTS, lambda who, at: who.drafts.of_everybody()),
}
"""What can be written, and the right it takes; a name of a screen or command has no part in it."""


def hand_over(who: Services, at: Scene) -> None:
    """Hand all that is Ana's to Luka."""
    values = {"receiver": "luka", "until": at.world.now + timedelta(hours=9)}
    who.handovers.send(values, at.world.ana.handovers.propose(values))


def change_many(who: Services) -> None:
    """Make every case urgent."""
    change = who.bulk.change({"priority": "urgent"})
    rehearsed = list(who.bulk.rehearsal(change, QueueQuery()).step())
    who.bulk.run(rehearsed).step()


def run() -> Told:
    """Try everything as everybody; whoever may is not refused for want of a right, and nobody else stores anything."""
    wrong, cells, revoked = [], 0, 0
    for name, (right, write) in ALL.items():
        for role in Role:
            cells += 1
            stored = tried(write, role)
            if stored != may(role, right):
                wrong.append(f"{role} could {'' if stored else 'not '}{name}")
        for out in (put_out_of_work, take_key):
            revoked += 1
            if tried(write, Role.ADMINISTRATOR, out):
                wrong.append(f"{name} after {out.__name__}")
    figures = {"writes": len(ALL), "roles": len(Role), "cells": cells, "after being put out": revoked}
    return Told("R11, R12: who may what", figures, tuple(wrong))


def tried(write: Write, role: Role, out: Callable[[Scene], Services] | None = None) -> bool:
    """Whether Ana, in a role, was not refused; whoever was refused has changed nothing."""
    at = scene()
    with at.world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=role))
    who = out(at) if out else at.world.ana
    before = everything(at)
    try:
        write(who, at)
    except NotAllowed:
        assert everything(at) == before, "something was stored by somebody who was refused"
        return False
    except Refusal:
        return True
    return True


def put_out_of_work(at: Scene) -> Services:
    """Ana no longer works here, while her program runs."""
    with at.world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.ADMINISTRATOR, active=False))
    return at.world.ana


def take_key(at: Scene) -> Services:
    """The key by which Ana came in is no longer hers."""
    return Services(replace(at.world.ana.desk, key="SHA256:gone"))


def everything(at: Scene) -> list[Any]:
    """What a write could have changed."""
    with at.world.store.reading() as reader:
        case = at.case.id
        return [
            *(reader.case(case), reader.agents(), reader.agent_keys(), reader.absences(at.world.now.date())),
            *(reader.timeline(case, 999), reader.promises(case), reader.actions(case), reader.remedies(case)),
        ]
