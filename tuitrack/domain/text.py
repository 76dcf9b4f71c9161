"""Text that people type, paste or send: made safe on the way in, and folded so that a search finds it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

SUBJECT_MAX = 200
"""Characters a one-line summary may have."""
NAME_MAX = 200
"""Characters a person's, company's or product's name may have."""
TEXT_MAX = 20_000
"""Characters one entry of the timeline may have; longer text is refused, never cut."""
QUERY_MAX = 500
"""Characters a query may have; a longer one is refused, never cut."""

TAB_SPACES = "    "

# Compiled when first needed, which is seldom, for they are large.
_LINE_BREAK = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
_CONTROL = "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
_UNSEEN = "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
_WORD = re.compile(r"[^\W_]+")
_FIRST_IDEOGRAPH = "\u2e80"
_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def clean(text: str, *, lines: bool = True) -> str:
    """Make text safe to keep and to show; with `lines=False` line breaks become spaces.

    Control codes and broken characters become U+FFFD, so that the reader sees something was there; marks
    that only hide or reorder other text (bidi overrides, tags, zero-width spaces) go. Joiners stay: Persian
    and emoji need them.
    """
    # Most text has nothing to break, replace or hide, which is found out at a tenth of the cost.
    if not text.replace("\n", "").isprintable():
        text = re.sub(_LINE_BREAK, "\n", text).replace("\t", TAB_SPACES if lines else " ")
        text = re.sub(_UNSEEN, "", re.sub(_CONTROL, "\ufffd", text))
    if not lines:
        text = text.replace("\n", " ")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return "\n".join([line.rstrip(" ") for line in text.split("\n")]) if "\n" in text else text.rstrip(" ")


def one_line(text: str, width: int) -> str:
    """Join text into one line of at most `width` characters, ending in an ellipsis where it was cut."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    return line[: width - 1].rstrip() + "…" if width > 0 else ""


def counted(number: int, what: str) -> str:
    """A number of things, one of which is `what`: `12,340 open cases`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def ascii_digits(text: str) -> str:
    """Write every decimal digit (Persian, Arabic, full-width, ...) as 0 to 9 and leave the rest alone."""
    return text if text.isascii() else _FOREIGN_DIGIT.sub(lambda found: str(int(found[0])), text)


# Letters that Unicode does not take apart, and those that Persian and Arabic keyboards type differently.
_LOOKS_LIKE = str.maketrans(
    {
        "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l", "ŋ": "n", "ø": "o", "ŧ": "t", "þ": "th",
        "æ": "ae", "œ": "oe",
        "ي": "ی", "ى": "ی", "ك": "ک", "ة": "ه", "ە": "ه", "ٱ": "ا", "ـ": "",
    }
)  # fmt: skip


class _Folding(dict[int, str]):
    """What each character folds to, worked out when first met: folding looks at one character at a time."""

    def __missing__(self, code: int) -> str:
        apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", chr(code)).casefold())
        kept = "".join(c for c in apart if unicodedata.category(c) not in {"Mn", "Mc", "Me", "Cf"})
        self[code] = folded = ascii_digits(kept.translate(_LOOKS_LIKE))
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Ignore accents, case and keyboard variants; done here so that every database finds the same."""
    return text.casefold() if text.isascii() else text.translate(_FOLDING)


_PARTED = bytes(
    ord(letter.lower() if letter.isascii() and letter.isalnum() else " ") for letter in map(chr, range(256))
)
"""What each ASCII character is in words, a blank where it parts them."""


def words_of(*texts: str) -> list[str]:
    """The folded words of stored texts: runs of letters and digits, everything else separates."""
    words: list[str] = []
    for text in texts:
        # Most texts of Latin letters are ASCII once they are folded, which is split in a tenth of the time.
        folded = text if text.isascii() else fold(text)
        words += folded.encode().translate(_PARTED).decode().split() if folded.isascii() else _WORD.findall(folded)
    return words


class SearchWords(NamedTuple):
    """The words of a search: `whole` must be found as they are, a word may begin with `unfinished`."""

    whole: tuple[str, ...]
    unfinished: str | None


def search_words(query: str) -> SearchWords:
    """Split a typed search like stored text; a last word without a space after it is unfinished."""
    folded = fold(query[:QUERY_MAX])
    words = tuple(_WORD.findall(folded))
    if words and folded.endswith(words[-1]):
        return SearchWords(words[:-1], words[-1])
    return SearchWords(words, None)


def begins_few(unfinished: str) -> bool:
    """Whether a word being typed is worth looking for: one letter of an alphabet begins a tenth of all words."""
    return len(unfinished) > 1 or unfinished >= _FIRST_IDEOGRAPH
