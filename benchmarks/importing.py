"""Taking a register in: every row read, checked, stored, made findable and accounted for in a report."""

from __future__ import annotations

import csv
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.desk import open_desk
from benchmarks.figures import Figure, Sample, compare
from tuitrack.exchange.importer import RegisterImporter
from tuitrack.services.registers import Choices

_HEADER = ("Complaint ID", "Date received", "Customer", "Phone", "Product", "Issue", "Status", "Details")
_FIRST_DAY = date(2020, 1, 1)


def measure(bench: Bench) -> list[Figure]:
    """A CSV file into an empty database, beside reading it."""
    register = bench.home / "register.csv"
    _write(register, bench.rows)
    return compare(
        f"Import of {bench.rows:,} rows",
        "reading the same file with csv",
        lambda: _import(register, bench.rows),
        lambda: _read(register, bench.rows),
        min(bench.rounds, 3),
    )


def _write(register: Path, rows: int) -> None:
    with register.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        for number in range(rows):
            writer.writerow(
                (
                    f"R-{number}",
                    (_FIRST_DAY + timedelta(days=number % 1500)).isoformat(),
                    f"Žarko Example {number % 5000}",
                    f"+385 1 {number % 5000:07}",
                    "Parcel",
                    f"Parcel {number} never came",
                    ("open", "closed")[number % 2],
                    "It was promised for Monday, then for Thursday, and nobody can say where it is.",
                )
            )


def _import(register: Path, rows: int) -> Sample:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        importer = RegisterImporter(open_desk(home), home / "reports", home / "profiles")
        begun = time.perf_counter()
        summary = importer.take_in(register, Choices(), dry_run=False)
        seconds = time.perf_counter() - begun
        importer.close()
    if summary.new != rows:
        raise RuntimeError(f"only {summary.new} of {rows} rows were taken: {summary.reasons}")
    return {"ms for 1,000 rows": seconds / rows * 1_000_000}


def _read(register: Path, rows: int) -> Sample:
    begun = time.perf_counter()
    with register.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    seconds = time.perf_counter() - begun
    return {"ms for 1,000 rows": seconds / rows * 1_000_000}
