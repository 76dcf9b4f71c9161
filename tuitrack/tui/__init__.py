"""What is seen: the only room that names Textual."""

from __future__ import annotations

from tuitrack.lean import without

# asyncio loads OpenSSL for encrypted connections, and there are none.
with without("ssl"):
    import asyncio  # noqa: F401
