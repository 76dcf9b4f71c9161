"""What a desk's database holds and whether that is in order, on whatever kind of database, for the administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tuitrack.domain.finding import Finding
from tuitrack.storage.fields import moment_of

Answer = Callable[[str], str]
"""Answers a query on one line; where it cannot, with the sentence that says why."""

_COUNTED = {"cases": "cases", "entry": "timeline entries", "customer": "customers", "agent": "agents"}
_SEARCHED = {"cases": "case_search", "customer": "customer_search"}
_OF_NOBODY = "SELECT COUNT(*) FROM agent_key WHERE agent NOT IN (SELECT handle FROM agent WHERE active = 1)"


def contents(answer: Answer) -> Iterator[Finding]:
    """What there is to say, line by line."""
    counts = [f"{answer(f'SELECT COUNT(*) FROM {table}')} {title}" for table, title in _COUNTED.items()]
    yield _search_in_step(answer)
    yield Finding("contents", ", ".join(counts))
    yield _administered(answer)
    yield _keys_of_agents(answer)
    yield _drafts_waiting(answer)


def _search_in_step(answer: Answer) -> Finding:
    """Whether every case and customer can be found by a search, and nothing that is gone."""
    apart = []
    for table, search in _SEARCHED.items():
        missing = answer(f"SELECT COUNT(*) FROM {table} WHERE id NOT IN (SELECT rowid FROM {search})")
        left = answer(f"SELECT COUNT(*) FROM {search} WHERE rowid NOT IN (SELECT id FROM {table})")
        apart += [f"{missing} {table} not in it"] * (missing != "0") + [f"{left} that are gone in it"] * (left != "0")
    if not apart:
        return Finding("search index", "in step with cases and customers")
    return Finding("search index", f"out of step: {', '.join(apart)}. Put the latest backup in its place.", False)


def _administered(answer: Answer) -> Finding:
    active = answer("SELECT COUNT(*) FROM agent WHERE active = 1")
    may_add = answer("SELECT COUNT(*) FROM agent WHERE active = 1 AND role = 'administrator'")
    if may_add != "0" or active == "0":
        return Finding("agents at work", f"{active}, {may_add} of them administer the desk")
    return Finding("agents at work", f"{active}, and none of them administers the desk: nobody can add agents", False)


def _keys_of_agents(answer: Answer) -> Finding:
    told, left = f"{answer('SELECT COUNT(*) FROM agent_key')} bound to agents", answer(_OF_NOBODY)
    return Finding("SSH keys", told if left == "0" else f"{told}, {left} of somebody not active, who is refused")


def _drafts_waiting(answer: Answer) -> Finding:
    count, oldest = answer("SELECT COUNT(*) FROM draft"), answer("SELECT MIN(saved_at) FROM draft")
    since = f", the oldest since {moment_of(int(oldest)):%Y-%m-%d}" if oldest.isdecimal() else ""
    return Finding("drafts waiting", f"{count}{since}")
