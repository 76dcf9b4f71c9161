"""Writing cases to a file: every field of every case of a query, as of one moment."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bench import Bench
from benchmarks.figures import Bar, Figure, Sample, figures
from benchmarks.files import CSV, JSONL, XLSX, File
from benchmarks.kept_desks import kept_desk
from benchmarks.timed import Watch, run_tuitrack

_AT_ONCE = 1_000
_BARS = {"time, s": Bar(5), "processor time, s": Bar(5)}


def measure(bench: Bench) -> list[Figure]:
    """Every case to each kind of file, beside writing the same rows again; their memory beside that of few cases."""
    many = kept_desk(bench.desks, bench.rows)
    found = []
    with TemporaryDirectory(prefix="tuitrack-export-") as folder:
        for kind in (CSV, XLSX, JSONL):
            path, other = Path(folder, f"cases.{kind.ending}"), Path(folder, f"other.{kind.ending}")
            subject = f"Export of {bench.rows:,} cases to {kind.ending.upper()}"
            rounds = [(_export(many, path), _write_again(kind, path, other)) for _ in range(min(bench.rounds, 3))]
            found += figures(subject, f"writing the same rows with {kind.writer}", rounds, _BARS)
            (ours, _), few = rounds[0], _export(bench.small, other)
            found += figures(subject, f"{bench.few:,} cases", [(ours, few)], {"most memory, MB": Bar(1.1)})
    return found


def _export(home: Path, path: Path) -> Sample:
    return run_tuitrack(home, "export", "is:all", "--to", path, "--replace")


def _write_again(kind: File, path: Path, other: Path) -> Sample:
    """Only the writing counts: the rows are read some at a time, and the time that takes is taken off."""
    rows, whole, reading = kind.read(path), Watch(), Watch()
    with whole, kind.writing(other) as write:
        while True:
            with reading:
                some = list(islice(rows, _AT_ONCE))
            if not some:
                break
            write(some)
    return {name: [whole.taken[name] - reading.taken[name]] for name in whole.taken}
