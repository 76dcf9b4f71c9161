"""The steps of the procedure on the screen: the strip under a case, its digits, and the list of all steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.builders import NOW, a_tick, an_agent
from tests.tui.case_desk import CaseDesk, case_app, press
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.procedure import Procedure, ProcedureBook, ProcedureStep, Standing, standing
from tuitrack.domain.words import Outcome, PromiseOutcome, Role, TickState
from tuitrack.services.bundle import Services
from tuitrack.services.procedure_file import shipped_procedures
from tuitrack.tui.commands import key_of
from tuitrack.tui.present_steps import strip_line
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.screens.closure import ClosureScreen
from tuitrack.tui.screens.steps import StepsScreen

STRICT = Procedure("strict", (ProcedureStep(id="thank", title="Thank", mandatory=True),))


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case that was taken five days ago."""
    desk = CaseDesk()
    desk.take()
    desk.now = NOW
    return desk


class StrictDesk(CaseDesk):
    """A desk on which one thanks before a case is closed."""

    def services_of(self, agent: str) -> Services:
        """The services with a procedure of the desk's own."""
        services = super().services_of(agent)
        return Services(replace(services.desk, procedures=lambda: ProcedureBook((STRICT,))))


def steps(desk: CaseDesk) -> dict[str, Standing]:
    return {found.step.id: found for found in desk.file(1).steps}


def done(desk: CaseDesk) -> list[str]:
    return [step for step, found in steps(desk).items() if found.is_done]


def strip(found: Sequence[Standing], width: int) -> str:
    return strip_line(found, width, key_of).text


def test_the_strip_fits_the_smallest_terminal_and_has_whole_words_where_there_is_room() -> None:
    twelve = shipped_procedures().of("")
    found = standing(twelve, [a_tick(step="act"), a_tick(step="thank", state=TickState.SKIPPED), a_tick(step="gone")])
    narrow = "Steps 1+act 2.lis 3.gat 4.rec 5.emp 6-tha 7.apo 8.off 9.dis 0.pro S.fee S.qua"
    assert strip(found, 78) == narrow
    assert strip(found, 140).startswith("Steps 1+act 2.listen 3.gather 4.record 5.empathise 6-thank")
    assert strip(found, 30) == "Steps 1+a 2.l 3.g 4.r 5.e 6-t…"
    assert strip(standing(STRICT, []), 78) == "Steps 1!thank"


async def test_digits_tick_and_a_digit_too_many_does_no_harm(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, *"1250")
        assert done(desk) == ["act", "listen", "record", "empathise", "promises"]
        assert "Steps 1+act 2+lis 3.gat 4+rec 5+emp 6.tha" in app.text
        before = desk.file(1).case.version
        await press(app, pilot, *"2")
        assert desk.file(1).case.version == before
        assert "Listen: it is done already, ana says." in app.text
        await press(app, pilot, "u")
        assert "promises" not in done(desk)


async def test_a_burst_ticks_each_step_once_and_ends_where_it_leads(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, *"123S67ww")
        assert done(desk) == ["act", "listen", "gather", "record", "thank", "apologise"]


async def test_the_list_tells_who_and_when_and_by_what(desk: CaseDesk) -> None:
    desk.services.casework.add_note(1, {"kind": "thanks", "text": "Thank you for the call."})
    desk.services.procedure.skip(1, "offer", "Nothing is wanted.")
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "S")
        check_snapshot(app, "steps_80x24")
    async with case_app(desk, 1, size=(200, 50)) as (app, pilot):
        await press(app, pilot, "S")
        assert "12 . Control quality" in app.text


async def test_the_list_ticks_skips_and_opens_any_step(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "S", "end", "d")
        assert done(desk) == ["record", "quality"]
        assert isinstance(app.screen, StepsScreen)
        await press(app, pilot, "up", "s", *"no answer", "f2")
        tick = steps(desk)["feedback"].tick
        assert tick is not None
        assert (tick.state, tick.because) == (TickState.SKIPPED, "no answer")
        assert "because no answer" in app.text
        await press(app, pilot, "s")
        assert "Ask for feedback: it is skipped." in app.text
        await press(app, pilot, "down", "w", *"not looked at", "f2")
        assert done(desk) == ["record"]
        await press(app, pilot, "w")
        assert "Control quality: it is open." in app.text
        await press(app, pilot, "u", "q")
        assert isinstance(app.screen, CaseScreen)
        assert "S-fee S+qua" in app.text


async def test_a_step_that_went_with_the_category_is_still_listed(desk: CaseDesk) -> None:
    with desk.store.writing() as writer:
        writer.add(a_tick(1, step="call"))
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "S", "end")
        assert "+ Call" in app.text
        await press(app, pilot, "d")
        assert "Call: this step is no longer in the procedure." in app.text


async def test_a_digit_without_a_step_is_told() -> None:
    desk = StrictDesk()
    desk.take()
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "2")
        assert "There is no step 2." in app.text


def ready_to_close() -> StrictDesk:
    """A desk with a case that lacks nothing but its step and the outcome."""
    desk = StrictDesk()
    desk.take()
    desk.services.items.settle_promise(1, 1, PromiseOutcome.KEPT)
    desk.now = NOW
    closure = desk.services.closure
    for save, values in (
        (closure.save_resolution, {"resolution": "Shown how it works", "company_resolved_on": NOW.date()}),
        (closure.save_decision, {"justified": "no", "justified_because": "It works", "explanation": "It works",
                                 "customer_told_on": NOW.date()}),
        (closure.save_cause, {"cause": "no fault found", "no_process_action_because": "a one-off"}),
    ):  # fmt: skip
        save(1, values, desk.file(1).case.version)
    return desk


async def test_an_agent_is_told_which_step_is_open_and_closes_nothing() -> None:
    desk = ready_to_close()
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.AGENT))
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x")
        assert isinstance(app.screen, ClosureScreen)
        check_snapshot(app, "closure_open_step_80x24")
        app.screen.body.focus_field("steps_because")
        await press(app, pilot, *"no time", "f2", "right", "enter")
        assert "close a case with a mandatory step left open" in app.text
        assert desk.file(1).case.is_open


async def test_a_supervisor_closes_with_a_reason() -> None:
    desk = ready_to_close()
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", "f2")
        assert "Mandatory step still open: Thank." in app.text
        app.screen.body.focus_field("steps_because")  # type: ignore[attr-defined]
        await press(app, pilot, *"a lawyer writes", "f2", "right", "enter")
        assert desk.file(1).case.outcome is Outcome.NOT_UPHELD
        tick = steps(desk)["thank"].tick
        assert tick is not None
        assert tick.because == "a lawyer writes"
