"""Waits until a session is told that others stored something: a server tells a moment after it was stored."""

from __future__ import annotations

from tuitrack.services.ports import Store


def comes_to_stir(store: Store) -> bool:
    """Look until the store stirs; the test's own time limit is what fails."""
    while not store.stirred():
        pass
    return True
