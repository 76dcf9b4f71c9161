"""Taking historic cases in: batches in one transaction each, told row by row, and a whole run undone again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tuitrack.domain.case import Case
from tuitrack.domain.errors import Refusal
from tuitrack.domain.imported import ImportedAnswer, ImportedCase
from tuitrack.domain.keeping import ImportRun
from tuitrack.domain.people import Customer
from tuitrack.domain.permissions import Right
from tuitrack.domain.reference import Reference
from tuitrack.domain.words import EntryKind
from tuitrack.lean import dataclass
from tuitrack.services.changing import CaseChange
from tuitrack.services.clock_rules import RuleShelf
from tuitrack.services.desk import Desk
from tuitrack.services.historic import case_of, customer_of, entries_of, with_clock
from tuitrack.services.rights import writing

BATCH_SIZE = 1_000
"""Rows stored in one transaction."""
CUSTOMERS_REMEMBERED = 20_000
"""Customers of a run that need not be looked up again, so that its memory does not grow with the file."""
ROWS_REMEMBERED = 200_000
"""Rows among which a dry run finds those that stand in the file twice; storing finds all of them."""
RUNS_SHOWN = 20


class Stored(NamedTuple):
    """What became of one row that could be read: its case's reference, and whether it was there already."""

    row: ImportedCase | ImportedAnswer
    reference: str
    known: bool
    refusal: str = ""
    """Why it could not be stored after all; empty where it was."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a run did: how many cases are gone, and which stay because somebody worked on them since.

    Entries that the run added to cases of ours stay too, each with a further one that takes it back.
    """

    run: ImportRun
    removed: int
    kept: tuple[str, ...]
    taken_back: int = 0


