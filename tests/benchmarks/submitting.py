"""Submissions a second, beside a bare Flask view that inserts the same rows just as durably.

Run with `python -m tests.benchmarks.submitting`. Ours is the whole post: cookie, proof of origin,
guard, draft, checks, rows, receipt, commit. The bare view gets a whole response in its form, since
it knows no drafts, and inserts what it is given; it writes into a copy of our database, so that
tables, indexes, settings and the rows that are there already are the same. What the program does
later with the rows of a draft that was sent is not counted.
"""

from __future__ import annotations

import gc
import hashlib
import secrets
import shutil
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

import pysqlite3.dbapi2 as pysqlite3  # type: ignore[import-untyped]  # It ships no types.
from flask import Flask, request
from flask.sessions import SecureCookieSessionInterface

from frameworks.questions import Given, LongText, OneOf, Rewording, SomeOf
from tests.benchmarks.installation import SLUG, an_installation
from tests.benchmarks.measuring import seconds
from tests.pages.client import Client
from tests.program import Program
from webapp.consultations import services
from webapp.consultations.respondents import Publish, Respondent, RespondsAs
from webapp.consultations.response import Attempt
from webapp.consultations.views.room import cookie_name
from webapp.persistence.database import SQLITE_PRAGMAS

SUBMISSIONS = 400
COMPETENCIES = 8
POSITIONS = ("provider-chair", "provider-non-executive-director")
ROWS_OF = (
    "submission",
    "submission_person",
    "submission_position",
    "answer",
    "answer_text",
)
ABOUT = ("responds_as", "respondent_class", "region", "publish")
ITEM = "sha256:" + "0" * 64
WHEN = "2026-11-23 09:30:00.000000"
FORM = "application/x-www-form-urlencoded"


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


def keys_of(program: Program, tokens: list[str]) -> Iterator[str]:
    """Yield the key with which each draft is sent, as its check page holds it."""
    with program.database.reading() as session:
        consultation = services.find_consultation(session, SLUG)
        assert consultation is not None
        for token in tokens:
            draft = services.find_draft(session, consultation_id=consultation.id, token=token)
            assert draft is not None
            yield services.submission_key(program.settings.secret_keys[0], draft.id)


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
    cookies, keys = cookies_of(program.app, tokens), list(keys_of(program, tokens))
    for key, (cookie, proof) in zip(keys, cookies, strict=True):
        data = urlencode({"csrf_token": proof, "key": key, "edition": "1"})

        def send(cookie: str = cookie, data: str = data) -> None:
            client.set_cookie(name, cookie)
            response = client.post(path, data=data, content_type=FORM)
            assert response.status_code == 303, response.text[:500]

        yield send


def bare_program(path: Path, consultation_id: str) -> Flask:
    """Return a Flask program that inserts one response for each post, and does nothing else."""
    connection = pysqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for name, value in SQLITE_PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    app = Flask("bare")

    @app.post("/")
    def submit() -> tuple[str, int]:
        form, submission_id = request.form, uuid.uuid4().hex
        answers, texts = [], []
        for field, value in form.items():
            if "|" not in field:
                continue
            item, question, position, kind = field.split("|")
            answer_id, choice, digest = uuid.uuid4().hex, value, ""
            if kind == "text":
                salt, choice = secrets.token_hex(16), ""
                digest = hashlib.sha256(f"{salt}{value}".encode()).hexdigest()
                texts.append((answer_id, value, salt))
            answers.append(
                (answer_id, submission_id, item, question, position, ITEM, "1.0.0", choice, digest)
            )
        head = [form[each] for each in ABOUT]
        key_hash = hashlib.sha256(form["key"].encode()).hexdigest()
        marks = [key_hash, secrets.token_hex(32), secrets.token_hex(6)]
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "INSERT INTO submission (id, consultation_id, key_hash, code_hash, reference,"
            " submitted_at, submitted_on, responds_as, respondent_class, region, publish,"
            " interest, language, lodged_late, held_for, edition, channel)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 0, '', 1, 'web')",
            (submission_id, consultation_id, *marks, WHEN, WHEN[:10], *head),
        )
        connection.executemany(
            "INSERT INTO answer (id, submission_id, item_key, question_key, position, item_digest,"
            " questionnaire_version, choice, text_digest, language)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
            answers,
        )
        connection.executemany(
            "INSERT INTO answer_text (answer_id, text, salt, operations) VALUES (?, ?, ?, '')",
            texts,
        )
        connection.executemany(
            "INSERT INTO submission_position VALUES (?, ?)",
            [(submission_id, each) for each in form.getlist("position")],
        )
        connection.execute(
            "INSERT INTO submission_person (submission_id, name, organisation_name, gathered,"
            " role, interests, late_reason) VALUES (?, ?, '', '', '', '', '')",
            (submission_id, form["name"]),
        )
        connection.execute("COMMIT")
        return "", 303

    return app


