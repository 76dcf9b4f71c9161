"""Two agents over SSH on one case, from a file and from a server: they see each other, save at once, lose nothing."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desk import quit_from_queue
from tests.e2e.ssh_host import SSHD, SshHost
from tests.e2e.terminal import Terminal
from tests.faults.disks import held
from tests.postgresql_server import Server, running

pytestmark = pytest.mark.skipif(SSHD is None, reason="there is no sshd here; Debian has it in openssh-server")


@dataclass(frozen=True)
class Place:
    """A host of agents, and what keeps its desk."""

    host: SshHost
    away: Callable[[], AbstractContextManager[None]]
    """While it lasts, nothing can be stored."""
    told: str
    """What is said of that."""


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A host with a new desk, which a file keeps that somebody may hold, or a server that may be restarted."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    if request.param == "file":
        with SshHost(home, tmp_path) as host:
            yield Place(host, lambda: held(home), "The database is busy")
        return
    with running() as server, SshHost(home, tmp_path, server.address()) as host:
        yield Place(host, lambda: restarted(server), "does not answer")


@contextmanager
def restarted(server: Server) -> Iterator[None]:
    """The server ends in the middle of all connections, and runs again afterwards."""
    server.stop()
    yield
    server.start()


def test_two_agents_on_one_case(place: Place) -> None:
    host = place.host
    told = ("--name", "Marija Zorić", "--phone", "091 234 5678", "--subject", "Line drops", "--return-at", "+3d")
    reference = host.run("new", *told).strip()
    host.run("agent", "add", "Bo")
    bos_key = host.let_in("bo")
    with host.log_in(host.let_in("ana")) as ana:
        with host.log_in(bos_key) as bo:
            for desk in (ana, bo):
                open_case(desk, reference)
            they_see_each_other(ana, bo)
            other_fields_are_merged(ana, bo)
            the_same_field_asks(ana, bo)
            a_line_is_cut_in_the_middle_of_a_date(ana, bo)
        with host.log_in(bos_key, cols=120, rows=40) as bo:
            open_case(bo, reference)
            the_form_goes_on_at_the_same_place(ana, bo)
            the_database_is_away_while_one_types_and_saves(place, ana, bo)
            for desk in (ana, bo):
                desk.press("q")
                quit_from_queue(desk)
    assert_all_is_stored_once(json.loads(host.run("show", reference, "--json")))


def open_case(desk: Terminal, reference: str) -> None:
    """Open the only case from the queue."""
    desk.wait_for(re.compile(rf"^> .*{reference}", re.MULTILINE))
    desk.press("enter")
    desk.wait_for("Timeline:")


def they_see_each_other(ana: Terminal, bo: Terminal) -> None:
    """Each reads who else is in the case, who types there, and what is stored, without a key."""
    ana.wait_for("here: bo")
    bo.wait_for("here: ana")
    bo.press("n")
    bo.wait_for("Said or written by")
    bo.type("She was at the depot")
    ana.wait_for("here: bo types")
    bo.press("f2")
    ana.wait_for("She was at the depot")


def other_fields_are_merged(ana: Terminal, bo: Terminal) -> None:
    """Two who change different fields at once are not asked anything."""
    both_edit(ana, bo)
    ana.press(*["tab"] * 4)
    ana.type("Router")
    ana.wait_for(re.compile(r"Product +Router"))
    rewrite_subject(bo, "Line drops at night")
    save(ana, "Edit  C")
    save(bo, "Edit  C")
    for desk in (ana, bo):
        desk.wait_for(re.compile(r"product: .*Router"))
        desk.wait_for("subject: Line drops → Line drops at night")


def the_same_field_asks(ana: Terminal, bo: Terminal) -> None:
    """Who saves later sees both values and who wrote the other one, and chooses."""
    both_edit(ana, bo)
    rewrite_subject(ana, "Line drops since May")
    rewrite_subject(bo, "Line drops in rain")
    save(ana, "Edit  C")
    bo.press("f2")
    bo.wait_for("ana changed the same meanwhile")
    bo.wait_for("“Line drops since May”")
    bo.wait_for("you: “Line drops in rain”")
    bo.press("m")
    bo.wait_gone("Edit  C")
    for desk in (ana, bo):
        desk.wait_for("Line drops since May → Line drops in rain")


def a_line_is_cut_in_the_middle_of_a_date(ana: Terminal, bo: Terminal) -> None:
    """Bo's ssh is killed with the cursor inside the second field of a promise; Ana sees that Bo is gone."""
    ana.wait_for("here: bo")
    bo.press("p")
    bo.wait_for("What was promised")
    bo.type("Ring her back\rfri 0")
    bo.press("left", "1")
    bo.wait_for(re.compile(r"By when \* +fri 10"))
    bo.process.send_signal(signal.SIGKILL)
    bo.process.wait()
    ana.wait_gone("here: bo")


def the_form_goes_on_at_the_same_place(ana: Terminal, bo: Terminal) -> None:
    """From another machine, the next key lands where the line was cut."""
    bo.press("p")
    bo.wait_for("Going on where you left off")
    bo.type("4:3")
    bo.wait_for(re.compile(r"By when \* +fri 14:30 +=.*14:30"))
    bo.wait_for(re.compile(r"What was promised \* +Ring her back"))
    save(bo, "Going on where")
    ana.wait_for("Ring her back")


def the_database_is_away_while_one_types_and_saves(place: Place, ana: Terminal, bo: Terminal) -> None:
    """Ana is told that nothing was stored, goes on typing and saves; Bo's save only takes longer, or is told too."""
    for desk, text in ((ana, "She will"), (bo, "Luka will")):
        desk.press("n")
        desk.wait_for("Said or written by")
        desk.type(text)
        desk.wait_for(text)
    with place.away():
        ana.press("f2")
        ana.wait_for(place.told)
        ana.type(" wait")
        ana.wait_for("She will wait")
    save(ana, "Said or written by")
    bo.wait_for("Luka will")
    with place.away():
        bo.press("f2")
    bo.wait_for(re.compile(rf"{place.told}|\A(?!.*Said or written by)", re.DOTALL))
    if "Said or written by" in bo.text:
        save(bo, "Said or written by")
    ana.wait_for("Luka will")
    bo.wait_for("She will wait")


def both_edit(ana: Terminal, bo: Terminal) -> None:
    """Both open the case for editing before either saves."""
    for desk in (ana, bo):
        desk.press("e")
        desk.wait_for("Edit  C")


def rewrite_subject(desk: Terminal, subject: str) -> None:
    """Give the case another subject in the form that is open."""
    desk.press("end", "ctrl+u")
    desk.type(subject)
    desk.wait_for(re.compile(rf"Subject +{subject}"))


def save(desk: Terminal, form: str) -> None:
    """Save what was typed, and wait until the form, known by these words, is gone."""
    desk.press("f2")
    desk.wait_gone(form)


def assert_all_is_stored_once(case: dict[str, Any]) -> None:
    """Every text is there, once, under the name of its agent, the one that gave way as well."""
    assert (case["subject"], case["product"]) == ("Line drops in rain", "Router")
    (promise,) = [one for one in case["promises"] if one["what"] == "Ring her back"]
    assert promise["by"] == "bo"
    timeline = json.dumps(case["timeline"])
    for text, by in (("She was at the depot", "bo"), ("She will wait", "ana"), ("Luka will", "bo")):
        assert [entry["by"] for entry in case["timeline"] if entry["body"] == text] == [by], timeline
    assert "Line drops since May" in timeline
