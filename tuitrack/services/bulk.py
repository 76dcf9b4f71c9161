"""Changing many cases alike: a rehearsal, and the run; `undo` takes a run back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tuitrack.domain.bulk import GONE, MOVED_TO, BulkChange, Fate, news_of
from tuitrack.domain.case import Case
from tuitrack.domain.errors import Conflict, NotFound, Refusal
from tuitrack.domain.people import away_on
from tuitrack.domain.permissions import Right, may
from tuitrack.domain.query.fields import looked_up
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.queue import QueueQuery
from tuitrack.domain.text import fold
from tuitrack.domain.working import require_reason
from tuitrack.domain.workload import Balance, Sharing
from tuitrack.services.agents import away_sentence, new_owner, team_named
from tuitrack.services.changing import NEW_RUN, CaseChange, stale
from tuitrack.services.desk import Desk
from tuitrack.services.preferences import EVERYBODY
from tuitrack.services.rights import writing
from tuitrack.services.steps import LOOKED_AT_ONCE, Steps

NOBODY = "nobody"
"""Stands for no owner where one is asked for."""
BALANCE = "balance:"
"""Begins what stands for an owner where cases are shared out."""
CHANGED_MOST = 10_000
"""How many cases can be changed at once, as many as can be marked."""


class BulkService:
    """Makes one change in many cases, each of them by the way of any change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def change(self, values: dict[str, Any]) -> BulkChange:
        """The change that the fields of `BulkDraft` ask for; raises Refusal naming the field that does not fit."""
        from tuitrack.domain.drafts.cases import BulkDraft

        draft = BulkDraft.accept(values)
        if not any(draft.model_dump().values()):
            raise Refusal("Say what is to change.", "owner")
        with self._desk.store.reading() as reader:
            owner = self._owner(reader, draft.owner)
        if draft.status not in (None, *MOVED_TO):
            expected = ", ".join(status.label for status in MOVED_TO)
            raise Refusal(f"Status: expected {expected}; the others take steps of their own.", "status")
        added, taken = tuple(tags_of(draft.tags_added)), tuple(tags_of(draft.tags_taken))
        if both := [tag for tag in taken if fold(tag) in map(fold, added)]:
            raise Refusal(f"Tags taken away: {', '.join(both)} cannot be added too.", "tags_taken")
        return BulkChange(**draft.model_dump() | owner | {"tags_added": added, "tags_taken": taken})

    def _owner(self, reader: Reader, typed: str) -> dict[str, Any]:
        """Who gets the cases, as the fields of `BulkChange` say it."""
        word, _, shared = typed.partition(":")
        if fold(word.strip()) != BALANCE.rstrip(":"):
            return {"owner": None if fold(typed) == NOBODY else new_owner(reader, typed).handle if typed else ""}
        how, _, team = shared.strip().partition(" of ")
        words = {word.label: word for word in Balance}
        if len(meant := looked_up(how, words)) != 1:
            raise Refusal(f"Owner: after {BALANCE} expected {', '.join(words)}.", "owner")
        return {"owner": "", "balance": meant[0], "team": team_named(reader, team.strip()) if team else ""}

    def told(self, change: BulkChange) -> str:
        """The change on one line, with what is to be known of who gets the cases."""
        with self._desk.store.reading() as reader:
            away = away_sentence(reader, change.owner, self._desk.today()) if change.owner else ""
        return " · ".join(filter(None, (change.told(self._desk.zone), away)))

    def rehearsal(self, change: BulkChange, query: QueueQuery) -> Rehearsal:
        """What would become of the cases of a query, in its order, and of marked ones that are gone.

        Raises Refusal where it finds too many.
        """
        with self._desk.store.reading() as reader:
            found = reader.references(replace(query, me=self._desk.agent), self._desk.now(), CHANGED_MOST + 1)
            sharing = self._sharing(reader, change.balance, change.team) if change.balance else None
        if len(found) > CHANGED_MOST:
            raise Refusal(f"No more than {CHANGED_MOST:,} cases can be changed at once; narrow the query.")
        gone = query.marked.difference(found)
        return Rehearsal(self._desk, change, [*found, *sorted(gone)], sharing)

    def _sharing(self, reader: Reader, how: Balance, team: str) -> Sharing:
        """Shares cases out among those who are at work today."""
        absences = reader.absences(self._desk.today())
        at_work = [
            agent
            for agent in reader.agents()
            if agent.active and may(agent.role, Right.WORK_ON_CASES) and team in ("", agent.team)
            if not away_on(self._desk.today(), agent.handle, absences)
        ]
        if not at_work:
            raise Refusal(f"Owner: nobody{f' of {team}' if team else ''} is at work today.", "owner")
        loads = reader.workload(self._desk.now())
        last = reader.preference(EVERYBODY, _turn_of(team)) or ""
        return Sharing(how, at_work, {owner: load.open for owner, load in loads.items() if owner}, last)

    def run(self, rehearsed: Sequence[Fate]) -> BulkRun:
        """What was rehearsed, made of those cases that it would change."""
        return BulkRun(self._desk, rehearsed)


