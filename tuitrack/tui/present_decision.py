"""The decision of a case and what was offered to the customer, as text: options with the chosen one marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import datetime

from tuitrack.domain.spoken_time import plain_day
from tuitrack.domain.text import counted
from tuitrack.domain.timeline import Remedy
from tuitrack.services.casefile import CaseFile
from tuitrack.tui.commands import KeyOf, Place
from tuitrack.tui.lines import Line, Tone, wrapped
from tuitrack.tui.present_case import untold_text
from tuitrack.tui.present_entry import moment
from tuitrack.tui.present_work import remedy_state

INDENT = 4
_DECISION, _NOTHING = "decision", "nothing"
"""The keys of the blocks that tell the decision, and that nothing was offered; that of a remedy is its id."""


def decision_blocks(file: CaseFile, now: datetime, width: int, key_of: KeyOf) -> list[tuple[Hashable, list[Line]]]:
    """The decision, then every remedy; the options of one offer stand together."""
    blocks: list[tuple[Hashable, list[Line]]] = [(_DECISION, [*_decision(file, now, width, key_of), Line("")])]
    together = Counter(remedy.option_set for remedy in file.remedies)
    for remedy in sorted(file.remedies, key=_place):
        blocks.append((remedy.id, _remedy(remedy, together[remedy.option_set], width)))
    if not file.remedies:
        option, by_itself = key_of(Place.DECISION, "offer_option"), key_of(Place.DECISION, "add_remedy")
        told = f"Nothing was offered yet: {option} offers one of several options, {by_itself} a remedy by itself."
        blocks.append((_NOTHING, wrapped(told, width, Tone.QUIET)))
    return blocks


def _decision(file: CaseFile, now: datetime, width: int, key_of: KeyOf) -> list[Line]:
    case = file.case
    if case.justified is None:
        write = key_of(Place.DECISION, "write_decision")
        return wrapped(f"Nothing is decided yet: {write} writes the decision down.", width, Tone.QUIET)
    decided = f" {plain_day(case.decided_on)}" if case.decided_on else ""
    lines = wrapped(f"Decided{decided}, justified: {case.justified.label}", width, Tone.STRONG)
    for title, text in (("Because", case.justified_because), ("Explained to the customer", case.explanation)):
        lines += wrapped(f"{title}: {text}", width, indent=INDENT) if text else []
    lines += wrapped(told_text(file, now), width, Tone.PLAIN if case.customer_told_on else Tone.STRONG, INDENT)
    untold = untold_text(file)
    return [*lines, *(wrapped(untold, width, Tone.ALERT, INDENT) if untold else [])]


def told_text(file: CaseFile, now: datetime) -> str:
    """When the customer heard the decision, and in which call."""
    if file.case.customer_told_on is None:
        return "Customer told: not yet"
    call = file.told_call
    heard = f", in the call of {moment(call.at, now)}" if call else ""
    return f"Customer told: {plain_day(file.case.customer_told_on)}{heard}"


def _remedy(remedy: Remedy, together: int, width: int) -> list[Line]:
    """A remedy with `[x]` where the customer chose it, and of how many options offered together it is one."""
    delivered = f"delivered {plain_day(remedy.delivered_on)}" if remedy.delivered_on else remedy_state(remedy)
    offered = f"offered {plain_day(remedy.offered_on)} by {remedy.by}"
    if remedy.option_set is not None:
        offered = f"one of {counted(together, 'option')}, {offered}"
    return [
        *wrapped(f"[{'x' if remedy.chosen else ' '}] {remedy.summary} · {delivered}", width),
        *wrapped(offered, width, Tone.QUIET, INDENT),
    ]


def _place(remedy: Remedy) -> tuple[bool, int, int]:
    """The latest options first, and what was offered by itself last, each in the order in which it was offered."""
    return remedy.option_set is None, -(remedy.option_set or 0), remedy.id
