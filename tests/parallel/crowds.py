"""Very many people who respond to a served program, while something heavy goes on beside."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from frameworks.library import Library
from tests.factories.accounts import add_person
from tests.factories.answers import add_responses
from tests.faults.harness import SLUG, add_open_consultation, competencies
from tests.faults.people import Ledger, Moments, People
from tests.faults.server import Server
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import find_consultation, get_asking
from webapp.migrations import upgrade
from webapp.persistence import Database

PATIENCE = 240.0
"""Seconds for which something heavy may take on a machine that does much else."""


@dataclass
class Crowd:
    """A served program with people at it; `ledger` has what they were told."""

    home: Path
    database: Database
    consultation: Consultation
    by: Actor
    server: Server
    people: People
    ledger: Ledger

    def wait_for(self, what: Callable[[], bool], why: str) -> None:
        """Wait until something is so; AssertionError where it takes too long."""
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, f"{why}: {self.server.log[-2000:]}"
            time.sleep(0.2)


@contextmanager
def a_crowd(home: Path, url: str, *, people: int, responses: int) -> Iterator[Crowd]:
    """Serve a consultation that has responses, and let so many people respond to it at once.

    They go on while the block runs; afterwards everybody finishes what they are doing.
    """
    home.mkdir(parents=True, exist_ok=True)
    database, library = Database(url), Library.shipped()
    upgrade(database)
    add_open_consultation(database, library)
    with database.writing() as session:
        account = add_person(session)
        consultation = find_consultation(session, SLUG)
    assert consultation is not None
    now = dt.datetime.now(dt.UTC) - dt.timedelta(hours=6)
    asking = get_asking(library, consultation)
    add_responses(database, consultation, asking, responses, answers_each=100, now=now)
    server, ledger = Server(home, url), Ledger()
    crowd = People(server.port, SLUG, competencies(database, library), ledger, Moments())
    server.start()
    try:
        server.wait_until_up()
        crowd.come(people)
        by = Actor(account.id, account.name)
        yield Crowd(home, database, consultation, by, server, crowd, ledger)
        crowd.go()
    finally:
        crowd.leaving.set()
        server.stop()
        crowd.go()
        database.close()
