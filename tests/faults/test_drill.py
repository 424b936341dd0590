"""The restore drill: a backup of a live server, restored on another machine by the commands."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import closing
from pathlib import Path

import pytest

from frameworks.library import Library
from frameworks.questions import Given
from tests.databases import postgres_url
from tests.factories.writing import COMMENT, SPEAKING, Writer
from tests.faults.commands import boardmark
from tests.faults.harness import SLUG, add_open_consultation, competencies, texts_in
from tests.faults.people import Ledger, Moments, People
from tests.faults.server import Server, wait_until
from webapp.consultations import services
from webapp.consultations.submissions import Standing
from webapp.migrations import upgrade
from webapp.persistence import Database

PEOPLE = 8
REGRETTED = "mark-regretted Words that somebody takes back."


def regretted(database: Database) -> str:
    """Send a response by services, and return its private code."""
    with database.writing() as session:
        found = services.find_consultation(session, SLUG)
        assert found is not None
        writer = Writer(session, found, dt.datetime.now(dt.UTC))
        writer.introduce()
        writer.choose(SPEAKING)
        writer.answer(COMMENT, Given(text=REGRETTED))
        return writer.send().code


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_backup_of_a_busy_server_brings_back_what_was_acknowledged_and_not_what_was_erased(
    tmp_path: Path, kind: str
) -> None:
    home, away = tmp_path / "home", tmp_path / "away"
    for each in (home, away):
        each.mkdir()
    url = f"sqlite:///{home}/db" if kind == "sqlite" else postgres_url()
    new_url = f"sqlite:///{away}/db" if kind == "sqlite" else postgres_url()
    backup, library = tmp_path / "backup", Library.shipped()
    with closing(Database(url)) as database:
        upgrade(database)
        add_open_consultation(database, library)
        code = regretted(database)
        ledger = Ledger()
        server = Server(home, url)
        items = competencies(database, library)
        people = People(server.port, SLUG, items, ledger, Moments())
        server.start()
        try:
            server.wait_until_up()
            people.come(PEOPLE)
            wait_until(lambda: len(ledger.sent) > 20, "nobody sends anything")
            acknowledged = dict(ledger.sent)
            began = time.monotonic()
            # The file of an assessment that the factory attaches is in no store.
            made = boardmark(home, url, "backup", str(backup), "--allow-missing")
            seconds = time.monotonic() - began
            during = len(ledger.sent) - len(acknowledged)
            assert made.returncode == 0, made.stderr
            refused = boardmark(home, url, "restore", str(backup), "--replace")
            assert refused.returncode == 1
            assert "running" in refused.stderr
            with database.writing() as session:
                services.withdraw_response(session, code=code, now=dt.datetime.now(dt.UTC))
            wait_until(
                lambda: (
                    b"response.withdrawn" in (home / "erasures").read_bytes()
                    if (home / "erasures").exists()
                    else False
                ),
                "the worker does not write the journal",
            )
        finally:
            people.go()
            server.stop()
    assert ledger.stuck == []
    assert seconds < 120
    assert during > 0, "people went on while the backup was made"
    checked = boardmark(away, new_url, "backup", "verify", str(backup))
    assert checked.returncode == 0, checked.stdout
    done = boardmark(away, new_url, "restore", str(backup), "--erasures", str(home / "erasures"))
    assert done.returncode == 0, done.stderr
    assert "Erased again, from the journal: 1" in done.stdout
    with closing(Database(new_url)) as restored:
        texts = {text or "" for _, text in texts_in(restored)}
        assert [
            mark for mark in acknowledged if not any(text.startswith(mark) for text in texts)
        ] == []
        assert not any(text.startswith("mark-regretted") for text in texts)
        with restored.reading() as session:
            found = services.find_receipt(session, code)
        assert found is not None
        assert found.standing is Standing.WITHDRAWN
    again = Server(away, new_url)
    again.start()
    try:
        again.wait_until_up()
    finally:
        again.stop()
