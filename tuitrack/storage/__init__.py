"""How complaints are kept: the only room that names Peewee; rows never leave it."""

from __future__ import annotations

import sys


def _import_peewee_alone() -> None:
    """Import Peewee without other databases' drivers: it loads every one installed, 90 ms and 11 MB for psycopg."""
    unused = ("psycopg2cffi", "psycopg2", "psycopg", "pymysql", "MySQLdb", "pysqlite3")
    hidden = [name for name in unused if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import peewee  # noqa: F401
    finally:
        for name in hidden:
            del sys.modules[name]


_import_peewee_alone()
