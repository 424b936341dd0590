"""Consultations to which campaigns were sent, and the search that finds them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from exports.worker import Press
from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import DURING
from tests.factories.letters import LETTER, Writers
from tests.factories.writing import COMMENT, LIBRARY, Writer
from webapp.campaigns.finding import HANDLERS
from webapp.campaigns.services import plan_search
from webapp.config import Settings
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.response import Receipt
from webapp.jobs import JobContext, Outbox
from webapp.jobs.services import run_next
from webapp.persistence import Database, Session

WHOLE = "\n\n".join(LETTER)
NECESSITY = AnswerKey(COMMENT.item, "necessity", "provider-chair")


def send_text(
    session: Session,
    consultation: Consultation,
    text: str,
    *,
    choice: str = "",
    key: AnswerKey = COMMENT,
    now: dt.datetime = DURING,
    **about: object,
) -> Receipt:
    """Send one response with a text and perhaps a choice."""
    writer = Writer(session, consultation, now)
    writer.introduce(**about)
    writer.choose(key.item)
    writer.answer(key, Given(text=text))
    if choice:
        writer.answer(NECESSITY, Given(choices=(choice,)))
    return writer.send()


def send_campaign(
    session: Session, consultation: Consultation, number: int = 5, now: dt.datetime = DURING
) -> list[str]:
    """Send a letter, the second time and later with a greeting; return the references."""
    writers = Writers(8)
    texts = [WHOLE, *(writers.with_greetings(LETTER) for _ in range(number - 1))]
    return [
        send_text(session, consultation, text, choice="essential", now=now).reference
        for text in texts
    ]


def search(
    database: Database, home: Path, consultation: Consultation, by: Actor | None = None
) -> None:
    """Ask for a search and do it."""
    with database.writing() as session:
        plan_search(session, consultation.id, by=by, now=DURING)
    work(database, home)


def context(database: Database, home: Path, now: dt.datetime = DURING) -> JobContext:
    """Return what a worker works with."""
    environment = {"BOARDMARK_HOME": str(home), "BOARDMARK_SECRET_KEYS": "k" * 32}
    settings = Settings.from_environment(environment)
    mailer = Outbox(settings.mail_folder, settings.mail_from, lambda: now)
    return JobContext(database, mailer, settings, now, LIBRARY, Press(processes=1))


def work(database: Database, home: Path, now: dt.datetime = DURING) -> None:
    """Do what is due, as the worker would."""
    with_it = context(database, home, now)
    while run_next(with_it, HANDLERS):
        pass
