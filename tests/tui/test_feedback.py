"""The loop of a case and the feedback to oneself, by keys at 80 by 24."""

from __future__ import annotations

import pytest

from tests.builders import NOW, an_agent
from tests.tui.case_desk import CaseDesk, case_app, press, queue_app
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import Role


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with a case whose cause is known, with Marko in the team North."""
    desk = CaseDesk()
    case = desk.take(contact_wanted=True)
    desk.services.closure.save_cause(case.id, {"cause": "training", "factors": "New colleague."}, case.version)
    with desk.store.writing() as writer:
        writer.put_agent(an_agent("marko", team="North"))
        writer.put_agent(an_agent("eva", role=Role.AGENT))
    desk.now = NOW
    return desk


async def test_the_loop_says_what_is_next_and_feedback_is_sent(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "K")
        assert "Loop: analysed; next: feedback to whoever can correct it (n)" in app.text
        assert "! WANTS TO BE CONTACTED, never contacted yet" in app.text
        await press(app, pilot, "n")
        assert "Cause: training" in app.text
        assert "New colleague." in app.text
        await press(app, pilot, *"Nor", "down", "enter", *"Ring before you come.", "f2")
        check_snapshot(app, "loop_80x24")
        await press(app, pilot, "v")
        assert "Read for its quality by ana, Wed 18 Nov 13:00" in app.text
        await press(app, pilot, "r")
        assert "Feedback: go to one first." in app.text
        await press(app, pilot, "c")
        assert "WANTS TO BE CONTACTED" not in app.text
        await press(app, pilot, "u")
        assert "! WANTS TO BE CONTACTED" in app.text
        await press(app, pilot, "q")
        assert "Feedback to team North" in app.text
    (sent,) = desk.file(1).feedback
    assert (sent.to, sent.to_team, sent.text) == ("North", True, "Ring before you come.")


async def test_whoever_it_is_for_is_told_reads_and_answers(desk: CaseDesk) -> None:
    desk.services.feedback.send(1, {"to": "marko", "text": "Ring before you come."})
    desk.services.feedback.send(1, {"to": "North", "text": "All of you."})
    async with queue_app(desk, agent="marko") as (app, pilot):
        assert "2 items of feedback for you to read (F)" in app.text
        await press(app, pilot, "F")
        check_snapshot(app, "feedback_80x24")
        await press(app, pilot, "r")
        assert "1 not read, 2 not answered" in app.text
        assert "READ by marko Wed 18 Nov 13:00, no answer yet" in app.text
        await press(app, pilot, "a", *"We will.", "f2")
        assert "1 not read, 1 not answered" in app.text
        assert "Answer: We will." in app.text
        await press(app, pilot, "u")
        assert "1 not read, 2 not answered" in app.text
        await press(app, pilot, "enter")
        assert "Washing machine arrived broken" in app.text
        await press(app, pilot, "K", "home", "down", "enter")
        assert "Stored: it is read." in app.text


async def test_nothing_fed_back_is_said_in_a_sentence(desk: CaseDesk) -> None:
    async with queue_app(desk) as (app, pilot):
        await press(app, pilot, "F")
        assert "Nothing was fed back to you or your team yet. K in a case sends it" in app.text
        await press(app, pilot, "r")
        assert "Feedback: there is none to read or answer." in app.text


async def test_only_reviewers_mark_a_case_as_read(desk: CaseDesk) -> None:
    async with case_app(desk, 1, agent="eva") as (app, pilot):
        await press(app, pilot, "K", "v")
        assert "may not review cases" in " ".join(app.text.split())
    assert desk.file(1).readings == ()


async def test_what_needs_no_correction_says_why(desk: CaseDesk) -> None:
    case = desk.file(1).case
    values = {"cause": "training", "no_process_action_because": "It was one parcel."}
    desk.services.closure.save_cause(1, values, case.version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "K")
        assert "Loop: nothing to correct, because It was one parcel." in app.text
