"""Every way to store something, each on a desk where it can be stored: who may, and what has to be so before."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.builders import an_agent
from tests.clock_rules import rules_of
from tests.unit.services.world import World
from tests.unit.test_ssh_keys import LINE
from tuitrack import services
from tuitrack.domain.case import Case
from tuitrack.domain.imported import ImportedAnswer, ImportedCase
from tuitrack.domain.people import Absence
from tuitrack.domain.permissions import Right
from tuitrack.domain.phrases import Moment
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.timeline import Action, Promise, Remedy
from tuitrack.domain.words import Approval, CallPurpose, Direction, PauseReason, PromiseOutcome, Role, Status
from tuitrack.services.answers import AnswerService
from tuitrack.services.bundle import Services
from tuitrack.services.importing import ImportService
from tuitrack.services.ports import Store
from tuitrack.services.preferences import AfterClosing
from tuitrack.services.views import KeptFor, View


@dataclass(frozen=True)
class Scene:
    """A desk of two administrators with a case of Ana's in work, and what Luka has in it."""

    world: World
    case: Case
    action: Action
    promise: Promise
    remedy: Remedy

    @property
    def seen(self) -> int:
        """The version of the case as it is."""
        return self.world.luka.casefile.open(self.case.id).case.version

    @cached_property
    def today(self) -> Any:
        """The day on which all this happens."""
        return self.world.now.date()

    def absence(self) -> Absence:
        """The only one there is."""
        with self.world.store.reading() as reader:
            (only,) = reader.absences(self.today)
        return only


def scene(store: Store | None = None) -> Scene:
    """Ana's case, with an action, a promise and a remedy by Luka."""
    world = World(store)
    with world.store.writing() as writer:
        for agent in ("ana", "luka"):
            writer.put_agent(an_agent(agent, role=Role.ADMINISTRATOR))
    case = world.take(owner="ana")
    items = world.luka.items
    return Scene(
        world,
        case,
        items.add_action(case.id, {"what": "measure"}),
        items.add_promise(case.id, {"what": "call", "due_at": world.now + timedelta(hours=9)}),
        world.luka.remedies.offer(case.id, {"kind": "coupon", "amount": "20"}),
    )


Write = Callable[[Services, Scene], object]


@dataclass(frozen=True)
class Way:
    """One way to store something."""

    write: Write
    before: Callable[[Scene], object] = lambda at: None
    """What makes it possible."""
    right: Right | None = Right.WORK_ON_CASES
    """The right it takes; None for what everybody may do for themselves."""


CALL = {"direction": Direction.INBOUND, "purpose": CallPurpose.UPDATE}
RESOLUTION = {"resolution": "Box replaced."}
FEEDBACK = {"to": "luka", "text": "Ring first."}
LETTER = {"name": "apology", "language": "en", "how": "email", "to": "a@example.org", "subject": "S", "text": "T"}
POST = {"link": "https://example.org/1", "state": "removed"}
REVIEW = {"name": "Causes", "every": "month", "owner": "luka", "deputy": "ana", "counts": True}
DECISION = {"justified": "yes", "justified_because": "Ours.", "explanation": "It was ours."}
RULES = rules_of('[[rules]]\nclock = "resolve"\nwithin = "3 days"\n')
LATE = View("Late", "is:overdue", KeptFor.TEAM)
A_TEXT = Path(__file__).with_name("a_policy.md")


def paused(at: Scene) -> object:
    """The clocks stand still."""
    return at.world.ana.casework.pause(at.case.id, {"reason": PauseReason.LEGAL}, at.seen)


def escalated(at: Scene) -> object:
    """The case is laid before Luka."""
    laid = {"level": "2", "to": "luka", "reason": "late"}
    return at.world.ana.escalations.escalate(at.case.id, laid, at.seen)


def closed(at: Scene) -> object:
    """The case was withdrawn, and nothing is open in it."""
    at.world.luka.items.complete_action(at.case.id, at.action.id)
    resolved = at.world.resolve(at.case)
    return at.world.ana.closure.close(at.case.id, {"outcome": "withdrawn", "closing_note": "Gone."}, resolved.version)


def skipped(at: Scene) -> object:
    """A step is left out."""
    return at.world.ana.procedure.skip(at.case.id, "listen", "because")


def noted(at: Scene) -> None:
    """Ana wrote something."""
    at.world.ana.casework.add_note(at.case.id, {"text": "Rou"})


