"""An attacker with everything that lies still cannot tell who gave which equality answers.

Forty people respond and answer in a known order. Then the attacker looks before any form is
counted, after some were, and after all were. To see that the attack is a good one, faults are
planted: it must succeed on them.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from frameworks.library import SHIPPED_QUESTIONNAIRES, Library
from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import AFTER, DURING, SECRETS, a_respondent
from tests.factories.equality import add_consultation, send_form
from tests.program import shipped_library
from tests.unit.equality.attacker import Attacker, files_of, probability
from webapp.config import Settings
from webapp.consultations import services as consultations
from webapp.consultations.consultation import Consultation
from webapp.consultations.response import Attempt
from webapp.equality import services
from webapp.equality.key_files import KeyFiles
from webapp.equality.mixing import HANDLERS
from webapp.equality.models import EqualityCountRow, EqualityTrayRow
from webapp.equality.pool import LEAST
from webapp.equality.sealing import PADDED_BYTES, CannotOpen, unseal
from webapp.jobs import Mail, run_due
from webapp.jobs.models import Job
from webapp.persistence import Database, Session, new_id

PEOPLE = 40
BY_CHANCE = 1e-6
"""Findings that are less likely than this by chance alone are taken for success."""

SPEAKING = "culture.speaking-up"
OVER = AFTER + dt.timedelta(days=1)


class NoPost:
    def send(self, mail: Mail) -> None:
        raise AssertionError(mail)


class Scene:
    """Forty people, half of whom give one answer and half the other, in an order of chance."""

    def __init__(self, database: Database, home: Path, folder: Path) -> None:
        self.database = database
        self.home = home
        self.keys = KeyFiles(home)
        mark = secrets.token_hex(8)
        self.one, self.two = f"a{mark}-one", f"a{mark}-two"
        self.library = _library_asking(folder, self.one, self.two)
        self.answers = [self.one, self.two] * (PEOPLE // 2)
        secrets.SystemRandom().shuffle(self.answers)
        self.attacker = Attacker(self.answers, self.one, self.two)
        with database.writing() as session:
            self.consultation = add_consultation(session)

    def everybody_answers(self) -> None:
        for number in range(PEOPLE):
            self.answer(number)

    def answer(self, number: int) -> None:
        """Respond, and some seconds later answer the equality questions."""
        now = DURING + dt.timedelta(minutes=number)
        with self.database.writing() as session:
            _respond(session, self.consultation, now)
        with self.database.writing() as session:
            send_form(
                session,
                self.consultation,
                self.home,
                {"asked": self.answers[number]},
                library=self.library,
                now=now + dt.timedelta(seconds=20),
            )

    def mix(self, now: dt.datetime) -> None:
        """Do what the worker does every hour."""
        with self.database.writing() as session:
            services.plan_mixing(session, now)
        environment = {"BOARDMARK_HOME": str(self.home), "BOARDMARK_SECRET_KEYS": "k" * 32}
        settings = Settings.from_environment(environment)
        mailer = NoPost()
        run_due(
            self.database, HANDLERS, now, mailer=mailer, settings=settings, library=self.library
        )

    def counts(self) -> Counter[str]:
        with self.database.reading() as session:
            rows = session.scalars(select(EqualityCountRow))
            return Counter({row.choice: row.n for row in rows if row.question == "asked"})

    def tray(self) -> list[EqualityTrayRow]:
        with self.database.reading() as session:
            return list(session.scalars(select(EqualityTrayRow)))

    def say(self, words: str) -> None:
        """Tell a figure to whoever runs this with `-s`."""
        sys.stdout.write(f"{self.database.engine.name}, {words}\n")

    def best_guess(self, when: str, log: str = "") -> float:
        """Attack, print the three best findings, and return how likely the best is by chance."""
        found = self.attacker.look(self.database, self.home, log)
        self.say(f"{when}: {len(found)} orders tried")
        for each in found[:3]:
            self.say(f"  {each}")
        return min((each.probability for each in found), default=1.0)


@pytest.fixture
def scene(database: Database, tmp_path: Path) -> Iterator[Scene]:
    library = tmp_path.parent / f"{tmp_path.name}-library"
    yield Scene(database, tmp_path, library)
    with database.writing() as session:
        session.execute(text("DROP TABLE IF EXISTS test_careless"))


def test_no_order_of_anything_tells_who_answered_what(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "webapp")
    scene.everybody_answers()
    # Before any form is counted no answer is anywhere, in no row and no byte of any file.
    assert scene.attacker.look(scene.database, scene.home, caplog.text) == []

    scene.mix(DURING + dt.timedelta(hours=1))
    assert scene.counts().total() == PEOPLE - LEAST
    assert scene.best_guess("after some were counted", caplog.text) > BY_CHANCE

    scene.mix(OVER)
    assert scene.counts() == {scene.one: 20, scene.two: 20}
    assert scene.best_guess("after all were counted", caplog.text) > BY_CHANCE


def test_sealed_forms_look_the_same_whatever_they_say(scene: Scene) -> None:
    scene.everybody_answers()
    # They still lie in the order in which they came, at least in PostgreSQL, and that helps nobody.
    order = "" if scene.database.is_sqlite else " ORDER BY ctid"
    with scene.database.reading() as session:
        rows = session.execute(text(f"SELECT sealed FROM equality_tray{order}"))  # noqa: S608  Ours.
        sealed = [bytes(row.sealed) for row in rows]
    assert len({len(each) for each in sealed}) == 1
    features = {
        "first byte": [each[12] % 2 for each in sealed],
        "last byte": [each[-1] % 2 for each in sealed],
        "number of ones": [sum(byte.bit_count() for byte in each) % 2 for each in sealed],
    }
    likely = {
        name: probability([(scene.one, scene.two)[bit] for bit in bits], scene.answers)
        for name, bits in features.items()
    }
    scene.say(f"sealed forms: {likely}")
    assert min(likely.values()) > BY_CHANCE


def test_counts_have_no_order_no_time_and_one_transaction(scene: Scene) -> None:
    scene.everybody_answers()
    scene.mix(DURING + dt.timedelta(hours=1))
    scene.mix(OVER)

    names = {column.name for column in EqualityCountRow.__table__.columns}
    names |= {column.name for column in EqualityTrayRow.__table__.columns}
    assert not [name for name in names if name.endswith(("_at", "_on", "number"))]
    if not scene.database.is_sqlite:
        with scene.database.reading() as session:
            assert len(set(session.scalars(text("SELECT xmin::text FROM equality_count")))) == 1


def test_what_lies_about_afterwards_cannot_be_opened(scene: Scene) -> None:
    scene.everybody_answers()
    before = scene.tray()
    scene.mix(DURING + dt.timedelta(hours=1))

    for row in before:
        about = f"{row.consultation_id} {row.question_set} {row.respondent_class}"
        for key_id in scene.keys.list():
            key = scene.keys.find(key_id)
            assert key is not None
            with pytest.raises(CannotOpen):
                unseal(row.sealed, key=key, about=about)
    if scene.database.is_sqlite:
        # PostgreSQL keeps what was deleted for a while; SQLite keeps nothing of it at all.
        content = b"".join(path.read_bytes() for path in files_of(scene.database, scene.home))
        assert not [row for row in before if row.sealed[:32] in content]


def test_two_looks_never_differ_by_fewer_than_ten_people(scene: Scene) -> None:
    before, groups = scene.counts(), []
    for number in range(PEOPLE):
        scene.answer(number)
        if number % 3 == 2:
            scene.mix(DURING + dt.timedelta(hours=number))
            after = scene.counts()
            groups.append((after - before).total())
            before = after
    scene.mix(OVER)
    groups.append((scene.counts() - before).total())

    scene.say(f"groups counted together: {[each for each in groups if each]}")
    assert sum(groups) == PEOPLE
    assert min(each for each in groups if each) >= LEAST


def test_jobs_and_files_say_that_forms_were_mixed_and_nothing_of_one(scene: Scene) -> None:
    scene.everybody_answers()
    scene.mix(DURING + dt.timedelta(hours=1))

    with scene.database.reading() as session:
        jobs = [job for job in session.scalars(select(Job)) if job.kind == services.MIX]
    assert [job.payload for job in jobs] == [{}]
    assert len(scene.keys.list()) == 1


class TestTheAttackItself:
    """Planted faults, on which it succeeds."""

    def test_it_sees_answers_that_are_written_in_order_with_a_time(self, scene: Scene) -> None:
        with scene.database.writing() as session:
            session.execute(
                text("CREATE TABLE test_careless (id VARCHAR, kept VARCHAR, choice VARCHAR)")
            )
            for number, choice in enumerate(scene.answers):
                values = {"id": str(new_id()), "kept": f"{number:04}", "choice": choice}
                session.execute(
                    text("INSERT INTO test_careless VALUES (:id, :kept, :choice)"), values
                )

        found = scene.attacker.look(scene.database, scene.home)
        caught = {each.where for each in found if each.probability < BY_CHANCE}
        assert {"test_careless as it lies", "test_careless by kept"} <= caught
        assert found[0].matches == PEOPLE
        # Random ids alone hide nothing as long as the rows lie as they came.
        by_id = next(each for each in found if each.where == "test_careless by id")
        assert by_id.probability > BY_CHANCE

    def test_it_sees_forms_that_wait_unsealed(
        self, scene: Scene, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def plain(answers: Any, *, key: bytes, about: str) -> bytes:
            return json.dumps(dict(answers)).encode().ljust(PADDED_BYTES)

        monkeypatch.setattr(services, "seal", plain)
        scene.everybody_answers()

        found = scene.attacker.look(scene.database, scene.home)
        assert "equality_tray as it lies" in {each.where for each in found}
        if not scene.database.is_sqlite:
            assert found[0].probability < BY_CHANCE
            assert found[0].matches == PEOPLE

    def test_it_reckons_with_chance_as_it_is(self) -> None:
        truth = ["a"] * 20 + ["b"] * 20
        assert probability(truth, truth) == pytest.approx(1 / 137846528820)
        assert probability(truth[::-1], truth) == pytest.approx(1)
        assert 0.4 < probability(["a", "b"] * 20, truth) < 0.7


def _library_asking(folder: Path, one: str, two: str) -> Library:
    """Return a library whose equality question has answers that stand nowhere else."""
    folder.mkdir(exist_ok=True)
    draft = folder / "draft.yaml"
    draft.write_text(
        f"""schema: 1
