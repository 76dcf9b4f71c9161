"""The world every service test starts from."""

from __future__ import annotations

import pytest

from tests.unit.services.world import World


@pytest.fixture
def world() -> World:
    """An empty desk at noon."""
    return World()
