"""What a person does all day, in a real terminal: a complaint taken, followed and closed, found again, corrected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.e2e.desk import REFERENCE, looking_in, order_by, quit_from_queue, start, stored, take
from tests.e2e.terminal import Terminal
from tuitrack.domain.queue import QueueQuery, Scope, Sort
from tuitrack.domain.words import CallPurpose, CallResult, Mood, Outcome, PromiseOutcome, Status


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The folder of a desk of one test."""
    return tmp_path / "home"


@pytest.fixture
def desk(home: Path) -> Iterator[Terminal]:
    """A desk without a case, at its queue."""
    with start(home) as desk:
        desk.wait_for("No case yet")
        yield desk


def take_by_letter(desk: Terminal, name: str, phone: str, subject: str, words: str) -> str:
    """Take a complaint that came in yesterday, up to the card with its reference, which is returned."""
    desk.press("n")
    desk.wait_for("Subject")
    desk.press(*["shift+tab"] * 7)
    replace_line(desk, "yesterday 9:00")
    desk.press(*["tab"] * 7)
    desk.type(f"{name}\r{phone}\r{subject}\rfri 10:00\r\r{words}")
    desk.wait_for(re.compile(r"= .*Fri .*10:00"))
    desk.press("f2")
    desk.wait_for("Its reference for the customer")
    card = desk.wait_for(re.compile(r"Read out: C, .*check"))
    found = REFERENCE.search(card)
    assert found is not None
    return found[0]


def log_call_out(desk: Terminal, letters: str, note: str) -> None:
    """Log a call to the customer; `letters` answer the purpose and the result."""
    desk.press("o")
    desk.wait_for("Call to the customer")
    desk.type(f"{letters}n{note}")
    desk.press("f2")
    desk.wait_gone("Call to the customer")
    desk.wait_for(note)


def replace_line(desk: Terminal, text: str) -> None:
    """Type over what stands in the line under the cursor."""
    desk.press("end", "ctrl+u")
    desk.type(text)


def go_to(desk: Terminal, sought: str) -> None:
    """Open what answers to a text."""
    desk.press("g")
    desk.wait_for("Reference, phone, account number or name")
    desk.type(f"{sought}\r")


