"""The phrases of a desk: those of its file `phrases.toml`, and behind them those that come with the program."""

from __future__ import annotations

from functools import cache, reduce
from pathlib import Path

from tuitrack.domain.phrase_reading import read_phrases
from tuitrack.domain.phrases import PhraseBook
from tuitrack.settings import parse_toml, read_text

_SHIPPED = Path(__file__).parent / "shipped" / "phrases"


@cache
def shipped_phrases() -> PhraseBook:
    """The phrases that come with the program."""
    books = [own_phrases(file) or PhraseBook() for file in sorted(_SHIPPED.glob("*.toml"))]
    return reduce(PhraseBook.before, books)


def own_phrases(path: Path) -> PhraseBook | None:
    """The phrases of a desk's file, None where there is none; raises Refusal for a wrong file."""
    source = read_text(path)
    return None if source is None else read_phrases(parse_toml(source, path), path.name, source)


def desk_phrases(path: Path) -> PhraseBook:
    """The phrases of a desk's file before those that come with the program; raises Refusal for a wrong file."""
    shipped, own = shipped_phrases(), own_phrases(path)
    return shipped if own is None else own.before(shipped)
