"""The phrases of a desk: those of its file `phrases.toml`, and behind them those that come with the program."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tuitrack.domain.phrase_reading import read_phrases
from tuitrack.domain.phrases import PhraseBook
from tuitrack.settings import read_toml

_SHIPPED = Path(__file__).parent / "shipped" / "phrases"


@cache
def shipped_phrases() -> PhraseBook:
    """The phrases that come with the program."""
    books = [read_phrases(read_toml(file) or {}, file.name) for file in sorted(_SHIPPED.glob("*.toml"))]
    days = {language: words for book in books for language, words in book.days.items()}
    return PhraseBook(tuple(phrase for book in books for phrase in book.phrases), days)


def own_phrases(path: Path) -> PhraseBook | None:
    """The phrases of a desk's file, None where there is none; raises Refusal for a wrong file."""
    written = read_toml(path)
    return None if written is None else read_phrases(written, path.name)


def desk_phrases(path: Path) -> PhraseBook:
    """The phrases of a desk's file before those that come with the program; raises Refusal for a wrong file."""
    shipped, own = shipped_phrases(), own_phrases(path)
    return shipped if own is None else PhraseBook((*own.phrases, *shipped.phrases), {**shipped.days, **own.days})