def form_of(connection: Any) -> tuple[str, dict[str, str | list[str]]]:
    """Return the consultation, and the form in which the newest response would come to a bare view.

    The form lacks its key, which is each post's own.
    """
    submission_id, consultation_id, *about = connection.execute(
        f"SELECT id, consultation_id, {', '.join(ABOUT)} FROM submission ORDER BY rowid DESC"  # noqa: S608  Our tables.
    ).fetchone()
    form: dict[str, str | list[str]] = dict(zip(ABOUT, about, strict=True))
    sent = (submission_id,)
    (form["name"],) = connection.execute(
        "SELECT name FROM submission_person WHERE submission_id = ?", sent
    ).fetchone()
    positions = connection.execute(
        "SELECT position FROM submission_position WHERE submission_id = ?", sent
    )
    form["position"] = [each for (each,) in positions]
    answers = connection.execute(
        "SELECT item_key, question_key, position, choice, text FROM answer"
        " LEFT JOIN answer_text ON answer_id = id WHERE submission_id = ?",
        sent,
    )
    for item, question, position, choice, text in answers:
        kind = "choice" if text is None else "text"
        form[f"{item}|{question}|{position}|{kind}"] = choice if text is None else text
    return consultation_id, form


def counted(connection: Any) -> int:
    """Return how many rows there are of everything that is sent."""
    return sum(
        connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608  Our tables.
        for name in ROWS_OF
    )


def submitting(count: int = SUBMISSIONS) -> tuple[float, float]:
    """Return our submissions a second over those of the bare view, and the rows of each."""
    with an_installation() as program:
        for send in senders(program, write_drafts(program, count)):
            send()
        ours = senders(program, write_drafts(program, count))
        program.database.close()  # Which leaves the whole of it in one file.
        file, copy = program.home / "boardmark.sqlite3", program.home / "bare.sqlite3"
        shutil.copyfile(file, copy)
        with closing(pysqlite3.connect(copy)) as connection:
            consultation_id, form = form_of(connection)
            before = counted(connection)
        client = bare_program(copy, consultation_id).test_client()
        bodies = iter([urlencode({**form, "key": str(n)}, doseq=True) for n in range(count)])

        def insert_one() -> None:
            response = client.post("/", data=next(bodies), content_type=FORM)
            assert response.status_code == 303

        gc.collect()
        times = [(seconds(next(ours)), seconds(insert_one)) for _ in range(count)]
        with closing(pysqlite3.connect(copy)) as bare, closing(pysqlite3.connect(file)) as real:
            rows = counted(bare) - before
            assert counted(real) - before == rows
    return median(bare for _, bare in times) / median(our for our, _ in times), rows / count


def main() -> None:
    """Print the ratio."""
    ratio, rows = submitting()
    sys.stdout.write(
        f"submitting: {rows:.0f} rows a submission: {ratio:.2f} × the submissions a second"
        " of a bare view (at least 0.5)\n"
    )


if __name__ == "__main__":
    main()
