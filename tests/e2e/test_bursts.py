"""Whole journeys sent in one write, as a fast typist over a slow line sends them: no key is lost, none runs astray."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import COMMAND, REFERENCE, environment, looking_in, start, stored, take
from tests.e2e.far_line import FarLine
from tests.e2e.ssh_host import SSHD, SshHost
from tests.e2e.terminal import KEYS, Terminal
from tuitrack.domain.promises import LedgerQuery, Standing
from tuitrack.domain.queue import QueueQuery, Scope
from tuitrack.domain.words import CallPurpose, CallResult, Status

SAVE = KEYS["f2"].decode()
LAUNCHERS = ["pty", *(["tmux"] if shutil.which("tmux") else []), *(["from afar"] if SSHD else [])]


class Hands:
    """Sends keys in one burst, straight into the terminal or by `tmux send-keys`."""

    def __init__(self, desk: Terminal, tmux: list[str] | None = None) -> None:
        self.desk = desk
        self._tmux = tmux

    def burst(self, keys: str) -> None:
        """Send all keys at once."""
        if self._tmux is None:
            self.desk.type(keys)
        else:
            subprocess.run([*self._tmux, "send-keys", "-l", keys], check=True)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A desk with a few cases."""
    home = tmp_path / "home"
    home.mkdir()
    with looking_in(home) as services:
        for number in range(3):
            take(services, f"Person {number}", f"Subject {number}")
        take(services, "Ivo Perić", "Noise")
        take(services, "Marija Zorić", "Line drops")
    return home


@pytest.fixture(params=LAUNCHERS)
def hands(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Iterator[Hands]:
    """The desk at its queue: in the terminal itself, behind tmux, and over SSH from far away, where they are."""
    if request.param == "pty":
        with start(home) as desk:
            desk.wait_for("[Open work: 5]")
            yield Hands(desk)
        return
    if request.param == "from afar":
        with (
            SshHost(home, tmp_path) as host,
            FarLine(host.port) as line,
            host.log_in(host.let_in("ana"), port=line.port) as desk,
        ):
            desk.wait_for("[Open work: 5]")
            yield Hands(desk)
        return
    tmux = ["tmux", "-f", "/dev/null", "-S", str(tmp_path / "socket")]
    with Terminal([*tmux, "new-session", shlex.join(COMMAND)], env=environment(home), cwd=home) as desk:
        desk.wait_for("[Open work: 5]")
        yield Hands(desk, tmux)
        subprocess.run([*tmux, "kill-server"], check=False)


def test_a_day_in_one_write(hands: Hands, home: Path) -> None:
    intake = f"nIva Novak\r091 777 888\rScreen cracked\rfri 10:00\r\rdropped? no!{SAVE}\r"
    call = f"ovrnShe wants an overdue answer.{SAVE}"
    note = f"nquit, not now; x marks o and d.{SAVE}"
    action = f"aSend a courier\r+2d{SAVE}"
    promise = "pRing back\rtomorrow 15:00\r\r\r"
    hands.burst(f"{intake}{call}{note}{action}{promise}qq")
    assert hands.desk.wait_exit() == 0
    with looking_in(home) as services:
        case = services.queue.page(QueueQuery(text="cracked")).rows[0]
        file = services.casefile.open(case.id)
        assert services.queue.counts(QueueQuery(scope=Scope.ALL)).all == 6
        assert services.drafts.all() == []
    assert file.customer.name == "Iva Novak"
    assert file.case.words == "dropped? no!"
    assert (file.calls[-1].purpose, file.calls[-1].result) == (CallPurpose.VERIFY, CallResult.REACHED)
    texts = [entry.body for entry in file.entries]
    assert "She wants an overdue answer." in texts
    assert "quit, not now; x marks o and d." in texts
    assert [action.what for action in file.actions] == ["Send a courier"]
    assert {promise.what for promise in file.promises} == {"get back to the customer", "Ring back"}
    assert file.case.status is Status.OPEN


def test_searches_and_go_to_in_one_write(hands: Hands) -> None:
    desk = hands.desk
    hands.burst("/zoric\r")
    desk.wait_for("Timeline:")
    desk.wait_for("Marija Zorić")
    hands.burst("q/dua overdue\x15noise\r")
    desk.wait_for(re.compile(r"^C\d.*Noise", re.MULTILINE))
    hands.burst("gzorić\r")
    desk.wait_for("Line drops")
    found = REFERENCE.search(desk.text)
    assert found is not None
    hands.burst(f"qq{found[0][1:]}\rn")
    desk.wait_for("Said or written by")
    desk.wait_for(f"Note  {found[0]}")


def test_a_settled_promise_and_a_closure_step_in_one_write(hands: Hands, home: Path) -> None:
    desk = hands.desk
    hands.burst(f"/zoric\rdxReplaced the box.{SAVE}yOur box.\tTold her so.{SAVE}")
    desk.wait_for("[3 cause and actions")
    with looking_in(home) as services:
        reference = services.queue.page(QueueQuery(text="zoric")).rows[0].reference
    file = stored(home, reference)
    assert [promise.is_open for promise in file.promises] == [False]
    assert (file.case.resolution, file.case.explanation) == ("Replaced the box.", "Told her so.")
    assert file.case.customer_confirmed_on is None


def test_steps_of_the_procedure_in_one_write(hands: Hands, home: Path) -> None:
    desk = hands.desk
    hands.burst(f"/zoric\r1250S67>dksNobody was asked.{SAVE}wwrong{SAVE}dqnThat was all.{SAVE}")
    desk.wait_for("Note stored.")
    found = REFERENCE.search(desk.text)
    assert found is not None
    file = stored(home, found[0])
    done = {step.step.id for step in file.steps if step.is_done}
    assert done == {"act", "listen", "record", "empathise", "thank", "apologise", "promises", "feedback", "quality"}
    assert [promise.is_open for promise in file.promises] == [True]
    told = [entry.body for entry in file.entries if entry.body]
    assert told[-3:] == ["Nobody was asked.", "wrong", "That was all."]


def test_promises_settled_in_their_ledger_in_one_write(hands: Hands, home: Path) -> None:
    hands.burst(f"Pjddwjwbquite forgot{SAVE}Bqq")
    assert hands.desk.wait_exit() == 0
    with looking_in(home) as services:
        lines = [
            line
            for word in (Standing.OPEN, Standing.KEPT, Standing.BROKEN)
            for line in services.promises.page(LedgerQuery(standing=word))
        ]
    assert [(line.customer, line.standing) for line in sorted(lines, key=lambda line: line.id)] == [
        ("Person 0", Standing.OPEN),
        ("Person 1", Standing.KEPT),
        ("Person 2", Standing.BROKEN),
        ("Ivo Perić", Standing.OPEN),
        ("Marija Zorić", Standing.OPEN),
    ]


def test_beside_a_wide_list_stands_the_case_at_which_a_burst_ends(home: Path) -> None:
    with start(home, 160, 40) as desk:
        desk.wait_for(re.compile(r"│ C\d\d-\d{6}-\d Subject 0"))
        desk.type(f"jjjkJJKpp/zoric{KEYS['down'].decode()}jk")
        desk.wait_for(re.compile(r"│ C\d\d-\d{6}-\d Line drops"))
        desk.press("esc", "k")
        desk.wait_for(re.compile(r"│ C\d\d-\d{6}-\d Noise"))
        desk.resize(139, 40)
        desk.wait_gone("│")
        desk.resize(80, 50)
        desk.wait_for("What happened, the latest first")
        assert "│" not in desk.text
