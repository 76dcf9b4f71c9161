"""Why a case was found: the text that has the typed words, cut around them, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tuitrack.domain.query.fields import Field
from tuitrack.domain.query.terms import All, Any, OneOf, Phrase, Term, Text
from tuitrack.domain.text import search_words, words_of
from tuitrack.lean import dataclass

BEFORE = 30
"""Characters shown before the first word found."""
LENGTH = 200
"""Characters of a snippet."""

_WORD = re.compile("[^\\W_](?:[^\\W_]|[\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d])*")
"""A word with the accents and joiners that folding takes out of it."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text of a case, the name of that text, and the spans of the words found in the piece."""

    title: str
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Folded words that were looked for, and beginnings of words."""

    whole: frozenset[str]
    begun: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.whole or self.begun)

    def among(self, word: str) -> bool:
        """Whether a word of a text is one of them."""
        folded = words_of(word)
        return any(one in self.whole or any(map(one.startswith, self.begun)) for one in folded)


def sought(term: Term) -> Sought:
    """The words that a query looks for; those that must not be there are left out."""
    whole: set[str] = set()
    begun: set[str] = set()
    for one in _positive(term):
        match one:
            case Text(typed, finished):
                words, unfinished = search_words(typed if finished is False else f"{typed} ")
                whole.update(words)
                begun.update([unfinished] if unfinished else [])
            case Phrase(phrase, finished):
                whole.update(phrase if finished else phrase[:-1])
                begun.update([] if finished else phrase[-1:])
            case OneOf(Field.NAME, values):
                for value in values:
                    words, unfinished = search_words(value)
                    whole.update(words)
                    begun.update([unfinished] if unfinished else [])
    return Sought(frozenset(whole), frozenset(begun))


def snippet(texts: Iterable[tuple[str, str]], words: Sought) -> Snippet | None:
    """The piece of the (title, text) with the most different words found, the first of equals; None without any."""
    best: tuple[int, str, str, list[tuple[int, int]]] | None = None
    for title, text in texts:
        marks = [found.span() for found in _WORD.finditer(text) if words.among(found[0])]
        several = len({text[start:end].casefold() for start, end in marks})
        if marks and (best is None or several > best[0]):
            best = (several, title, text, marks)
    return _cut(*best[1:]) if best else None


def _cut(title: str, text: str, marks: list[tuple[int, int]]) -> Snippet:
    start = max(0, marks[0][0] - BEFORE)
    if start:
        start = text.find(" ", start, marks[0][0]) + 1 or start
    end = start + LENGTH
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(lead) - start
    kept = tuple((first + shift, last + shift) for first, last in marks if last <= end)
    # One character for another, so that the marks stay where they are.
    return Snippet(title, lead + re.sub(r"\s", " ", text[start:end]) + tail, kept)


def _positive(term: Term) -> list[Term]:
    match term:
        case All(terms) | Any(terms):
            return [one for inner in terms for one in _positive(inner)]
        case _:
            return [term]
