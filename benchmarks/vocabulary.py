"""Made-up words that are used as often as those of a language: the second half as often as the first, and so on."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from tuitrack.domain.text import fold

_WORDS = 60_000
_BEGINNINGS = (*"bcčdđfghjklmnprsštvzž", "br", "dr", "gr", "kl", "pl", "pr", "st", "tr")
_VOWELS = "aeiou"


def _made_up() -> list[str]:
    """Words no two of which a search takes for the same, the commonest first and shortest."""
    random = Random(1)
    words: dict[str, str] = {}
    while len(words) < _WORDS:
        syllables = 2 if len(words) < 400 else 3 if len(words) < 8_000 else 4
        word = "".join(random.choice(_BEGINNINGS) + random.choice(_VOWELS) for _ in range(syllables))
        words.setdefault(fold(word), word)
    return list(words.values())


VOCABULARY = _made_up()
EVERYWHERE = VOCABULARY[0]
"""A word that stands in nearly every case."""
COMMON, ALSO_COMMON = VOCABULARY[63], VOCABULARY[64]
"""Words that stand in about one case of ten."""
RARE = VOCABULARY[-1]
"""A word that stands in about one case of ten thousand."""

_SHARES = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))


def text(random: Random, words: int) -> str:
    """That many words as somebody says them."""
    said = " ".join(random.choices(VOCABULARY, cum_weights=_SHARES, k=words))
    return said[:1].upper() + said[1:]
