"""The completions of a query being typed, offered one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from tuitrack.lean import dataclass
from tuitrack.tui.lines import cut

if TYPE_CHECKING:
    from tuitrack.domain.query.complete import Completion

_SIGNS = (":", "<", ">")


@dataclass(frozen=True, slots=True)
class Offer:
    """What may stand at the cursor, and which of it stands there now; `at` is -1 while none was taken."""

    typed: str
    cursor: int
    choices: tuple[Completion, ...]
    at: int = -1

    @classmethod
    def of(cls, typed: str, cursor: int, choices: Sequence[Completion]) -> Offer:
        """Take the only choice; of several, go as far as they agree."""
        return cls(typed, cursor, tuple(choices), 0 if len(choices) == 1 else -1)

    @property
    def shown(self) -> tuple[str, int]:
        """The query with what is taken so far, and the place of the cursor in it."""
        if not self.choices:
            return self.typed, self.cursor
        first = self.choices[0]
        begun = self.typed[first.start : first.end]
        if self.at >= 0:
            text = self.choices[self.at].text
            text += "" if text.endswith(_SIGNS) or self.typed[first.end :].startswith(" ") else " "
        else:
            letters = zip(*(choice.text for choice in self.choices), strict=False)
            agreed = "".join(together[0] for together in takewhile(lambda each: len(set(each)) == 1, letters))
            text = agreed if agreed.startswith(begun) else begun
        return self.typed[: first.start] + text + self.typed[first.end :], first.start + len(text)

    def next(self) -> Offer:
        """Take the choice after this one, the first one after the last."""
        return replace(self, at=(self.at + 1) % len(self.choices)) if self.choices else self

    def line(self, width: int, key: str) -> str:
        """The choices with how often each is used, the taken one in brackets, after the key that goes through them."""
        if not self.choices:
            return f"{key}: nothing completes this."
        if len(self.choices) == 1:
            return cut(f"{key}: {_words(self.choices[0])} {self.choices[0].title}", width)
        from_one = max(self.at, 0)
        words = [f"[{_words(choice)}]" if n == self.at else _words(choice) for n, choice in enumerate(self.choices)]
        # Choices further on than fit are seen by going there.
        while from_one and len(f"{key}: " + " · ".join(words[: from_one + 1])) > width - 2:
            words.pop(0)
            from_one -= 1
        return cut(f"{key}: {' · '.join(words)}", width)


def _words(choice: Completion) -> str:
    return choice.text if not choice.count else f"{choice.text} ({choice.count})"
