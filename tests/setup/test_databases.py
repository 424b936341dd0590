"""The databases that other tests are given."""

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.databases import postgres_url


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)


def fill(url: str) -> None:
    with connect(url) as connection:
        connection.execute("CREATE TABLE word (text text)")
        connection.execute("INSERT INTO word VALUES ('llŷn')")


def test_every_database_is_a_new_one() -> None:
    first, second = postgres_url(), postgres_url()

    fill(first)

    with connect(second) as connection:
        assert connection.execute("SELECT to_regclass('word')").fetchone() == (None,)


def test_a_prepared_database_can_be_changed_without_the_next_one_knowing() -> None:
    with connect(postgres_url(fill)) as connection:
        connection.execute("DELETE FROM word")

    with connect(postgres_url(fill)) as connection:
        assert connection.execute("SELECT text FROM word").fetchall() == [("llŷn",)]


def test_the_server_stops_with_its_process() -> None:
    script = "from tests.databases import postgres_url; print(postgres_url())"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8"
    )

    folder = Path(done.stdout.strip().partition("?host=")[2])
    assert folder.name == "data"
    assert not folder.parent.exists()
