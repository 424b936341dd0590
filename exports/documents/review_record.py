"""The record of a review: the blank form to write on, or what was agreed, in full."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from exports.document import Fact, stage_of_version
from exports.fields import COPY_IDENTIFIER, Field
from exports.forms import form_fields
from exports.record_sections import RecordSection, make_section
from frameworks.model import Accountability, SignatureStep
from frameworks.questions import AnswerKey, Given
from frameworks.review import ReviewForm


class RecordState(StrEnum):
    """What a review record is worth; printed at the head of each page."""

    BLANK = "blank"
    DRAFT = "draft"
    FINAL = "final"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class ReviewPeople:
    """Whom a review is about and who carries it out; what is empty leaves room to write.

    `period` is in words, such as `April 2025 to March 2026`. `notes` are further facts for the
    cover, such as who prepared the review and who approved it. An empty `position` is the
    profile's title.
    """

    appraisee: str = ""
    appraiser: str = ""
    organisation: str = ""
    period: str = ""
    notes: tuple[Fact, ...] = ()
    position: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """Which revision of the review this is; `reason` says why it replaces the one before."""

    number: int
    made_at: dt.datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature with the words that were signed; without `signed_at` it is still missing.

    `remark` is what the signer wanted recorded with it, such as a disagreement.
    """

    step: str
    title: str
    words: str
    name: str = ""
    signed_at: dt.datetime | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """All that is printed of a review."""

    template: ClassVar[str] = "review_record"

    state: RecordState
    profile: str
    position: str
    people: ReviewPeople
    rule: Accountability | None
    sections: tuple[RecordSection, ...]
    signatures: tuple[Signature, ...]
    revision: Revision | None
    made_on: dt.date
    language: str
    citation: str
    digest: str

    @property
    def kind(self) -> str:
        """What the record is called."""
        return "Review form" if self.is_blank else "Review record"

    @property
    def title(self) -> str:
        """Whom or which position it is about."""
        return self.people.appraisee or self.position

    @property
    def mark(self) -> str:
        """DRAFT, FINAL or SUPERSEDED; of a blank form what its version is that is not final."""
        if self.is_blank:
            return stage_of_version(self.citation.partition("@")[2]).upper()
        return self.state.value.upper()

    @property
    def is_blank(self) -> bool:
        """Whether this is the form to write on."""
        return self.state is RecordState.BLANK

    @property
    def about(self) -> tuple[tuple[Field, str], ...]:
        """The facts at the head, each with what is known."""
        return (
            (form_fields.PERSON, self.people.appraisee),
            (form_fields.POSITION, self.position),
            (form_fields.ORGANISATION, self.people.organisation),
            (form_fields.PERIOD, self.people.period),
            (form_fields.APPRAISER, self.people.appraiser),
        )

    @property
    def fields(self) -> tuple[Field, ...]:
        """The facts at the head, every question, and the continuation; none on a record."""
        if not self.is_blank:
            return ()
        return (
            *(field for field, _ in self.about),
            COPY_IDENTIFIER,
            *(field for section in self.sections for field in section.fields),
            *form_fields.CONTINUATION,
        )

    @property
    def copy_identifier(self) -> Field:
        """Where the identifier of a copy made for one person is written in."""
        return COPY_IDENTIFIER

    @property
    def continuation(self) -> tuple[Field, ...]:
        """The boxes of the last pages, for what did not fit."""
        return form_fields.CONTINUATION

    @property
    def form(self) -> Mapping[str, str]:
        """The profile, and a day on which the rule holds that says who signs."""
        if not self.is_blank:
            return {}
        rule = {"rule_on": self.rule.from_on.isoformat()} if self.rule is not None else {}
        return {"profile": self.profile, **rule}


def make_review_record(
    form: ReviewForm,
    *,
    state: RecordState,
    made_on: dt.date,
    people: ReviewPeople | None = None,
    answers: Mapping[AnswerKey, Given] | None = None,
    signatures: Sequence[Signature] = (),
    revision: Revision | None = None,
    language: str = "en-GB",
) -> ReviewRecord:
    """Return the record of a form; RecordState.BLANK gives the form to write on.

    Signatures are those of the rule's steps in order: what is not among `signatures` is shown as
    missing. `made_on` of a blank form is the date on which its framework version was published.
    ValueError if a blank form is given answers or signatures.
    """
    if state is RecordState.BLANK and (answers or signatures):
        raise ValueError("a blank form has no answers and no signatures")
    given = answers or {}
    is_blank = state is RecordState.BLANK
    who = people or ReviewPeople()
    return ReviewRecord(
        state=state,
        profile=form.profile.key,
        position=who.position or form.profile.title,
        people=who,
        rule=form.rule,
        sections=tuple(make_section(each, given, is_blank=is_blank) for each in form.sections),
        signatures=_in_order(form.rule, signatures),
        revision=revision,
        made_on=made_on,
        language=language,
        citation=str(form.reference),
        digest=form.digest,
    )


def _in_order(
    rule: Accountability | None, signatures: Sequence[Signature]
) -> tuple[Signature, ...]:
    steps = rule.signatures if rule is not None else ()
    made = {each.step: each for each in signatures}
    in_the_rule = {step.key for step in steps}
    return (
        *(made.get(step.key, _missing(step)) for step in steps),
        # The rule may have changed since: what was signed is shown all the same.
        *(each for each in signatures if each.step not in in_the_rule),
    )


def _missing(step: SignatureStep) -> Signature:
    return Signature(step=step.key, title=step.title, words=step.words)
