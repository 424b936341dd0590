"""The review form of one position, and what must be in it before anybody signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from frameworks.digest import framework_digest
from frameworks.model import Accountability, Framework, Profile, Reference, Use
from frameworks.questions import AnswerKey, Given, Question
from frameworks.review_sections import (
    AGREEMENT,
    APPRAISEE_COMMENTS,
    COMMENTS,
    CONFIRMED_ON,
    DEVELOPMENT,
    FEEDBACK,
    FEEDBACK_SUMMARY,
    FIT_AND_PROPER,
    LAST_YEAR,
    OBJECTIVES,
    ROWS,
    Group,
    Section,
    comments_section,
    development_section,
    domain_section,
    feedback_section,
    fit_and_proper_section,
    last_year_section,
    objectives_section,
)

__all__ = [
    "AGREEMENT",
    "APPRAISEE_COMMENTS",
    "COMMENTS",
    "CONFIRMED_ON",
    "DEVELOPMENT",
    "FEEDBACK",
    "FEEDBACK_SUMMARY",
    "FIT_AND_PROPER",
    "LAST_YEAR",
    "OBJECTIVES",
    "ROWS",
    "Group",
    "ReviewForm",
    "Section",
    "missing_before_signing",
    "review_form",
]


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """A whole review form; `rule` is None where the framework names nobody for that day."""

    reference: Reference
    digest: str
    profile: Profile
    rule: Accountability | None
    sections: tuple[Section, ...]

    def questions(self) -> Iterator[Question]:
        """Yield every question in printed order."""
        for section in self.sections:
            yield from section.questions()

    def section(self, key: str) -> Section:
        """Return the section with this key; KeyError if there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


def review_form(framework: Framework, profile_key: str, on: dt.date) -> ReviewForm:
    """Return the form for a position under the rule of that day; KeyError for an unknown profile.

    A profile without requirements is asked about every competency that is open to it.
    """
    profile = framework.profile(profile_key)
    scale = framework.scale_for(Use.APPRAISAL)
    wanted = _wanted(framework, profile)
    return ReviewForm(
        reference=framework.reference,
        digest=framework_digest(framework),
        profile=profile,
        rule=profile.accountable_on(on),
        sections=(
            last_year_section(),
            *(domain_section(domain, wanted, scale) for domain in framework.domains),
            feedback_section(),
            objectives_section(),
            development_section(),
            fit_and_proper_section(),
            comments_section(),
        ),
    )


def missing_before_signing(form: ReviewForm, answers: Mapping[AnswerKey, Given]) -> tuple[str, ...]:
    """Return what is still to be done before anybody signs, as sentences in the form's order."""
    return (
        *_missing_assessments(form, answers),
        *_missing(answers, FEEDBACK_SUMMARY, "Summarise the feedback, or say why there is none."),
        *_missing_objectives(answers),
        *_missing_development(answers),
        *_missing(
            answers, CONFIRMED_ON, "Give the date on which fitness and propriety was confirmed."
        ),
        *_missing_comments(answers),
    )


def _wanted(framework: Framework, profile: Profile) -> frozenset[str]:
    if profile.requirements:
        return frozenset(each.competency for each in profile.requirements)
    return frozenset(
        each.key
        for each in framework.all_competencies()
        if not each.only_for or profile.key in each.only_for
    )


def _missing(answers: Mapping[AnswerKey, Given], key: AnswerKey, sentence: str) -> tuple[str, ...]:
    return () if _answered(answers, key) else (sentence,)


def _missing_assessments(form: ReviewForm, answers: Mapping[AnswerKey, Given]) -> tuple[str, ...]:
    return tuple(
        f"Write the assessment of “{section.title}”."
        for section in form.sections
        if section.key.startswith("domain.")
        and not _answered(answers, AnswerKey(section.key.removeprefix("domain."), "assessment"))
    )


def _missing_objectives(answers: Mapping[AnswerKey, Given]) -> tuple[str, ...]:
    rows = _used_rows(answers, OBJECTIVES, "objective", "measure", "by", "equality")
    if not rows:
        return ("Agree at least one objective, one of them on equality, diversity and inclusion.",)
    unfinished = tuple(
        f"Objective {row}: {words}."
        for row in rows
        for question, words in (
            ("objective", "say what the objective is"),
            ("measure", "say how you will know that it is met"),
            ("by", "give the date by which it is to be met"),
        )
        if not _answered(answers, AnswerKey(f"{OBJECTIVES}.{row}", question))
    )
    if any(_is_on_equality(answers, row) for row in rows):
        return unfinished
    return (*unfinished, "Agree at least one objective on equality, diversity and inclusion.")


def _is_on_equality(answers: Mapping[AnswerKey, Given], row: int) -> bool:
    item = f"{OBJECTIVES}.{row}"
    given = answers.get(AnswerKey(item, "equality"), Given())
    return "yes" in given.choices and _answered(answers, AnswerKey(item, "objective"))


def _missing_development(answers: Mapping[AnswerKey, Given]) -> tuple[str, ...]:
    rows = _used_rows(answers, DEVELOPMENT, "need", "action", "by")
    if not rows:
        return ("Agree at least one development need, or write that there is none.",)
    return tuple(
        f"Development need {row}: say what the need is."
        for row in rows
        if not _answered(answers, AnswerKey(f"{DEVELOPMENT}.{row}", "need"))
    )


def _missing_comments(answers: Mapping[AnswerKey, Given]) -> tuple[str, ...]:
    disagrees = "disagree" in answers.get(AGREEMENT, Given()).choices
    if disagrees and not _answered(answers, APPRAISEE_COMMENTS):
        return ("The person appraised does not agree: record in the comments what with.",)
    return ()


def _used_rows(answers: Mapping[AnswerKey, Given], section: str, *questions: str) -> list[int]:
    return [
        row
        for row in range(1, ROWS + 1)
        if any(_answered(answers, AnswerKey(f"{section}.{row}", each)) for each in questions)
    ]


def _answered(answers: Mapping[AnswerKey, Given], key: AnswerKey) -> bool:
    return not answers.get(key, Given()).is_blank
