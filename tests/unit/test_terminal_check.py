"""Which terminals are refused, and what is taken out of the environment."""

from __future__ import annotations

import io

import pytest

from tuitrack.domain.errors import Refusal
from tuitrack.terminal_check import refuse_unsuitable_terminal, remove_overrides


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal, in a given encoding."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__(io.BytesIO(), encoding=encoding)

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("term", ["xterm-256color", "linux", "screen", "tmux-256color", "vt220"])
def test_terminals_that_place_characters_are_taken(term: str) -> None:
    refuse_unsuitable_terminal({"TERM": term}, Terminal(), Terminal("UTF8"))


@pytest.mark.parametrize("environ", [{}, {"TERM": ""}, {"TERM": "dumb"}])
def test_a_dumb_terminal_is_refused(environ: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="TERM"):
        refuse_unsuitable_terminal(environ, Terminal(), Terminal())


def test_an_encoding_without_all_names_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match=r"iso8859-1.*UTF-8"):
        refuse_unsuitable_terminal({"TERM": "xterm"}, Terminal(), Terminal("iso8859-1"))


def test_a_file_in_place_of_the_keys_or_the_screen_is_refused() -> None:
    for keys, screen in ((io.StringIO(), Terminal()), (Terminal(), io.StringIO())):
        with pytest.raises(Refusal, match="terminal"):
            refuse_unsuitable_terminal({"TERM": "xterm"}, keys, screen)


def test_only_what_overrides_the_screens_is_removed() -> None:
    environ = {
        "TEXTUAL_DRIVER": "evil:Driver",
        "COLUMNS": "7",
        "LINES": "2",
        "TERM": "xterm",
        "NO_COLOR": "1",
    }
    remove_overrides(environ)
    assert environ == {"TERM": "xterm", "NO_COLOR": "1"}
