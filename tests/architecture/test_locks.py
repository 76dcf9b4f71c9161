"""The locks agree with pyproject.toml, pin every file by its hash, and do not say where it was fetched."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CHECKOUT = Path(__file__).parents[2]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
RUN = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
TEST = RUN + [Requirement(line) for line in PROJECT["dependency-groups"]["test"]]

LOCKS = pytest.mark.parametrize(
    ("lock", "declared"), [("requirements.lock", RUN), ("requirements-test.lock", TEST)], ids=["run", "test"]
)


def entries(lock: str) -> dict[str, tuple[str, frozenset[str]]]:
    """The version and the hashes of every locked package, by its canonical name."""
    text = (CHECKOUT / lock).read_text().replace("\\\n", " ")
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for line in text.splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        pinned = Requirement(requirement)
        assert re.fullmatch(r"==[^,*]+", str(pinned.specifier)), line
        found[canonicalize_name(pinned.name)] = (str(pinned.specifier)[2:], frozenset(hashes))
    return found


@LOCKS
def test_every_dependency_is_locked_at_a_version_inside_its_range(lock: str, declared: list[Requirement]) -> None:
    locked = entries(lock)
    for dependency in declared:
        version, _ = locked[canonicalize_name(dependency.name)]
        assert dependency.specifier.contains(version), dependency


@LOCKS
def test_nothing_is_locked_that_no_dependency_asks_for(lock: str, declared: list[Requirement]) -> None:
    reached: set[tuple[str, frozenset[str]]] = set()
    waiting = list(declared)
    while waiting:
        dependency = waiting.pop()
        asked = (canonicalize_name(dependency.name), frozenset(dependency.extras))
        if asked not in reached:
            reached.add(asked)
            waiting += _asked_for_by(*asked)
    assert entries(lock).keys() <= {name for name, _ in reached}


def _asked_for_by(name: str, extras: frozenset[str]) -> list[Requirement]:
    """What an installed package asks for on any system; a package for another system is not installed."""
    try:
        asked = [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [each for each in asked if set(re.findall(r'extra == "([^"]+)"', str(each.marker))) <= extras]


@LOCKS
def test_every_entry_has_the_hashes_of_its_files_and_no_address(lock: str, declared: list[Requirement]) -> None:
    assert all(
        hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", each) for each in hashes)
        for _, hashes in entries(lock).values()
    )
    assert not re.search(r"://|index|find-links|file:|^/", (CHECKOUT / lock).read_text(), re.MULTILINE)


def test_what_is_tested_is_what_runs() -> None:
    tested = entries("requirements-test.lock")
    assert entries("requirements.lock").items() <= tested.items()
