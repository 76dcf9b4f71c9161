"""Tells a register from everything else that gets picked by mistake, by content and never by file name."""

from __future__ import annotations

import mmap
import os
import re
import stat
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from tuitrack.domain.errors import Refusal
from tuitrack.exchange.encodings import encoding_shown_by
from tuitrack.exchange.sheet_extent import CELLS_MAX, widest_sheet_cells

HEAD_BYTES = 65_536
UNPACKED_LIMIT_BYTES = 2 * 1024**3
ENDINGS = "expected a table as CSV, XLSX, XLS or ODS"


class Kind(StrEnum):
    """The two shapes in which a register comes."""

    TEXT = "text"
    WORKBOOK = "workbook"


MAGIC = (
    (b"\x89PNG", "is a picture (PNG)"),
    (b"\xff\xd8\xff", "is a picture (JPEG)"),
    (b"GIF8", "is a picture (GIF)"),
    (b"%PDF", "is a PDF document"),
    (b"{\\rtf", "is a rich text document"),
    (b"\x1f\x8b", "is a gzip archive: unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is a 7-Zip archive: unpack it first"),
    (b"Rar!", "is a RAR archive: unpack it first"),
    (b"SQLite format 3\x00", "is a SQLite database"),
    (b"PAR1", "is a Parquet file"),
    (b"\x7fELF", "is a program"),
    (b"MZ\x90\x00", "is a program"),
)
POINTERS = (
    (
        re.compile(rb"version https://git-lfs\.github\.com/"),
        "is a Git LFS pointer, not the file itself: fetch it with git lfs pull",
    ),
    (
        re.compile(rb"[./]*(\.git)?/annex/objects/"),
        "is a git-annex pointer, not the file itself: fetch it with git annex get",
    ),
)
OPENINGS = (
    (re.compile(rb"<!doctype html|<html|<head|<body|<table|<script", re.IGNORECASE), "is a web page"),
    (re.compile(rb"<\?xml|<svg|<[a-z]+:[a-z]", re.IGNORECASE), "is an XML file"),
    (re.compile(rb"\{\s*(\"|\}|\Z)|\[\s*(\{|\[|\"|-?\d|\]|\Z)"), "is JSON"),
)
ZIP_MEMBERS = (
    ("word/", "is a Word document"),
    ("ppt/", "is a presentation"),
    ("Index/Document.iwa", "is an Apple Numbers document: export it as CSV or XLSX first"),
    ("Index.zip", "is an Apple Numbers document: export it as CSV or XLSX first"),
)


def shown_name(path: Path) -> str:
    """The file's name with whatever cannot be printed replaced."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in path.name)


def refused(path: Path, why: str) -> Refusal:
    """The one sentence about a file that is not a register."""
    return Refusal(f"{shown_name(path) or path} {why}; {ENDINGS}.", "file")


def recognise(path: Path) -> Kind:
    """Which kind of register this is; raises Refusal with one sentence for anything else."""
    head = _read_head(path)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise refused(path, "is empty")
    for magic, why in MAGIC:
        if head.startswith(magic):
            raise refused(path, why)
    if head.startswith(b"PK\x03\x04"):
        _check_zip(path)
        return Kind.WORKBOOK
    if head.startswith(b"PK"):
        raise refused(path, "is a zip archive")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        _check_ole(path)
        return Kind.WORKBOOK
    _check_text(path, head)
    return Kind.TEXT


def _read_head(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise refused(path, "is a folder")
        if not stat.S_ISREG(mode):
            raise refused(path, "is not an ordinary file")
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except FileNotFoundError:
        if path.is_symlink() and "annex/objects" in os.readlink(path):
            raise refused(path, POINTERS[1][1]) from None
        raise refused(path, "does not exist") from None
    except PermissionError:
        raise refused(path, "may not be read by you") from None
    except (OSError, ValueError) as error:
        raise refused(path, f"cannot be read ({error})") from error


def _check_text(path: Path, head: bytes) -> None:
    encoding = encoding_shown_by(head)
    text = head.decode(encoding, "replace").encode("utf-8", "replace") if encoding else head
    text = text.lstrip()
    for pattern, why in (*POINTERS, *OPENINGS):
        if pattern.match(text):
            raise refused(path, why)
    controls = sum(byte < 32 and byte not in b"\t\r\n\x0b\x0c" for byte in text)
    if controls > max(2, len(text) // 20):
        raise refused(path, "is a binary file")


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = {info.filename: info for info in archive.infolist()}
            for prefix, why in ZIP_MEMBERS:
                if any(name.startswith(prefix) for name in members):
                    raise refused(path, why)
            is_ods = "mimetype" in members and b"opendocument.spreadsheet" in archive.read("mimetype")
            if is_ods and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                raise refused(path, "is locked with a password: save it without one first")
            if not is_ods and not any(name.startswith("xl/workbook.") for name in members):
                raise refused(path, "is a zip archive")
            if sum(info.file_size for info in members.values()) > UNPACKED_LIMIT_BYTES:
                raise refused(path, "unpacks to more than 2 GB")
        if widest_sheet_cells(path) > CELLS_MAX:
            raise refused(path, "has a cell so far out that the sheet cannot be held: delete the empty rows or columns")
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError) as error:
        raise refused(path, "is a damaged or cut workbook: copy or download it again") from error


def _check_ole(path: Path) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            raise refused(path, "is locked with a password: save it without one first")
        if content.find("WordDocument".encode("utf-16-le")) >= 0:
            raise refused(path, "is a Word document")
