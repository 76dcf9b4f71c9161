"""How complaints are kept: the only room that names Peewee; rows never leave it."""

from __future__ import annotations

from tuitrack.lean import without

# Peewee loads the driver of every database that is installed, 90 ms and 11 MB for psycopg, and with `hashlib` all of
# OpenSSL, which nothing here needs: Python has the common digests of its own.
with without("psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb", "pysqlite3", "_hashlib"):
    import peewee  # noqa: F401
