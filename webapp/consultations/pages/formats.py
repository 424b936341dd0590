"""A consultation in other formats: what they show, and how large the files are about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from exports.consultation_material import Material
from exports.documents.consultation_form import (
    AboutYou,
    ConsultationForm,
    Invitation,
    Size,
    make_consultation_form,
)
from exports.word.response import DraftResponse, make_draft_response
from frameworks.library import Published
from frameworks.questions import AnswerKey, LongText, OneOf, Option, Question, ShortText, SomeOf
from webapp.consultations.asking import Asking, Item
from webapp.consultations.consultation import Consultation
from webapp.consultations.pages.receipts import respondent_facts
from webapp.consultations.respondents import (
    GATHERED_LENGTH,
    INDIVIDUAL_CLASSES,
    INTERESTS,
    INTERESTS_LENGTH,
    NAME_LENGTH,
    ORGANISATION_TYPES,
    PUBLISH,
    REGIONS,
    RESPONDENT,
    RESPONDS_AS,
    ROLE_LENGTH,
)
from webapp.consultations.response import Draft, SavedAnswer

FREEDOM_OF_INFORMATION = (
    "You decide whether your response may be published, with or without a name. But a public body"
    " may have to disclose what it holds when somebody asks under the Freedom of Information Act"
    " 2000 or data protection law, so nobody can promise that a response stays confidential. Please"
    " write nothing about a person who could be recognised."
)

# Measured in bytes: a form of 30 fields with 68 boxes, and one of 891 fields with 3,297.
_FILE, _BOX = 240_000, 1_700
_LARGE_BOX = 1_900
_WORD_FILE, _WORD_BOX = 23_000, 30


@dataclass(frozen=True, slots=True)
class FileSizes:
    """How large the files are about, in words."""

    pdf: str
    large_pdf: str
    word: str


def blank_form(
    asking: Asking,
    published: Published,
    consultation: Consultation,
    organisation: str,
    size: Size = Size.STANDARD,
) -> ConsultationForm:
    """Return the blank form of a consultation by an organisation of that name."""
    return make_consultation_form(
        material_of(asking, published),
        invitation=invitation_to(consultation, organisation),
        about=about_you(asking),
        size=size,
    )


def draft_response(
    asking: Asking,
    published: Published,
    consultation: Consultation,
    organisation: str,
    draft: Draft,
    now: dt.datetime,
) -> DraftResponse:
    """Return a whole draft as it is now."""
    return make_draft_response(
        material_of(asking, published, draft),
        invitation=invitation_to(consultation, organisation),
        as_of=now,
        about=respondent_facts(asking, draft.respondent),
        chosen=draft.chosen,
        positions=draft.respondent.positions,
        answers=draft.answers,
    )


def material_of(asking: Asking, published: Published, draft: Draft | None = None) -> Material:
    """Return what is asked in the language of `asking`; what a draft answered, as it was asked."""
    return Material(
        published=published,
        framework=asking.framework,
        questionnaire=str(asking.own.questionnaire.reference),
        asked={key: _questions(asking, item, draft) for key, item in asking.items.items()},
        language=asking.language,
        language_of=asking.language_of,
    )


def _questions(asking: Asking, item: Item, draft: Draft | None) -> tuple[Question, ...]:
    if draft is None:
        return item.questions
    saved = {key: each for key, each in draft.by_key.items() if key.item == item.key}
    return tuple(
        _as_asked(asking, each, saved[each.key]) if each.key in saved else each
        for each in item.questions
    )


def _as_asked(asking: Asking, question: Question, saved: SavedAnswer) -> Question:
    if saved.given.is_blank:
        return question
    asked = asking.as_answered(saved.language, saved.questionnaire_version)
    return asked.items[question.key.item].by_key.get(question.key, question)


def invitation_to(consultation: Consultation, organisation: str) -> Invitation:
    """Return what a consultation says about itself."""
    details = consultation.details
    return Invitation(
        slug=consultation.slug,
        title=details.title,
        organisation=organisation,
        purpose=details.purpose,
        open_to_change=details.open_to_change,
        not_open_to_change=details.not_open_to_change,
        use_of_answers=details.use_of_answers,
        contact=details.contact,
        opens_at=details.period.opens_at,
        closes_at=consultation.ends_at,
    )


def about_you(asking: Asking) -> tuple[AboutYou, ...]:
    """Return what is asked about whoever responds, as the pages ask it one by one."""
    positions = [Option(key=key, label=title) for key, title in asking.position_titles.items()]
    return (
        AboutYou(
            "Who is responding",
            "",
            (
                _one_of(
                    "responds-as",
                    "Are you responding as an individual or on behalf of an organisation?",
                    RESPONDS_AS,
                ),
                _line("role", "What is your role?", ROLE_LENGTH),
            ),
        ),
        AboutYou(
            "If you are responding as an individual",
            "",
            (
                _one_of(
                    "individual-class", "Which of these describes you best?", INDIVIDUAL_CLASSES
                ),
            ),
        ),
        AboutYou(
            "If you are responding for an organisation",
            "",
            (
                _line("organisation-name", "Name of the organisation", NAME_LENGTH),
                _one_of(
                    "organisation-type", "What kind of organisation is it?", ORGANISATION_TYPES
                ),
                _lines(
                    "gathered",
                    "How did the organisation arrive at its view?",
                    GATHERED_LENGTH,
                    "For example a discussion at a board meeting, or a survey of members.",
                ),
            ),
        ),
        AboutYou(
            "Region and interests",
            "",
            (
                _one_of("region", "Which NHS England region are you in?", REGIONS),
                _one_of("interest", "Do you have an interest to declare?", INTERESTS),
                _lines("interests", "What is your interest?", INTERESTS_LENGTH),
            ),
        ),
        AboutYou(
            "Publishing your response",
            FREEDOM_OF_INFORMATION,
            (
                _one_of("publish", "May we publish this response?", PUBLISH),
                _line("name", "Your name, if it may be published", NAME_LENGTH),
            ),
        ),
        AboutYou(
            "Positions that you know",
            "",
            (
                SomeOf(
                    key=_key("positions"),
                    text="Which board positions do you want to comment on?",
                    hint="For each competency, we ask how necessary it is for these positions.",
                    options=tuple(positions),
                ),
            )
            if positions
            else (),
        ),
    )


def file_sizes(form: ConsultationForm) -> FileSizes:
    """Return how large the files of a form are about, without making any."""
    boxes = sum(len(field.options) or 1 for field in form.fields)
    return FileSizes(
        pdf=_in_words(_FILE + _BOX * boxes),
        large_pdf=_in_words(_FILE + _LARGE_BOX * boxes),
        word=_in_words(_WORD_FILE + _WORD_BOX * boxes),
    )


def _in_words(size: int) -> str:
    if size < 1_000_000:
        return f"{max(1, round(size / 10_000)) * 10} kB"
    return f"{size / 1_000_000:.0f} MB"


def _key(question: str) -> AnswerKey:
    return AnswerKey(RESPONDENT, question)


def _one_of(question: str, text: str, options: Sequence[Option]) -> OneOf:
    return OneOf(key=_key(question), text=text, options=tuple(options))


def _line(question: str, text: str, length: int) -> ShortText:
    return ShortText(key=_key(question), text=text, max_length=length)


def _lines(question: str, text: str, length: int, hint: str = "") -> LongText:
    return LongText(key=_key(question), text=text, hint=hint, max_length=length)
