"""The sections of a review form, each made from a framework or from what every review asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frameworks.model import Competency, Domain, Scale, Use
from frameworks.questions import AnswerKey, Day, LongText, OneOf, Option, Question

ROWS = 6
LAST_YEAR = "last-year"
FEEDBACK = "feedback"
OBJECTIVES = "objectives"
DEVELOPMENT = "development"
FIT_AND_PROPER = "fit-and-proper"
COMMENTS = "comments"

CONFIRMED_ON = AnswerKey(FIT_AND_PROPER, "confirmed-on")
FEEDBACK_SUMMARY = AnswerKey(FEEDBACK, "summary")
AGREEMENT = AnswerKey(COMMENTS, "agreement")
APPRAISEE_COMMENTS = AnswerKey(COMMENTS, "appraisee")

_RESULTS = (
    Option(key="achieved", label="Achieved"),
    Option(key="partly", label="Partly achieved"),
    Option(key="not-achieved", label="Not achieved"),
    Option(key="overtaken", label="No longer needed"),
)
_YES_NO = (Option(key="yes", label="Yes"), Option(key="no", label="No"))
_AGREEMENT = (
    Option(key="agree", label="I agree with this review"),
    Option(key="partly", label="I agree with parts of this review"),
    Option(key="disagree", label="I do not agree with this review"),
)


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together: a domain, a competency, or one numbered row of a table."""

    key: str
    title: str
    prompts: tuple[str, ...]
    questions: tuple[Question, ...]
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form that fills a page of its own on the web."""

    key: str
    title: str
    guidance: str
    groups: tuple[Group, ...]

    def questions(self) -> Iterator[Question]:
        """Yield the section's questions in printed order."""
        for group in self.groups:
            yield from group.questions


def last_year_section() -> Section:
    """Return the table of last year's objectives: objective, outcome, result a row."""
    return Section(
        key=LAST_YEAR,
        title="Last year’s objectives",
        guidance="Copy the objectives that were agreed last year and say what became of each.",
        groups=tuple(_last_year_row(row) for row in range(1, ROWS + 1)),
    )


def _last_year_row(row: int) -> Group:
    name = f"objective {row} of last year"
    item = f"{LAST_YEAR}.{row}"
    questions = (
        LongText(key=AnswerKey(item, "objective"), text=f"What was {name}?", max_length=1000),
        LongText(key=AnswerKey(item, "outcome"), text=f"What became of {name}?", max_length=2000),
        OneOf(key=AnswerKey(item, "result"), text=f"Was {name} achieved?", options=_RESULTS),
    )
    return Group(item, f"Objective {row}", (), questions, row)


def domain_section(domain: Domain, wanted: frozenset[str], scale: Scale | None) -> Section:
    """Return a domain's levels, one a wanted competency, and then its four texts."""
    competencies = tuple(each for each in domain.all_competencies() if each.key in wanted)
    # Without a scale nothing is asked a competency, so its statement becomes a prompt.
    levels = tuple(_level(each, scale) for each in competencies) if scale else ()
    prompts = () if scale else tuple(each.statement for each in competencies)
    return Section(
        key=f"domain.{domain.key}",
        title=domain.title,
        guidance=domain.looks_like,
        groups=(*levels, _assessment(domain, prompts)),
    )


def _level(competency: Competency, scale: Scale) -> Group:
    anchors = {each.level: each.text for each in competency.anchors_on(scale.key)}
    question = OneOf(
        key=AnswerKey(competency.key, "level"),
        text=competency.statement,
        options=tuple(
            Option(
                key=level.key, label=level.label, value=level.value, hint=anchors.get(level.key, "")
            )
            for level in scale.levels
        ),
    )
    prompts = tuple(each.text for each in competency.questions_for(Use.APPRAISAL))
    return Group(competency.key, competency.title, prompts, (question,))


def _assessment(domain: Domain, prompts: tuple[str, ...]) -> Group:
    asked = (
        ("assessment", f"Assessment: {domain.title}"),
        ("evidence", f"Evidence: {domain.title}"),
        ("strengths", f"Strengths: {domain.title}"),
        ("growth", f"Where to grow: {domain.title}"),
    )
    questions = tuple(LongText(key=AnswerKey(domain.key, key), text=text) for key, text in asked)
    return Group(domain.key, domain.title, prompts, questions)


def feedback_section() -> Section:
    """Return the summary of what others said."""
    question = LongText(
        key=FEEDBACK_SUMMARY,
        text="Summary of feedback from others",
        hint="Name no one. Say how many people were asked and how many answered.",
    )
    return _single(
        FEEDBACK, "Feedback from others", "What the people asked have in common.", question
    )


def objectives_section() -> Section:
    """Return the table of new objectives: objective, measure, day, equality a row."""
    return Section(
        key=OBJECTIVES,
        title="Objectives for the coming year",
        guidance=(
            "Agree objectives that can be measured and have a date. "
            "At least one is on equality, diversity and inclusion."
        ),
        groups=tuple(_objective_row(row) for row in range(1, ROWS + 1)),
    )


def _objective_row(row: int) -> Group:
    item = f"{OBJECTIVES}.{row}"
    questions = (
        LongText(
            key=AnswerKey(item, "objective"), text=f"What is objective {row}?", max_length=1000
        ),
        LongText(
            key=AnswerKey(item, "measure"),
            text=f"How will you know that objective {row} is met?",
            max_length=1000,
        ),
        Day(key=AnswerKey(item, "by"), text=f"By when is objective {row} to be met?"),
        OneOf(
            key=AnswerKey(item, "equality"),
            text=f"Is objective {row} on equality, diversity and inclusion?",
            options=_YES_NO,
        ),
    )
    return Group(item, f"Objective {row}", (), questions, row)


def development_section() -> Section:
    """Return the table of the development plan: need, action, day a row."""
    return Section(
        key=DEVELOPMENT,
        title="Development plan",
        guidance="Say what is to be learned, how, and by when.",
        groups=tuple(_development_row(row) for row in range(1, ROWS + 1)),
    )


def _development_row(row: int) -> Group:
    item = f"{DEVELOPMENT}.{row}"
    questions = (
        LongText(
            key=AnswerKey(item, "need"), text=f"What is development need {row}?", max_length=1000
        ),
        LongText(
            key=AnswerKey(item, "action"),
            text=f"What will be done about development need {row}?",
            max_length=1000,
        ),
        Day(key=AnswerKey(item, "by"), text=f"By when will development need {row} be met?"),
    )
    return Group(item, f"Development need {row}", (), questions, row)


def fit_and_proper_section() -> Section:
    """Return the day of the fit-and-proper confirmation."""
    question = Day(key=CONFIRMED_ON, text="On which day was fitness and propriety confirmed?")
    guidance = "The date of this year’s confirmation under the fit and proper person test."
    return _single(FIT_AND_PROPER, "Fit and proper person", guidance, question)


def comments_section() -> Section:
    """Return the agreement and the comments of the person appraised."""
    questions = (
        OneOf(
            key=AGREEMENT,
            text="Does the person appraised agree with this review?",
            options=_AGREEMENT,
        ),
        LongText(key=APPRAISEE_COMMENTS, text="Comments of the person appraised"),
    )
    guidance = "For the person appraised. A disagreement is recorded beside the assessment."
    return _single(COMMENTS, "Comments of the person appraised", guidance, *questions)


def _single(key: str, title: str, guidance: str, *questions: Question) -> Section:
    return Section(key, title, guidance, (Group(key, title, (), questions),))