def test_a_complaint_from_the_first_call_to_both_dates(desk: Terminal, home: Path) -> None:
    desk.wait_for("Press n")
    reference = take_by_letter(desk, "Ana Kovač", "091 994 7428", "Kettle leaks", "It leaks.\rSince Monday.")
    desk.press("enter")
    desk.wait_for("Timeline: 2 entries")
    desk.wait_for("Since Monday.")

    log_call_out(desk, "ur", "A new one is on its way.")
    desk.press("a")
    desk.wait_for("What is to be done")
    desk.type("Send a new kettle\r+2d")
    desk.press("f2")
    desk.wait_for("Open: 2")
    desk.press("p")
    desk.wait_for("What was promised")
    desk.type("Parcel number by mail\rtomorrow 15:00\r\r\r")
    desk.wait_for("Open: 3")
    desk.press("n")
    desk.wait_for("Said or written by")
    desk.type("She works until 17:00.")
    desk.press("f2")
    desk.wait_for("Timeline: 6 entries")

    for left, told in ((2, "Parcel number"), (1, "Send a new kettle")):
        desk.press("tab", "home")
        desk.wait_for(re.compile(f"> (promise|action) .*{told}"))
        desk.press("d")
        desk.wait_for(f"Open: {left} ")
    desk.press("d")
    desk.wait_for("Nothing is open")

    desk.press("x")
    desk.wait_for("[1 what was done")
    desk.type("A new kettle was sent.")
    desk.press("tab")
    replace_line(desk, "yesterday")
    desk.press("f2")
    desk.wait_for("[2 justified or not")
    desk.type("yThe lid was cracked.")
    desk.press("tab")
    desk.type("Told what broke.")
    desk.press("f2")
    desk.wait_for("[3 cause and actions")
    desk.type("packaging\t\tOne parcel.")
    desk.press("f2")
    desk.wait_for("[4 the customer's word")
    resolved = stored(home, reference).case
    assert resolved.status is Status.RESOLVED
    assert resolved.company_resolved_on is not None
    assert resolved.customer_confirmed_on is None

    desk.press("f9")
    desk.wait_for("Call to the customer")
    desk.type("rnAll is well, she says.")
    desk.press("f2")
    desk.wait_for(re.compile(r"\(•\) \[1\].*verify"))
    desk.type("today\t\ts")
    desk.press("f2")
    desk.wait_for("[5 review and close")
    desk.wait_for("(•) [c]onfirmed")
    desk.press("f2")
    desk.wait_for("Close the case")
    desk.press("right", "enter")
    desk.wait_for("Timeline:")
    desk.wait_for(re.compile(r"closed", re.IGNORECASE))
    desk.press("q")
    quit_from_queue(desk)

    with start(home) as again:
        again.wait_for("[Open work: 0]")
        again.press("v", "v")
        again.wait_for(reference)
        go_to(again, reference)
        again.wait_for("Timeline:")
        again.wait_for("Company resolved on: ")
    file = stored(home, reference)
    case = file.case
    assert case.status is Status.CLOSED
    assert case.outcome is Outcome.CONFIRMED
    assert case.customer_confirmed_on == case.company_resolved_on + timedelta(days=1)  # type: ignore[operator]
    assert case.mood is Mood.SATISFIED
    proof = next(call for call in file.calls if call.id == case.confirming_call_id)
    assert (proof.purpose, proof.result) == (CallPurpose.VERIFY, CallResult.REACHED)
    assert [promise.outcome for promise in file.promises] == [PromiseOutcome.KEPT] * 2
    assert [action.done_on for action in file.actions] != [None]


def test_silence_is_written_down_and_a_closed_case_opens_again(home: Path) -> None:
    with looking_in(home) as services:
        services.staff.add({"name": "Luka"})
        case = take(services, "Ivo Perić", "Invoice twice", return_at=None, no_return_reason="Asked by letter")
        closure = services.closure
        today = services.desk.today()
        done = {"resolution": "Second invoice cancelled.", "company_resolved_on": today}
        seen = closure.save_resolution(case.id, done, case.version).version
        decision = {"justified": "yes", "justified_because": "Ours.", "explanation": "Ours.", "customer_told_on": today}
        seen = closure.save_decision(case.id, decision, seen).version
        closure.save_cause(case.id, {"cause": "system fault", "no_process_action_because": "Seen once."}, seen)
    with start(home, TUITRACK_AGENT="Luka") as desk:
        desk.wait_for(case.reference)
        desk.press("enter")
        desk.wait_for("Timeline:")
        desk.press("x")
        desk.wait_for("[4 the customer's word")
        for attempt in range(1, 4):
            desk.press("f9")
            desk.wait_for("Call to the customer")
            desk.type(f"{'nv'[attempt % 2]}n")
            desk.press("f2")
            desk.wait_for(f"since then: {attempt} of 3")
        desk.press("shift+tab")
        desk.type("Three calls, nobody answers.")
        desk.press("f2")
        desk.wait_for("(•) [u]nconfirmed")
        desk.press("f2")
        desk.wait_for("Close the case")
        desk.press("right", "enter")
        desk.wait_for("Timeline:")
        file = stored(home, case.reference)
        assert (file.case.status, file.case.outcome) == (Status.CLOSED, Outcome.UNCONFIRMED)
        assert file.case.customer_confirmed_on is None

        desk.press("x")
        desk.wait_for("R opens it again")
        desk.press("R")
        desk.wait_for("Reopen C")
        desk.press("f2")
        desk.wait_for("Reason:")
        desk.type("He called: a third invoice came.")
        desk.press("f2")
        desk.wait_for("Reopened.")
        desk.wait_for("a third invoice came")
    assert stored(home, case.reference).case.status is Status.OPEN


