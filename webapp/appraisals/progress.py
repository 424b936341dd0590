"""How far a review is: its sections, who signs, and whom it waits for. No content in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frameworks.questions import AnswerKey, Given
from frameworks.review import ReviewForm
from webapp.appraisals.reviews import Person, Review, Signature
from webapp.appraisals.signing import next_step, relation_of
from webapp.appraisals.states import ReviewState
from webapp.security import Relation


@dataclass(frozen=True, slots=True)
class SectionProgress:
    """How many of a section's questions are answered; most can be left out."""

    key: str
    title: str
    answered: int

    @property
    def is_begun(self) -> bool:
        """Whether anything is written."""
        return self.answered > 0


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: whose it is, and since when it is there."""

    step: str
    title: str
    person: Person
    signed_at: dt.datetime | None
    is_next: bool


def section_progress(
    form: ReviewForm, answers: Mapping[AnswerKey, Given]
) -> tuple[SectionProgress, ...]:
    """Return how far each section is, in the form's order."""
    return tuple(
        SectionProgress(
            section.key,
            section.title,
            sum(
                not answers.get(question.key, Given()).is_blank for question in section.questions()
            ),
        )
        for section in form.sections
    )


def signers(review: Review, signatures: Iterable[Signature]) -> tuple[Signer, ...]:
    """Return everybody who signs the newest revision, in order."""
    signed = {each.step: each.signed_at for each in signatures}
    awaited = next_step(review.rule, signed) if review.state.is_signable else None
    return tuple(
        Signer(
            step=step.key,
            title=step.title,
            person=signer_of(review, step.key),
            signed_at=signed.get(step.key),
            is_next=awaited is not None and awaited.key == step.key,
        )
        for step in review.rule.signatures
    )


def signer_of(review: Review, step_key: str) -> Person:
    """Return the person who signs a step; KeyError where the rule has no such step."""
    for step in review.rule.signatures:
        if step.key == step_key:
            relation = relation_of(step)
            return review.person(relation, step_key if relation is Relation.SIGNATORY else "")
    raise KeyError(step_key)


def waits_for(review: Review, signed: Iterable[str]) -> str:
    """Return whom a review waits for and for what, as a short phrase; empty where for nobody."""
    appraiser = review.appraiser.name
    match review.state:
        case ReviewState.PREPARED:
            return f"{appraiser} to approve it"
        case ReviewState.DRAFT:
            return f"{appraiser} to share it"
        case ReviewState.SHARED:
            return f"{appraiser} to finish it"
        case ReviewState.AMENDING:
            return f"{appraiser} to finish the amendment"
        case ReviewState.READY | ReviewState.SIGNING:
            step = next_step(review.rule, frozenset(signed))
            return f"{signer_of(review, step.key).name} to sign it" if step else ""
        case ReviewState.SIGNED | ReviewState.WITHDRAWN:
            return ""
