"""Gathers, from the records of a case and a change of it, what its clocks mind; loaded where they are counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from tuitrack.domain.case import Case
from tuitrack.domain.change import OfCase, entries_undone
from tuitrack.domain.clocks import Clock, Pause
from tuitrack.domain.running import Contact, Happened, done_already, run
from tuitrack.domain.timeline import Call, Entry, Promise
from tuitrack.domain.words import CallPurpose, CallResult, Channel, Direction, DueKind, EntryKind
from tuitrack.services.clock_rules import RuleShelf
from tuitrack.services.desk import Desk

_TELLING = frozenset({CallPurpose.STATUS, CallPurpose.UPDATE, CallPurpose.ACKNOWLEDGE})
"""Purposes of calls in which the customer hears how things stand, whoever called."""
_SENT = frozenset({EntryKind.LETTER, EntryKind.PUBLIC_POST, EntryKind.APOLOGY, EntryKind.THANKS})
"""Entries that tell of something the customer was sent or told."""
_FACE_TO_FACE = frozenset({Channel.IN_PERSON, Channel.CHAT})
"""Channels on which whoever takes the complaint answers at once, without a call that is logged."""


def clocks_after(
    desk: Desk,
    reader: Reader,
    before: Case | None,
    case: Case,
    now: datetime,
    *,
    records: Iterable[OfCase | None] = (),
    entries: Iterable[Entry] = (),
    clocks: Sequence[Clock] | None = None,
    pauses: Sequence[Pause] | None = None,
    shelf: RuleShelf | None = None,
) -> list[Clock]:
    """The clocks of a case as a change leaves them; nothing is stored.

    `before` is None where the case was just taken; `records` and `entries` are what the change brings, `clocks` what is
    stored where that was read already, `pauses` all of the case where those that are stored are not yet as it leaves
    them, and `shelf` the rules where some are to come.
    """
    brought = list(records)
    paused = [record for record in brought if isinstance(record, Pause)]

    def stored_pauses() -> list[Pause]:
        return paused if before is None else reader.pauses(case.id)

    rules = cache(lambda: shelf or RuleShelf.of(desk.settings, reader))
    happened = Happened(
        before=before,
        case=case,
        customer=cache(lambda: reader.customer(case.customer_id).kind),
        rules=lambda of: rules().at(of.follows_rules_of),
        now=now,
        contacts=sorted(_contacts(brought, entries), key=lambda contact: contact.at),
        is_promised=any(isinstance(record, Promise) for record in brought),
        pauses=cache(stored_pauses if pauses is None else lambda: pauses),
        paused_anew=pauses is not None or bool(paused),
        done=lambda: _done(reader, case),
    )
    return run(reader.clocks(case.id) if clocks is None else clocks, happened)


def _done(reader: Reader, case: Case) -> frozenset[DueKind]:
    entries = reader.entries_since(case.id, 0)
    undone = entries_undone(entries)
    contacts = _contacts(reader.calls(case.id), (entry for entry in entries if entry.id not in undone))
    return done_already(case, list(contacts), is_promised=bool(reader.promises(case.id)))


def _contacts(records: Iterable[OfCase | None], entries: Iterable[Entry]) -> Iterator[Contact]:
    """When the desk and the customer were in touch, as far as records and entries tell."""
    for record in records:
        if isinstance(record, Call) and record.result is CallResult.REACHED:
            yield Contact(record.at, told=record.direction is Direction.OUTBOUND or record.purpose in _TELLING)
    for entry in entries:
        if entry.kind in _SENT:
            yield Contact(entry.occurred_at, told=True, written=entry.kind is EntryKind.LETTER)
        elif entry.kind is EntryKind.RECEIVED and entry.channel in _FACE_TO_FACE:
            yield Contact(entry.occurred_at, told=True)


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader
