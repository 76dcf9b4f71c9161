"""The keys of one's own: what is wrong is a sentence each, and then the usual keys stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding
from textual.widgets import Input, TextArea

from tuitrack.tui.commands import COMMANDS, USUAL_KEYS, Place, bound_keys, commands_of, hint_line, key_of
from tuitrack.tui.keymap import FIELD_KEYS, checked, read_keymap
from tuitrack.tui.screens.help import help_blocks

FREE, FREE_TOO = "š", "ž"
"""Keys that no command has: not every keyboard has them."""


def test_keys_for_one_place_and_for_all_that_have_the_command() -> None:
    keymap, faults = checked({"queue": {"new_case": f"{FREE} F4"}, "refresh_screen": "f5 f12"})
    assert faults == []
    assert keymap[Place.QUEUE, "new_case"] == f"{FREE} F4"
    assert {keymap[place, "refresh_screen"] for place in (Place.QUEUE, Place.CASE, Place.CUSTOMER)} == {"F5 F12"}
    assert key_of(Place.CUSTOMER, "new_case", keymap) == key_of(Place.CUSTOMER, "new_case")


def test_a_place_wins_over_what_is_said_for_all() -> None:
    keymap, faults = checked({"case": {"undo_change": FREE}, "undo_change": FREE_TOO})
    assert faults == []
    assert (keymap[Place.QUEUE, "undo_change"], keymap[Place.CASE, "undo_change"]) == (FREE_TOO, FREE)


def test_two_commands_may_exchange_their_keys() -> None:
    sort, new = key_of(Place.QUEUE, "cycle_sort"), key_of(Place.QUEUE, "new_case")
    keymap, faults = checked({"queue": {"cycle_sort": new, "new_case": f"{sort} F4"}})
    assert faults == []
    assert bound_keys(keymap) == {"queue.cycle_sort": new, "queue.new_case": f"{sort},f4"}


def test_the_hint_line_names_the_new_key() -> None:
    keymap, _ = checked({"queue": {"new_case": f"{FREE} F4"}})
    assert f"{FREE} new" in hint_line(Place.QUEUE, 200, keymap)


def test_the_help_names_the_key_that_undoes() -> None:
    keymap, _ = checked({"undo_change": f"{FREE} Ctrl+Z"})
    found = help_blocks(Place.CASE, "promise customer", 200, keymap)
    assert any(f"{FREE} undoes it." in line.text for _, lines in found for line in lines)


def test_a_comma_is_a_key_like_others() -> None:
    keymap, faults = checked({"queue": {"new_case": ", F4"}})
    assert faults == []
    assert bound_keys(keymap) == {"queue.new_case": "comma,f4"}


@pytest.mark.parametrize(
    ("place", "id_", "keys", "fault"),
    [
        ("queue", "new_cas", "N", "queue.new_cas is not a command there; the nearest is new_case."),
        ("queu", "new_case", "N", "[queu] is not a place; the nearest is [queue]."),
        ("queue", "new_case", "", 'queue.new_case must be one key or more in quotes, such as "n F4".'),
        ("queue", "new_case", 7, 'queue.new_case must be one key or more in quotes, such as "n F4".'),
        ("queue", "new_case", "Ctlr+N", "'Ctlr+N' is not a key that every terminal has; the nearest is Ctrl+N."),
        ("queue", "new_case", "\x1b", "is not a key that every terminal has"),
        ("queue", "new_case", "ctrl+m", "Ctrl+M is not safe, terminals send it as Enter."),
        ("queue", "new_case", "Ctrl+I", "Ctrl+I is not safe, terminals send it as Tab."),
        ("queue", "new_case", "Ctrl+H", "Ctrl+H is not safe, terminals send it as Backspace."),
        ("queue", "new_case", "Ctrl+[", "Ctrl+[ is not safe, terminals send it as Esc."),
        ("queue", "new_case", "Ctrl+A", "Ctrl+A is not safe, screen keeps it for itself."),
        ("queue", "new_case", "Ctrl+B", "Ctrl+B is not safe, tmux keeps it for itself."),
        ("queue", "new_case", "Ctrl+Enter", "Ctrl+Enter is not safe"),
        ("queue", "new_case", "Ctrl+Shift+N", "Ctrl+Shift+N is not safe"),
        ("queue", "new_case", "Alt+n", "Alt+n is not safe"),
        ("queue", "new_case", "Shift+F4", "Shift+F4 is not safe"),
        ("queue", "new_case", "F10", "F10 is not safe"),
        ("queue", "new_case", "F11", "F11 is not safe"),
        ("queue", "new_case", "F12", "F12 does not arrive everywhere; add another key."),
        ("queue", "new_case", "7", "7 starts a number to go to; take another key."),
        ("queue", "new_case", "j", "j is the key of cursor_down (In a list)"),
        ("queue", "new_case", "s", "s is the key of cycle_sort (Queue)"),
        ("list", "cursor_down", "n", "n is the key of new_case (Queue)"),
        ("anywhere", "go_to", "n", "n is the key of new_case (Queue)"),
        ("form", "save_form", "w", "w is typed as text there"),
        ("form", "save_form", "F6", "F6 belongs to the field one types in"),
        ("form", "save_form", "Ctrl+K", "Ctrl+K belongs to the field one types in"),
        ("fields", "go_to_text", "F2", "F2 is the key of save_form (Form)"),
        ("anywhere", "show_help", "?", "help must be found where one types as well"),
    ],
)
def test_what_is_wrong_is_said_and_the_usual_keys_stay(place: str, id_: str, keys: object, fault: str) -> None:
    keymap, faults = checked({place: {id_: keys}})
    assert keymap == USUAL_KEYS
    assert any(fault in sentence for sentence in faults), faults


def test_every_fault_is_told_once() -> None:
    _, faults = checked({"queue": {"new_case": FREE, "cycle_sort": FREE}, "cas": {}, "undo": "u"})
    assert [sentence.split()[0] for sentence in faults] == ["undo", "[cas]", "queue.new_case:"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.id}-{command.places[0]}")
def test_the_usual_keys_may_be_written_down(command: object) -> None:
    found = next(c for c in COMMANDS if c is command)
    for place in found.places:
        assert checked({place.name.lower(): {found.id: found.keys}})[1] == []


def test_no_key_that_a_field_takes_is_left_out() -> None:
    names = {"delete": "Del", "pagedown": "PgDn", "pageup": "PgUp"}
    bound = [binding for kind in (Input, TextArea) for binding in kind.BINDINGS if isinstance(binding, Binding)]
    taken = {key for binding in bound for key in binding.key.split(",") if re.fullmatch(r"\w+|ctrl\+[a-z]", key)}
    spelled = {names.get(key) or "+".join(part.capitalize() for part in key.split("+")) for key in taken}
    assert spelled - {"Ctrl+A"} <= FIELD_KEYS


def test_a_file_is_read_and_its_faults_name_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    assert read_keymap(path) == (USUAL_KEYS, [])
    path.write_text(f'[queue]\nnew_case = "{FREE} F4"\n', "utf-8")
    assert read_keymap(path) == ({(Place.QUEUE, "new_case"): f"{FREE} F4"}, [])
    for content in (b"[queue\n", b"\xff", b'new_cas = "N"'):
        path.write_bytes(content)
        keymap, (fault,) = read_keymap(path)
        assert keymap == USUAL_KEYS
        assert fault.startswith(str(path))


_names = st.sampled_from([*(c.id for c in COMMANDS), *(place.name.lower() for place in Place), "x", ""])
_keys = st.one_of(st.text(max_size=8), st.sampled_from(["n", "Ctrl+M", "F2 j", "é", "\x1b", "Space"]), st.integers())


@given(st.dictionaries(_names, st.one_of(_keys, st.dictionaries(_names, _keys, max_size=3)), max_size=4))
def test_anything_in_the_file_is_taken_or_refused(values: dict[str, object]) -> None:
    keymap, faults = checked(values)
    assert not (keymap and faults)
    for place in Place:
        keys = [key for command in commands_of(place, keymap) for key in command.keys.split()]
        assert len(keys) == len(set(keys)) or faults
