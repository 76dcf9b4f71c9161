"""The pieces of a typed query with their places: words, phrases, fields with their values, brackets, or."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

from tuitrack.lean import dataclass

_FIELD = re.compile(r"([^\W\d_]+)(?::(?=[<>]))?(:|<=|>=|<|>|=)")
"""Groups: the name and the sign; `closed:>1.11.` is `closed>1.11.`, for people type both."""
_QUOTED = re.compile(r'"((?:[^"]|"")*)("?)')
_BARE = re.compile(r"[^\s()]+")
_BARE_VALUE = re.compile(r"[^\s(),]*?(?=\.\.(?!\.)|[\s(),]|$)")
_BLANK = re.compile(r"\s+")
_UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Mark(Enum):
    """Pieces that only join others."""

    OPEN = "("
    CLOSE = ")"
    OR = "or"
    NOT = "-"


@dataclass(frozen=True, slots=True)
class Part:
    """One value as typed, without its quotes."""

    text: str
    quoted: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Value:
    """A value, or with `high` the range from `low` to it; an end left open is empty."""

    low: Part
    high: Part | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the query from `start` to `end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Joint(Token):
    """A bracket, `or`, or the minus before a term."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class BareWord(Token):
    """A word outside of quotes."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted(Token):
    """A phrase; `closed` is false while its last quote is missing."""

    text: str
    closed: bool


@dataclass(frozen=True, slots=True)
class FieldToken(Token):
    """A field's name, a sign such as `:` or `<`, and the values after it."""

    name: str
    sign: str
    values: tuple[Value, ...]


def storable(text: str) -> str:
    """The text that is looked at: control codes and broken characters are blanks, so that places stay the same."""
    return _UNSTORABLE.sub(" ", text)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of `storable` text in their order."""
    at = 0
    while at < len(text):
        if blank := _BLANK.match(text, at):
            at = blank.end()
            continue
        token = _token(text, at)
        yield token
        at = token.end


def _token(text: str, at: int) -> Token:
    letter = text[at]
    if letter in "()":
        return Joint(at, at + 1, Mark(letter))
    if letter == "-" and at + 1 < len(text) and not text[at + 1].isspace() and text[at + 1] != ")":
        return Joint(at, at + 1, Mark.NOT)
    if quoted := _QUOTED.match(text, at):
        return Quoted(at, quoted.end(), quoted[1].replace('""', '"'), bool(quoted[2]))
    if found := _FIELD.match(text, at):
        values, end = _values(text, found.end())
        return FieldToken(at, end, found[1], found[2], values)
    bare = _BARE.match(text, at)
    assert bare is not None, "what is neither blank nor bracket is a word"
    if bare[0].casefold() == "or":
        return Joint(at, bare.end(), Mark.OR)
    return BareWord(at, bare.end(), bare[0])


def _values(text: str, at: int) -> tuple[tuple[Value, ...], int]:
    """The values from a place on, parted by commas, and where they end."""
    values: list[Value] = []
    while True:
        low, high = _part(text, at), None
        at = low.end
        if text.startswith("..", at):
            high = _part(text, at + 2)
            at = high.end
        if high is not None or low.text or low.quoted:
            values.append(Value(low, high))
        if not text.startswith(",", at):
            return tuple(values), at
        at += 1


def _part(text: str, at: int) -> Part:
    if quoted := _QUOTED.match(text, at):
        return Part(quoted[1].replace('""', '"'), True, at, quoted.end())
    bare = _BARE_VALUE.match(text, at)
    assert bare is not None, "a bare value may be empty"
    return Part(bare[0], False, at, bare.end())
