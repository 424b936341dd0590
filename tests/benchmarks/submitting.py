"""Submissions a second, beside a bare Flask view that inserts the same rows just as durably.

Run with `python -m tests.benchmarks.submitting`. Ours is the whole post: cookie, proof of origin,
guard, draft, checks, rows, receipt, deleting the draft, commit. The bare view has its rows ready in
memory and only inserts and commits them, with the same SQLite, tables, indexes and settings.
"""

from __future__ import annotations

import itertools
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as pysqlite3  # type: ignore[import-untyped]  # It ships no types.
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import insert, select

from frameworks.questions import Given, LongText, OneOf, Rewording, SomeOf
from tests.benchmarks.installation import SLUG, an_installation
from tests.benchmarks.measuring import ratio_of
from tests.conftest import make_tables
from tests.pages.client import Client
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.respondents import Publish, Respondent, RespondsAs
from webapp.consultations.response import Attempt
from webapp.consultations.views.room import cookie_name
from webapp.persistence import Base
from webapp.persistence.database import SQLITE_PRAGMAS

SUBMISSIONS = 400
COMPETENCIES = 8
ROUND = 20
POSITIONS = ("provider-chair", "provider-non-executive-director")
ROWS_OF = (
    "submission",
    "submission_person",
    "submission_position",
    "answer",
    "answer_text",
)
PROOF = "benchmark"


def write_drafts(program: Program, count: int) -> list[str]:
    """Write drafts of eight competencies for two positions, and return their tokens."""
    now = program.clock()
    with program.database.writing() as session:
        consultation = services.find_consultation(session, SLUG)
        assert consultation is not None
        asking = services.get_asking(program.library, consultation)
        known = [key for key in POSITIONS if key in asking.position_titles]
        about: dict[str, Any] = {"consultation_id": consultation.id, "asking": asking, "now": now}
        chosen = asking.competency_keys[:COMPETENCIES]
        respondent = Respondent(
            responds_as=RespondsAs.INDIVIDUAL,
            respondent_class="governor",
            region="midlands",
            publish=Publish.NAMED,
            name="Sam Okafor",
            positions=tuple(known),
        )
        tokens = []
        for _ in range(count):
            token = services.start_draft(session, consultation_id=consultation.id, now=now)
            services.save_respondent(session, token=token, respondent=respondent, **about)
            services.save_choices(session, token=token, chosen=chosen, **about)
            for key in chosen:
                questions = asking.questions_of(asking.items[key], known)
                attempts = [Attempt(each.key, an_answer(each), 0) for each in questions]
                services.save_answers(
                    session, token=token, item_key=key, attempts=attempts, **about
                )
            tokens.append(token)
    return tokens


def an_answer(question: object) -> Given:
    """Answer a question of any kind that a consultation asks."""
    match question:
        case OneOf() | SomeOf():
            return Given(choices=(question.options[0].key,))
        case LongText() | Rewording():
            return Given(text="Say who listens, what changed as a result, and who was told. " * 4)
        case _:
            return Given(text="Short")


def cookies_of(app: Flask, tokens: list[str]) -> list[tuple[str, str]]:
    """Return the cookie of the browser that wrote each draft, and its proof of origin."""
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    client = Client(app)
    proof = client.proof()
    cookie = client.flask.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    seed = serializer.loads(cookie.value)
    return [(str(serializer.dumps({**seed, cookie_name(SLUG): token})), proof) for token in tokens]


def senders(program: Program, tokens: list[str]) -> Iterator[Callable[[], None]]:
    """Yield a function a draft, each of which sends it through the program."""
    client = program.app.test_client()
    name = program.app.config["SESSION_COOKIE_NAME"]
    path = f"/consultations/{SLUG}/response/send"
    for token, (cookie, proof) in zip(tokens, cookies_of(program.app, tokens), strict=True):
        data = {"csrf_token": proof, "key": services.submission_key(token)}

        def send(cookie: str = cookie, data: dict[str, str] = data) -> None:
            client.set_cookie(name, cookie)
            response = client.post(path, data=data)
            assert response.status_code == 303, response.text[:500]

        yield send


@contextmanager
def bare_program(path: Path, rows: list[dict[str, list[dict[str, Any]]]]) -> Iterator[FlaskClient]:
    """Give a client of a Flask program that inserts one submission's rows for each post."""
    make_tables(f"sqlite:///{path}")
    connection = pysqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for name, value in SQLITE_PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    # Their consultation is in the other database.
    connection.execute("PRAGMA foreign_keys = 0")
    statements = {name: str(insert(Base.metadata.tables[name]).compile()) for name in ROWS_OF}
    waiting = iter(rows)
    app = Flask("bare")

    @app.post("/")
    def submit() -> tuple[str, int]:
        connection.execute("BEGIN IMMEDIATE")
        for name, several in next(waiting).items():
            connection.executemany(statements[name], several)
        connection.execute("COMMIT")
        return "", 303

    yield app.test_client()
    connection.close()


def rows_sent(program: Program) -> list[dict[str, list[dict[str, Any]]]]:
    """Return what the program has inserted, by submission and table, as bare values."""
    by_submission: dict[Any, dict[str, list[dict[str, Any]]]] = {}
    owner: dict[Any, Any] = {}
    with program.database.reading() as session:
        for name in ROWS_OF:
            table = Base.metadata.tables[name]
            for row in session.execute(select(table)).mappings():
                values = {key: bare(value) for key, value in row.items()}
                if name == "submission":
                    whose = values["id"]
                elif name == "answer_text":
                    whose = owner[values["answer_id"]]
                else:
                    whose = values["submission_id"]
                if name == "answer":
                    owner[values["id"]] = whose
                by_submission.setdefault(whose, {}).setdefault(name, []).append(values)
    return list(by_submission.values())


def bare(value: Any) -> Any:
    """Return a value as SQLite stores it."""
    if isinstance(value, uuid.UUID):
        return value.hex
    return value if isinstance(value, str | int | float | bytes | None) else str(value)


def submitting(count: int = SUBMISSIONS) -> tuple[float, int]:
    """Return our submissions a second over those of the bare view, and the rows of each."""
    with an_installation() as program:
        # The rows that the bare view inserts are those of as many drafts sent before.
        for send in senders(program, write_drafts(program, count)):
            send()
        rows = rows_sent(program)
        ours = senders(program, write_drafts(program, count))
        with bare_program(program.home / "bare.sqlite3", rows) as client:

            def send_some() -> None:
                for send in itertools.islice(ours, ROUND):
                    send()

            def insert_some() -> None:
                for _ in range(ROUND):
                    client.post("/", data={"key": "x" * 64})

            ratio = ratio_of(send_some, insert_some, count // ROUND - 1)
    return 1 / ratio, sum(len(each) for each in rows[0].values())


def main() -> None:
    """Print the ratio."""
    ratio, rows = submitting()
    sys.stdout.write(
        f"submitting: {rows} rows a submission: {ratio:.2f} × the submissions a second"
        " of a bare view (at least 0.5)\n"
    )


if __name__ == "__main__":
    main()