class Rehearsal(Steps[int]):
    """Finds what would become of cases, and stores nothing."""

    doing, done, at_once = "Looking", "change", LOOKED_AT_ONCE

    def __init__(self, desk: Desk, change: BulkChange, case_ids: Sequence[int], sharing: Sharing | None) -> None:
        super().__init__(case_ids, len(case_ids))
        self._desk = desk
        self._change = change
        self._sharing = sharing

    def work(self, rows: Sequence[int]) -> list[Fate]:
        """Look at these few."""
        with self._desk.store.reading() as reader:
            return [self._fate(reader, case_id) for case_id in rows]

    def _fate(self, reader: Reader, case_id: int) -> Fate:
        try:
            case = reader.case(case_id)
        except NotFound:
            return Fate(case_id, "", 0, reason=GONE)
        customer = reader.customer(case.customer_id)
        fate = Fate(case_id, case.reference, case.version, about=f"{customer.name} · {case.subject}")
        change, after = self._change, case
        try:
            change = self._decided(case, customer.language)
            after = change.of(case)
            require_reason(case, after.owner, self._desk.agent, change.note)
            fate = replace(fate, news=news_of(case, after, self._desk.zone, change.note), change=change)
        except Refusal as refusal:
            fate = replace(fate, reason=refusal.sentence)
        # A case that stays with its owner counts as given to them; one that stays for another reason does not.
        if self._sharing is not None and after.owner == change.owner:
            self._sharing.give(case.owner, change.owner or "")
        return fate

    def _decided(self, case: Case, language: str) -> BulkChange:
        """The change with the owner that the case gets; raises Refusal."""
        if self._sharing is None or not case.is_open:
            return self._change
        return replace(self._change, owner=self._sharing.choice(case.owner, language))


class BulkRun(Steps[Fate]):
    """Changes cases as they were rehearsed; one that was changed since is left alone."""

    doing, done = "Changing", "changed"

    def __init__(self, desk: Desk, rehearsed: Sequence[Fate]) -> None:
        wanted = [fate for fate in rehearsed if fate.change]
        super().__init__(wanted, len(wanted))
        self._desk = desk
        self._run = NEW_RUN

    def work(self, rows: Sequence[Fate]) -> list[Fate]:
        """Change these few in one transaction."""
        run, fates = self._run, []
        with writing(self._desk, Right.CHANGE_MANY) as writer:
            for row in rows:
                try:
                    run = self._make(writer, row, run)
                    fates.append(row)
                except Refusal as refusal:
                    fates.append(replace(row, reason=_reason(refusal)))
        self._run = run
        return fates

    def _make(self, writer: Writer, row: Fate, run: int) -> int:
        """Change one case; returns the run that it belongs to. Nothing is written where it is refused."""
        asked, case = row.change, writer.case(row.case_id)
        assert asked is not None, "only what would change is run"
        if case.version != row.version and not asked.only_adds:
            raise stale(writer, case, row.version)
        change = CaseChange(self._desk, writer, case, run)
        change.case = asked.of(case)
        require_reason(case, change.case.owner, self._desk.agent, asked.note)
        change.log(asked.entry_kind, asked.told(self._desk.zone), asked.note)
        change.store()
        if asked.balance is Balance.ROUND_ROBIN and asked.owner:
            writer.put_preference(EVERYBODY, _turn_of(asked.team), asked.owner)
        return change.run or run


def _turn_of(team: str) -> str:
    """The name under which is kept who of a team, or of all where it is empty, was given the last case in turn."""
    return f"last in turn of {team}" if team else "last in turn"


def _reason(refusal: Refusal) -> str:
    """Why a case was left alone, beside its reference."""
    match refusal:
        case Conflict(changes=[*_, last]):
            return f"{last.by} changed it since it was looked at: {last.summary}."
        case NotFound():
            return GONE
        case _:
            return refusal.sentence


if TYPE_CHECKING:
    from tuitrack.services.ports import Reader, Writer