def half_typed(at: Scene) -> None:
    """Ana left a form."""
    at.world.ana.drafts.keep("f", {"x": "Rou"})


def expired(at: Scene) -> None:
    """Ana left a form long ago."""
    half_typed(at)
    at.world.passes(days=60)


def undone(at: Scene) -> object:
    """Ana took back what she wrote."""
    noted(at)
    return at.world.ana.undo.undo(at.case.id)


def late(at: Scene) -> object:
    """The clock of a case ran out."""
    at.world.ana.rules.put_in_force(RULES, 0)
    seen = at.world.ana.casework.edit(at.case.id, {"category": "price"}, at.seen).version
    at.world.ana.rule_moves.run(total=1).step()
    return at.world.passes(days=30), seen


def handed(at: Scene, giver: Services, receiver: str) -> object:
    """Something waits for an answer of the receiver."""
    values = {"receiver": receiver, "until": at.world.now + timedelta(hours=9)}
    return giver.handovers.send(values, giver.handovers.propose(values)[:1])


def given_to_luka(at: Scene) -> object:
    """Ana handed something over."""
    return handed(at, at.world.ana, "luka")


def given_to_ana(at: Scene) -> object:
    """Luka handed something over."""
    return handed(at, at.world.luka, "ana")


def told_luka(at: Scene) -> object:
    """Ana told Luka how to do better."""
    return at.world.ana.feedback.send(at.case.id, FEEDBACK)


def told_ana(at: Scene) -> object:
    """Luka told Ana how to do better."""
    return at.world.luka.feedback.send(at.case.id, FEEDBACK | {"to": "ana"})


def beyond_the_guide(at: Scene) -> None:
    """What Luka offered waits for somebody else's approval."""
    with at.world.store.writing() as writer:
        writer.replace(replace(at.remedy, approval=Approval.WAITING))


def posted(at: Scene) -> object:
    """The complaint was published."""
    return at.world.ana.posts.add(at.case.id, POST)


def planned(at: Scene) -> object:
    """A review is due today."""
    return at.world.luka.reviews.plan(REVIEW | {"next_due": at.today})


def held(at: Scene, by: Services) -> object:
    """Somebody said that a review was held."""
    planned(at)
    return by.reviews.hold(1, {"held": True, "held_on": at.today, "counts": "3"})


def drawn(at: Scene) -> object:
    """A sample of closed cases is there."""
    closed(at)
    planned(at)
    return at.world.luka.samples.draw(1, {"since": at.today, "until": at.today, "size": 1, "seed": 1})


def away(at: Scene) -> object:
    """Luka will be away."""
    return at.world.luka.staff.enter_absence({"agent": "luka", "since": at.today, "until": at.today})


def imported(at: Scene) -> object:
    """A run brought a case."""
    service = ImportService(at.world.luka.desk)
    return service.store(service.begin("a.csv", {}), [a_row(at)])


def a_row(at: Scene) -> ImportedCase:
    """A row of a register."""
    return ImportedCase(
        row_number=1, row_key="k1", received_at=at.world.now, status=Status.OPEN, subject="Old", customer_name="Eva"
    )


def an_answer(at: Scene) -> ImportedAnswer:
    """What a customer answered when asked about the case."""
    reference = at.case.reference
    return ImportedAnswer(row_number=1, row_key="a1", reference=reference, answered_at=at.world.now, summary="Good")


def run_of_luka(at: Scene) -> Any:
    """The only import run there is."""
    return ImportService(at.world.luka.desk).runs()[0]


def change_many(who: Services) -> object:
    """Make every case urgent."""
    change = who.bulk.change({"priority": "urgent"})
    return who.bulk.run(list(who.bulk.rehearsal(change, QueueQuery()).step())).step()


def undo_many(who: Services) -> object:
    """Take back what was changed at once."""
    run = who.undo.run_to_undo()
    assert run is not None
    return run.step()


