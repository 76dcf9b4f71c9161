"""`tuitrack import` as a person types it, on registers of every sort of trouble."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from tests.patience import PATIENCE_S
from tuitrack.commands import output

CHECKOUT = Path(__file__).parents[2]


def run(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command without a terminal, on a database of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tuitrack", "import", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        cwd=CHECKOUT,
        env=os.environ | {"TUITRACK_HOME": str(home), "TUITRACK_TIME_ZONE": "Europe/Zagreb", "PYTHONUTF8": "1"},
        timeout=PATIENCE_S,
    )


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def messy(tmp_path: Path) -> Path:
    """A register with titles above it, names twice, its own encoding, cut and overfull rows, and formulas."""
    path = tmp_path / "prigovori 2024.csv"
    path.write_bytes(
        (
            "Knjiga prigovora;;;;;\r\n"
            "za 2024.;;;;;\r\n"
            "\r\n"
            "Broj;Datum zaprimanja;Opis;Status;Napomena;Napomena\r\n"
            '1;14.11.2024.;"Čaša; razbijena već kod čišćenja, kaže gđa Đurić";Otvoreno;a;b\r\n'
            "2;15.11.2024.;=HYPERLINK(A1);Zatvoreno;kućište;čeka\r\n"
            "3;uskoro;Šteta;Otvoreno;;\r\n"
            "4;16.11.2024.;Žalba;Izmišljeno;;\r\n"
            "5;17.11.2024.;Žalba;Otvoreno;;;previše;toga\r\n"
            "\x1b[2J6;18.11.2024.;Žalba\x1b]52;c\x07;Otvoreno;;\r\n"
        ).encode("cp1250")
    )
    return path


def test_a_messy_register_is_shown_and_taken(home: Path, messy: Path) -> None:
    done = run(home, messy, "--yes")
    assert done.returncode == 0, done.stderr
    assert "cp1250, cells separated by semicolon" in done.stdout
    assert "below the header in row 4" in done.stdout
    assert "day first" in done.stdout
    assert "Napomena (2)" in done.stdout
    assert "status “izmisljeno”: 1 rows, taken as open" in done.stdout
    assert "2 refused" in done.stdout
    assert "tuitrack import --undo 1" in done.stdout
    assert "\x1b" not in done.stdout
    assert [path for path in home.rglob("*") if path.stat().st_mode & 0o077] == []
    report = next((home / "reports").glob("*-import-prigovori-2024.csv")).read_text("utf-8-sig")
    assert "uskoro" in report
    assert "\x1b" not in report


def test_a_dry_run_needs_nobody_and_stores_nothing(home: Path, messy: Path) -> None:
    done = run(home, messy, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "would be taken" in done.stdout
    assert "Nothing was imported yet" in run(home, "--runs").stdout


def test_without_a_terminal_nobody_can_be_asked(home: Path, messy: Path) -> None:
    done = run(home, messy)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "tuitrack: Nobody can be asked here whether to import: give --yes, or --dry-run to look only.\n"
    )


def test_a_second_run_adds_nothing_and_undo_takes_back(home: Path, messy: Path) -> None:
    run(home, messy, "--yes")
    again = run(home, messy, "--yes").stdout
    assert re.search(r"\b4 already there", again)
    assert re.search(r"\b0 taken as they stand", again)
    assert "4 cases removed" in run(home, "--undo", "1").stdout
    refused = run(home, "--undo", "1")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "already undone" in refused.stderr
    listed = run(home, "--runs").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["2", "1"]
    assert run(home, messy, "--yes").returncode == 0
    assert "there is no import run 9" in run(home, "--undo", "9").stderr


def test_what_was_found_can_be_changed_and_kept_as_a_profile(home: Path, messy: Path) -> None:
    done = run(home, messy, "--dry-run", "--map", "Napomena=owner", "--map", "Status=", "--save-profile", "knjiga")
    assert done.returncode == 0, done.stderr
    assert re.search(r"Napomena +owner +\(chosen\)", done.stdout)
    assert "izmisljeno" not in done.stdout
    again = run(home, messy, "--yes", "--profile", "knjiga", "--no-rest", "--encoding", "cp1250", "--header-row", "4")
    assert re.search(r"Napomena +owner", again.stdout)
    assert "left out" in again.stdout
    known = run(home, messy, "--dry-run", "--word", "status:Izmišljeno=waiting")
    assert "izmisljeno" not in known.stdout


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--map", "Napomena"], "has no column"),
        (["--map", "Nema=owner"], "no column"),
        (["--map", "Opis=nothing"], "expected one of"),
        (["--map", "Datum zaprimanja="], "no column says when"),
        (["--word", "status"], "cannot be read"),
        (["--encoding", "klingon"], "klingon"),
        (["--delimiter", "#"], "Delimiter"),
        (["--header-row", "90"], "row 90"),
        (["--profile", "absent"], "absent"),
        (["--save-profile", "../x"], "Profile name"),
    ],
)
def test_a_wrong_option_is_one_sentence(home: Path, messy: Path, options: list[str], expected: str) -> None:
    done = run(home, messy, "--yes", *options)
    assert done.returncode == 2
    assert done.stderr.startswith("tuitrack: ")
    assert done.stderr.count("\n") == 1
    assert expected in done.stderr


def test_a_workbook_with_dates_of_every_sort(home: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Empty"
    sheet = book.create_sheet("Complaints")
    sheet.append(["Complaints of the shop"])
    sheet.append(["Id", "Date received", "Issue", "Asked for"])
    sheet.append([1, date(2024, 11, 14), "Late", 12.5])
    sheet.append([2, 45_610, "Late", None])
    sheet.append([3, "14 November 2024", "Late", "=1+1"])
    sheet.append([4, "soon", "Late", None])
    path = tmp_path / "book.xlsx"
    book.save(path)
    done = run(home, path, "--yes")
    assert done.returncode == 0, done.stderr
    assert "sheet Complaints (there are also Empty)" in done.stdout
    assert re.search(r"\b1 refused", done.stdout)
    assert "has no sheet 'Other'" in run(home, path, "--dry-run", "--sheet", "Other").stderr


def test_the_first_ctrl_c_is_noted_so_that_a_batch_is_whole_and_the_second_ends() -> None:
    with output.stoppable() as stop:
        assert not stop()
        os.kill(os.getpid(), signal.SIGINT)
        assert stop()
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


def not_registers(folder: Path) -> list[Path]:
    """What gets picked by mistake."""
    contents = {
        "page.csv": b"<!doctype html><html><body>Sign in</body></html>",
        "pointer.csv": b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n",
        "empty.csv": b"",
        "cut.xlsx": b"PK\x03\x04 and no more",
        "locked.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "only-names.csv": b"Date received,Issue\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    with zipfile.ZipFile(folder / "letter.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return [folder, folder / "absent.csv", *map(folder.joinpath, contents), folder / "letter.xlsx"]


def test_what_is_no_register_is_one_sentence_and_exit_code_2(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "picked"
    folder.mkdir()
    for path in not_registers(folder):
        done = run(home, path, "--yes")
        assert (done.returncode, done.stdout) == (2, ""), path
        assert done.stderr.startswith("tuitrack: "), path
        assert done.stderr.count("\n") == 1, path


@pytest.mark.parametrize(("answer", "told"), [(b"y\n", "tuitrack import --undo 1"), (b"\n", "Nothing was imported.")])
def test_somebody_at_a_terminal_is_asked(home: Path, messy: Path, answer: bytes, told: str) -> None:
    leader, follower = pty.openpty()
    os.write(leader, answer)
    done = subprocess.run(
        [sys.executable, "-m", "tuitrack", "import", str(messy)],
        stdin=follower,
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        env=os.environ | {"TUITRACK_HOME": str(home), "PYTHONUTF8": "1"},
        timeout=PATIENCE_S,
    )
    os.close(follower)
    os.close(leader)
    assert done.returncode == 0, done.stderr
    assert "Import 4 cases? [y/N]" in done.stdout
    assert told in done.stdout
