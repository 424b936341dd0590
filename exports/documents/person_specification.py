"""The person specification of a vacancy: what is asked of a person, and where it is assessed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, assert_never

from exports.document import Flat, published_day
from frameworks.library import Published
from frameworks.model import AssessAt, Competency, Profile, Requirement


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that the position asks for."""

    code: str
    title: str
    statement: str
    domain: str
    weight: int
    assessed_at: tuple[AssessAt, ...]

    @property
    def letters(self) -> str:
        """Where it is assessed, in the letters of the key."""
        return ", ".join(stage_letter(each) for each in self.assessed_at)


@dataclass(frozen=True, slots=True)
class PersonSpecification(Flat):
    """All that is printed; weights are part of it only where they are to be shown."""

    template: ClassVar[str] = "person_specification"
    kind: ClassVar[str] = "Person specification"
    mark: ClassVar[str] = ""

    organisation: str
    vacancy: str
    title: str
    framework_title: str
    appointed_by: str
    essential: tuple[Criterion, ...]
    desirable: tuple[Criterion, ...]
    shows_weights: bool
    made_on: dt.date
    language: str
    citation: str
    digest: str

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """The letters in use with their meaning, in the order of a recruitment."""
        used = {stage for each in (*self.essential, *self.desirable) for stage in each.assessed_at}
        return tuple(
            (stage_letter(stage), stage_name(stage)) for stage in AssessAt if stage in used
        )


def make_person_specification(
    published: Published,
    profile_key: str,
    *,
    organisation: str,
    vacancy: str,
    shows_weights: bool = False,
    made_on: dt.date | None = None,
) -> PersonSpecification:
    """Return the specification of a position; KeyError for an unknown profile.

    Without `made_on` its date is that on which the framework version was published.
    """
    framework = published.framework
    profile = framework.profile(profile_key)
    needs = {each.competency: each for each in profile.requirements}
    criteria = tuple(
        (needs[competency.key].essential, _criterion(competency, needs[competency.key], title))
        for title, competency in _in_printed_order(published)
        if competency.key in needs
    )
    dated = made_on or published_day(published)
    return PersonSpecification(
        organisation=organisation,
        vacancy=vacancy,
        title=profile.title,
        framework_title=framework.title,
        appointed_by=_appointed_by(profile, dated),
        essential=tuple(each for essential, each in criteria if essential),
        desirable=tuple(each for essential, each in criteria if not essential),
        shows_weights=shows_weights,
        made_on=dated,
        language=framework.language,
        citation=str(published.reference),
        digest=published.digest,
    )


def stage_letter(stage: AssessAt) -> str:
    """Return the letter that stands for a stage in the table."""
    return stage_name(stage)[0]


def stage_name(stage: AssessAt) -> str:
    """Return what a stage is called in the key; the first letters differ."""
    match stage:
        case AssessAt.APPLICATION:
            return "Application"
        case AssessAt.INTERVIEW:
            return "Interview"
        case AssessAt.PRESENTATION:
            return "Presentation"
        case AssessAt.STAKEHOLDER:
            return "Stakeholder group"
        case AssessAt.REFERENCE:
            return "Reference"
        case _:
            assert_never(stage)


def _in_printed_order(published: Published) -> tuple[tuple[str, Competency], ...]:
    return tuple(
        (domain.title, competency)
        for domain in published.framework.domains
        for competency in domain.all_competencies()
    )


def _criterion(competency: Competency, need: Requirement, domain: str) -> Criterion:
    return Criterion(
        code=competency.code,
        title=competency.title,
        statement=competency.statement,
        domain=domain,
        weight=need.weight,
        assessed_at=tuple(stage for stage in AssessAt if stage in need.assess_at),
    )


def _appointed_by(profile: Profile, day: dt.date) -> str:
    rule = profile.accountable_on(day)
    return rule.appointed_by if rule is not None else ""
