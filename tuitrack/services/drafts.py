"""Drafts: what was typed into a form is kept for its agent until it is saved or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from tuitrack.domain.errors import NotFound
from tuitrack.domain.keeping import Draft
from tuitrack.domain.permissions import Right
from tuitrack.lean import dataclass
from tuitrack.services.desk import Desk
from tuitrack.services.once import kept_for, told_of
from tuitrack.services.rights import check, writing

if TYPE_CHECKING:
    from tuitrack.services.ports import Journal, Reader

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
    "post": "a public post",
    "late": "why it was late",
    "escalate": "an escalation",
    "feedback": "feedback",
    "answer": "an answer to feedback",
    "review-plan": "a plan of a review",
    "review": "a review",
    "audit": "an audit",
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
    agent: str = ""
    """Who typed it."""

    @property
    def name(self) -> str:
        """What the form is called."""
        return _NAMES.get(self.what, self.what)


class DraftService:
    """Keeps half-typed forms: each key beside the database at once, and all of it in there soon after."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def _journal(self) -> Journal:
        return self._desk.journal()

    def typed(
        self, form: str, values: Mapping[str, str], focus: str = "", cursor: int = 0, key: str | None = None
    ) -> Draft:
        """What stands in a form at this moment; `key` is that of the change which the form is to make."""
        return Draft(
            agent=self._desk.agent,
            form=form,
            values=dict(values),
            focus=focus,
            cursor=cursor,
            saved_at=self._desk.clock(),
            key=key,
        )

    def note(self, draft: Draft) -> bool:
        """Note what is typed beside the database, without waiting for that; returns whether it could be."""
        return self._journal.note(draft)

    def keep(self, form: str, values: Mapping[str, str], focus: str = "", cursor: int = 0) -> None:
        """Keep what stands in a form at this moment."""
        self.put(self.typed(form, values, focus, cursor))

    def put(self, draft: Draft) -> None:
        """Keep what is typed in a form, in place of what was kept before; an empty form is forgotten."""
        if _has_text(draft):
            with writing(self._desk) as writer:
                writer.put_draft(draft)
        else:
            self.discard(draft.form)

    def find(self, form: str) -> Draft | None:
        """What this agent had typed into a form."""
        self._take_in()
        with self._desk.store.reading() as reader:
            return reader.draft(self._desk.agent, form)

    def stored_already(self, draft: Draft) -> str:
        """What became of a draft that was stored, though the program ended before it forgot it; else empty."""
        with self._desk.store.reading() as reader:
            return told_of(reader, draft.key) if draft.key else ""

    def all(self) -> list[Draft]:
        """Every form this agent left half-typed, newest first."""
        with self._desk.store.reading() as reader:
            return reader.drafts(self._desk.agent)

    def half_typed(self) -> list[HalfTyped]:
        """What this agent left half typed and can go on with, newest first."""
        self._take_in()
        with self._desk.store.reading() as reader:
            return half_typed_by(self._desk.agent, reader)

    def of_everybody(self) -> list[HalfTyped]:
        """What anybody left half typed, by agent; of what stands in it nothing is told. Raises NotAllowed."""
        check(self._desk, Right.SEE_DRAFTS)
        with self._desk.store.reading() as reader:
            return [left for draft in reader.all_drafts() if (left := _half_typed(draft, reader)) is not None]

    def expire(self) -> list[HalfTyped]:
        """Forget what this agent typed too long ago; returns it, so that it is told."""
        expired = [draft for draft in self.all() if kept_until(self._desk, draft.saved_at) <= self._desk.clock()]
        if not expired:
            return []
        with writing(self._desk) as writer:
            told = [left for draft in expired if (left := _half_typed(draft, writer)) is not None]
            for draft in expired:
                writer.drop_draft(draft.agent, draft.form)
        return told

    def discard(self, form: str) -> None:
        """Forget what was typed into a form."""
        with writing(self._desk) as writer:
            writer.drop_draft(self._desk.agent, form)
        self._journal.drop(form)

    def close(self, form: str) -> None:
        """Forget what was noted of a form that is left, for the database has it."""
        self._journal.drop(form)

    def _take_in(self) -> None:
        """Take what killed programs had noted into the database, where that has nothing later of the form."""
        for draft in self._journal.left_behind():
            with writing(self._desk) as writer:
                kept = writer.draft(draft.agent, draft.form)
                if kept is not None and kept.saved_at > draft.saved_at:
                    continue
                if _has_text(draft):
                    writer.put_draft(draft)
                else:
                    writer.drop_draft(draft.agent, draft.form)


def kept_until(desk: Desk, saved_at: datetime) -> datetime:
    """The moment from which what was half typed then is kept no longer."""
    return saved_at + kept_for(desk)


def _has_text(draft: Draft) -> bool:
    return any(value.strip() for value in draft.values.values())


def half_typed_by(agent: str, reader: Reader) -> list[HalfTyped]:
    """What an agent left half typed, newest first; of what stands in it nothing is told."""
    return [left for draft in reader.drafts(agent) if (left := _half_typed(draft, reader)) is not None]


def _half_typed(draft: Draft, reader: Reader) -> HalfTyped | None:
    """What a draft belongs to, by its form such as `call_in:17` or `settle-3:17`; None where that is gone."""
    form, _, place = draft.form.partition(":")
    what, record = form.partition("-")[0], place.partition(":")[0]
    if not record:
        return HalfTyped(what, "", draft.saved_at, agent=draft.agent)
    try:
        if what in _OF_CUSTOMERS:
            return HalfTyped(what, reader.customer(int(record)).name, draft.saved_at, agent=draft.agent)
        return HalfTyped(what, reader.case(int(record)).reference, draft.saved_at, int(record), draft.agent)
    except NotFound:
        return None
