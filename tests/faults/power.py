"""R2: the power fails at any moment; what the disk had not yet been told to keep is lost, torn or kept by chance.

The program writes through a file system of its own, which notes every write and every sync in their order. Afterwards
the files are made again as a disk could have left them at some moment, and opened like after a power cut.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import apsw

from tests.e2e.desk import looking_in
from tests.faults.told import Told
from tests.faults.writers import forked, make_desk

SECTOR = 512
"""Bytes that a disk writes whole or not at all."""
PAGES_OF_LOG = 200
"""After so many pages the log goes into the database, so that this is cut short as well."""


class Op(NamedTuple):
    """What happened to a file, or what was acknowledged to the person at work."""

    kind: str
    """`write`, `cut` to a length, `sync`, `delete`, or `told` where a note was acknowledged."""
    name: str
    place: int = 0
    data: bytes = b""


def run(home: Path, *, notes: int, cuts: int, synchronous: str = "full", seed: int = 1) -> Told:
    """Write so many notes once, and look at what so many power cuts leave of them."""
    make_desk(home, 1)
    base = {path.name: path.read_bytes() for path in home.glob("tuitrack.db*")}
    pid = forked(lambda: record(home, notes, synchronous))
    assert os.waitpid(pid, 0)[1] == 0
    ops: list[Op] = pickle.loads((home / "ops").read_bytes())
    random = Random(seed)
    lost, damaged, most = 0, 0, 0
    for _ in range(cuts):
        at = random.randrange(len(ops))
        acknowledged = {op.name for op in ops[:at] if op.kind == "told"}
        found = after_power_cut(home.parent / "cut", base, ops[:at], random)
        if found is None:
            damaged += 1
        else:
            lost += bool(acknowledged - found)
            most = max(most, len(acknowledged - found))
    figures = {"cuts": cuts, "cuts that lost something": lost, "most lost at once": most, "damaged": damaged}
    broken = [f"{damaged} damaged"] if damaged else []
    if lost and synchronous == "full":
        broken.append(f"{lost} lost something")
    return Told(f"R2: power cut, synchronous={synchronous}", figures, tuple(broken))


def record(home: Path, notes: int, synchronous: str) -> None:
    """Write notes through a file system that notes what it is asked to do."""
    recorder = Recorder()
    with looking_in(home) as services:
        db = services.desk.store.db  # type: ignore[attr-defined]
        db.pragma("synchronous", synchronous)
        db.pragma("wal_autocheckpoint", PAGES_OF_LOG)
        for number in range(notes):
            services.casework.add_note(1, {"text": f"note-{number}"})
            recorder.ops.append(Op("told", f"note-{number}"))
        (home / "ops").write_bytes(pickle.dumps(recorder.ops))


def after_power_cut(folder: Path, base: dict[str, bytes], ops: Sequence[Op], random: Random) -> set[str] | None:
    """The notes in a database as a disk could have left it after these, None where it is damaged."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name, content in left_on_disk(base, ops, random):
        (folder / name).write_bytes(content)
    db = apsw.Connection(str(folder / "tuitrack.db"))
    try:
        if db.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
            return None
        return {str(body) for (body,) in db.execute("SELECT body FROM entry WHERE body LIKE 'note-%'")}
    except apsw.Error:
        return None
    finally:
        db.close()


def left_on_disk(base: dict[str, bytes], ops: Sequence[Op], random: Random) -> Iterator[tuple[str, bytes]]:
    """What each file holds: all that was synced, and of what came after whatever the disk got to by chance."""
    names = {op.name for op in ops if op.kind != "told"} | base.keys()
    for name in names:
        of_file = [op for op in ops if op.name == name and op.kind != "told"]
        synced = max((place for place, op in enumerate(of_file) if op.kind in ("sync", "delete")), default=-1)
        content: bytearray | None = bytearray(base[name]) if name in base else None
        for place, op in enumerate(of_file):
            content = done(content, op, None if place <= synced else random)
        if content is not None:
            yield name, bytes(content)


def done(content: bytearray | None, op: Op, random: Random | None) -> bytearray | None:
    """A file after one operation; with `random` the disk had not been told to keep it."""
    if op.kind == "delete":
        return None
    content = bytearray() if content is None else content
    if op.kind == "cut" and (random is None or random.random() < 0.5):
        del content[op.place :]
    elif op.kind == "write":
        for start in range(0, len(op.data), SECTOR):
            if random is None or random.random() < 0.5:
                piece, place = op.data[start : start + SECTOR], op.place + start
                content.extend(b"\0" * (place - len(content)))
                content[place : place + len(piece)] = piece
    return content


class Recorder(apsw.VFS):
    """Passes everything on to the system's own files, and notes it; every database that is opened goes through it."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        super().__init__("recorder", "unix", makedefault=True)

    def xOpen(self, name: Any, flags: Any) -> Any:
        """Open a file; one without a name holds nothing that has to last."""
        if name is None:
            return super().xOpen(name, flags)
        filename = name.filename() if isinstance(name, apsw.URIFilename) else name
        return RecordedFile(Path(filename).name, self.ops, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        """Remove a file."""
        self.ops.append(Op("delete", Path(filename).name))
        super().xDelete(filename, syncdir)


class RecordedFile(apsw.VFSFile):
    """A file of the database, of its log or of its journal."""

    def __init__(self, name: str, ops: list[Op], path: Any, flags: Any) -> None:
        self._name, self._ops = name, ops
        super().__init__("unix", path, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        """Write, which the disk may do when it likes."""
        self._ops.append(Op("write", self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        """Cut, which the disk may do when it likes."""
        self._ops.append(Op("cut", self._name, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        """Have the disk keep all that was written so far."""
        self._ops.append(Op("sync", self._name))
        super().xSync(flags)
