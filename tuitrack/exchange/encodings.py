"""Finds in which encoding a text register was written, reading the whole file once in small pieces."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from tuitrack.domain.errors import Refusal

CHUNK_BYTES = 1_048_576
SAMPLE_BYTES = 65_536
ASCII_SHARE_MIN = 0.4
FALLBACK = "cp1252"
LIKELY = ["cp1250", "cp1252", "cp1251", "cp1256", "iso8859_2", "iso8859_15", "koi8_r", "mac_roman", "gb18030",
          "shift_jis", "euc_kr", "big5"]  # fmt: skip
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNDECODED = re.compile("[\udc80-\udcff]")
_NON_ASCII = re.compile("[^\x00-\x7f]")
_NON_ASCII_LINE = re.compile(rb"[^\r\n]*[\x80-\xff][^\r\n]*")


def check_encoding(name: str) -> str:
    """The codec's proper name; raises Refusal if Python has no text encoding so called."""
    try:
        "a".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise Refusal(
            f"Encoding {name!r} is not known; expected a name such as utf-8, cp1250 or cp1252.", "encoding"
        ) from None


def encoding_shown_by(head: bytes) -> str:
    """The encoding that the first bytes give away: a byte order mark, or the zeros of UTF-16; empty for none."""
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    if head.count(0) > len(head) // 5:
        name = "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"
        text = head.decode(name, "replace")
        if sum(" " <= letter <= "~" for letter in text) > ASCII_SHARE_MIN * len(text):
            return name
    return ""


def find_encoding(path: Path) -> str:
    """The encoding by byte order mark, by whole-file trial as UTF-8, and only then by statistics.

    A mostly-UTF-8 file with a few bad bytes stays UTF-8: those characters alone are replaced when read.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
    if declared := encoding_shown_by(head):
        return declared
    good, bad = _count_utf8(path)
    if bad == 0 or good > bad:
        return "utf-8"
    return _most_likely(_non_ascii_sample(path))


def _count_utf8(path: Path) -> tuple[int, int]:
    """How many non-ASCII characters decode as UTF-8, and how many bytes do not."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK_BYTES)
            text = decoder.decode(chunk, final=not chunk)
            if not text.isascii():
                undecoded = len(_UNDECODED.findall(text))
                bad += undecoded
                good += len(_NON_ASCII.findall(text)) - undecoded
            if not chunk:
                return good, bad


def _non_ascii_sample(path: Path) -> bytes:
    """The lines that tell encodings apart, up to the sample size."""
    sample = bytearray()
    with path.open("rb") as file:
        while len(sample) < SAMPLE_BYTES and (chunk := file.read(CHUNK_BYTES)):
            for line in _NON_ASCII_LINE.finditer(chunk):
                sample += line.group()[:SAMPLE_BYTES] + b"\n"
                if len(sample) >= SAMPLE_BYTES:
                    break
    return bytes(sample)


def _is_south_slavic(sample: bytes) -> bool:
    """Whether every accented letter is a Croatian or Slovenian one in cp1250, and not all are Č, which is È elsewhere.

    In a short sample statistics cannot tell cp1250 from cp1252.
    """
    letters = {letter for letter in sample.decode("cp1250", "replace").lower() if letter.isalpha() and letter > "\x7f"}
    return letters <= set("čćđšž") and bool(letters - {"č"})


def _most_likely(sample: bytes) -> str:
    if _is_south_slavic(sample):
        return "cp1250"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=LIKELY).best()
    return best.encoding if best else FALLBACK
