"""The receipt of a consultation response: exactly what was sent, beside what it was about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from exports.answers import Said, said, said_to_nothing
from exports.document import Fact, Flat
from exports.templating import LONDON
from frameworks.library import Published
from frameworks.model import Competency, Domain, Profile
from frameworks.questionnaire import (
    Questionnaire,
    profile_item,
    questions_for_competency,
    questions_for_domain,
    questions_for_profile,
    questions_overall,
)
from frameworks.questions import AnswerKey, Given, Question


@dataclass(frozen=True, slots=True)
class PositionAnswers:
    """What was answered about an item for one position, or for none (an empty title)."""

    position: str
    answers: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class ReceiptPart:
    """An item that something was said about, with its text and where that stands."""

    title: str
    consulted_on: str
    citation: str
    digest: str
    by_position: tuple[PositionAnswers, ...]


@dataclass(frozen=True, slots=True)
class Receipt(Flat):
    """All that is printed of a response."""

    template: ClassVar[str] = "receipt"
    kind: ClassVar[str] = "Copy of a consultation response"
    mark: ClassVar[str] = ""

    title: str
    reference: str
    submitted_at: dt.datetime
    framework_title: str
    questionnaire: str
    respondent: tuple[Fact, ...]
    parts: tuple[ReceiptPart, ...]
    language: str
    citation: str
    digest: str
    answered_in: str = ""
    """The name of the language that the questions were read in, where there are several."""
    shown: tuple[Fact, ...] = ()
    """Which edition of the consultation was answered, and the short digests of its parts."""

    @property
    def made_on(self) -> dt.date:
        """The day in London on which the response was sent."""
        return self.submitted_at.astimezone(LONDON).date()


def make_receipt(
    published: Published,
    questionnaire: Questionnaire,
    *,
    consultation: str,
    reference: str,
    submitted_at: dt.datetime,
    respondent: Sequence[Fact],
    answers: Mapping[AnswerKey, Given],
    answered_in: str = "",
    as_asked: Mapping[AnswerKey, Question] | None = None,
    shown: Sequence[Fact] = (),
) -> Receipt:
    """Return the receipt of a response to the consultation of that title.

    Only items with an answer are in it. An answer that the questionnaire does not know is shown
    under its key, so that nothing that was sent is missing. `submitted_at` is an aware time.
    `as_asked` has the questions that were read in other words than those of the questionnaire.
    `shown` says which edition of the consultation was answered.
    """
    sent = {key: given for key, given in answers.items() if not given.is_blank}
    parts = _parts(published, questionnaire, sent, as_asked or {})
    framework = published.framework
    return Receipt(
        title=consultation,
        reference=reference,
        submitted_at=submitted_at,
        framework_title=framework.title,
        questionnaire=str(questionnaire.reference),
        respondent=tuple(respondent),
        parts=tuple(part for part in parts if part.by_position),
        language=framework.language,
        citation=str(published.reference),
        digest=published.digest,
        answered_in=answered_in,
        shown=tuple(shown),
    )


def _parts(
    published: Published,
    questionnaire: Questionnaire,
    sent: Mapping[AnswerKey, Given],
    as_asked: Mapping[AnswerKey, Question],
) -> Iterator[ReceiptPart]:
    def in_those_words(questions: Sequence[Question]) -> tuple[Question, ...]:
        return tuple(as_asked.get(each.key, each) for each in questions)

    framework = published.framework
    known: set[AnswerKey] = set()
    overall = in_those_words(questions_overall(questionnaire))
    known.update(question.key for question in overall)
    yield _part(published, "The consultation as a whole", "", "", overall, sent)
    for domain in framework.all_domains():
        asked = in_those_words(questions_for_domain(questionnaire, domain))
        known.update(question.key for question in asked)
        yield _domain_part(published, domain, asked, sent)
        for competency in domain.competencies:
            positions = _positions(published, competency.key, sent)
            asked = in_those_words(questions_for_competency(questionnaire, competency, positions))
            known.update(question.key for question in asked)
            yield _competency_part(published, competency, asked, sent)
    for profile in framework.profiles:
        asked = in_those_words(questions_for_profile(questionnaire, profile))
        known.update(question.key for question in asked)
        yield _profile_part(published, profile, asked, sent)
    unknown = tuple(said_to_nothing(key, given) for key, given in sent.items() if key not in known)
    yield ReceiptPart(
        title="Other answers",
        consulted_on="",
        citation=str(published.reference),
        digest=published.digest,
        by_position=(PositionAnswers("", unknown),) if unknown else (),
    )


def _positions(
    published: Published, item: str, sent: Mapping[AnswerKey, Given]
) -> tuple[Profile, ...]:
    keys = {key.position for key in sent if key.item == item}
    return tuple(profile for profile in published.framework.profiles if profile.key in keys)


def _domain_part(
    published: Published,
    domain: Domain,
    asked: Sequence[Question],
    sent: Mapping[AnswerKey, Given],
) -> ReceiptPart:
    return _part(published, domain.title, domain.looks_like, domain.key, asked, sent)


def _competency_part(
    published: Published,
    competency: Competency,
    asked: Sequence[Question],
    sent: Mapping[AnswerKey, Given],
) -> ReceiptPart:
    return _part(
        published,
        f"{competency.code} {competency.title}",
        competency.statement,
        competency.key,
        asked,
        sent,
        digest=published.competency_digest(competency.key),
    )


def _profile_part(
    published: Published,
    profile: Profile,
    asked: Sequence[Question],
    sent: Mapping[AnswerKey, Given],
) -> ReceiptPart:
    codes = {each.key: each.code for each in published.framework.all_competencies()}
    needs = {
        word: ", ".join(
            f"{codes[each.competency]} (weight {each.weight})"
            for each in profile.requirements
            if each.essential is essential
        )
        for word, essential in (("Essential", True), ("Desirable", False))
    }
    text = "\n".join(f"{word}: {codes}" for word, codes in needs.items() if codes)
    return _part(published, profile.title, text, profile_item(profile.key), asked, sent)


def _part(
    published: Published,
    title: str,
    consulted_on: str,
    item: str,
    asked: Sequence[Question],
    sent: Mapping[AnswerKey, Given],
    *,
    digest: str = "",
) -> ReceiptPart:
    titles = {profile.key: profile.title for profile in published.framework.profiles}
    answered = [question for question in asked if question.key in sent]
    # What is said about the item for every position comes first, under no position's heading.
    positions = dict.fromkeys(("", *(question.key.position for question in answered)))
    return ReceiptPart(
        title=title,
        consulted_on=consulted_on,
        citation=published.citation(item) if item else str(published.reference),
        digest=digest or published.digest,
        by_position=tuple(
            PositionAnswers(titles.get(position, position), answers)
            for position in positions
            if (
                answers := tuple(
                    said(question, sent)
                    for question in answered
                    if question.key.position == position
                )
            )
        ),
    )
