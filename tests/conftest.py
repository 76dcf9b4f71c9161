"""What all tests share: how Hypothesis goes about its examples."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A busy machine makes an example slow, and an example that is slow says nothing about what it proves.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
