"""PgBouncer between a program and its server, which lends a connection for a transaction at a time."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests.postgresql_server import Server

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")
"""The program, None where the machine has none; Debian has it in a package of that name."""
_PORT = 6432
_CONFIG = """
[databases]
* = host={folder}

[pgbouncer]
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 500
query_wait_timeout = 5
server_login_retry = 1
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder}/users.txt
"""


@contextmanager
def pooled(server: Server, connections: int) -> Iterator[str]:
    """Let the server be reached by so many connections; gives what comes after an address to go that way."""
    assert PGBOUNCER is not None, "there is no pgbouncer here"
    (server.folder / "users.txt").write_text('"tester" ""\n')
    config = server.folder / "pgbouncer.ini"
    config.write_text(_CONFIG.format(folder=server.folder, connections=connections, port=_PORT))
    process = server.run_beside(PGBOUNCER, config)
    way = f"&port={_PORT}"
    try:
        server.wait_for_answer(process, server.address() + way)
        yield way
    finally:
        process.terminate()
        process.wait()
