"""Taking a register in: every row read, checked, stored, made findable and accounted for in a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.figures import Bar, Figure, Sample, figures
from benchmarks.files import CSV, XLSX, File
from benchmarks.timed import Watch, run_tuitrack
from benchmarks.vocabulary import text

_HEADER = ("Complaint ID", "Date received", "Customer", "Phone", "Product", "Issue", "Status", "Details")
_BARS = {"time, s": Bar(10), "processor time, s": Bar(10)}
_FIRST_DAY = date(2020, 1, 1)


def measure(bench: Bench) -> list[Figure]:
    """Each kind of file into an empty database, beside reading it; its memory beside that of a tenth of the rows."""
    found = []
    with TemporaryDirectory(prefix="tuitrack-register-") as folder:
        for kind in (CSV, XLSX):
            register = _register(kind, Path(folder, f"register.{kind.ending}"), bench.rows)
            tenth = _register(kind, Path(folder, f"tenth.{kind.ending}"), bench.rows // 10)
            subject = f"Import of {bench.rows:,} rows from {kind.ending.upper()}"
            rounds = [(_import(register), _read(kind, register)) for _ in range(min(bench.rounds, 3))]
            found += figures(subject, f"reading the same file with {kind.reader}", rounds, _BARS)
            (ours, _), few = rounds[0], _import(tenth)
            found += figures(subject, "a tenth of the rows", [(ours, few)], {"most memory, MB": Bar(1.1)})
    return found


def _import(register: Path) -> Sample:
    with TemporaryDirectory(prefix="tuitrack-import-") as home:
        return run_tuitrack(Path(home), "import", register, "--yes")


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
