"""Agents on a desk that a server keeps, which stops in the middle and comes back: nothing is lost, nothing twice."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desk import start
from tests.e2e.test_desk_commands import Shell
from tests.faults.failover import keep_in_step
from tests.postgresql_server import LASTING, Server, running, running_pair


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that may be stopped."""
    with running() as server:
        yield server


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["stopped", "killed"])
def test_a_server_stops_and_comes_back_while_two_agents_work(
    tmp_path: Path, server: Server, how: signal.Signals
) -> None:
    home = tmp_path / "home"
    shell = Shell(home)
    there = {"TUITRACK_DATABASE": server.address(), "TUITRACK_AGENT": "Ana"}
    shell.environ |= there
    reference = shell.new(name="Marija Zorić", subject="Line drops")
    shell("agent", "add", "Bo", "--role", "supervisor")
    with start(home, 80, 24, **there) as ana, start(home, 80, 24, **there | {"TUITRACK_AGENT": "Bo"}) as bo:
        for desk in (ana, bo):
            desk.wait_for("[Open work: 1]")
            desk.press("enter")
            desk.wait_for("Timeline: 2 entries")
        ana.type("nShe called again")
        ana.wait_for("She called again")
        server.stop(how)
        ana.press("f2")
        ana.wait_for("does not answer")
        ana.wait_for("She called again")
        server.start()
        ana.press("f2")
        ana.wait_for("Timeline: 3 entries")
        bo.wait_for("She called again")
    told = shell("show", reference, "--plain").stdout
    assert told.count("She called again") == 1


def test_connections_that_the_server_cuts_are_not_noticed(tmp_path: Path, server: Server) -> None:
    home = tmp_path / "home"
    shell = Shell(home)
    there = {"TUITRACK_DATABASE": server.address(), "TUITRACK_AGENT": "Ana"}
    shell.environ |= there
    reference = shell.new(name="Marija Zorić", subject="Line drops")
    with start(home, 80, 24, **there) as ana:
        ana.wait_for("[Open work: 1]")
        ana.type("\rnShe called again")
        ana.wait_for("She called again")
        # Not by a server that starts again: no machine says how long that takes, and the program waits some seconds.
        others = "backend_type = 'client backend' AND pid <> pg_backend_pid()"
        server.ask(f"SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE {others}")
        ana.press("f2")
        ana.wait_for("Timeline: 3 entries")
    assert shell("show", reference, "--plain").stdout.count("She called again") == 1


@pytest.fixture
def pair() -> Iterator[tuple[Server, Server]]:
    """A server that may be killed, and its standby, which has whatever is stored."""
    with running_pair(**LASTING) as (primary, standby):
        keep_in_step(primary, is_synchronous=True)
        yield primary, standby


def test_work_goes_on_at_the_standby_once_it_has_taken_over(tmp_path: Path, pair: tuple[Server, Server]) -> None:
    primary, standby = pair
    home = tmp_path / "home"
    shell = Shell(home)
    there = {"TUITRACK_DATABASE": primary.address("postgres", standby), "TUITRACK_AGENT": "Ana"}
    shell.environ |= there
    reference = shell.new(name="Marija Zorić", subject="Line drops")
    shell("agent", "add", "Bo", "--role", "supervisor")
    at_standby = Shell(home)
    at_standby.environ |= there | {"TUITRACK_DATABASE": standby.address()}
    standby.wait_until("SELECT COUNT(*) = 2 FROM agent")
    assert "Line drops" in at_standby("show", reference, "--plain").stdout
    with start(home, 80, 24, **there) as ana, start(home, 80, 24, **there | {"TUITRACK_AGENT": "Bo"}) as bo:
        for desk in (ana, bo):
            desk.wait_for("[Open work: 1]")
            desk.press("enter")
            desk.wait_for("Timeline: 2 entries")
        ana.type("nShe called again")
        ana.wait_for("She called again")
        primary.kill()
        ana.press("f2")
        ana.wait_for("does not answer")
        ana.wait_for("She called again")
        standby.ask("SELECT pg_promote()")
        ana.press("f2")
        ana.wait_for("Timeline: 3 entries")
        bo.wait_for("She called again")
    assert shell("show", reference, "--plain").stdout.count("She called again") == 1
