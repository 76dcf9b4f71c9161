"""The agenda of reviews, by keys at 80 by 24."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import NOW, an_agent
from tests.tui.case_desk import CaseDesk, press, queue_app
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import PromiseOutcome, Role

PLAN: dict[str, Any] = {
    **{"name": "Causes", "every": "month", "next_due": (NOW - timedelta(days=5)).date()},
    **{"owner": "ana", "deputy": "marko", "counts": True, "decisions": True},
}


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with a review that was missed, an open loop, and a cause that came again."""
    desk = CaseDesk()
    desk.services.reviews.plan(PLAN)
    for hours in (0, 20):
        desk.now += timedelta(hours=hours)
        case = desk.take(category="price")
        desk.services.closure.save_cause(case.id, {"cause": "training"}, case.version)
        action = desk.services.items.add_action(case.id, {"what": "Course", "track": "process"})
        desk.services.items.complete_action(case.id, action.id)
    desk.now = NOW
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("eva", role=Role.AGENT))
    return desk


async def test_the_owner_is_told_holds_the_review_and_somebody_else_checks_it(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "D")
        check_snapshot(app, "reviews_80x24")
        await press(app, pilot, "d")
        assert "Never contacted though they asked: 0" in app.text
        await press(app, pilot, "tab", *"Train them.", "f2")
        assert "Stored: Causes. Somebody else has to check it." in app.text
        assert "0 missed, 0 due today, 1 to check" in app.text
        await press(app, pilot, "end", "c", "f2")
        assert "a second person checks it, never the one who entered it" in " ".join(app.text.split())
        await press(app, pilot, "escape", "w")
        assert "Taken back: Causes." in app.text
        assert "1 missed" in app.text
        await press(app, pilot, "home", "down", "d", "f2")
    async with queue_app(desk, agent="marko") as (app, pilot):
        await press(app, pilot, "D", "end", "c", *"Read it.", "f2")
        assert "Checked: Causes." in app.text
    async with queue_app(desk, agent="eva") as (app, pilot):
        await press(app, pilot, "D", "end", "enter")
        check_snapshot(app, "review_80x24")
        await press(app, pilot, "q", "n")
        assert "may not review" in " ".join(app.text.split())


async def test_every_number_opens_its_list(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "D", "down", "down", "enter")
        assert "loop:open is:all age<30d sort:oldest" in app.text
        assert "Ana Zorić" in app.text
        await press(app, pilot, "D", "down", "down", "down", "down", "down", "down", "enter")
        assert 'is:recurred is:all cause="training" category="price"' in app.text
        await press(app, pilot, "enter")
        assert "! CAME AGAIN although it was corrected on Fri 13 Nov 2026: Course" in app.text
        await press(app, pilot, "K")
        assert "! CAME AGAIN" in app.text


async def test_a_review_is_planned_and_changed(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "D", "n", *"Open loops", "tab", "e", *"+2d", "tab", "tab", *"marko", "f2")
        assert "Planned: Open loops." in app.text
    async with queue_app(CaseDesk()) as (app, pilot):
        await press(app, pilot, "D")
        assert "No review is planned yet. n plans the first one." in app.text
        await press(app, pilot, "d")
        assert "Review: go to a planned one first." in app.text


async def test_a_sample_is_drawn_and_audited_and_stands_in_the_result(desk: CaseDesk) -> None:
    for promise in desk.file(1).promises:
        desk.services.items.settle_promise(1, promise.id, PromiseOutcome.KEPT)
    case = desk.file(1).case
    desk.services.closure.close(1, {"outcome": "void", "closing_note": "By mistake."}, case.version)
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "D", "s", "f2")
        assert "Sample, 0 of 1 cases looked at: 0 yes, 0 partly, 0 no · Causes" in app.text
        await press(app, pilot, "a", "y", "n", "f2")
        check_snapshot(app, "sample_80x24")
        await press(app, pilot, "u")
        assert "Nobody has looked at it yet." in app.text
        await press(app, pilot, "U", "q")
        assert "1 of 1 cases looked at: 1 yes, 0 partly, 1 no" in app.text
        await press(app, pilot, "d", "f2", "end", "enter")
        assert "taken as it was told    1 yes, 0 partly, 0 no" in app.text
