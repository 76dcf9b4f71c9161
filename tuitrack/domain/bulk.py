"""One change for many cases: what it makes of each, why it leaves one alone, and how that is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from tuitrack.domain.case import Case, differences
from tuitrack.domain.errors import Refusal
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.spoken_time import plain_when
from tuitrack.domain.text import fold, one_line
from tuitrack.domain.words import EntryKind, Priority, Status, Word
from tuitrack.domain.working import given_to, moved_to
from tuitrack.domain.workload import Balance
from tuitrack.lean import dataclass

MOVED_TO = (Status.OPEN, Status.INVESTIGATING, Status.WAITING)
"""The statuses that many cases can be moved to at once; the others take steps of their own."""
GONE = "It is no longer there."

_TOLD = {
    "owner": "owner",
    "status": "status",
    "priority": "priority",
    "category": "category",
    "tags": "tags",
    "resolve_by": "resolve by",
    "company_resolved_on": "company resolved on",
}
"""The fields whose old and new values are told, by their names for people; others follow from them."""
_NONE = {"owner": "nobody"}
_VALUE_CELLS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkChange:
    """What is to become of many cases alike; what is None or empty stays as it is."""

    owner: str | None = ""
    """Who gets them, None for nobody."""
    balance: Balance | None = None
    """How they are shared out; who gets each is decided in the rehearsal, which adds the owner."""
    team: str = ""
    """Among whom they are shared out, where not among everybody."""
    priority: Priority | None = None
    category: str = ""
    tags_added: tuple[str, ...] = ()
    tags_taken: tuple[str, ...] = ()
    status: Status | None = None
    resolve_by: datetime | None = None
    note: str = ""
    """Goes with the change, as the reason for it; by itself it is added to every case."""

    @property
    def is_for_work(self) -> bool:
        """Whether it says who works on a case, how and until when, which a closed case no longer has."""
        return any((self.owner != "", self.balance, self.priority, self.status, self.resolve_by))

    @property
    def only_adds(self) -> bool:
        """Whether it replaces nothing, so that what others changed meanwhile does not matter."""
        return not (self.is_for_work or self.category or self.tags_added or self.tags_taken)

    @property
    def entry_kind(self) -> EntryKind:
        """The kind of the timeline entry that tells of it."""
        return EntryKind.NOTE if self.only_adds else EntryKind.CHANGE

    def of(self, case: Case) -> Case:
        """What it makes of a case; raises Refusal where the case is so already, or may not become so."""
        if self.is_for_work and not case.is_open:
            raise Refusal("It is closed; reopen it with a reason first.", "status")
        changed = case if self.owner in ("", case.owner) else given_to(case, self.owner)
        if self.status is not None:
            changed = moved_to(changed, self.status)
        changed = replace(
            changed,
            priority=self.priority or changed.priority,
            category=self.category or changed.category,
            tags=retagged(changed.tags, self.tags_added, self.tags_taken),
            resolve_by=self.resolve_by or changed.resolve_by,
        )
        if changed == case and not self.only_adds:
            raise Refusal("It is so already.")
        return changed

    def told(self, zone: tzinfo) -> str:
        """The change on one line: `Owner: bo; tags: +fibre -old`."""
        tags = (*(f"+{tag}" for tag in self.tags_added), *(f"-{tag}" for tag in self.tags_taken))
        values = {
            "owner": "nobody" if self.owner is None else self.owner or self._shared_out,
            "status": self.status,
            "priority": self.priority,
            "category": self.category,
            "tags": " ".join(tags),
            "resolve by": self.resolve_by,
        }
        told = "; ".join(f"{title}: {_shown(value, zone)}" for title, value in values.items() if value)
        return told[:1].upper() + told[1:] if told else "Note"

    @property
    def _shared_out(self) -> str:
        among = f" of {self.team}" if self.team else ""
        return f"balance, {self.balance.label}{among}" if self.balance else ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes, or became, of one case in a change of many."""

    case_id: int
    reference: str
    """Empty where the case is no longer there."""
    version: int
    """The version of the case that was looked at."""
    news: str = ""
    """The fields that change, with the values before and after."""
    reason: str = ""
    """Why the case stays as it is; empty where it changes."""
    about: str = ""
    """Whose case it is and what about."""
    change: BulkChange | None = None
    """What is to be made of it, the owner decided; None where nothing is."""
    is_overdue: bool = False
    """Whether something in it becomes overdue by the change itself."""


def news_of(before: Case, after: Case, zone: tzinfo, note: str = "") -> str:
    """What is told of a change: `owner: nobody → bo; priority: normal → high`."""
    changed = differences(before, after)
    told = [
        f"{title}: {' → '.join(_shown(value, zone) or _NONE.get(name, 'none') for value in changed[name])}"
        for name, title in _TOLD.items()
        if name in changed
    ]
    return "; ".join([*told, f"note: {one_line(note, _VALUE_CELLS)}"] if note else told)


def retagged(tags: str, added: Iterable[str], taken: Iterable[str]) -> str:
    """A list of tags with some added and others taken away; as it was where that makes no difference."""
    gone = set(map(fold, taken))
    kept = [tag for tag in tags_of(tags) if fold(tag) not in gone]
    more = list(_not_among(kept, added))
    return ", ".join([*kept, *more]) if more or len(kept) < len(tags_of(tags)) else tags


def _not_among(tags: Iterable[str], added: Iterable[str]) -> Iterator[str]:
    known = set(map(fold, tags))
    for tag in added:
        if fold(tag) not in known:
            known.add(fold(tag))
            yield tag


def _shown(value: Any, zone: tzinfo) -> str:
    if isinstance(value, datetime):
        return plain_when(value.astimezone(zone))
    if isinstance(value, Word):
        return value.label
    return one_line(str(value), _VALUE_CELLS) if value else ""
