"""Taking a register in: every row read, checked, stored, made findable and accounted for in a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.desk import open_desk
from benchmarks.figures import NO_BAR, Bar, Figure, Sample, figures
from benchmarks.files import CSV, XLSX, File
from benchmarks.raw import connected, whole_table
from benchmarks.timed import Watch, run_tuitrack
from benchmarks.vocabulary import text
from tuitrack.services.importing import BATCH_SIZE

_HEADER = ("Complaint ID", "Date received", "Customer", "Phone", "Product", "Issue", "Status", "Details")
_TIMES = ("time, s", "processor time, s")
_TABLES = ("customer", "phone", "cases", "entry", "customer_search", "case_search")
"""What an import of cases fills."""
_FIRST_DAY = date(2020, 1, 1)


def measure(bench: Bench) -> list[Figure]:
    """Each kind of file into an empty database: beside reading it, and beside storing the same rows by hand.

    The memory is beside that of a tenth of the rows.
    """
    found = []
    with TemporaryDirectory(prefix="tuitrack-register-") as folder:
        for kind in (CSV, XLSX):
            register = _register(kind, Path(folder, f"register.{kind.ending}"), bench.rows)
            tenth = _register(kind, Path(folder, f"tenth.{kind.ending}"), bench.rows // 10)
            subject = f"Import of {bench.rows:,} rows from {kind.ending.upper()}"
            taken = [(*_import(register), _read(kind, register)) for _ in range(min(bench.rounds, 3))]
            read = [(ours, reading) for ours, _, reading in taken]
            stored = [(ours, storing) for ours, storing, _ in taken]
            memory = [(taken[0][0], _import(tenth)[0])]
            found += figures(subject, f"reading the same file with {kind.reader}", read, dict.fromkeys(_TIMES, Bar(10)))
            found += figures(subject, "the same rows by hand through apsw", stored, dict.fromkeys(_TIMES, NO_BAR))
            found += figures(subject, "a tenth of the rows", memory, {"most memory, MB": Bar(1.1)})
    return found


def _import(register: Path) -> tuple[Sample, Sample]:
    """What the import took, and what it takes to store by hand what it stored."""
    with TemporaryDirectory(prefix="tuitrack-import-") as folder:
        home = Path(folder, "home")
        return run_tuitrack(home, "import", register, "--yes"), _store_again(home, Path(folder, "again"))


def _store_again(home: Path, other: Path) -> Sample:
    """Every row, in as many transactions as an import makes; nobody looks what is known or whether it fits."""
    desks = [open_desk(home), open_desk(other)]
    reader, writer = map(connected, desks)
    writer.execute("PRAGMA foreign_keys = 0").fetchall()
    watch = Watch()
    contents = [whole_table(reader, table) for table in _TABLES]
    batches = -(-len(contents[_TABLES.index("cases")][1]) // BATCH_SIZE)
    with watch:
        for number in range(batches):
            writer.execute("BEGIN IMMEDIATE")
            for sql, rows in contents:
                writer.executemany(sql, rows[len(rows) * number // batches : len(rows) * (number + 1) // batches])
            writer.execute("COMMIT")
    for each in (reader, writer, *(desk.store for desk in desks)):
        each.close()
    return {name: [value] for name, value in watch.taken.items()}


def _read(kind: File, register: Path) -> Sample:
    watch = Watch()
    with watch:
        for _ in kind.read(register):
            pass
    return {name: [value] for name, value in watch.taken.items()}


def _register(kind: File, path: Path, rows: int) -> Path:
    with kind.writing(path) as write:
        write(_rows(rows))
    return path


def _rows(count: int) -> Iterator[tuple[str, ...]]:
    random = Random(3)
    yield _HEADER
    for number in range(count):
        yield (
            f"R-{number}",
            (_FIRST_DAY + timedelta(days=number % 1500)).isoformat(),
            f"Žarko Example {number % 5000}",
            f"+385 1 {number % 5000:07}",
            "Parcel",
            text(random, 5),
            ("open", "closed")[number % 2],
            text(random, 20),
        )