def test_two_keys_tell_a_customer_how_it_stands(home: Path) -> None:
    with looking_in(home) as services:
        case = take(services, "Ivo Perić", "Invoice twice")
    with start(home) as desk:
        desk.wait_for(case.reference)
        desk.press("enter")
        desk.wait_for("Customer never had to ask")
        desk.press("s")
        desk.wait_for("Your complaint is")
        desk.press("enter")
        desk.wait_for("Customer had to ask 1 time")
    assert stored(home, case.reference).status_checks == 1


def test_a_case_is_found_however_it_is_named(home: Path) -> None:
    with looking_in(home) as services:
        sought = take(services, "Marija Zorić", "Line drops")
        others = [take(services, f"Person {n}", f"Subject {n}") for n in range(5)]
    with looking_in(home, days_ago=3) as services:
        late = take(services, "Person 6", "Subject 6")
    with start(home) as desk:
        desk.wait_for("[Open work: 7]")
        assert marked_case(desk) == late.reference
        desk.press("o")
        desk.wait_for("[overdue 1]")
        desk.wait_gone(others[0].reference)
        desk.press("a")
        desk.wait_for(others[0].reference)
        assert marked_case(desk) == late.reference
        desk.press("end")
        desk.wait_for(re.compile(f"> .*{others[4].reference}"))
        order_by(desk, Sort.NEWEST)
        assert marked_case(desk) == others[4].reference

        desk.type("/zoric")
        desk.wait_gone("Person")
        desk.wait_for("Zorić")
        desk.press("enter")
        desk.wait_for("Timeline:")
        desk.wait_for(sought.reference)
        desk.press("q")
        desk.wait_for("Search")
        desk.press("esc")
        desk.wait_for("Person 4")

        wrong = sought.reference[:-1] + str((int(sought.reference[-1]) + 1) % 10)
        go_to(desk, wrong)
        desk.wait_for("! ")
        desk.wait_for(re.compile(r"check digit|mis-heard|digit"))
        desk.press("esc")
        desk.wait_gone("│ Go to")
        go_to(desk, "zorić")
        desk.wait_for(re.compile(r"Customer|cases"))
        desk.wait_for("Line drops")


def marked_case(desk: Terminal) -> str:
    """The reference on the marked line of the queue."""
    found = re.search(rf"^> .*({REFERENCE.pattern})", desk.text, re.MULTILINE)
    assert found is not None, desk.text
    return found[1]


def test_a_complaint_solved_in_its_first_call(desk: Terminal, home: Path) -> None:
    desk.press("n")
    desk.wait_for("Subject")
    desk.type("Iva\r091 111 222\rWrong tariff\r\rSolved at once")
    desk.press(*["shift+tab"] * 6)
    desk.type("Tariff put right.")
    desk.press("tab")
    desk.type("today")
    desk.wait_for("= today")
    desk.press("f2")
    card = desk.wait_for("Resolved in this call")
    reference = REFERENCE.search(card)
    assert reference is not None
    desk.press("q")
    desk.wait_for("Wrong tariff")
    case = stored(home, reference[0]).case
    assert case.status is Status.RESOLVED
    assert case.company_resolved_on is not None
    assert case.customer_confirmed_on is None


def test_a_known_customer_is_not_taken_twice(home: Path) -> None:
    with looking_in(home) as services:
        known = take(services, "Marija Zorić", "Line drops")
    with start(home) as desk:
        desk.wait_for(known.reference)
        desk.press("n")
        desk.wait_for("Subject")
        desk.type("zoric")
        desk.wait_for("Marija Zorić")
        desk.press("down", "enter")
        desk.wait_for("1 open of 1 case")
        desk.press("f9")
        desk.wait_for("Timeline:")
        desk.wait_for(known.reference)
        with looking_in(home) as services:
            assert services.queue.counts(QueueQuery(scope=Scope.ALL)).all == 1
