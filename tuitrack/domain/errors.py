"""The failures a person can cause or meet, each one a sentence to show.

TuitrackError
├── Refusal              what was typed or asked cannot be done; what was typed is kept
│   ├── NotFound         no such case, customer, call, promise or action
│   ├── NotAllowed       the role of the person at work has no right to it
│   ├── MoveRefused      the status table does not allow that step
│   ├── QueryRefused     a query that cannot be understood, with the place of the fault
│   ├── Blocked          closing is blocked, with every blocker by name
│   ├── Conflict         somebody changed the case since it was read
│   └── StoredAlready    the same change was asked for before, and was stored then
├── Superseded           a read was stopped, for nobody waits for its answer any more
└── StoreFault           the database cannot be used now: full, locked, damaged, unsuitable, too new
    └── Unreachable      the server does not answer, and stored nothing
        └── NotKnown     the server was lost while it stored something
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tuitrack.lean import dataclass

if TYPE_CHECKING:
    from datetime import datetime

    from tuitrack.domain.closure import Blocker
    from tuitrack.domain.permissions import Right
    from tuitrack.domain.timeline import Entry


class TuitrackError(Exception):
    """Any failure that is told to the person as one sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return self.sentence


class Refusal(TuitrackError):
    """What was typed or asked cannot be done; `field` names the form field, empty where none is meant."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(Refusal):
    """Nothing answers to the reference, number, name or id that was given."""


class NotAllowed(Refusal):
    """The person at work has no right to it."""

    def __init__(self, sentence: str, right: Right) -> None:
        super().__init__(sentence)
        self.right = right


class MoveRefused(Refusal):
    """The table of allowed status moves has no such step."""


class QueryRefused(Refusal):
    """A query cannot be understood; the fault is `length` characters from `position` of what was typed."""

    def __init__(self, sentence: str, position: int, length: int) -> None:
        super().__init__(sentence, "query")
        self.position = position
        self.length = length


class Blocked(Refusal):
    """The case cannot be closed yet; `blockers` lists every reason, each with the place to mend it."""

    def __init__(self, sentence: str, blockers: Sequence[Blocker]) -> None:
        super().__init__(sentence)
        self.blockers = tuple(blockers)


@dataclass(frozen=True, slots=True)
class Contested:
    """A field of a case or customer that two people gave different values from the same one."""

    field: str
    value: Any
    """What the other made of it."""
    by: str = ""
    """The handle of the other; empty where nothing tells of it."""
    at: datetime | None = None


class Settled(Refusal):
    """What was to be settled is settled already; trying again does not help."""


class Conflict(Refusal):
    """A case or customer was changed by somebody else since it was read; `changes` are their entries on a timeline.

    `theirs` are the fields that they changed, with their values; `contested` are those that were to be changed as well.
    `case_id` is the case on whose timeline a text that gives way is kept. Where `is_settled`, others settled what was
    to be settled, so that trying again does not help.
    """

    def __init__(
        self,
        sentence: str,
        changes: Sequence[Entry],
        *,
        theirs: Mapping[str, Any] = MappingProxyType({}),
        contested: Sequence[Contested] = (),
        field: str = "",
        case_id: int | None = None,
        is_settled: bool = False,
    ) -> None:
        super().__init__(sentence, field)
        self.is_settled = is_settled
        self.case_id = case_id
        self.changes = tuple(changes)
        self.theirs = theirs
        self.contested = tuple(contested)


class StoredAlready(Refusal):
    """The same change was asked for before and stored, though whoever asked did not hear of it."""


class Superseded(TuitrackError):
    """A read was stopped because nobody waits for its answer any more."""


class StoreFault(TuitrackError):
    """The database cannot be used now; the sentence says why and what to do."""


class Unreachable(StoreFault):
    """The server that keeps the database does not answer, and may do so again in a moment."""


class NotKnown(Unreachable):
    """The server was lost while it stored something, and nobody knows whether it did.

    `if_not_stored` is the sentence where it turns out that it did not.
    """

    def __init__(self, sentence: str, if_not_stored: str) -> None:
        super().__init__(sentence)
        self.if_not_stored = if_not_stored
