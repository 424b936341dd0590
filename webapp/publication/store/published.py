"""Published responses: found by words and kinds, read, quoted.

Everything here reads the words that everybody reads, and responses that two people agreed to
publish; there is no other way from here to what was written.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Select, Subquery, func, or_, select

from frameworks.questions import AnswerKey, Given
from webapp.consultations import relations
from webapp.consultations.respondents import Channel, RespondsAs
from webapp.consultations.response import SentAnswer
from webapp.persistence import Session
from webapp.publication.published import Found, PublishedResponse, Quote, Wanted
from webapp.publication.searching import ESCAPE, is_plain, pattern, says
from webapp.publication.store.standings import published_ids


def count_published(session: Session, consultation_id: uuid.UUID) -> int:
    """Return how many responses are published."""
    published = published_ids(consultation_id)
    return session.scalar(select(func.count()).select_from(published)) or 0


def search(
    session: Session, consultation_id: uuid.UUID, wanted: Wanted, *, skip: int, most: int
) -> Found:
    """Return some of the published responses that are wanted, organisations first."""
    published = published_ids(consultation_id)
    ids = select(published.c.id).where(*_conditions(published, wanted))
    ids = ids.order_by(published.c.responds_as.desc(), published.c.id)
    if all(map(is_plain, wanted.words)):
        total = session.scalar(select(func.count()).select_from(ids.subquery())) or 0
        chosen = tuple(session.scalars(ids.offset(skip).limit(most)))
        return Found(_responses(session, consultation_id, chosen), total)
    # Databases fold letters beyond ASCII in ways of their own: they find candidates.
    candidates = _responses(session, consultation_id, tuple(session.scalars(ids)))
    matching = tuple(each for each in candidates if says(each.texts, wanted.words))
    return Found(matching[skip : skip + most], len(matching))


def find(session: Session, consultation_id: uuid.UUID, reference: str) -> PublishedResponse | None:
    """Return a published response by its reference, or None."""
    published = published_ids(consultation_id)
    found = session.scalar(select(published.c.id).where(published.c.reference == reference))
    responses = _responses(session, consultation_id, (found,) if found else ())
    return responses[0] if responses else None


def count_by_class(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return the published responses by the class of their senders."""
    published = published_ids(consultation_id)
    rows = session.execute(
        select(published.c.respondent_class, func.count()).group_by(published.c.respondent_class)
    )
    return dict(rows.all())


def count_by_item(session: Session, consultation_id: uuid.UUID) -> dict[str, int]:
    """Return the published responses that say something about an item, by item."""
    published, said = published_ids(consultation_id), relations.answers()
    rows = session.execute(
        select(said.c.item_key, func.count(said.c.submission_id.distinct()))
        .join(published, published.c.id == said.c.submission_id)
        .where(said.c.text != "")
        .group_by(said.c.item_key)
    )
    return dict(rows.all())


def list_saying(
    session: Session, consultation_id: uuid.UUID, item_key: str, *, skip: int, most: int
) -> tuple[PublishedResponse, ...]:
    """Return published responses that say something in words about an item."""
    published, said = published_ids(consultation_id), relations.answers()
    about = select(said.c.submission_id).where(said.c.item_key == item_key, said.c.text != "")
    chosen = session.scalars(
        select(published.c.id)
        .where(published.c.id.in_(about))
        .order_by(published.c.responds_as.desc(), published.c.id)
        .offset(skip)
        .limit(most)
    )
    return _responses(session, consultation_id, tuple(chosen))


def find_quotes(
    session: Session, consultation_id: uuid.UUID, answer_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Quote]:
    """Return those of some answers that may be quoted, by their ids."""
    published, said = published_ids(consultation_id), relations.answers()
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


def _conditions(published: Subquery, wanted: Wanted) -> Iterable[ColumnElement[bool]]:
    said = relations.answers()
    of_it = said.c.submission_id == published.c.id
    if wanted.respondent_class:
        yield published.c.respondent_class == wanted.respondent_class
    if wanted.item:
        about = select(said.c.id).where(of_it, said.c.item_key == wanted.item)
        yield about.exists()
    for word in wanted.words:
        yield or_(
            *(_has(published.c[column], word) for column in ("name", "role", "interests")),
            select(said.c.id).where(of_it, _has(said.c.text, word)).exists(),
        )


def _has(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return func.lower(column).like(pattern(word), escape=ESCAPE)


def _responses(
    session: Session, consultation_id: uuid.UUID, ids: tuple[uuid.UUID, ...]
) -> tuple[PublishedResponse, ...]:
    """Return these responses with their answers, in this order."""
    if not ids:
        return ()
    published = published_ids(consultation_id)
    answers = _answers(session, ids)
    rows = session.execute(_of(select(published), published.c.id, ids))
    found = {
        row.id: PublishedResponse(
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
        for row in rows
    }
    return tuple(found[each] for each in ids)


_FEW = 500


def _of(
    wanted: Select[tuple[object, ...]], column: ColumnElement[uuid.UUID], ids: tuple[uuid.UUID, ...]
) -> Select[tuple[object, ...]]:
    # Very many cost more to name than to leave out what was not asked for.
    return wanted.where(column.in_(ids)) if len(ids) <= _FEW else wanted


def _answers(session: Session, ids: tuple[uuid.UUID, ...]) -> dict[uuid.UUID, list[SentAnswer]]:
    said = relations.answers()
    found: dict[uuid.UUID, list[SentAnswer]] = defaultdict(list)
    for start in range(0, len(ids), _FEW):
        rows = session.execute(
            select(said).where(said.c.submission_id.in_(ids[start : start + _FEW]))
        )
        for row in rows:
            found[row.submission_id].append(
                SentAnswer(
                    AnswerKey(row.item_key, row.question_key, row.position),
                    Given(
                        choices=tuple(row.choice.split("\n")) if row.choice else (), text=row.text
                    ),
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
