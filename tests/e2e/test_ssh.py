"""Agents over SSH: a key is an agent and nobody else, there is no shell, and a cut line loses no text."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.desk import looking_in, quit_from_queue, take
from tests.e2e.far_line import FarLine
from tests.e2e.ssh_host import SSHD, SshHost
from tests.e2e.terminal import Terminal
from tuitrack.domain.queue import QueueQuery
from tuitrack.services.casefile import CaseFile

pytestmark = pytest.mark.skipif(SSHD is None, reason="there is no sshd here; Debian has it in openssh-server")


@contextmanager
def host_in(folder: Path) -> Iterator[SshHost]:
    """A host with a desk of one case and two agents."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    with looking_in(home, "Bo") as services:
        take(services, "Marija Zorić", "Line drops")
    with SshHost(home, folder) as host:
        yield host


@pytest.fixture
def host(tmp_path: Path) -> Iterator[SshHost]:
    """A host for one test."""
    with host_in(tmp_path) as host:
        yield host


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SshHost, Path]]:
    """A host that several attempts to break out are made at, and the key of the one who makes them."""
    with host_in(tmp_path_factory.mktemp("attacked")) as host:
        yield host, host.let_in("ana")


def open_case(desk: Terminal) -> None:
    """Open the only case from the queue."""
    desk.wait_for("[Open work: 1]")
    desk.press("enter")
    desk.wait_for("Timeline:")


def only_case(host: SshHost) -> CaseFile:
    with looking_in(host.home) as services:
        (row,) = services.queue.page(QueueQuery()).rows
        return services.casefile.open(row.id)


def test_two_agents_are_two_people_on_one_case(host: SshHost) -> None:
    with host.log_in(host.let_in("ana")) as ana, host.log_in(host.let_in("bo")) as bo:
        for desk, text in ((ana, "from ana"), (bo, "from bo")):
            open_case(desk)
            desk.type(f"n{text}")
            desk.wait_for(text)
            desk.press("f2")
            desk.wait_for("Note stored.")
        ana.resize(120, 40)
        ana.press("f5")
        ana.wait_for("from bo")
        for desk in (ana, bo):
            desk.press("q")
            quit_from_queue(desk)
    assert {entry.body: entry.by for entry in only_case(host).entries if entry.body.startswith("from")} == {
        "from ana": "ana",
        "from bo": "bo",
    }


@pytest.mark.parametrize(
    ("options", "command"),
    [
        ([], ["id"]),
        ([], ["--as", "bo"]),
        ([], ["tuitrack --as bo list; touch $HOME/broken-in; `touch $HOME/broken-in`"]),
        (["-T"], []),
        (["-s"], ["sftp"]),
        (["-o", "SetEnv=TUITRACK_AGENT=bo TUITRACK_HOME=/nowhere LC_EVIL=1"], []),
        (["-W", "127.0.0.1:22"], []),
        (["-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:22"], []),
    ],
    ids=["command", "other agent", "shell words", "no terminal", "sftp", "environment", "forward", "listen"],
)
def test_nothing_but_the_screens_is_to_be_had(
    attacked: tuple[SshHost, Path], options: list[str], command: list[str]
) -> None:
    host, key = attacked
    done = host.try_out(key, *options, command=command)
    assert done.returncode != 0
    assert done.stdout == ""
    assert not list(host.home.rglob("broken-in"))


@pytest.mark.parametrize("command", [["/bin/bash"], ["tuitrack", "--as", "bo", "list"], ["$(touch broken-in)"]])
def test_with_a_terminal_a_command_brings_the_screens_of_the_keys_agent(
    attacked: tuple[SshHost, Path], command: list[str]
) -> None:
    host, key = attacked
    with Terminal(host.client(key, "-tt", command=command), env={"TERM": "xterm-256color"}) as desk:
        open_case(desk)
        desk.type("nwho am I")
        desk.press("f2")
        desk.wait_for("Note stored.")
        desk.write(b"\x1a\x1c\x03")
        desk.press("q")
        quit_from_queue(desk)
    assert {entry.by for entry in only_case(host).entries if entry.body == "who am I"} == {"ana"}
    assert not list(host.home.rglob("broken-in"))


def test_a_name_of_a_terminal_is_no_command(attacked: tuple[SshHost, Path]) -> None:
    host, key = attacked
    evil = 'xterm"; touch $HOME/broken-in; `touch $HOME/broken-in`'
    with Terminal(host.client(key, "-tt"), env={"TERM": evil}) as desk:
        desk.wait_for("[Open work: 1]")
        quit_from_queue(desk)
    assert not list(host.home.rglob("broken-in"))


def test_who_was_put_out_of_work_comes_in_no_more(host: SshHost) -> None:
    key = host.let_in("bo")
    host.run("agent", "disable", "bo")
    with host.log_in(key) as desk:
        desk.wait_for("“bo” is not an active agent of this desk; Ana can add agents here.")
        assert desk.wait_exit() == 2
    host.renew_keys()
    assert "Permission denied" in host.try_out(key).stderr


def test_a_key_that_is_taken_away_ends_the_session_and_stores_nothing_more(host: SshHost) -> None:
    with host.log_in(host.let_in("bo")) as desk:
        open_case(desk)
        desk.type("nto be kept")
        desk.wait_for("to be kept")
        (line,) = [line for line in host.run("agent", "key", "list").splitlines() if line.startswith("bo ")]
        host.run("agent", "key", "remove", line.split()[1])
        desk.press("f2")
        desk.wait_for("The key by which Bo came in was taken away.")
        assert desk.wait_exit() == 2
    assert all(entry.body != "to be kept" for entry in only_case(host).entries)
    with looking_in(host.home, "Bo") as services:
        assert [draft.values["text"] for draft in services.drafts.all()] == ["to be kept"]


@pytest.mark.parametrize("ending", ["client killed", "line silent"])
def test_a_cut_line_keeps_the_text_and_leaves_nothing_behind(host: SshHost, ending: str) -> None:
    key = host.let_in("bo")
    with FarLine(host.port) as line, host.log_in(key, port=line.port) as desk:
        open_case(desk)
        desk.type("nthe line is cut in the middle")
        desk.press("left", "left", "_")
        desk.wait_for("the line is cut in the midd_le")
        assert len(host.at_work()) == 1
        if ending == "line silent":
            line.fall_silent()
        else:
            desk.process.send_signal(signal.SIGKILL)
            desk.process.wait()
        host.wait_until_nobody_is_at_work()
    with host.log_in(key, cols=120, rows=40) as desk:
        open_case(desk)
        desk.press("n")
        desk.wait_for("the line is cut in the midd_le")
        desk.type("!")
        desk.wait_for("the line is cut in the midd_!le")
        desk.press("f2")
        desk.wait_for("Note stored.")
        desk.press("q")
        quit_from_queue(desk)
    assert "the line is cut in the midd_!le" in [entry.body for entry in only_case(host).entries]