class ImportService:
    """Stores imported cases; one instance serves one run, and remembers the customers it has met in it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._customers: dict[tuple[str, ...], int] = {}
        self._seen: set[int] = set()

    def begin(self, file_name: str, settings: Mapping[str, str]) -> ImportRun:
        """Note that a run begins, so that whatever it brings can be undone."""
        run = ImportRun(file_name=file_name, by=self._desk.agent, started_at=self._desk.clock(), settings=settings)
        with writing(self._desk, Right.IMPORT_CASES) as writer:
            return writer.add(run)

    def known(self, rows: Sequence[ImportedCase]) -> list[Stored]:
        """What would become of these rows if they were stored now; a new case has no reference yet."""
        with self._desk.store.reading() as reader:
            stored = reader.imported_keys([row.row_key for row in rows])
        fates = []
        for row in rows:
            known = row.row_key in stored or hash(row.row_key) in self._seen
            fates.append(Stored(row, stored.get(row.row_key, ""), known))
            if len(self._seen) < ROWS_REMEMBERED:
                self._seen.add(hash(row.row_key))
        return fates

    def store(self, run: ImportRun, rows: Sequence[ImportedCase]) -> list[Stored]:
        """Store one batch in one transaction; a row that is there already, or twice in the batch, is left alone."""
        with writing(self._desk, Right.IMPORT_CASES) as writer:
            references = writer.imported_keys([row.row_key for row in rows])
            fresh = list({row.row_key: row for row in reversed(rows) if row.row_key not in references}.values())[::-1]
            brought = {row.row_key: case.reference for row, case in self._take(writer, run, fresh)}
        references |= brought
        fates = []
        for row in rows:
            known = brought.pop(row.row_key, None) is None
            fates.append(Stored(row, references[row.row_key], known))
        return fates

    def finish(self, run: ImportRun, *, taken: int, changed: int, refused: int, known: int) -> ImportRun:
        """Note how the run ended."""
        done = replace(run, finished_at=self._desk.clock(), taken=taken, changed=changed, refused=refused, known=known)
        with writing(self._desk, Right.IMPORT_CASES) as writer:
            writer.replace(done)
        return done

    def runs(self) -> list[ImportRun]:
        """The latest runs, newest first."""
        with self._desk.store.reading() as reader:
            return reader.import_runs(RUNS_SHOWN)

    def undo(self, run_id: int) -> Undone:
        """Take back everything a run brought, except cases that somebody worked on since."""
        with writing(self._desk, Right.IMPORT_CASES) as writer:
            run = writer.import_run(run_id)
            if run.undone_at is not None:
                day = self._desk.day_of(run.undone_at)
                raise Refusal(f"Import {run_id} was already undone on {day:%d %b %Y}.", "run")
            taken_back = _take_back(self._desk, writer, run_id)
            removed, kept = writer.undo_import(run_id)
            undone = replace(run, undone_at=self._desk.clock())
            writer.replace(undone)
        return Undone(undone, removed, tuple(kept), taken_back)

    def _take(self, writer: Writer, run: ImportRun, rows: Sequence[ImportedCase]) -> list[tuple[ImportedCase, Case]]:
        """Store the cases of rows that are not there yet, in few statements: ids and references are reserved."""
        if not rows:
            return []
        now = self._desk.clock()
        customer_ids = self._customer_ids(writer, run, rows, now)
        ids = writer.reserve_ids(Case, len(rows))
        references = self._references(writer, rows)
        shelf = RuleShelf.of(self._desk.settings, writer)
        pairs, clocks = [], []
        for row, case_id, reference, customer_id in zip(rows, ids, references, customer_ids, strict=True):
            case = case_of(
                self._desk, row, case_id=case_id, reference=reference, customer_id=customer_id, run_id=run.id, now=now
            )
            case, clock = with_clock(case, shelf.at(case.received_at))
            pairs.append((row, case))
            clocks += [clock] if clock else []
        writer.add_all(case for _, case in pairs)
        writer.add_all(clocks)
        writer.add_all(entry for row, case in pairs for entry in entries_of(self._desk, case, row, now))
        return pairs

    def _references(self, writer: Writer, rows: Sequence[ImportedCase]) -> Iterator[str]:
        """A reference of its own year for each row; those of the last century count as 2000."""
        years = [max(2000, self._desk.day_of(row.received_at).year) for row in rows]
        following = {year: writer.next_sequence(year, count) for year, count in Counter(years).items()}
        for year in years:
            yield str(Reference(self._desk.settings.reference_prefix, year, following[year]))
            following[year] += 1

    def _customer_ids(self, writer: Writer, run: ImportRun, rows: Sequence[ImportedCase], now: datetime) -> list[int]:
        """The customer of each row: met before in this run, stored earlier, or new."""
        keys = [_customer_key(row) for row in rows]
        if len(self._customers) > CUSTOMERS_REMEMBERED:
            self._customers.clear()
        unmet = {key: row for key, row in zip(keys, rows, strict=True) if key not in self._customers}
        stored = writer.known_customers([customer_of(row, run.id, now) for row in unmet.values()])
        new_ids = iter(writer.reserve_ids(Customer, stored.count(None)))
        ids = [id_ or next(new_ids) for id_ in stored]
        writer.add_all(
            customer_of(row, run.id, now, id_)
            for row, id_, known in zip(unmet.values(), ids, stored, strict=True)
            if known is None
        )
        self._customers |= dict(zip(unmet, ids, strict=True))
        return [self._customers[key] for key in keys]


def _customer_key(row: ImportedCase) -> tuple[str, ...]:
    """What tells the same customer again: the account number, else name and ways to reach."""
    return (row.account,) if row.account else (row.customer_name, row.phone, row.email)


def _take_back(desk: Desk, writer: Writer, run_id: int) -> int:
    """Say of each answer of a run that it no longer counts, for history is never rewritten; return how many."""
    entries = writer.imported_entries(run_id)
    for imported in entries:
        change = CaseChange(desk, writer, writer.case(imported.case_id))
        answer = writer.entry(imported.id)
        change.log(EntryKind.UNDONE, f"Import {run_id} undone: {answer.summary}", corrects=answer.id)
        change.write()
    return len(entries)


if TYPE_CHECKING:
    from tuitrack.services.ports import Writer
