"""What is not a register is refused with one sentence that says what it is."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped]
import pytest

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.register import open_register

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

NOT_REGISTERS = [
    (b"", "is empty"),
    (b"\xef\xbb\xbf \r\n\n", "is empty"),
    (b"Number,Received\n", "no rows below the header"),
    (b"Number,Received\n\n,\n", "no rows below the header"),
    (b"<!DOCTYPE html><html><body>Log in</body></html>", "web page"),
    (b"\n  <TABLE><tr><td>1</td></tr></TABLE>", "web page"),
    ("<html>".encode("utf-16"), "web page"),
    (b'<?xml version="1.0"?><rows/>', "XML"),
    (b'{"rows": []}', "JSON"),
    (b'[{"a": 1}, {"a": 2}]', "JSON"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "Git LFS"),
    (b"/annex/objects/SHA256E-s123--abc.csv\n", "git-annex"),
    (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture"),
    (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    (b"\x1f\x8b\x08\x00" + bytes(20), "gzip"),
    (bytes(range(32)) * 40, "binary"),
    (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "Word"),
    (OLE + bytes(600), "damaged or foreign"),
    (b"PK\x03\x04" + bytes(200), "damaged or cut"),
    (b"just one line of text", "no row of column names"),
    (b"1,2\n3,4\n5,6\n", "no row of column names"),
]


@pytest.mark.parametrize(("content", "what"), NOT_REGISTERS)
def test_content_that_is_no_register(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "register.csv"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=what) as refused, open_register(path):
        pass
    assert refused.value.sentence.startswith("register.csv ")
    assert "\n" not in refused.value.sentence


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("word/document.xml", "Word"),
        ("ppt/presentation.xml", "presentation"),
        ("Index/Document.iwa", "Numbers"),
        ("photo.jpg", "zip archive"),
    ],
)
def test_foreign_archives_named_xlsx(tmp_path: Path, member: str, what: str) -> None:
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(Refusal, match=what), open_register(path):
        pass


def test_a_cut_workbook(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    book = openpyxl.Workbook()
    book.save(path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(Refusal, match="damaged or cut"), open_register(path):
        pass


def test_an_empty_workbook(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(Refusal, match="nothing in it"), open_register(path):
        pass


def test_a_workbook_whose_sheet_is_no_xml(tmp_path: Path) -> None:
    good, path = tmp_path / "good.xlsx", tmp_path / "register.xlsx"
    openpyxl.Workbook().save(good)
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<broken" if "sheet1" in name else source.read(name))
    with pytest.raises(Refusal), open_register(path):
        pass


def test_folders_missing_files_pointers_and_devices(tmp_path: Path) -> None:
    pointer = tmp_path / "pointer.csv"
    pointer.symlink_to(".git/annex/objects/aa/bb/SHA256E-s1--c.csv")
    fifo = tmp_path / "pipe.csv"
    os.mkfifo(fifo)
    for path, what in (
        (tmp_path, "is a folder"),
        (tmp_path / "absent.csv", "does not exist"),
        (pointer, "git-annex"),
        (fifo, "not an ordinary file"),
        (tmp_path / ("x" * 300), "cannot be read"),
        (Path("a\0b"), "cannot be read"),
    ):
        with pytest.raises(Refusal, match=what), open_register(path):
            pass


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Number,Received\n1,2024-11-14\n")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    with pytest.raises(Refusal, match="may not be read"), open_register(path):
        pass


def test_a_stray_cell_at_the_far_corner_does_not_take_all_memory(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Number", "x"
    book.save(tmp_path / "register.xlsx")
    with pytest.raises(Refusal, match="so far out"), open_register(tmp_path / "register.xlsx"):
        pass


def test_formatting_alone_makes_no_sheet_too_large(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Number", "Received"], [1, "2024-11-14"]):
        sheet.append(row)
    sheet["XFD1048576"].font = openpyxl.styles.Font(bold=True)
    book.save(tmp_path / "register.xlsx")
    with open_register(tmp_path / "register.xlsx") as register:
        assert len(list(register.rows())) == 1
