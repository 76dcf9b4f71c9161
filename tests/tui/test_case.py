"""One case by its keys."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOW, an_absence
from tests.tui.case_desk import CaseDesk, DeskApp, case_app, press, type_text
from tests.tui.snapshot import check_snapshot
from tuitrack.domain.words import PromiseOutcome, Status
from tuitrack.services.casefile import TIMELINE_PAGE
from tuitrack.tui.form import FormScreen
from tuitrack.tui.screens.case import CaseScreen
from tuitrack.tui.screens.reader import ReaderScreen
from tuitrack.tui.widgets.block_list import BlockList
from tuitrack.tui.widgets.case_view import CaseView


@pytest.fixture
def desk() -> CaseDesk:
    """A desk with one case, asked about, acted on and five days old."""
    desk = CaseDesk()
    case = desk.take()
    casework, items = desk.services.casework, desk.services.items
    casework.log_call(case.id, {"direction": "inbound", "purpose": "status", "note": "Where is it?"})
    items.add_action(case.id, {"what": "send a technician", "due_at": desk.now + timedelta(days=9)})
    desk.services.remedies.offer(case.id, {"kind": "coupon", "amount": "20", "code": "X1"})
    casework.add_note(case.id, {"text": "Seen at home.", "occurred_at": desk.now - timedelta(hours=20)})
    desk.now = NOW
    return desk


@pytest.mark.parametrize(("name", "size"), [("case_80x24", (80, 24)), ("case_200x50", (200, 50))])
async def test_a_case_at_once(desk: CaseDesk, name: str, size: tuple[int, int]) -> None:
    async with case_app(desk, 1, size=size) as (app, _):
        check_snapshot(app, name)


async def test_what_is_marked_shows_without_colour(desk: CaseDesk) -> None:
    app = DeskApp(desk, environ={"NO_COLOR": "1"})
    async with app.run_test(size=(80, 24)):
        await app.open_case(1)
        await app.settle()
        check_snapshot(app, "case_80x24")
        strips = app.screen._compositor.render_strips()
        marked = next(strip for strip in strips if strip.text.startswith("> Fri"))
        assert all(segment.style is not None and segment.style.reverse for segment in marked)


async def test_a_new_case_with_nothing_open_names_the_keys(desk: CaseDesk) -> None:
    case = desk.take(return_at=None, no_return_reason="does not want a call")
    async with case_app(desk, case.id) as (app, _):
        check_snapshot(app, "case_nothing_open")


async def test_one_key_settles_the_marked_item_and_pressed_twice_never_the_next(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "tab", "d", "d")
        assert "Which one?" in app.text
        (promise,) = desk.file(1).promises
        assert promise.outcome is PromiseOutcome.KEPT
        assert desk.file(1).actions[0].is_open
        await press(app, pilot, "d")
        assert not desk.file(1).actions[0].is_open


async def test_the_only_open_item_is_settled_without_marking_it() -> None:
    desk = CaseDesk()
    desk.take()
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "d")
        assert "Promise kept: get back to the customer" in app.text
        assert desk.file(1).promises[0].outcome is PromiseOutcome.KEPT


async def test_a_remedy_is_chosen_then_delivered_or_declined(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "tab", "end", "d")
        assert desk.file(1).remedies[0].chosen is True
        await press(app, pilot, "tab", "end", "w")
        assert desk.file(1).remedies[0].chosen is False


async def test_a_broken_promise_asks_why(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "tab", "w", "b")
        await type_text(app, pilot, "nobody called")
        await press(app, pilot, "f2")
        (promise,) = desk.file(1).promises
        assert (promise.outcome, promise.settled_note) == (PromiseOutcome.BROKEN, "nobody called")
        assert isinstance(app.screen, CaseScreen)


async def test_what_a_form_stored_is_told_and_marked(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n")
        await type_text(app, pilot, "She has [b]two[/b] of them")
        await press(app, pilot, "f2")
        assert "Note stored." in app.text
        assert "She has [b]two[/b] of them" in app.text
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        assert screen.view.marked_entry is not None
        assert screen.view.marked_entry.body == "She has [b]two[/b] of them"


async def test_a_whole_journey_in_one_burst(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "n", *"first note", "f2", "n", *"second note", "f2", "exclamation_mark")
        bodies = [entry.body for entry in desk.file(1).entries]
        assert "first note" in bodies
        assert "second note" in bodies
        assert desk.file(1).case.priority == "urgent"


async def test_a_change_by_somebody_else_is_told_before_mine_is_made(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        marko = desk.services_of("marko")
        marko.casework.toggle_urgent(1, desk.file(1).case.version)
        await press(app, pilot, "exclamation_mark")
        assert "was changed since you opened it (marko: Priority: urgent)" in app.text.replace("\n", "")
        assert "URGENT" in app.text
        assert desk.file(1).case.priority == "urgent"
        await press(app, pilot, "exclamation_mark")
        assert desk.file(1).case.priority == "normal"


async def test_a_form_keeps_its_text_when_somebody_else_was_first(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "m", "w")
        await type_text(app, pilot, "asked for a photo")
        marko = desk.services_of("marko").casework
        marko.assign(1, "marko", desk.file(1).case.version, "ana is ill")
        marko.move(1, Status.INVESTIGATING, desk.file(1).case.version)
        await press(app, pilot, "f2", "escape")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.body.texts["reason"] == "asked for a photo"
        await press(app, pilot, "f2")
        assert (desk.file(1).case.status, desk.file(1).case.owner) == ("waiting", "marko")


async def test_a_case_of_somebody_else_is_taken_only_with_a_reason(desk: CaseDesk) -> None:
    desk.services.casework.assign(1, "marko", desk.file(1).case.version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "t")
        check_snapshot(app, "take_80x24")
        await press(app, pilot, "f2")
        assert "Because: this is needed." in app.text
        assert desk.file(1).case.owner == "marko"
        await press(app, pilot, *"Marko is ill", "f2")
        assert desk.file(1).case.owner == "ana"
        assert (desk.file(1).entries[-1].summary, desk.file(1).entries[-1].body) == ("Owner: ana", "Marko is ill")


async def test_who_is_away_is_said_when_they_get_a_case_and_as_long_as_they_have_it(desk: CaseDesk) -> None:
    today = desk.now.date()
    with desk.store.writing() as writer:
        writer.add(an_absence("marko", since=today, until=today + timedelta(days=2), deputy="ana"))
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "h", *"marko", "f2")
        assert "Owner stored. marko is away until" in app.text
        assert "owner marko AWAY until" in app.text
        assert "deputy ana" in app.text
        await press(app, pilot, "h", "f2")
        assert "Because: this is needed." in app.text


async def test_a_case_is_handed_over_to_a_known_agent_only(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "h")
        await type_text(app, pilot, "nobody-here")
        await press(app, pilot, "f2")
        assert "there is no agent" in app.text
        await press(app, pilot, *["backspace"] * 11)
        await type_text(app, pilot, "marko")
        await press(app, pilot, "f2")
        assert desk.file(1).case.owner == "marko"


async def test_a_full_disk_is_a_sentence_and_changes_nothing(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        desk.store.full = True
        await press(app, pilot, "exclamation_mark")
        check_snapshot(app, "case_full_disk")
        desk.store.full = False
        await press(app, pilot, "exclamation_mark")
        assert desk.file(1).case.priority == "urgent"


async def test_refresh_keeps_the_marked_entry(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        await press(app, pilot, "up", "up")
        marked = screen.view.marked_entry
        await press(app, pilot, "f5")
        assert marked is not None
        assert screen.view.marked_entry == marked


async def test_earlier_entries_come_when_one_goes_up_from_the_first(desk: CaseDesk) -> None:
    for number in range(TIMELINE_PAGE):
        desk.services.casework.add_note(1, {"text": f"note {number}"})
    async with case_app(desk, 1) as (app, pilot):
        assert f"Timeline: {TIMELINE_PAGE} entries (Enter shows one whole, Up from the first: earlier ones)" in app.text
        marked = app.screen.query_one("#timeline", BlockList)
        await press(app, pilot, "home")
        first = marked.chosen
        await press(app, pilot, "up")
        assert marked.chosen == first
        latest = desk.file(1).entries
        total = len(latest) + len(desk.services.casefile.earlier(1, latest[0]))
        assert f"Timeline: {total} entries" in app.text
        await press(app, pilot, "up", "up", "up", "up", "up", "up", "up")
        assert "Seen at home." in app.text


async def test_a_long_text_is_read_page_by_page(desk: CaseDesk) -> None:
    desk.services.casework.add_note(1, {"text": "\n".join(f"line {number}" for number in range(2000))})
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        check_snapshot(app, "reader_80x24")
        await press(app, pilot, "end")
        assert "line 1999" in app.text
        await press(app, pilot, "q")
        assert isinstance(app.screen, CaseScreen)


async def test_what_was_said_stands_together(desk: CaseDesk) -> None:
    desk.services.casework.add_note(1, {"text": "I was not there.", "kind": "statement", "by": "Luka"})
    async with case_app(desk, 1, size=(120, 40)) as (app, pilot):
        await press(app, pilot, "i")
        check_snapshot(app, "statements_120x40")


async def test_a_correction_stands_at_what_it_corrects(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "home", "v")
        await press(app, pilot, *["backspace"] * len("Seen at home."))
        await type_text(app, pilot, "Seen at work.")
        await press(app, pilot, "f2", "home")
        assert "Seen at home." in app.text
        assert "CORRECTED Wed 18 Nov 13:00 ana: Seen at work." in app.text


@pytest.mark.parametrize(
    "text", ["[/]", "[@click=app.quit]x[/]", "\x1b]52;c;AAAA\x07", "\u202eevil", "🏳️‍🌈" * 60, "ا" * 500]
)
async def test_text_that_people_typed_is_only_text(text: str) -> None:
    desk = CaseDesk()
    desk.take(subject=f"subject {text}"[:190], words=text, to_clarify=text, remedy_wanted=text[:190])
    desk.services.casework.add_note(1, {"text": text * 3})
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "enter", "q", "i", "q", "s", "escape", "C", "q", "x", "escape", "c", "escape")
        assert isinstance(app.screen, CaseScreen)
        assert "\x1b" not in app.text


async def test_a_closed_case_says_how_it_goes_on(desk: CaseDesk) -> None:
    closure = desk.services.closure
    desk.services.items.settle_promise(1, 1, PromiseOutcome.KEPT)
    version = desk.file(1).case.version
    closure.close(1, {"outcome": "withdrawn", "closing_note": "Customer found the cause"}, version)
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x")
        assert "R opens it again" in app.text
        await press(app, pilot, "m")
        assert "a closed case is opened again with R" in app.text
        await press(app, pilot, "R")
        await type_text(app, pilot, "it broke again")
        await press(app, pilot, "f2")
        assert "REOPENED 1 time" in app.text
        assert desk.file(1).entries[-1].body == "it broke again"


@pytest.mark.parametrize(("size", "shown"), [((80, 24), 2), ((200, 50), 6)])
async def test_a_long_list_of_what_is_open_leaves_room_for_the_timeline(size: tuple[int, int], shown: int) -> None:
    desk = CaseDesk()
    desk.take()
    for number in range(5):
        desk.services.items.add_action(1, {"what": f"ask carrier {number}", "due_at": NOW + timedelta(days=40)})
    desk.services.escalations.escalate(1, {"level": "2", "to": "marko", "reason": "press"}, desk.file(1).case.version)
    async with case_app(desk, 1, size=size) as (app, _):
        view = app.screen.query_one(CaseView)
        assert view.work.size.height == shown
        assert view.timeline.size.height >= 8
        assert "! ESCALATED to" in app.text


async def test_a_refusal_stands_right_under_choices_of_several_lines(desk: CaseDesk) -> None:
    async with case_app(desk, 1) as (app, pilot):
        await press(app, pilot, "x", "ctrl+r", "f2")
        lines = app.text.splitlines()
        last = next(number for number, line in enumerate(lines) if "[e]ntered by mistake" in line)
        assert lines[last + 1].strip() == "! Outcome: this is needed."
