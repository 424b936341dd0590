"""A filled form that was brought back: what it says, and whether it belongs to a review."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import assert_never

from exports.forms.filled import FileRefused, Filled, Reason
from exports.forms.form_fields import PERSON
from frameworks.questions import (
    AnswerKey,
    Day,
    Given,
    LongText,
    OneOf,
    Question,
    Rewording,
    ShortText,
    SomeOf,
)
from frameworks.review import ReviewForm
from webapp.appraisals.reviews import Review

KIND = "review_record"
"""What the seal of a review's form calls it."""

PLAIN = (
    "sha256",
    "identifier",
    "prefilled",
    "kind",
    "citation",
    "digest",
    "profile",
    "person",
)
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Nobody types these, and not every database keeps them."""

AGAIN = "Download the form from this review again and fill that in."


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file of ours says, and what its seal says that it is.

    `identifier` is the document's; many people share that of a form which is not `prefilled`.
    `person` is the name on it, which may be empty.
    """

    sha256: str
    identifier: str
    prefilled: bool
    kind: str
    citation: str
    digest: str
    profile: str
    person: str
    answers: Mapping[AnswerKey, Given]
    continued: tuple[tuple[AnswerKey, str], ...]


def brought_by(filled: Filled) -> Brought:
    """Return what a file says; raises FileRefused where no key of ours sealed it."""
    seal = filled.verdict.seal
    if seal is None or not filled.verdict.is_ours:
        raise FileRefused(
            Reason.NOT_OURS,
            "This file was not made by this service, so its answers cannot be read from it. "
            "Attach it as a form on paper instead, and type what it says.",
        )
    return Brought(
        sha256=filled.sha256,
        identifier=seal.identifier,
        prefilled=bool(seal.base),
        kind=seal.kind,
        citation=seal.citation,
        digest=seal.digest,
        profile=seal.form.get("profile", ""),
        person=_seen(filled.about.get(PERSON.key, "")),
        answers={
            key: Given(choices=given.choices, text=_seen(given.text))
            for key, given in filled.answers.items()
        },
        continued=tuple(
            sorted((key, _seen(text)) for key, text in filled.continuation.items() if text)
        ),
    )


def check_belongs(
    brought: Brought, review: Review, form: ReviewForm, issued_for: Collection[uuid.UUID]
) -> None:
    """Raise FileRefused unless the file is this review's form about this review's person.

    `issued_for` are the reviews that the copy was issued for, none where that is not known.
    """
    _check_form(brought, review)
    if issued_for and review.id not in issued_for:
        raise FileRefused(
            Reason.WRONG_PERSON,
            "This copy of the form was downloaded from another review. "
            "Bring it back there, or download the form from this review and fill that in.",
        )
    if brought.person and _folded(brought.person) != _folded(review.appraisee.name):
        raise FileRefused(
            Reason.WRONG_PERSON,
            f"This form is about “{brought.person[:120]}”, and this review is about "
            f"{review.appraisee.name}. If they are the same person, correct the name in the form.",
        )
    _check_answers(brought, form)


def as_text(brought: Brought) -> str:
    """Return a file's content as JSON, from which `from_text` makes the same value."""
    plain = {name: getattr(brought, name) for name in PLAIN}
    answers = {
        str(key): [list(given.choices), given.text]
        for key, given in brought.answers.items()
        if not given.is_blank
    }
    continued = [[str(key), text] for key, text in brought.continued]
    return json.dumps(plain | {"answers": answers, "continued": continued}, ensure_ascii=False)


def from_text(text: str) -> Brought:
    """Return what `as_text` wrote down; a blank answer is left out."""
    data = json.loads(text)
    answers = {
        AnswerKey.parse(key): Given(choices=tuple(choices), text=said)
        for key, (choices, said) in data.pop("answers").items()
    }
    continued = tuple((AnswerKey.parse(key), said) for key, said in data.pop("continued"))
    return Brought(**data, answers=answers, continued=continued)


def _check_form(brought: Brought, review: Review) -> None:
    if brought.kind != KIND:
        raise FileRefused(
            Reason.WRONG_FORM, f"This file is another document and not a review form. {AGAIN}"
        )
    if brought.citation != str(review.reference) or brought.digest != review.digest:
        raise FileRefused(
            Reason.WRONG_VERSION,
            f"This form is for {brought.citation}, and this review is on {review.reference}. "
            f"{AGAIN}",
        )
    if brought.profile != review.profile_key:
        raise FileRefused(
            Reason.WRONG_FORM,
            f"This is the form of another position, and this review is for {review.position}. "
            f"{AGAIN}",
        )


def _check_answers(brought: Brought, form: ReviewForm) -> None:
    asked = {question.key: question for question in form.questions()}
    for key, given in brought.answers.items():
        if given.is_blank:
            continue
        if key not in asked:
            raise FileRefused(
                Reason.WRONG_FORM,
                f"This form asks something that this review does not ask. {AGAIN}",
            )
        if not _fits(asked[key], given):
            raise FileRefused(
                Reason.OUTSIDE_SCALE,
                f"One answer is not one that can be given: {asked[key].text} "
                "Correct it in the form and bring the form back again.",
            )


def _fits(question: Question, given: Given) -> bool:
    match question:
        case OneOf():
            return (
                len(given.choices) == 1
                and not given.text
                and given.choices[0] in {option.key for option in question.options}
            )
        case SomeOf():
            return not given.text and {each.key for each in question.options}.issuperset(
                given.choices
            )
        case ShortText() | LongText() | Rewording():
            return not given.choices and len(given.text) <= question.max_length
        case Day():
            return not given.choices and _is_date(given.text)
        case _:
            assert_never(question)


def _is_date(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _seen(text: str) -> str:
    return UNSEEN.sub("", text)


def _folded(name: str) -> str:
    # The same name is written with and without composed letters, and in capitals.
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
