"""How much work each owner has, and how cases are shared out among several of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from tuitrack.domain.errors import Refusal
from tuitrack.domain.people import Agent
from tuitrack.domain.query.matching import tags_of
from tuitrack.domain.text import fold
from tuitrack.domain.words import Word
from tuitrack.lean import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """How many cases of open work an owner has, and how many of these are one thing or another."""

    open: int = 0
    overdue: int = 0
    today: int = 0
    """Due until the end of the day, and not overdue yet."""
    promised: int = 0
    """With an open promise."""
    unconfirmed: int = 0
    """Resolved, and not confirmed by the customer."""

    def __add__(self, other: Load) -> Load:
        return Load(
            self.open + other.open,
            self.overdue + other.overdue,
            self.today + other.today,
            self.promised + other.promised,
            self.unconfirmed + other.unconfirmed,
        )


class Balance(Word):
    """How cases are shared out."""

    LEAST_OPEN = "least_open", "least open"
    ROUND_ROBIN = "round_robin", "round robin"
    LANGUAGE = "language", "by language"


class Sharing:
    """Shares cases out among agents, one case after the other, the same way whenever it is done anew."""

    def __init__(
        self, how: Balance, agents: Sequence[Agent], open_cases: Mapping[str, int], last_in_turn: str = ""
    ) -> None:
        """`open_cases` are those that each agent has now; agents without any may be left out of it.

        `last_in_turn` got the last case that was given in turn, whether or not they are among these agents.
        """
        self._how = how
        self._agents = sorted(agents, key=lambda agent: agent.handle)
        self._open = Counter(dict(open_cases))
        self._turn = sum(agent.handle <= last_in_turn for agent in self._agents)

    def choice(self, owner: str | None, language: str) -> str:
        """Who gets the next case, which has an owner or none, of a customer who speaks a language.

        It stays with its owner where nobody has less to do. Raises Refusal where nobody speaks the language.
        """
        if self._how is Balance.ROUND_ROBIN:
            return self._agents[self._turn % len(self._agents)].handle
        able = list(self._speaking(language)) if self._how is Balance.LANGUAGE else self._agents
        if not able:
            raise Refusal(f"Nobody to share among speaks the customer’s language, {language}.", "owner")
        return min((agent.handle for agent in able), key=lambda one: (self._without(one, owner), one != owner, one))

    def give(self, owner: str | None, to: str) -> None:
        """Take note that a case of an owner goes to somebody, or stays with them."""
        self._open[owner or ""] -= 1
        self._open[to] += 1
        self._turn += 1

    def _without(self, handle: str, owner: str | None) -> int:
        """How many cases an agent has without the one that is to be given."""
        return self._open[handle] - (handle == owner)

    def _speaking(self, language: str) -> Iterable[Agent]:
        """Those who speak a language; all where the customer's is not known."""
        wanted = fold(language)
        return (agent for agent in self._agents if not wanted or wanted in map(fold, tags_of(agent.language)))
