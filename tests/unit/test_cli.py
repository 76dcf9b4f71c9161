"""The command line: every failure is one line on the error stream and exit code 2."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tuitrack import __version__
from tuitrack.cli import main

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["frobnicate"], "No such command 'frobnicate'"),
        (["--frobnicate"], "--frobnicate"),
        (["--as"], "--as"),
        (["--as", "ana", "version"], "--as goes with the screens and with cases"),
        (["import"], "Name either a FILE"),
        (["import", "a.csv", "--undo", "3"], "Name either a FILE"),
        (["import", "a.csv", "--date-order", "dym"], "--date-order"),
        (["import", "a.csv", "--header-row", "0"], "--header-row"),
        (["demo", "--cases", "none"], "--cases"),
        (["no\x1b[2J\nsuch"], "No such command"),
        ([], "terminal"),
        (["--as", "ana"], "terminal"),
        (["--as=ana"], "terminal"),
    ],
)
def test_a_failure_is_one_line_and_exit_code_2(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tuitrack: ")
    assert err.endswith("\n")
    assert err[:-1].isprintable()
    assert expected in err


@pytest.mark.parametrize("arguments", [["version"], ["--version"]])
def test_the_version_is_printed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    assert capsys.readouterr().out == f"tuitrack {__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n  {command} " in shown for command in ("demo", "doctor", "import", "version"))


def test_the_road_to_the_screens_loads_no_click_and_the_refusal_no_textual() -> None:
    script = (
        "import sys; from tuitrack.cli import main; code = main(['--as', 'ana']); "
        "print(code, sorted({'click', 'textual', 'pydantic', 'peewee'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
        cwd=CHECKOUT,
    )
    assert done.stdout == "2 []\n"


def test_the_module_runs_as_the_command_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tuitrack", "version"],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
    )
    assert (done.returncode, done.stdout) == (0, f"tuitrack {__version__}\n")
