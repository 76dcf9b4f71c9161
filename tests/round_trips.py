"""How often a server is waited for: each time costs what its line takes, however little is asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from tempfile import TemporaryFile
from typing import Any

_MESSAGE = re.compile(rb"^[^\t]*\t(?:(?P<asks>F\t\d+\t(?:Query|Flush|Sync)\b)|(?P<answers>B\t))")
"""The messages by which a client asks for the answers to all it has sent, and those of the server."""


def round_trips(db: Any, work: Callable[[], object]) -> int:
    """How many round trips some work takes on the connection of a database, as libpq notes its messages on Linux."""
    connection = db.connection().pgconn
    trips, is_asked = 0, False
    with TemporaryFile() as log:
        connection.trace(log.fileno())
        try:
            work()
        finally:
            connection.untrace()
        log.seek(0)
        for message in filter(None, map(_MESSAGE.match, log)):
            trips += is_asked and message["answers"] is not None
            is_asked = message["asks"] is not None
    return trips
