"""The command table: every key does one thing, survives terminals, and every command has its action."""

from __future__ import annotations

import re

import pytest
from textual.binding import Binding

from tuitrack.tui.commands import COMMANDS, Place, bindings, commands_of, help_places, hint_line

LOST_ON_THE_WAY = re.compile(r"Ctrl\+[MIH\[AB]$|Ctrl\+Enter|Ctrl\+Shift|Alt\+|Shift\+F|F1[01]$", re.IGNORECASE)


@pytest.mark.parametrize("place", Place)
def test_a_key_does_one_thing_in_a_place(place: Place) -> None:
    keys = [key for command in commands_of(place) for key in command.keys.split()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_is_told_in_words_and_by_keys_that_survive(command: object) -> None:
    found = next(c for c in COMMANDS if c is command)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", found.id)
    assert found.title
    assert found.help.endswith(".")
    assert found.places
    assert not [key for key in found.keys.split() if LOST_ON_THE_WAY.search(key)]


@pytest.mark.parametrize("place", [Place.QUEUE, Place.CASE, Place.CUSTOMER])
def test_a_list_on_a_screen_takes_no_key_of_the_screen(place: Place) -> None:
    own = {key for command in commands_of(place) for key in command.keys.split()}
    in_list = {key for command in commands_of(Place.LIST) for key in command.keys.split()}
    assert not own & in_list


def test_bindings_carry_the_id_and_the_action_of_the_command() -> None:
    bound = {b.id: b for b in bindings(Place.QUEUE) if isinstance(b, Binding)}
    assert bound["queue.search_cases"].action == "search_cases"
    assert bound["queue.search_cases"].key == "/,f3"


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("width", [80, 40, 20, 5])
def test_the_hint_line_fits(place: Place, width: int) -> None:
    assert len(hint_line(place, width)) <= width


def test_help_and_the_way_back_stay_when_there_is_no_room() -> None:
    assert hint_line(Place.CASE, 25) == "? help  g go to  q back"


def test_a_form_has_only_its_own_keys() -> None:
    assert Place.ANYWHERE not in help_places(Place.FORM)
    assert help_places(Place.QUEUE) == [Place.QUEUE, Place.QUERY, Place.LIST, Place.ANYWHERE]
