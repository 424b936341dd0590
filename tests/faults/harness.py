"""Kills the server again and again while people send responses, and looks what became of them."""

from __future__ import annotations

import datetime as dt
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from sqlalchemy import text

from frameworks.library import Library
from tests.factories.accounts import add_organisation
from tests.factories.consultations import a_lead, create_and_open, shipped_details
from tests.faults.people import Draft, Ledger, Moments, People
from tests.faults.server import PATIENCE, SERVE, Server
from tests.pages.client import filled_in
from webapp.consultations import services
from webapp.consultations.opening import Period
from webapp.migrations import upgrade
from webapp.persistence import Database

PEOPLE = 16
SLUG = "example-region"
MARK = re.compile(r"mark-\d+-\d+-end")
EARLY = ("-m", "tests.faults.early_answer", "serve")
"""The command of the control."""

_TEXTS = text(
    "SELECT submission.id, answer_text.text FROM submission"
    " LEFT JOIN answer ON answer.submission_id = submission.id"
    " LEFT JOIN answer_text ON answer_text.answer_id = answer.id"
)


@dataclass
class Report:
    """What came of one run; everything after `saved` should be empty."""

    database: str
    kills: int = 0
    sent: int = 0
    """Responses whose sending was acknowledged."""
    posted_again: int = 0
    """Responses that were posted more than once, because no answer came."""
    saved: int = 0
    """Saves of drafts that were acknowledged."""
    lost: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    lost_saves: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    left_behind: list[int] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def faults(self) -> list[str]:
        """What went wrong, in words."""
        return [
            *(f"lost: {each}" for each in self.lost),
            *(f"changed: {each}" for each in self.changed),
            *(f"doubled: {each}" for each in self.doubled),
            *(f"save lost: {each}" for each in self.lost_saves),
            *(f"could not go on: {each}" for each in self.stuck),
            *(f"process left behind: {each}" for each in self.left_behind),
        ]

    def line(self) -> str:
        """Return the line of the table."""
        return (
            f"{self.database:<24}{self.kills:>6}{self.sent:>14}{self.posted_again:>14}{len(self.lost):>6}"
            f"{len(self.changed):>9}{len(self.doubled):>11}{self.saved:>8}"
            f"{len(self.lost_saves):>12}{len(self.stuck):>7}{self.seconds:>9.0f}"
        )


HEAD = (
    f"{'database':<24}{'kills':>6}{'acknowledged':>14}{'posted again':>14}{'lost':>6}"
    f"{'changed':>9}{'duplicated':>11}{'saves':>8}{'saves lost':>12}{'stuck':>7}{'seconds':>9}"
)


def add_open_consultation(
    database: Database, library: Library, closes_at: dt.datetime | None = None
) -> None:
    """Open a consultation by the real clock, for as long as a test may need or as it says."""
    now = dt.datetime.now(dt.UTC)
    period = Period(now - dt.timedelta(days=1), closes_at or now + dt.timedelta(days=60))
    by = a_lead()
    with database.writing() as session:
        create_and_open(
            session,
            organisation_id=add_organisation(session).id,
            details=shipped_details(slug=SLUG, period=period),
            library=library,
            by=by,
            now=now,
        )


def competencies(database: Database, library: Library) -> tuple[str, ...]:
    """Return the keys of competencies that are asked about, some of them."""
    with database.reading() as session:
        found = services.find_consultation(session, SLUG)
        assert found is not None
        return services.get_asking(library, found).competency_keys[:6]


def run(
    home: Path,
    url: str,
    kills: int,
    *,
    seed: int = 1,
    command: tuple[str, ...] = SERVE,
    name: str = "",
) -> Report:
    """Let people respond while the server is killed so many times, and say what became of it.

    The database at `url` may be empty or have its tables; `home` is a folder.
    """
    began = time.monotonic()
    home.mkdir(parents=True, exist_ok=True)
    database, library = Database(url), Library.shipped()
    upgrade(database)
    add_open_consultation(database, library)
    ledger, moments = Ledger(), Moments()
    server = Server(home, url, command)
    people = People(
        server.port,
        SLUG,
        competencies(database, library),
        ledger,
        moments,
        seed,
        reloads=0 if command == SERVE else 20,
    )
    report = Report(name or url.partition(":")[0])
    server.start()
    try:
        server.wait_until_up()
        people.come(PEOPLE)
        for wait in waits(moments, random.Random(seed), kills):  # noqa: S311
            server.wait_until_up()
            wait()
            server.kill()
            report.kills += 1
            server.start()
        server.wait_until_up()
        people.go()
        report.lost_saves += [mark for mark, draft in ledger.drafts.items() if is_lost(draft)]
    finally:
        people.leaving.set()
        server.stop()
        people.go()
    report.left_behind += server.left_behind()
    judge(report, ledger, texts_in(database))
    database.close()
    report.seconds = time.monotonic() - began
    return report


def waits(moments: Moments, chance: random.Random, kills: int) -> Iterator[Callable[[], None]]:
    """Yield what to wait for before each kill: any moment, a response on its way, an answer."""

    def come_by(moment: threading.Event) -> None:
        for _ in range(chance.randint(1, 5)):
            moment.clear()
            moment.wait(PATIENCE)

    def any_moment() -> None:
        time.sleep(chance.uniform(0.1, 2))

    def on_its_way() -> None:
        come_by(moments.sending)
        time.sleep(chance.uniform(0, 0.03))

    def just_answered() -> None:
        come_by(moments.acknowledged)

    for _, wait in zip(range(kills), cycle((just_answered, on_its_way, any_moment)), strict=False):
        yield wait


def is_lost(draft: Draft) -> bool:
    """Look into a draft in the browser that wrote it: is the text there that was acknowledged?"""
    browser = draft.browser
    screen = browser.open(f"/consultations/{SLUG}/response/items/{draft.item}")
    browser.hang_up()
    shown = filled_in(screen.form("Save"))[f"{draft.item}:comment"][0]
    return lines(shown) != lines(draft.text)


def texts_in(database: Database) -> list[tuple[object, str | None]]:
    """Return every text that was sent, with its submission, and None for one without."""
    with closing(database.engine.connect()) as connection:
        return [(row[0], row[1]) for row in connection.execute(_TEXTS)]


def judge(report: Report, ledger: Ledger, rows: list[tuple[object, str | None]]) -> None:
    """Compare what people were told with what is there."""
    found: dict[str, list[str]] = {}
    for _, written in rows:
        mark = MARK.match(written or "")
        if written and mark:
            found.setdefault(mark[0], []).append(written)
    report.sent, report.saved, report.stuck = len(ledger.sent), ledger.saves, ledger.stuck
    report.posted_again = sum(number > 1 for number in ledger.posts.values())
    report.lost += [mark for mark in ledger.sent if mark not in found]
    report.changed += [
        mark
        for mark, written in ledger.sent.items()
        if mark in found and any(lines(each) != lines(written) for each in found[mark])
    ]
    report.doubled += [mark for mark, texts in found.items() if len(texts) > 1]
    empty = {submission for submission, written in rows if written is None}
    report.lost += [f"submission {each} has no text" for each in empty]


def lines(written: str) -> list[str]:
    """Return a text without the difference between the line ends of a form and of a row."""
    return written.strip().splitlines()
