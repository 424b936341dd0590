"""Answers as the database counts them: of responses that count, less those that are named."""

from __future__ import annotations

import uuid

import pytest

from frameworks.questions import AnswerKey, Given
from tests.factories.consultations import DURING
from tests.factories.writing import ACTION, SPEAKING, Writer, an_open_consultation
from webapp.consultations import services
from webapp.consultations.consultation import Consultation
from webapp.consultations.services import counting
from webapp.consultations.tallies import QuestionTally
from webapp.persistence import Session, new_id


def send(session: Session, opened: Consultation, choice: str) -> tuple[uuid.UUID, str]:
    writer = Writer(session, opened)
    writer.introduce()
    writer.choose(SPEAKING)
    writer.answer(ACTION, Given(choices=(choice,)))
    code = writer.send().code
    found = services.find_receipt(session, code)
    assert found is not None
    return found.id, code


def counted(
    session: Session, opened: Consultation, without: list[uuid.UUID] | None = None
) -> QuestionTally:
    asking = Writer(session, opened).asking
    tallies = services.tally_answers(session, opened.id, asking, without=without)
    return by_key(tallies, ACTION)


def by_key(tallies: tuple[QuestionTally, ...], key: AnswerKey) -> QuestionTally:
    (found,) = (each for each in tallies if each.key == key)
    return found


def chosen(tallied: QuestionTally) -> dict[str, int]:
    return {option.key: option.n for option in tallied.options if option.n}


def test_only_responses_of_the_consultation_that_count_are_counted(session: Session) -> None:
    opened = an_open_consultation(session)
    send(session, an_open_consultation(session, slug="noise"), "keep")
    send(session, opened, "keep")
    send(session, opened, "split")
    _, code = send(session, opened, "remove")
    services.withdraw_response(session, code=code, now=DURING)
    found = counted(session, opened)
    assert (found.base, chosen(found)) == (2, {"keep": 1, "split": 1})


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_what_is_named_is_left_out_once_however_often_it_is_named(
    session: Session, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(counting, "AT_ONCE", at_once)
    opened = an_open_consultation(session)
    elsewhere, _ = send(session, an_open_consultation(session, slug="noise"), "keep")
    named = [send(session, opened, "keep")[0] for _ in range(3)]
    send(session, opened, "keep")
    withdrawn, code = send(session, opened, "split")
    services.withdraw_response(session, code=code, now=DURING)
    without = [*named, named[0], withdrawn, elsewhere, new_id()]
    found = counted(session, opened, without)
    assert (found.base, chosen(found)) == (1, {"keep": 1})
