"""The letters of a desk: those of its file `letters.toml`, and behind them those that come with the program."""

from __future__ import annotations

from functools import cache, reduce
from pathlib import Path

from tuitrack.domain.letter_reading import read_letters
from tuitrack.domain.letters import LetterBook
from tuitrack.settings import parse_toml, read_text

_SHIPPED = Path(__file__).parent / "shipped" / "letters"


@cache
def shipped_letters() -> LetterBook:
    """The letters that come with the program."""
    books = [own_letters(file) or LetterBook() for file in sorted(_SHIPPED.glob("*.toml"))]
    return reduce(LetterBook.before, books)


def own_letters(path: Path) -> LetterBook | None:
    """The letters of a desk's file, None where there is none; raises Refusal for a wrong file."""
    source = read_text(path)
    return None if source is None else read_letters(parse_toml(source, path), path.name, source)


def desk_letters(path: Path) -> LetterBook:
    """The letters of a desk's file, each in the place of the one that comes with the program under the same name and
    language; raises Refusal for a wrong file."""
    shipped, own = shipped_letters(), own_letters(path)
    return shipped if own is None else own.before(shipped)