WAYS: dict[str, Way] = {
    "log a call": Way(lambda who, at: who.casework.log_call(at.case.id, CALL)),
    "log that they asked": Way(lambda who, at: who.casework.log_status_check(at.case.id)),
    "add a note": Way(lambda who, at: who.casework.add_note(at.case.id, {"text": "Rou"})),
    "correct an entry": Way(lambda who, at: who.casework.correct(at.case.id, 1, "Rou")),
    "keep what gave way": Way(lambda who, at: who.casework.keep_untaken(at.case.id, {"Subject": "Rou"})),
    "edit": Way(lambda who, at: who.casework.edit(at.case.id, {"subject": "Rou"}, at.seen)),
    "assign": Way(lambda who, at: who.casework.assign(at.case.id, "luka", at.seen, "because")),
    "take over": Way(
        lambda who, at: who.casework.take(at.case.id, at.seen, "because"),
        lambda at: at.world.luka.casework.assign(at.case.id, "luka", at.seen, "because"),
    ),
    "take the next case": Way(lambda who, at: who.casework.take_next(QueueQuery()), lambda at: at.world.take()),
    "move": Way(lambda who, at: who.casework.move(at.case.id, Status.WAITING, at.seen, "because")),
    "pause": Way(lambda who, at: who.casework.pause(at.case.id, {"reason": PauseReason.LEGAL}, at.seen)),
    "resume": Way(lambda who, at: who.casework.resume(at.case.id, at.seen), paused),
    "say why it was late": Way(
        lambda who, at: who.casework.explain_late(at.case.id, {"clock": 1, "because": "snow"}, at.seen), late
    ),
    "make urgent": Way(lambda who, at: who.casework.toggle_urgent(at.case.id, at.seen)),
    "resolve": Way(lambda who, at: who.closure.save_resolution(at.case.id, RESOLUTION, at.seen)),
    "decide": Way(lambda who, at: who.closure.save_decision(at.case.id, DECISION, at.seen)),
    "name a cause": Way(lambda who, at: who.closure.save_cause(at.case.id, {"cause": "system fault"}, at.seen)),
    "confirm": Way(lambda who, at: who.closure.save_confirmation(at.case.id, {"unconfirmed_because": "gone"}, at.seen)),
    "close": Way(
        lambda who, at: who.closure.close(at.case.id, {"outcome": "withdrawn", "closing_note": "Gone."}, at.seen),
        lambda at: (at.world.luka.items.complete_action(at.case.id, at.action.id), at.world.resolve(at.case)),
    ),
    "reopen": Way(lambda who, at: who.closure.reopen(at.case.id, "because", at.seen), closed),
    "escalate": Way(
        lambda who, at: who.escalations.escalate(at.case.id, {"level": "2", "to": "luka", "reason": "late"}, at.seen)
    ),
    "end an escalation": Way(lambda who, at: who.escalations.end(at.case.id, "settled", at.seen), escalated),
    "tick a step": Way(lambda who, at: who.procedure.tick(at.case.id, "listen")),
    "skip a step": Way(lambda who, at: who.procedure.skip(at.case.id, "listen", "because")),
    "open a step again": Way(lambda who, at: who.procedure.open_again(at.case.id, "listen", "because"), skipped),
    "ask for an action": Way(lambda who, at: who.items.add_action(at.case.id, {"what": "measure"})),
    "complete an action": Way(lambda who, at: who.items.complete_action(at.case.id, at.action.id)),
    "promise": Way(
        lambda who, at: who.items.add_promise(at.case.id, {"what": "x", "due_at": at.world.now + timedelta(hours=9)})
    ),
    "settle a promise": Way(lambda who, at: who.items.settle_promise(at.case.id, at.promise.id, PromiseOutcome.KEPT)),
    "offer a remedy": Way(lambda who, at: who.remedies.offer(at.case.id, {"kind": "coupon", "amount": "9"})),
    "choose a remedy": Way(lambda who, at: who.remedies.choose(at.case.id, at.remedy.id, True)),
    "deliver a remedy": Way(lambda who, at: who.remedies.deliver(at.case.id, at.remedy.id)),
    "edit a customer": Way(
        lambda who, at: who.customers.edit(
            at.world.luka.customers.open(at.case.customer_id).customer, {"name": "Ana", "phones": ("091 1",)}
        )
    ),
    "hand over": Way(lambda who, at: handed(at, who, "luka")),
    "accept what was handed over": Way(lambda who, at: who.handovers.accept(1), given_to_ana),
    "decline what was handed over": Way(lambda who, at: who.handovers.decline(1, "because"), given_to_ana),
    "take back what was handed over": Way(lambda who, at: who.handovers.take_back(1), given_to_luka),
    "send feedback": Way(lambda who, at: who.feedback.send(at.case.id, FEEDBACK)),
    "read feedback": Way(lambda who, at: who.feedback.read(at.case.id, 1), told_ana),
    "answer feedback": Way(lambda who, at: who.feedback.answer(at.case.id, 1, {"answer": "Done."}), told_ana),
    "say that contact is wanted": Way(lambda who, at: who.feedback.want_contact(at.case.id, at.seen)),
    "send a letter": Way(lambda who, at: who.letters.send(at.case.id, LETTER)),
    "say a phrase": Way(lambda who, at: who.phrases.tell(at.case.id, Moment.APOLOGY, "Sorry.")),
    "keep a public post": Way(lambda who, at: who.posts.add(at.case.id, POST)),
    "look at a public post again": Way(
        lambda who, at: who.posts.update(at.case.id, 1, POST | {"state": "updated"}, at.seen), posted
    ),
    "undo": Way(lambda who, at: who.undo.undo(at.case.id), noted),
    "redo": Way(lambda who, at: who.undo.redo(at.case.id), undone),
    "take a case": Way(lambda who, at: who.intake.take(at.world.intake()), right=Right.TAKE_CASES),
    "change many": Way(lambda who, at: change_many(who), right=Right.CHANGE_MANY),
    "undo many": Way(lambda who, at: undo_many(who), lambda at: change_many(at.world.ana), Right.CHANGE_MANY),
    "approve a remedy": Way(
        lambda who, at: who.remedies.answer_approval(at.case.id, at.remedy.id, True),
        beyond_the_guide,
        Right.APPROVE_OFFERS,
    ),
    "keep a view of the team": Way(
        lambda who, at: who.views.save(LATE.name, LATE.text, LATE.kept_for), right=Right.KEEP_TEAM_VIEWS
    ),
    "delete a view of the team": Way(
        lambda who, at: who.views.delete(LATE),
        lambda at: at.world.luka.views.save(LATE.name, LATE.text, LATE.kept_for),
        Right.KEEP_TEAM_VIEWS,
    ),
    "remember a query": Way(lambda who, at: who.views.remember("is:overdue"), right=None),
    "choose a theme": Way(lambda who, at: who.preferences.choose_theme("light"), right=None),
    "choose columns": Way(lambda who, at: who.preferences.choose_columns(()), right=None),
    "choose a preview": Way(lambda who, at: who.preferences.choose_preview(False), right=None),
    "choose what comes after closing": Way(
        lambda who, at: who.preferences.choose_after_closing(AfterClosing.NEXT), right=None
    ),
    "be in a case": Way(lambda who, at: who.presence.be_in(at.case.id, typing=True), right=None),
    "be in no case": Way(
        lambda who, at: who.presence.leave(), lambda at: at.world.ana.presence.be_in(at.case.id, typing=True), None
    ),
    "put a draft": Way(lambda who, at: who.drafts.put(who.drafts.typed("f", {"x": "Rou"})), right=None),
    "keep a draft": Way(lambda who, at: who.drafts.keep("f", {"x": "Rou"}), right=None),
    "discard a draft": Way(lambda who, at: who.drafts.discard("f"), half_typed, None),
    "let drafts expire": Way(
        lambda who, at: who.drafts.expire(),
        expired,
        None,
    ),
    "add an agent": Way(lambda who, at: who.staff.add({"name": "Eve"}), right=Right.MANAGE_AGENTS),
    "change an agent": Way(lambda who, at: who.staff.change("luka", {"language": "hr"}), right=Right.MANAGE_AGENTS),
    "add a key": Way(lambda who, at: who.keys.add("ana", LINE), right=Right.MANAGE_AGENTS),
    "take a key away": Way(
        lambda who, at: who.keys.take_away(at.world.luka.keys.of("luka")[0].fingerprint),
        lambda at: at.world.luka.keys.add("luka", LINE),
        Right.MANAGE_AGENTS,
    ),
    "set a target": Way(lambda who, at: who.quality.set_target("same_day", "80"), right=Right.SET_TARGETS),
    "plan a review": Way(lambda who, at: who.reviews.plan(REVIEW | {"next_due": at.today}), right=Right.REVIEW),
    "plan a review anew": Way(
        lambda who, at: who.reviews.change(1, REVIEW | {"next_due": at.today, "name": "All"}), planned, Right.REVIEW
    ),
    "say that a review was held": Way(
        lambda who, at: who.reviews.hold(1, {"held": True, "held_on": at.today}), planned, Right.REVIEW
    ),
    "check a review": Way(
        lambda who, at: who.reviews.check(1, "so it is"), lambda at: held(at, at.world.luka), Right.REVIEW
    ),
    "take back a review": Way(
        lambda who, at: who.reviews.take_back(1), lambda at: held(at, at.world.ana), Right.REVIEW
    ),
    "read a case for its quality": Way(lambda who, at: who.feedback.read_case(at.case.id), right=Right.REVIEW),
    "draw a sample": Way(
        lambda who, at: who.samples.draw(1, {"since": at.today, "until": at.today, "size": 1, "seed": 1}),
        lambda at: (closed(at), planned(at)),
        Right.REVIEW,
    ),
    "audit a case": Way(
        lambda who, at: who.samples.audit(at.world.luka.samples.file(1).lines[0].audit, {"taken": "yes"}),
        drawn,
        Right.REVIEW,
    ),
    "plan another's absence": Way(
        lambda who, at: who.staff.enter_absence({"agent": "luka", "since": at.today, "until": at.today}),
        right=Right.PLAN_ABSENCES,
    ),
    "change another's absence": Way(
        lambda who, at: who.staff.change_absence(
            at.absence(), {"since": at.today, "until": at.today + timedelta(days=2)}
        ),
        away,
        Right.PLAN_ABSENCES,
    ),
    "end another's absence": Way(lambda who, at: who.staff.end_absence(at.absence()), away, Right.PLAN_ABSENCES),
    "put rules in force": Way(lambda who, at: who.rules.put_in_force(RULES, 0), right=Right.EDIT_RULES),
    "count cases anew": Way(
        lambda who, at: who.rule_moves.run(RULES, total=1).step(), lambda at: at.world.passes(hours=1), Right.EDIT_RULES
    ),
    "bring a text in": Way(lambda who, at: who.texts.take("policy", A_TEXT, at.today), right=Right.EDIT_TEXTS),
    "say that a text was read": Way(
        lambda who, at: who.texts.confirm("policy", 1),
        lambda at: at.world.luka.texts.take("policy", A_TEXT, at.today),
        None,
    ),
    "begin an import": Way(lambda who, at: ImportService(who.desk).begin("a.csv", {}), right=Right.IMPORT_CASES),
    "import cases": Way(
        lambda who, at: ImportService(who.desk).store(run_of_luka(at), [a_row(at)]),
        lambda at: ImportService(at.world.luka.desk).begin("a.csv", {}),
        Right.IMPORT_CASES,
    ),
    "import answers": Way(
        lambda who, at: AnswerService(who.desk).store(run_of_luka(at), [an_answer(at)]),
        lambda at: ImportService(at.world.luka.desk).begin("a.csv", {}),
        Right.IMPORT_CASES,
    ),
    "finish an import": Way(
        lambda who, at: ImportService(who.desk).finish(run_of_luka(at), taken=1, changed=0, refused=0, known=0),
        imported,
        Right.IMPORT_CASES,
    ),
    "undo an import": Way(lambda who, at: ImportService(who.desk).undo(1), imported, Right.IMPORT_CASES),
}
"""What can be written; a name of a screen or command has no part in it."""


TAKING_IN = frozenset({"DraftService.find", "DraftService.half_typed"})
"""What is asked for to be read, and takes in on the way what killed programs had noted."""


def written_by_services() -> set[str]:
    """Every public method of a service that opens a transaction, by itself or through another one: `Class.method`."""
    calls: dict[str, set[str]] = {}
    for file in Path(services.__file__).parent.glob("*.py"):
        for kind in ast.parse(file.read_text("utf-8")).body:
            if isinstance(kind, ast.ClassDef):
                for method in kind.body:
                    if isinstance(method, ast.FunctionDef):
                        calls[f"{kind.name}.{method.name}"] = set(_called(method, kind.name))
    found = {"writing", "changing"}
    while more := {name for name, called in calls.items() if called & found} - found:
        found |= more
    return {name for name in found if "." in name and "._" not in name} - TAKING_IN


def _called(method: ast.FunctionDef, kind: str) -> list[str]:
    """The functions, and the methods of its own object, that a method calls."""
    called = [call.func for call in ast.walk(method) if isinstance(call, ast.Call)]
    own = [one.attr for one in called if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "self"]
    return [*(one.id for one in called if isinstance(one, ast.Name)), *(f"{kind}.{name}" for name in own)]
