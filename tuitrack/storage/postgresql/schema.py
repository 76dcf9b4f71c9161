"""The shape of the database on a server: made when it is empty, brought up to date, refused when too new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tuitrack.domain.errors import StoreFault
from tuitrack.storage.postgresql.search_tables import FUNCTIONS, TRIGGERS
from tuitrack.storage.schema import HALF_MOVED, newest_version, refuse_newer

_STRANGERS = "SELECT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = current_schema())"


def bring_up_to_date(db: Any, name: str, migrations: Path, *, to_move: bool = False) -> int:
    """Run the migrations that an open database lacks, all or none; return its version.

    Whoever else writes or does the same waits, and finds it done. With `to_move` a database into which a desk is being
    moved is taken as it is.
    """
    newest = newest_version(migrations)
    if to_move and db.user_version == HALF_MOVED:
        return HALF_MOVED
    refuse_newer(db.user_version, newest, name)
    if db.user_version < newest:
        with db.transaction("EXCLUSIVE"):
            if db.user_version == 0:
                _refuse_strangers(db, name)
            if db.user_version < newest:
                db.execute_sql(FUNCTIONS)
                # Loaded here because a database that is up to date, as nearly always, needs none of it.
                from playhouse.migrations import Runner

                Runner(db, str(migrations)).up()
                db.execute_sql(TRIGGERS)
    return newest


def _refuse_strangers(db: Any, name: str) -> None:
    (has_tables,) = db.execute_sql(_STRANGERS).fetchone()
    if has_tables:
        raise StoreFault(f"The database {name} is one of another program. Give tuitrack a database of its own.")
