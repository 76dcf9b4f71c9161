"""Takes a whole register in: reads row by row in constant memory, stores in batches, and tells the fate of each row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from tuitrack.domain.errors import Refusal, StoreFault
from tuitrack.domain.imported import ImportedAnswer, ImportedCase
from tuitrack.domain.keeping import ImportRun
from tuitrack.exchange.answers import AnswerReader
from tuitrack.exchange.cells import RawRow
from tuitrack.exchange.fields import FIELDS
from tuitrack.exchange.mapping import Mapping
from tuitrack.exchange.planning import Reading, opened, plan_of, read_through
from tuitrack.exchange.profiles import profile_names, save_profile
from tuitrack.exchange.reasons import count
from tuitrack.exchange.register import Register
from tuitrack.exchange.report import RowReport, open_report
from tuitrack.exchange.rows import RowReader
from tuitrack.exchange.run_clock import RunClock
from tuitrack.services.answers import AnswerService
from tuitrack.services.desk import Desk
from tuitrack.services.importing import BATCH_SIZE, ImportService, Stored, Undone
from tuitrack.services.registers import Choices, Plan, Progress, RowOutcome, Summary, never, silent

Taken = ImportedCase | ImportedAnswer
Row = Taken | tuple[int, Refusal]
"""A row that could be read, or the number of one that could not and why."""
_Reader = Callable[[RawRow], Taken]


class _Taker(Protocol):
    """Stores what its reader read."""

    def known(self, rows: Sequence[Any]) -> list[Stored]:
        """What would become of these rows if they were stored now."""
        ...

    def store(self, run: ImportRun, rows: Sequence[Any]) -> list[Stored]:
        """Store one batch in one transaction."""
        ...


class RegisterImporter:
    """Implements the port `Registers` for one desk; `reports` and `profiles` are folders that need not exist."""

    def __init__(self, desk: Desk, reports: Path, profiles: Path) -> None:
        self._desk = desk
        self._reports = reports
        self._profiles = profiles
        self._looked_at: tuple[Path, Choices, int, int] | None = None
        self._reading: Reading | None = None

    def fields(self) -> tuple[tuple[str, str], ...]:
        """The fields that a column can fill: (key, name for people)."""
        return tuple((field.key, field.title) for field in FIELDS)

    def profiles(self) -> tuple[str, ...]:
        """The names of the saved mappings."""
        return profile_names(self._profiles)

    def plan(self, path: Path, choices: Choices, on_progress: Callable[[Progress], None] = silent) -> Plan:
        """Look through the whole file and propose how to take it."""
        with opened(path, choices) as register:
            return plan_of(register, self._read_through(register, choices, on_progress))

    def save_profile(self, name: str, path: Path, choices: Choices) -> None:
        """Keep the mapping of this file with these choices under a name."""
        with opened(path, choices) as register:
            save_profile(self._profiles, name, self._read_through(register, choices, silent).mapping)

    def take_in(
        self,
        path: Path,
        choices: Choices,
        *,
        dry_run: bool,
        on_progress: Callable[[Progress], None] = silent,
        stop: Callable[[], bool] = never,
    ) -> Summary:
        """Import every row, or with `dry_run` only find what would become of each; `stop` is asked between batches.

        One bad row never stops the run and never disappears: its reason stands in the report and is counted.
        """
        with opened(path, choices) as register:
            mapping = self._read_through(register, choices, silent).mapping
            reader, taker = self._way_of(register, mapping)
            with open_report(self._report_path(path, dry_run)) as report:
                summary = Summary(
                    report.path, what="survey answers" if mapping.tells_answers else "cases", counts=report.counts
                )
                run = _Run(ImportService(self._desk), taker, report, summary, on_progress, stop)
                return run.go(register, reader, None if dry_run else _settings(register, mapping))

    def _way_of(self, register: Register, mapping: Mapping) -> tuple[_Reader, _Taker]:
        """What reads the rows, and what stores them: cases, or answers about cases of ours."""
        desk = self._desk
        reader = RowReader(register.header, mapping, desk.zone, desk.clock(), desk.settings.currency)
        if mapping.tells_answers:
            return AnswerReader(reader, desk.settings.reference_prefix).read, AnswerService(desk)
        return reader.read, ImportService(desk)

    def runs(self) -> list[ImportRun]:
        """The latest runs, newest first."""
        return ImportService(self._desk).runs()

    def undo(self, run_id: int) -> Undone:
        """Take back everything a run brought, except cases that somebody worked on since."""
        return ImportService(self._desk).undo(run_id)

    def close(self) -> None:
        """Let go of the database."""
        self._desk.store.close()

    def _read_through(self, register: Register, choices: Choices, on_progress: Callable[[Progress], None]) -> Reading:
        """How the register is read; the same file and choices are not looked through again."""
        found = register.path.stat()
        looking_at = (register.path.absolute(), choices, found.st_size, found.st_mtime_ns)
        if self._reading is None or self._looked_at != looking_at:
            clock = RunClock()
            self._reading = read_through(
                register,
                choices,
                self._profiles,
                lambda rows, share: on_progress(clock.progress(share, rows)),
            )
            self._looked_at = looking_at
        return self._reading

    def _report_path(self, path: Path, dry_run: bool) -> Path:
        """A report file of its own, named for the moment and the register."""
        stem = "".join(letter if letter.isalnum() else "-" for letter in path.stem)[:60]
        kind = "dry-run" if dry_run else "import"
        try:
            self._reports.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Refusal(f"The folder of reports {self._reports} cannot be made: {error.strerror}.") from error
        return self._reports / f"{self._desk.now():%Y%m%d-%H%M%S}-{kind}-{stem}.csv"


class _Run:
    """One run through a register, dry or not."""

    def __init__(
        self,
        runs: ImportService,
        taker: _Taker,
        report: RowReport,
        summary: Summary,
        on_progress: Callable[[Progress], None],
        stop: Callable[[], bool],
    ) -> None:
        self._runs = runs
        self._taker = taker
        self._report = report
        self._on_progress = on_progress
        self._stop = stop
        self._summary = summary

    def go(self, register: Register, reader: _Reader, settings: dict[str, str] | None) -> Summary:
        """Go through all rows, or up to where somebody stops it; without settings to remember it is a dry run."""
        summary, clock = self._summary, RunClock()
        if settings is not None:
            summary.run = self._runs.begin(register.path.name, settings)
        for rows in _batches(register, reader):
            self._take(rows)
            self._on_progress(clock.progress(register.progress, summary.rows))
            if self._stop():
                summary.stopped = True
                break
        summary.seconds = clock.seconds
        if summary.run:
            counts = self._report.counts
            summary.run = self._runs.finish(
                summary.run,
                taken=counts[RowOutcome.TAKEN],
                changed=counts[RowOutcome.CHANGED],
                refused=counts[RowOutcome.REFUSED],
                known=counts[RowOutcome.ALREADY_THERE],
            )
        return summary

    def _take(self, rows: Sequence[Row]) -> None:
        """Store one batch, or look what of it is there already, and write down the fate of each row in turn."""
        fates = iter(self._fates([row for row in rows if isinstance(row, Taken)]))
        for row in rows:
            if isinstance(row, Taken):
                self._tell(next(fates))
            else:
                number, refusal = row
                self._refuse(number, refusal.sentence)

    def _refuse(self, number: int, why: str) -> None:
        self._report.write(number, RowOutcome.REFUSED, why)
        count(self._summary.reasons, [why])

    def _tell(self, fate: Stored) -> None:
        if fate.refusal:
            self._refuse(fate.row.row_number, fate.refusal)
            return
        row, outcome = fate.row, RowOutcome.CHANGED if fate.row.notes else RowOutcome.TAKEN
        why = "; ".join(row.notes)
        if fate.known:
            outcome, why = RowOutcome.ALREADY_THERE, "a row with this number and day, or this content, was taken before"
        else:
            count(self._summary.remarks, row.notes)
        self._report.write(row.row_number, outcome, why, fate.reference, row.foreign_id)

    def _fates(self, taken: Sequence[Taken]) -> Sequence[Stored]:
        run = self._summary.run
        if run is None:
            return self._taker.known(taken)
        try:
            return self._taker.store(run, taken)
        except StoreFault as fault:
            raise StoreFault(
                f"{fault.sentence} Import {run.id} ended after {self._summary.rows:,} rows; what it stored stays and "
                f"can be taken back with tuitrack import --undo {run.id}, or completed by importing the file again."
            ) from fault


def _batches(register: Register, reader: _Reader) -> Iterator[list[Row]]:
    """The rows of a register in batches."""
    rows = register.rows()
    while batch := [_read(reader, row) for row in islice(rows, BATCH_SIZE)]:
        yield batch


def _read(reader: _Reader, row: RawRow) -> Row:
    """What was made of a row, or its number with why it has none."""
    try:
        return reader(row)
    except Refusal as refusal:
        return row.number, refusal


def _settings(register: Register, mapping: Mapping) -> dict[str, str]:
    """How the file was read, as the run remembers it."""
    described = register.describe()
    return {
        "encoding": described.encoding,
        "delimiter": described.delimiter,
        "sheet": described.sheet,
        "header row": str(described.header_row),
        "columns": ", ".join(f"{use.column} → {use.field}" for use in mapping.columns if use.field),
    }