slug: marked
version: "1.0.0"
title: Marked
language: en-GB
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/", attribution: Us}}
purpose: equality
questions:
  - key: asked
    asked_of: consultation
    kind: one_of
    text: Which?
    hint: To find it again.
    options:
      - {{key: {one}, label: One}}
      - {{key: {two}, label: Two}}
      - {{key: prefer-not-to-say, label: Prefer not to say}}
""",
        "utf-8",
    )
    library = Library(
        shipped_library().shelves[0].folder,
        questionnaires=[SHIPPED_QUESTIONNAIRES, folder / "asked"],
    )
    library.publish_questionnaire(draft, "1.0.0", dt.date(2026, 1, 1))
    return library


def _respond(session: Session, consultation: Consultation, now: dt.datetime) -> None:
    """Write a response with one comment and send it."""
    asking = consultations.get_asking(shipped_library(), consultation)
    token = consultations.start_draft(session, consultation_id=consultation.id, now=now)
    about: dict[str, Any] = {
        "consultation_id": consultation.id,
        "token": token,
        "asking": asking,
        "now": now,
    }
    consultations.save_respondent(session, respondent=a_respondent(), **about)
    consultations.save_choices(session, chosen=[SPEAKING], **about)
    attempts = [Attempt(AnswerKey(SPEAKING, "comment"), Given(text="Say who listens."), 0)]
    consultations.save_answers(session, item_key=SPEAKING, attempts=attempts, **about)
    draft = consultations.find_draft(session, consultation_id=consultation.id, token=token)
    assert draft is not None
    consultations.submit_response(
        session,
        slug=consultation.slug,
        token=token,
        key=consultations.submission_key(SECRETS[0], draft.id),
        library=shipped_library(),
        secrets=SECRETS,
        now=now,
    )
