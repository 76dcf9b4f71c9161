"""The steps of a case: ticked by hand and by what is logged, skipped, opened again, and wanted before closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import an_agent
from tests.unit.services.world import World
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Blocked, NotAllowed, NotFound, Refusal
from tuitrack.domain.procedure import Procedure, ProcedureBook, ProcedureStep, Standing
from tuitrack.domain.words import EntryKind, Outcome, PromiseOutcome, Role, Ticking, TickState
from tuitrack.services.bundle import Services
from tuitrack.services.ports import Store
from tuitrack.services.procedure_file import shipped_procedures


@pytest.fixture
def world(store: Store) -> World:
    """Two agents over each store in turn."""
    return World(store)


def following(services: Services, *procedures: Procedure) -> Services:
    """The same services where the desk has procedures of its own."""
    book = ProcedureBook((*procedures, *shipped_procedures().procedures))
    return Services(replace(services.desk, procedures=lambda: book))


def steps(services: Services, case: Case) -> dict[str, Standing]:
    return {found.step.id: found for found in services.casefile.open(case.id).steps}


def call(services: Services, case: Case, purpose: str, **values: Any) -> None:
    services.casework.log_call(case.id, {"direction": "outbound", "purpose": purpose} | values)


def note(services: Services, case: Case, kind: str) -> None:
    services.casework.add_note(case.id, {"kind": kind, "text": "Said so."})


def remedy(services: Services, case: Case, **values: Any) -> None:
    offered = services.remedies.offer(case.id, {"kind": "discount", **values})
    services.remedies.choose(case.id, offered.id, False)


def keep(services: Services, case: Case) -> None:
    services.items.settle_promise(case.id, services.casefile.open(case.id).promises[0].id, PromiseOutcome.KEPT)


def resolve(services: Services, case: Case) -> None:
    values = {"resolution": "Box replaced.", "company_resolved_on": services.desk.today()}
    services.closure.save_resolution(case.id, values, services.casefile.open(case.id).case.version)


def confirm(services: Services, case: Case) -> None:
    resolve(services, case)
    call_id = services.casework.log_call(case.id, {"direction": "outbound", "purpose": "other"}).id
    values = {"customer_confirmed_on": services.desk.today(), "confirming_call_id": call_id, "mood": "neutral"}
    services.closure.save_confirmation(case.id, values, services.casefile.open(case.id).case.version)


LOGGING: dict[Ticking, Callable[[Services, Case], None]] = {
    Ticking.CASE_TAKEN: lambda services, case: None,
    Ticking.CUSTOMER_WORDS: lambda services, case: note(services, case, "words"),
    Ticking.ACKNOWLEDGING_CALL: lambda services, case: call(services, case, "acknowledge"),
    Ticking.FACTS_CALL: lambda services, case: call(services, case, "facts"),
    Ticking.UPDATE_CALL: lambda services, case: call(services, case, "update"),
    Ticking.VERIFYING_CALL: lambda services, case: call(services, case, "verify"),
    Ticking.LETTER: lambda services, case: note(services, case, "letter"),
    Ticking.FINDING: lambda services, case: note(services, case, "finding"),
    Ticking.STATEMENT: lambda services, case: note(services, case, "statement"),
    Ticking.APOLOGY: lambda services, case: note(services, case, "apology"),
    Ticking.THANKS: lambda services, case: note(services, case, "thanks"),
    Ticking.REMEDY_OFFERED: remedy,
    Ticking.REMEDY_ANSWERED: remedy,
    Ticking.PROMISE_KEPT: keep,
    Ticking.RESOLUTION: resolve,
    Ticking.CONFIRMATION: confirm,
}


def ticked_by(ticking: Ticking) -> Procedure:
    """A procedure whose first step is ticked by that alone."""
    step = ProcedureStep(id="one", title="One", ticked_by=frozenset({ticking}))
    return Procedure("own", (step, ProcedureStep(id="two", title="Two")))


@pytest.mark.parametrize("ticking", LOGGING)
def test_what_is_logged_ticks_its_step_and_undoing_it_takes_the_tick_back(world: World, ticking: Ticking) -> None:
    ana = following(world.ana, ticked_by(ticking))
    case = ana.intake.take(world.intake())
    if ticking is not Ticking.CASE_TAKEN:
        assert steps(ana, case)["one"].tick is None
    moment = world.passes(minutes=5)
    LOGGING[ticking](ana, case)
    file = ana.casefile.open(case.id)
    tick = file.steps[0].tick
    assert tick is not None
    assert (tick.state, tick.by, tick.ticked_by) == (TickState.DONE, "ana", ticking)
    assert tick.at == (case.received_at if ticking is Ticking.CASE_TAKEN else moment)
    assert tick.entry_id in {entry.id for entry in file.entries}
    assert file.steps[1].tick is None
    if ticking is not Ticking.CASE_TAKEN:
        while steps(ana, case)["one"].tick is not None:
            ana.undo.undo(case.id)
        ana.undo.redo(case.id)
        assert steps(ana, case)["one"].tick == tick


@pytest.mark.parametrize(
    ("step", "log"),
    [
        ("apologise", lambda services, case: call(services, case, "apology")),
        ("apologise", lambda services, case: remedy(services, case, kind="apology")),
        ("act", lambda services, case: call(services, case, "acknowledge", direction="inbound")),
    ],
)
def test_there_are_several_ways_to_do_one_thing(world: World, step: str, log: Callable[[Services, Case], None]) -> None:
    case = world.take()
    log(world.ana, case)
    assert steps(world.ana, case)[step].is_done


def test_who_was_not_reached_heard_nothing(world: World) -> None:
    case = world.take()
    call(world.ana, case, "acknowledge", result="voicemail")
    assert steps(world.ana, case)["act"].tick is None


def test_a_correction_ticks_nothing(world: World) -> None:
    case = world.take()
    note(world.ana, case, "thanks")
    entry = world.ana.casefile.open(case.id).entries[-1]
    world.ana.undo.undo(case.id)
    world.ana.casework.correct(case.id, entry.id, "It was not said.")
    assert steps(world.ana, case)["thank"].tick is None


def test_the_first_that_ticks_a_step_stays(world: World) -> None:
    case = world.take()
    note(world.luka, case, "finding")
    world.passes(hours=1)
    call(world.ana, case, "facts")
    tick = steps(world.ana, case)["gather"].tick
    assert tick is not None
    assert (tick.by, tick.ticked_by) == ("luka", Ticking.FINDING)


def test_a_step_is_ticked_by_hand_once_and_that_is_undone(world: World) -> None:
    case = world.take()
    world.ana.procedure.tick(case.id, "listen")
    file = world.ana.casefile.open(case.id)
    assert (file.entries[-1].kind, file.entries[-1].summary) == (EntryKind.STEP, "Step done: Listen")
    tick = steps(world.ana, case)["listen"].tick
    assert tick is not None
    assert (tick.by, tick.at, tick.ticked_by, tick.entry_id) == ("ana", world.now, None, None)
    with pytest.raises(Refusal, match="Listen: it is done already"):
        world.luka.procedure.tick(case.id, "listen")
    world.ana.undo.undo(case.id)
    assert steps(world.ana, case)["listen"].tick is None
    world.ana.undo.redo(case.id)
    assert steps(world.ana, case)["listen"].tick == tick


def test_a_step_that_the_case_has_not_is_named_with_those_it_has(world: World) -> None:
    case = world.take()
    with pytest.raises(NotFound, match="no step “lissen”; it has act, listen, gather"):
        world.ana.procedure.tick(case.id, "lissen")


def test_a_step_is_skipped_with_a_reason_and_can_be_done_after_all(world: World) -> None:
    case = world.take()
    with pytest.raises(Refusal, match="say why the step is skipped"):
        world.ana.procedure.skip(case.id, "thank", " ")
    world.ana.procedure.skip(case.id, "thank", "A letter of a lawyer.")
    found = steps(world.ana, case)["thank"]
    assert found.tick is not None
    assert (found.tick.state, found.tick.because) == (TickState.SKIPPED, "A letter of a lawyer.")
    with pytest.raises(Refusal, match="Thank: it is skipped already"):
        world.ana.procedure.skip(case.id, "thank", "Again.")
    note(world.ana, case, "thanks")
    assert steps(world.ana, case)["thank"].is_done
    world.ana.undo.undo(case.id)
    assert steps(world.ana, case)["thank"] == found


def test_a_step_is_opened_again_with_a_reason_and_the_timeline_keeps_both(world: World) -> None:
    case = world.take()
    world.ana.procedure.tick(case.id, "listen")
    before = steps(world.ana, case)["listen"]
    with pytest.raises(Refusal, match="say why the step is open again"):
        world.ana.procedure.open_again(case.id, "listen", "")
    world.ana.procedure.open_again(case.id, "listen", "Wrong case.")
    assert steps(world.ana, case)["listen"].tick is None
    told = [entry.summary for entry in world.ana.casefile.open(case.id).entries][-2:]
    assert told == ["Step done: Listen", "Step open again: Listen"]
    with pytest.raises(Refusal, match="Listen: it is open"):
        world.ana.procedure.open_again(case.id, "listen", "Once more.")
    world.ana.undo.undo(case.id)
    assert steps(world.ana, case)["listen"] == before


WANTED = Procedure(
    "strict",
    (ProcedureStep(id="thank", title="Thank", mandatory=True, ticked_by=frozenset({Ticking.THANKS})),),
)
ENDED = {"outcome": Outcome.NOT_UPHELD}


def not_upheld(world: World, services: Services) -> Case:
    """A case with everything that closing it as not upheld needs, but the steps, on a desk where Ana is an agent."""
    with world.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.AGENT))
    case = world.resolve(services.intake.take(world.intake()))
    decision = {"justified": "no", "justified_because": "Worked as sold.", "explanation": "It works as sold."}
    return services.closure.save_decision(case.id, decision, case.version)


def test_a_mandatory_step_is_listed_and_blocks_closing(world: World) -> None:
    ana = following(world.ana, WANTED)
    case = not_upheld(world, ana)
    (blocker,) = ana.closure.blockers(case.id, Outcome.NOT_UPHELD)
    assert blocker.sentence.startswith("Mandatory step still open: Thank.")
    with pytest.raises(Blocked):
        ana.closure.close(case.id, ENDED, case.version)
    note(ana, case, "thanks")
    assert not ana.closure.close(case.id, ENDED, case.version + 1).is_open


def test_an_agent_skips_no_mandatory_step_and_closes_past_none(world: World) -> None:
    ana = following(world.ana, WANTED)
    case = not_upheld(world, ana)
    with pytest.raises(NotAllowed, match="close a case with a mandatory step left open"):
        ana.procedure.skip(case.id, "thank", "No time.")
    with pytest.raises(NotAllowed):
        ana.closure.close(case.id, ENDED | {"steps_because": "No time."}, case.version)
    assert steps(ana, case)["thank"].tick is None


def test_a_supervisor_closes_past_it_with_a_reason_that_is_kept(world: World) -> None:
    ana = following(world.ana, WANTED)
    case = not_upheld(world, ana)
    luka = following(world.luka, WANTED)
    assert luka.closure.blockers(case.id, Outcome.NOT_UPHELD, {"steps_because": "A lawyer writes."}) == []
    luka.closure.close(case.id, ENDED | {"steps_because": "A lawyer writes."}, case.version)
    found = steps(luka, case)["thank"]
    assert found.tick is not None
    assert (found.tick.state, found.tick.by, found.tick.because) == (TickState.SKIPPED, "luka", "A lawyer writes.")
    told = [(entry.summary, entry.body) for entry in luka.casefile.open(case.id).entries[-2:]]
    assert told == [("Closed: not upheld", ""), ("Step skipped: Thank", "A lawyer writes.")]
    luka.undo.undo(case.id)
    assert steps(luka, case)["thank"].tick is None


def test_what_ends_without_a_resolution_needs_no_step(world: World) -> None:
    ana = following(world.ana, WANTED)
    case = ana.intake.take(world.intake(return_at=None, no_return_reason="Wrong number."))
    assert [one.field for one in ana.closure.blockers(case.id, Outcome.WITHDRAWN)] == ["closing_note"]


def test_a_case_has_the_procedure_of_its_category(world: World) -> None:
    strict = replace(WANTED, categories=frozenset({"privacy"}))
    ana = following(world.ana, strict)
    case = ana.intake.take(world.intake(received_at=world.now - timedelta(hours=1), return_at=world.passes(hours=2)))
    ana.procedure.tick(case.id, "listen")
    ana.casework.edit(case.id, {"category": "Privacy"}, ana.casefile.open(case.id).case.version)
    file = ana.casefile.open(case.id)
    assert [(found.number, found.step.id) for found in file.steps] == [(1, "thank"), (0, "record"), (0, "listen")]
