"""What is typed is noted key by key, and found again after the program was killed, even in the middle of a key."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOW, a_draft
from tuitrack import bootstrap
from tuitrack.services.bundle import Services
from tuitrack.storage.journal import HALF, FileJournal

CHECKOUT = Path(__file__).parents[2]

TYPE_ON = """
import sys
from pathlib import Path
from tests.builders import a_draft
from tuitrack.storage.journal import FileJournal
journal = FileJournal(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    journal.note(a_draft(values={"text": "x" * number}))
    print(number, flush=True)
"""


def note_and_die(folder: Path, *drafts: str) -> None:
    """Note texts from a program that is killed, one over the other."""
    script = TYPE_ON.partition("number = 0")[0]
    script += "for text in sys.argv[2:]: journal.note(a_draft(values={'text': text}))\n"
    script += "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    done = subprocess.run([sys.executable, "-c", script, folder, *drafts], cwd=CHECKOUT, check=False)
    assert done.returncode == -signal.SIGKILL


def test_every_key_that_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPE_ON, tmp_path / "typed"], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
    )
    assert typist.stdout is not None
    numbers = [int(typist.stdout.readline()) for _ in range(500)]
    typist.kill()
    numbers += [int(line) for line in typist.stdout.read().split()]
    typist.wait()
    typist.stdout.close()
    (left,) = FileJournal(tmp_path / "typed").left_behind()
    assert len(left.values["text"]) >= numbers[-1]


def test_what_stood_in_the_form_comes_back_whole_and_once(tmp_path: Path) -> None:
    note_and_die(tmp_path / "typed", "Mar", "Marija Zorić")
    journal = FileJournal(tmp_path / "typed")
    assert list(journal.left_behind()) == [a_draft(values={"text": "Marija Zorić"})]
    assert list(journal.left_behind()) == []
    assert list((tmp_path / "typed").iterdir()) == []


def test_what_could_not_be_taken_over_stays(tmp_path: Path) -> None:
    note_and_die(tmp_path / "typed", "Mar")
    for _ in FileJournal(tmp_path / "typed").left_behind():
        break
    assert [draft.values for draft in FileJournal(tmp_path / "typed").left_behind()] == [{"text": "Mar"}]


def test_a_key_that_was_cut_short_leaves_the_one_before(tmp_path: Path) -> None:
    note_and_die(tmp_path / "typed", "first", "second", "third")
    (path,) = (tmp_path / "typed").iterdir()
    halves = bytearray(path.read_bytes())
    third = halves.index(b"third")
    halves[third + 2 : third + 5] = b"\0\0\0"
    path.write_bytes(halves)
    assert [draft.values for draft in FileJournal(tmp_path / "typed").left_behind()] == [{"text": "second"}]


def test_a_file_that_was_never_written_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "x.typed").write_bytes(b"")
    (tmp_path / "y.typed").write_bytes(b"\0" * 2 * HALF)
    assert list(FileJournal(tmp_path).left_behind()) == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_taken_from_a_program_that_runs(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "typed")
    assert journal.note(a_draft())
    assert list(FileJournal(tmp_path / "typed").left_behind()) == []
    journal.drop("intake")
    journal.drop("intake")
    assert list((tmp_path / "typed").iterdir()) == []


def test_two_forms_are_noted_side_by_side(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "typed")
    assert journal.note(a_draft())
    assert journal.note(a_draft(form="call:1", saved_at=NOW + timedelta(seconds=1)))
    journal.drop("intake")
    assert len(list((tmp_path / "typed").iterdir())) == 1


def test_where_nothing_can_be_noted_that_is_told(tmp_path: Path) -> None:
    (tmp_path / "typed").touch()
    assert not FileJournal(tmp_path / "typed").note(a_draft())
    assert not FileJournal(tmp_path / "other").note(a_draft(values={"text": "x" * HALF}))


def test_a_demonstration_takes_nothing_over_from_the_desk_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUITRACK_HOME", str(tmp_path / "home"))
    note_and_die(tmp_path / "home" / "typed", "Mar")
    desk = bootstrap.make_demo(tmp_path / "demo" / "tuitrack.db", 1, 1, lambda done: None)
    assert Services(desk).drafts.half_typed() == []
    desk.store.close()
    assert [draft.values for draft in FileJournal(tmp_path / "home" / "typed").left_behind()] == [{"text": "Mar"}]
