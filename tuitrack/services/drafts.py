"""Drafts: what was typed into a form is kept for its agent until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotFound
from tuitrack.domain.keeping import Draft
from tuitrack.services.desk import Desk
from tuitrack.services.rights import writing

if TYPE_CHECKING:
    from tuitrack.services.ports import Reader

_NAMES = {
    "intake": "a new case",
    "call_in": "a call",
    "call_out": "a call",
    "action": "an action",
    "promise": "a promise",
    "note": "a note",
    "remedy": "a remedy",
    "edit": "changes",
    "done": "what was done",
    "settle": "the end of a promise",
    "correct": "a correction",
    "move": "a status",
    "reopen": "a reopening",
    "customer": "changes",
    "closure": "closing",
    "pause": "a pause",
    "letter": "a letter",
    "late": "why it was late",
    "escalate": "an escalation",
    "handover": "a handover",
    "bulk": "a change of many cases",
    "rule": "a rule of deadlines",
    "calendar": "a calendar",
    "presets": "presets",
    "rules": "rules of deadlines",
}
"""What each form is called, by its name."""
_OF_CUSTOMERS = frozenset({"intake", "customer"})


@dataclass(frozen=True, slots=True)
class HalfTyped:
    """A form that was left half typed."""

    what: str
    """The form's name, without what it belongs to."""
    about: str
    """The reference of its case or the name of its customer, empty where it belongs to none yet."""
    saved_at: datetime
    case_id: int | None = None

    @property
    def name(self) -> str:
        """What the form is called."""
        return _NAMES.get(self.what, self.what)


class DraftService:
    """Keeps half-typed forms."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, form: str, values: Mapping[str, str], focus: str = "", cursor: int = 0) -> None:
        """Keep what is typed in a form, in place of what was kept before; an empty form is forgotten."""
        with writing(self._desk) as writer:
            if any(value.strip() for value in values.values()):
                writer.put_draft(
                    Draft(
                        agent=self._desk.agent,
                        form=form,
                        values=dict(values),
                        focus=focus,
                        cursor=cursor,
                        saved_at=self._desk.clock(),
                    )
                )
            else:
                writer.drop_draft(self._desk.agent, form)

    def find(self, form: str) -> Draft | None:
        """What this agent had typed into a form."""
        with self._desk.store.reading() as reader:
            return reader.draft(self._desk.agent, form)

    def all(self) -> list[Draft]:
        """Every form this agent left half-typed, newest first."""
        with self._desk.store.reading() as reader:
            return reader.drafts(self._desk.agent)

    def half_typed(self) -> list[HalfTyped]:
        """What this agent left half typed and can go on with, newest first."""
        with self._desk.store.reading() as reader:
            return half_typed_by(self._desk.agent, reader)

    def discard(self, form: str) -> None:
        """Forget what was typed into a form."""
        with writing(self._desk) as writer:
            writer.drop_draft(self._desk.agent, form)


def half_typed_by(agent: str, reader: Reader) -> list[HalfTyped]:
    """What an agent left half typed, newest first; of what stands in it nothing is told."""
    return [left for draft in reader.drafts(agent) if (left := _half_typed(draft, reader)) is not None]


def _half_typed(draft: Draft, reader: Reader) -> HalfTyped | None:
    """What a draft belongs to, by its form such as `call_in:17` or `settle-3:17`; None where that is gone."""
    form, _, place = draft.form.partition(":")
    what, record = form.partition("-")[0], place.partition(":")[0]
    if not record:
        return HalfTyped(what, "", draft.saved_at)
    try:
        if what in _OF_CUSTOMERS:
            return HalfTyped(what, reader.customer(int(record)).name, draft.saved_at)
        return HalfTyped(what, reader.case(int(record)).reference, draft.saved_at, int(record))
    except NotFound:
        return None
