"""How complaints are kept: the only room that names Peewee; rows never leave it."""

from __future__ import annotations

from importlib.util import find_spec

from tuitrack.lean import without

_DRIVERS = ["psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb", "pysqlite3"]
if find_spec("apsw") is not None:
    # The driver that is used brings a SQLite of its own; Python's stands in where it is missing.
    _DRIVERS.append("sqlite3")

# Peewee loads the driver of every database that is installed, 90 ms and 11 MB for psycopg, and with `hashlib` all of
# OpenSSL, which nothing here needs: Python has the common digests of its own.
with without(*_DRIVERS, "_hashlib"):
    import peewee  # noqa: F401
