"""Published responses: found by words and kinds, read, quoted.

Everything here reads the words that everybody reads, and responses that two people agreed to
publish; there is no other way from here to what was written.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select

from frameworks.questions import AnswerKey, Given
from webapp.consultations import relations
from webapp.consultations.respondents import Channel, RespondsAs
from webapp.consultations.response import SentAnswer
from webapp.persistence import Session
from webapp.publication.published import Found, PublishedResponse, Quote, Wanted
from webapp.publication.searching import ESCAPE, is_plain, pattern, says
from webapp.publication.store import standings


def count_published(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses are published."""
    published = standings.published(consultation_id)
    return session.scalar(select(func.count()).select_from(published)) or 0


def search(
    session: Session, consultation_id: uuid.UUID, wanted: Wanted, *, skip: int, most: int
) -> Found:
    """Return some of the published responses that are wanted, organisations first."""
    published = standings.published(consultation_id)
    matching = tuple(
        session.scalars(
            select(published.c.id)
            .where(*_conditions(consultation_id, published, wanted))
            .order_by(published.c.responds_as.desc(), published.c.id)
        )
    )
    if all(map(is_plain, wanted.words)):
        return Found(_responses(session, matching[skip : skip + most]), len(matching))
    # Databases fold letters beyond ASCII in ways of their own: they find candidates.
    candidates = _responses(session, matching)
    checked = tuple(each for each in candidates if says(each.texts, wanted.words))
    return Found(checked[skip : skip + most], len(checked))


def find(session: Session, consultation_id: uuid.UUID, reference: str) -> PublishedResponse | None:
    """Return a published response by its reference, or None."""
    published = standings.published(consultation_id)
    found = session.scalar(select(published.c.id).where(published.c.reference == reference))
    responses = _responses(session, (found,) if found else ())
    return responses[0] if responses else None


def count_by_class(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return the published responses by the class of their senders."""
    published = standings.published(consultation_id)
    rows = session.execute(
        select(published.c.respondent_class, func.count()).group_by(published.c.respondent_class)
    )
    return dict(rows.all())


def count_by_item(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return the published responses that say something about an item, by item."""
    published, said = standings.published(consultation_id), relations.answers()
    rows = session.execute(
        select(said.c.item_key, func.count(said.c.submission_id.distinct()))
        .where(said.c.submission_id.in_(select(published.c.id)), said.c.text != "")
        .group_by(said.c.item_key)
    )
    return dict(rows.all())


def list_saying(
    session: Session, consultation_id: uuid.UUID, item_key: str, *, skip: int, most: int
) -> tuple[PublishedResponse, ...]:
    """Return published responses that say something in words about an item."""
    published = standings.published(consultation_id)
    about = _saying(
        consultation_id, lambda said: (said.c.item_key == item_key) & (said.c.text != "")
    )
    chosen = session.scalars(
        select(published.c.id)
        .where(published.c.id.in_(about))
        .order_by(published.c.responds_as.desc(), published.c.id)
        .offset(skip)
        .limit(most)
    )
    return _responses(session, tuple(chosen))


def find_quotes(
    session: Session, consultation_id: uuid.UUID, answer_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Quote]:
    """Return those of some answers that may be quoted, by their ids."""
    published, said = standings.published(consultation_id), relations.answers()
    rows = session.execute(
        select(
            said.c.id,
            published.c.reference,
            said.c.text,
            published.c.respondent_class,
            published.c.name,
            said.c.is_redacted,
        )
        .join(published, published.c.id == said.c.submission_id)
        .where(said.c.id.in_(answer_ids), said.c.text != "")
    )
    return {row[0]: Quote(*row) for row in rows}


def _conditions(
    consultation_id: uuid.UUID, published: Subquery, wanted: Wanted
) -> Iterable[ColumnElement[bool]]:
    if wanted.respondent_class:
        yield published.c.respondent_class == wanted.respondent_class
    if wanted.item:
        yield published.c.id.in_(
            _saying(consultation_id, lambda said: said.c.item_key == wanted.item)
        )
    for word in wanted.words:
        # Every text is read once for a word: to look up those of each response takes far longer.
        yield or_(
            *(_has(published.c[column], word) for column in ("name", "role", "interests")),
            published.c.id.in_(_saying(consultation_id, _text_has(word))),
        )


def _saying(
    consultation_id: uuid.UUID, condition: Callable[[Subquery], ColumnElement[bool]]
) -> Select[tuple[uuid.UUID]]:
    """Return the responses to a consultation that have an answer of which something holds."""
    said, response = relations.answers(), relations.responses()
    return (
        select(said.c.submission_id)
        .join(response, response.c.id == said.c.submission_id)
        .where(response.c.consultation_id == consultation_id, condition(said))
    )


def _text_has(word: str) -> Callable[[Subquery], ColumnElement[bool]]:
    return lambda said: _has(said.c.text, word)


def _has(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return func.lower(column).like(pattern(word), escape=ESCAPE)


def _responses(session: Session, ids: tuple[uuid.UUID, ...]) -> tuple[PublishedResponse, ...]:
    """Return these published responses with their answers, in this order."""
    found: dict[uuid.UUID, PublishedResponse] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        answers = _answers(session, some)
        for row in session.execute(select(standings.shown(some))):
            found[row.id] = PublishedResponse(
                row.id,
                row.reference,
                RespondsAs(row.responds_as),
                row.respondent_class,
                Channel(row.channel),
                row.name,
                row.role,
                row.interests,
                tuple(answers[row.id]),
            )
    return tuple(found[each] for each in ids)


_AT_ONCE = 500


def _answers(session: Session, ids: tuple[uuid.UUID, ...]) -> dict[uuid.UUID, list[SentAnswer]]:
    said = relations.answers()
    found: dict[uuid.UUID, list[SentAnswer]] = defaultdict(list)
    for row in session.execute(select(said).where(said.c.submission_id.in_(ids))):
        found[row.submission_id].append(
            SentAnswer(
                AnswerKey(row.item_key, row.question_key, row.position),
                Given(choices=tuple(row.choice.split("\n")) if row.choice else (), text=row.text),
                row.item_digest,
                row.questionnaire_version,
                row.language,
                row.id,
                is_redacted=row.is_redacted,
            )
        )
    for each in found.values():
        each.sort(key=lambda answer: answer.key)
    return found
