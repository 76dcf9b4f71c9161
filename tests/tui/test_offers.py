"""Offers by their keys: the guide above the form, an offer beyond it, and a supervisor's yes or no."""

from __future__ import annotations

import pytest

from tests.builders import an_agent
from tests.tui.case_desk import CaseDesk, DeskApp, case_app, press, queue_app, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.offers import Offer, OfferGuide
from tuitrack.domain.words import Approval, RemedyKind, Role

GUIDE = OfferGuide(
    (
        Offer(
            roles=frozenset({Role.AGENT}),
            remedies=frozenset({RemedyKind.APOLOGY}),
            guidance="[b]Listen[/b] first; money is for supervisors.",
        ),
    )
)


@pytest.fixture
def desk() -> CaseDesk:
    """A desk of an agent and a supervisor, with one case."""
    desk = CaseDesk()
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("ana", role=Role.AGENT))
        writer.put_agent(an_agent("marko", role=Role.SUPERVISOR))
    desk.take(return_at=None, no_return_reason="does not want a call")
    return desk


def guide(app: DeskApp) -> None:
    """Let the desk of an app have the guide."""
    object.__setattr__(app.services.desk, "offers", lambda: GUIDE)


async def offered(desk: CaseDesk) -> None:
    """Offer a coupon as Ana."""
    async with case_app(desk, 1) as (app, pilot):
        guide(app)
        await press(app, pilot, "r", "c", *"50", "f2")
        assert "Recorded; it is beyond the offer guide, so a supervisor has to approve it." in app.text


async def test_the_form_says_what_may_be_offered(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        guide(app)
        await press(app, pilot, "r")
        check_snapshot(app, "remedy_guide_80x24")


async def test_an_offer_beyond_the_guide_is_not_recorded_as_accepted(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        guide(app)
        await press(app, pilot, "r", "c", *["tab"] * 6, "a", "f2")
        assert "beyond the offer guide" in app.text
        assert desk.file(1).remedies == ()


async def test_a_supervisor_finds_the_offer_and_approves_it(desk: CaseDesk) -> None:
    await offered(desk)
    async with queue_app(desk, agent="marko") as (app, pilot):
        await press(app, pilot, "slash")
        await type_text(app, pilot, "approval:waiting")
        await press(app, pilot, "enter", "tab")
        assert "! needs approval" in app.text
        await press(app, pilot, "d")
        assert "Approved: coupon 50" in app.text
        (remedy,) = desk.file(1).remedies
        assert (remedy.approval, remedy.approved_by) == (Approval.APPROVED, "marko")


async def test_an_agent_cannot_approve_it(desk: CaseDesk) -> None:
    await offered(desk)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "d")
        assert "may not approve a remedy beyond the offer guide" in app.text
        assert desk.file(1).remedies[0].waits_for_approval


async def test_a_supervisor_says_no_with_a_reason(desk: CaseDesk) -> None:
    await offered(desk)
    async with case_app(desk, 1, agent="marko") as (app, pilot):
        await press(app, pilot, "w", "n", "f2")
        assert "say why it is not approved" in app.text
        await type_text(app, pilot, "Too much.")
        await press(app, pilot, "f2")
        assert desk.file(1).remedies[0].approval is Approval.DECLINED
        assert desk.file(1).entries[-1].body == "Too much."
        assert "Nothing is open" in app.text


async def test_the_customer_declines_it_before_anybody_answers(desk: CaseDesk) -> None:
    await offered(desk)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "w", "d", "f2")
        (remedy,) = desk.file(1).remedies
        assert (remedy.chosen, remedy.waits_for_approval) == (False, False)
