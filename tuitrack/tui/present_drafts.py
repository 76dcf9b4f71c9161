"""What an agent left half typed, on one line that names where each text goes on."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tuitrack.services.drafts import HalfTyped
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import cut

_GOES_ON = {
    "intake": "new_case",
    "bulk": "change_marked",
    "handover": "show_handover",
    **dict.fromkeys(("rule", "calendar", "presets", "rules"), "show_rules"),
}
"""The commands of the queue that go on with what belongs to no case or customer."""


def half_typed_line(found: Sequence[HalfTyped], width: int, key_of: KeyOf) -> str:
    """`Half typed: a new case (n goes on), a call on C26-000123-4`, as many as fit; empty where nothing is."""
    names = list(dict.fromkeys(half_typed_name(left, key_of) for left in found))
    for shown in range(len(names), 0, -1):
        more = f", {len(names) - shown} more" if shown < len(names) else ""
        line = f"Half typed: {', '.join(names[:shown])}{more}"
        if cell_len(line) <= width:
            return line
    return cut(f"Half typed: {', '.join(names)}", width) if names else ""


def expired_line(gone: Sequence[HalfTyped], days: int, width: int) -> str:
    """What was half typed more than so many days ago, on one line."""
    about = (f"{left.name} on {left.about}" if left.about else left.name for left in gone)
    return cut(f"Half typed over {days} days ago and no longer kept: {', '.join(about)}", width)


def half_typed_name(left: HalfTyped, key_of: KeyOf) -> str:
    """What is half typed and where it belongs."""
    what = left.name
    if not left.about:
        command = _GOES_ON.get(left.what)
        return f"{what} ({key_of(Place.QUEUE, command)} goes on)" if command else what
    return f"{what} {'for' if left.what == 'intake' else 'on'} {left.about}"
