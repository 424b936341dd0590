"""The closing second on a server that runs, whose clock is moved under it by libfaketime."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from frameworks.library import Library
from setup.system import faketime_library
from tests.closing.closing import ITEM, SLUG
from tests.faults.harness import add_open_consultation
from tests.faults.server import Server
from tests.faults.wire import WireBrowser
from tests.pages.respondent import Respondent
from webapp.consultations.opening import uk_moment
from webapp.persistence import Database

SENDERS = (-3.0, -2.0, -1.2, -0.6, -0.3, -0.15, -0.05, 0.05, 0.15, 0.3, 0.6, 1.0)
"""When each sender presses the button, in seconds from closing."""

BEFORE, AFTER = dt.timedelta(seconds=5), dt.timedelta(seconds=1)
EVERY = 0.1
CACHED = 1
"""Seconds after which a process looks again where its clock was put."""

HOUR = dt.timedelta(hours=1)


def when_the_clocks_go_back() -> dt.datetime:
    """Return half past one in the second of the two hours, in the autumn of next year."""
    day = dt.date(dt.datetime.now(dt.UTC).year + 1, 10, 31)
    while day.weekday() != 6:
        day -= dt.timedelta(days=1)
    return uk_moment(day, dt.time(1, 30), later=True)


@dataclass
class Faked:
    """The clock of a server, which goes on from wherever it is put."""

    file: Path
    ahead: dt.timedelta = dt.timedelta()

    @property
    def settings(self) -> dict[str, str]:
        """What makes a process take its time from here."""
        return {
            "LD_PRELOAD": str(faketime_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_CACHE_DURATION": str(CACHED),
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    @property
    def now(self) -> dt.datetime:
        """What the server takes the time to be."""
        return dt.datetime.now(dt.UTC) + self.ahead

    def put(self, moment: dt.datetime) -> None:
        """Let it be that moment now."""
        self.ahead = moment - dt.datetime.now(dt.UTC)
        fresh = self.file.with_suffix(".new")
        fresh.write_text(f"+{self.ahead.total_seconds():.6f}\n")
        fresh.rename(self.file)


@dataclass(frozen=True)
class Tried:
    """One post, when it left and when its answer was here, by the clock of the server."""

    what: str
    left_at: dt.datetime
    back_at: dt.datetime
    said_at: dt.datetime
    """What the server's own Date says, to the second."""
    is_taken: bool


def post(clock: Faked, browser: WireBrowser, what: str, path: str, body: bytes) -> Tried:
    """Post once and say what came of it."""
    left_at = clock.now
    answer = browser.exchange("POST", path, body)
    assert answer.status in (303, 410), answer.status
    return Tried(
        what,
        left_at,
        clock.now,
        parsedate_to_datetime(answer.headers["Date"]),
        answer.status == 303 and answer.headers["Location"] != f"/consultations/{SLUG}",
    )


@pytest.fixture
def clock(tmp_path: Path) -> Faked:
    return Faked(tmp_path / "clock")


@pytest.fixture
def server(tmp_path: Path, sqlite_template: Path, clock: Faked) -> Server:
    shutil.copyfile(sqlite_template, tmp_path / "db")
    return Server(tmp_path, f"sqlite:///{tmp_path}/db", settings=clock.settings)


def test_everything_before_the_closing_second_is_taken_and_nothing_from_then_on(
    server: Server, clock: Faked
) -> None:
    closes_at = when_the_clocks_go_back()
    database = Database(server.database_url)
    add_open_consultation(database, Library.shipped(), closes_at)
    clock.put(closes_at - HOUR)
    server.start()
    try:
        server.wait_until_up()
        tried = at_closing(server, clock, closes_at)
    finally:
        server.stop()
    with database.engine.connect() as connection:
        sent = connection.exec_driver_sql("SELECT submitted_at FROM submission").scalars().all()
    database.close()

    assert wrong_about(tried, closes_at) == []
    for what in ("start", "save", "send"):
        taken = [each.is_taken for each in tried if each.what == what]
        assert True in taken, what
        assert False in taken, what
    assert len(sent) == sum(each.is_taken for each in tried if each.what == "send")
    assert all(str(moment) < f"{closes_at:%Y-%m-%d %H:%M:%S}" for moment in sent)


def at_closing(server: Server, clock: Faked, closes_at: dt.datetime) -> list[Tried]:
    """Let somebody save and others send every tenth of a second, across the closing moment."""
    saver = WireBrowser(server.port)
    Respondent(saver, SLUG).write()
    Respondent(saver, SLUG).open_item(ITEM)
    senders = []
    for _ in SENDERS:
        browser = WireBrowser(server.port)
        person = Respondent(browser, SLUG)
        person.write()
        person.check()
        senders.append((browser, *browser.filled("Send your response", {})))
    clock.put(closes_at - BEFORE)
    time.sleep(CACHED + 0.5)
    tried: list[Tried] = []
    others = [
        threading.Thread(target=save_on, args=(clock, saver, tried, closes_at)),
        threading.Thread(target=start_on, args=(clock, server.port, tried, closes_at)),
    ]
    for seconds, (browser, path, body) in zip(SENDERS, senders, strict=True):
        at = closes_at + dt.timedelta(seconds=seconds)
        others.append(
            threading.Thread(target=send_at, args=(clock, at, browser, path, body, tried))
        )
    for thread in others:
        thread.start()
    for thread in others:
        thread.join()
    for browser in (saver, *(browser for browser, _, _ in senders)):
        browser.hang_up()
    return tried


def send_at(
    clock: Faked,
    at: dt.datetime,
    browser: WireBrowser,
    path: str,
    body: bytes,
    tried: list[Tried],
) -> None:
    """Send at a moment."""
    time.sleep(max(0.0, (at - clock.now).total_seconds()))
    tried.append(post(clock, browser, "send", path, body))


def save_on(clock: Faked, browser: WireBrowser, tried: list[Tried], closes_at: dt.datetime) -> None:
    """Save other words again and again, as a page does while somebody types."""
    path, body = browser.filled("Save", {f"{ITEM}:comment": "It is time."})
    while clock.now < closes_at + AFTER:
        tried.append(post(clock, browser, "save", path, body))
        if tried[-1].is_taken:
            try:
                Respondent(browser, SLUG).open_item(ITEM)
                path, body = browser.filled("Save", {f"{ITEM}:comment": f"It is {clock.now}."})
            except AssertionError:
                # It closed meanwhile; what was typed goes there all the same.
                assert clock.now > closes_at
        time.sleep(EVERY)


def start_on(clock: Faked, port: int, tried: list[Tried], closes_at: dt.datetime) -> None:
    """Start as somebody new again and again."""
    browser = WireBrowser(port)
    browser.open(f"/consultations/{SLUG}")
    path, body = browser.filled("Start now", {})
    fresh = dict(browser.cookies)
    while clock.now < closes_at + AFTER:
        browser.cookies = dict(fresh)
        tried.append(post(clock, browser, "start", path, body))
        time.sleep(EVERY)
    browser.hang_up()


def wrong_about(tried: list[Tried], closes_at: dt.datetime) -> list[Tried]:
    """Return what was taken late or refused early."""
    return [
        each
        for each in tried
        if (each.is_taken and each.said_at >= closes_at)
        or (each.is_taken and each.left_at >= closes_at)
        or (not each.is_taken and each.back_at < closes_at)
        # Between the two it was on its way in the closing moment itself, for some milliseconds.
        or (not each.is_taken and each.said_at < closes_at - dt.timedelta(seconds=1))
    ]
