"""Very many responses, written as rows at once."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from frameworks.library import Library
from frameworks.questions import LongText, OneOf, Question, Rewording
from tests.factories.accounts import add_organisation, add_person
from tests.factories.consultations import BEFORE, a_lead, create_and_open, shipped_details
from webapp.config import Settings
from webapp.consultations.asking import Asking
from webapp.consultations.consultation import Actor, Consultation
from webapp.consultations.services import find_consultation, get_asking
from webapp.extracts import services
from webapp.extracts.extract import FileFormat, Finished, Layout, Options
from webapp.extracts.making import HANDLERS
from webapp.jobs import Outbox, run_due
from webapp.persistence import Base, Database, new_id

WORDS = (
    "We think that the statement should say what a board member does when things go wrong, and "
    "not only when they go well. In our trust the chair listens to staff every month; what comes "
    "of it is written down and looked at again. ={number}"
)
AT_ONCE = 250
DATABASE, SLUG = "boardmark.sqlite3", "example-region"


def add_responses(
    database: Database,
    consultation: Consultation,
    asking: Asking,
    responses: int,
    answers_each: int = 100,
    now: dt.datetime = dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
) -> None:
    """Add responses that count, each with so many answers: choices, comments and wordings."""
    asked = [(item.digest, each) for item in asking.items.values() for each in item.questions]
    choices = [(digest, each) for digest, each in asked if isinstance(each, OneOf)]
    texts = [(digest, each) for digest, each in asked if isinstance(each, LongText | Rewording)]
    # Half of what people say is words, as far as that goes.
    questions = [*texts[: answers_each // 2], *choices][:answers_each]
    numbers = iter(range(responses))
    while batch := list(itertools.islice(numbers, AT_ONCE)):
        sent = [_submission(consultation, number, now) for number in batch]
        answers = list(_answers(sent, questions))
        with database.writing() as session:
            for name, rows in (
                ("submission", sent),
                (
                    "submission_person",
                    [_person(each, number) for each, number in zip(sent, batch, strict=True)],
                ),
                ("answer", [row for row, _ in answers]),
                ("answer_text", [text for _, text in answers if text]),
            ):
                if rows:
                    session.connection().execute(insert(Base.metadata.tables[name]), rows)


def _submission(consultation: Consultation, number: int, now: dt.datetime) -> dict[str, Any]:
    moment = now + dt.timedelta(seconds=number)
    secret = hashlib.sha256(f"{consultation.id} {number}".encode()).hexdigest()
    return {
        "id": new_id(),
        "consultation_id": consultation.id,
        "key_hash": f"k{secret}",
        "code_hash": f"c{secret}",
        "reference": f"BM-{consultation.id.hex[:6]}-{number:06}",
        "submitted_at": moment,
        "submitted_on": moment.date(),
        "responds_as": "individual",
        "respondent_class": "governor",
        "region": "midlands",
        "publish": "unnamed",
        "interest": "none",
        "language": "",
        "replaces_id": None,
        "lodged_late": False,
        "held_for": "",
        "edition": 1,
        "channel": "web",
        "recorded_at": None,
    }


def _person(submission: dict[str, Any], number: int) -> dict[str, Any]:
    empty = dict.fromkeys(("organisation_name", "gathered", "role", "interests", "late_reason"), "")
    return {"submission_id": submission["id"], "name": f"Person {number}", **empty}


def _answers(
    sent: list[dict[str, Any]], questions: Sequence[tuple[str, Question]]
) -> Iterator[tuple[dict[str, Any], dict[str, Any] | None]]:
    for submission in sent:
        for number, (digest, question) in enumerate(questions):
            is_choice = isinstance(question, OneOf)
            row = {
                "id": new_id(),
                "submission_id": submission["id"],
                "item_key": question.key.item,
                "question_key": question.key.question,
                "position": question.key.position,
                "item_digest": digest,
                "questionnaire_version": "1.0.0",
                "language": "",
                "choice": question.options[0].key if isinstance(question, OneOf) else "",
                "text_digest": "" if is_choice else "0" * 64,
            }
            words = {"answer_id": row["id"], "text": WORDS.format(number=number), "operations": ""}
            yield row, None if is_choice else {**words, "salt": "s"}


def an_installation_with(responses: int, home: Path) -> None:
    """Make a home with a database of its own, in which a consultation has so many responses."""
    from tests.conftest import make_tables

    make_tables(url := f"sqlite:///{home / DATABASE}")
    database, library = Database(url), Library.shipped()
    with database.writing() as session:
        consultation = create_and_open(
            session,
            organisation_id=add_organisation(session).id,
            details=shipped_details(slug=SLUG),
            library=library,
            by=a_lead(),
            now=BEFORE,
        )
        add_person(session)
    add_responses(database, consultation, get_asking(library, consultation), responses)
    database.close()


def export_of(home: Path, layout: str, file_format: str) -> Finished:
    """Make an export in such a home, as its worker would, and nothing else."""
    settings = Settings.from_environment(
        {"BOARDMARK_HOME": str(home), "BOARDMARK_SECRET_KEYS": "k" * 40}
    )
    database, now = Database(f"sqlite:///{home / DATABASE}"), dt.datetime.now(dt.UTC)
    options = Options(Layout(layout), FileFormat(file_format))
    with database.writing() as session:
        consultation = find_consultation(session, SLUG)
        account = session.scalars(select(Base.metadata.tables["account"].c.id)).first()
        assert consultation is not None
        assert account is not None
        by = Actor(account, "Lea Lead")
        extract = services.request_extract(session, consultation.id, options, by=by, now=now)
    run_due(
        database,
        HANDLERS,
        now,
        mailer=Outbox(home / "mail", "a@example.org", lambda: now),
        settings=settings,
        library=Library.shipped(),
    )
    with database.reading() as session:
        finished = services.get_extract(session, extract.id).finished
    database.close()
    assert finished is not None
    return finished
