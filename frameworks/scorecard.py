"""What a scorecard asks of one panel member about one candidate, made from its kit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from frameworks.interview import InterviewKit, KitQuestion
from frameworks.model import AssessAt, Competency, Level
from frameworks.questions import AnswerKey, LongText, OneOf, Option, Question, ShortText

INTEREST = AnswerKey("declaration", "interest")
INTEREST_DETAILS = AnswerKey("declaration", "details")
STOOD_OUT = AnswerKey("overall", "stood-out")
STILL_TO_KNOW = AnswerKey("overall", "still-to-know")
TO_DISCUSS = AnswerKey("overall", "to-discuss")


def scorecard_questions(kit: InterviewKit) -> tuple[Question, ...]:
    """Return everything that the card asks, in its printed order.

    First what is declared, then who asks each question, then the scores and the evidence of one
    question after the other, then what is said overall. Only a stage that scores has scores, and
    only one that is heard says who asks.
    """
    return (
        *_declared(),
        *(question for asked in kit.asked for question in _asked_by(kit, asked)),
        *(question for asked in kit.asked for question in _on_its_side(kit, asked)),
        *_overall(),
    )


def scored_levels(kit: InterviewKit) -> tuple[Level, ...]:
    """Return the levels of the kit's scale; none where the stage informs and does not score."""
    match kit.stage:
        case AssessAt.STAKEHOLDER | AssessAt.REFERENCE:
            return ()
        case AssessAt.APPLICATION | AssessAt.INTERVIEW | AssessAt.PRESENTATION:
            return kit.scale.levels if kit.scale is not None else ()
        case _:
            assert_never(kit.stage)


def entry_name(stage: AssessAt) -> str:
    """Return what one entry of the card is called."""
    return "Criterion" if stage is AssessAt.APPLICATION else "Question"


def is_asked_aloud(stage: AssessAt) -> bool:
    """Say whether somebody asks the questions, rather than reads for them."""
    return stage is not AssessAt.APPLICATION


def score_key(asked: KitQuestion, competency: str) -> AnswerKey:
    """Return the key of the score that a question gives for a competency."""
    return AnswerKey(competency, f"score-{asked.number}")


def evidence_key(number: int) -> AnswerKey:
    """Return the key of the evidence for the question of that number."""
    return AnswerKey(f"question.{number}", "evidence")


def asked_by_key(number: int) -> AnswerKey:
    """Return the key of the name of whoever asks the question of that number."""
    return AnswerKey(f"question.{number}", "asked-by")


def evidence_words(kit: InterviewKit) -> str:
    """Return what is to be written below a question."""
    if not scored_levels(kit):
        return "What you saw and heard"
    if kit.stage is AssessAt.APPLICATION:
        return "Evidence: what the application says"
    return "Evidence: what the candidate said and did"


def _declared() -> Iterator[Question]:
    yield OneOf(
        key=INTEREST,
        text="Interests and prior knowledge",
        options=(
            Option(
                key="none",
                label="I do not know the candidate and have no interest to declare.",
            ),
            Option(
                key="declared",
                label="I know the candidate, or have an interest, as described below.",
            ),
        ),
    )
    yield LongText(
        key=INTEREST_DETAILS,
        text="How you know the candidate, or what your interest is",
        max_length=2000,
    )


def _asked_by(kit: InterviewKit, asked: KitQuestion) -> Iterator[Question]:
    if is_asked_aloud(kit.stage):
        text = f"{_entry(kit, asked)}. Asked by"
        yield ShortText(key=asked_by_key(asked.number), text=text, max_length=100)


def _on_its_side(kit: InterviewKit, asked: KitQuestion) -> Iterator[Question]:
    yield from _scores(kit, asked)
    text = f"{_entry(kit, asked)}. {evidence_words(kit)}"
    yield LongText(key=evidence_key(asked.number), text=text)


def _scores(kit: InterviewKit, asked: KitQuestion) -> Iterator[Question]:
    levels = scored_levels(kit)
    for competency in asked.competencies if levels else ():
        yield OneOf(
            key=score_key(asked, competency.key),
            text=f"{_entry(kit, asked)}. Score for {competency.code} {competency.title}",
            options=_options(kit, competency, levels),
        )


def _options(
    kit: InterviewKit, competency: Competency, levels: tuple[Level, ...]
) -> tuple[Option, ...]:
    scale = kit.scale.key if kit.scale is not None else ""
    anchors = {each.level: each.text for each in competency.anchors_on(scale)}
    return tuple(
        Option(key=each.key, label=each.label, value=each.value, hint=anchors.get(each.key, ""))
        for each in levels
    )


def _overall() -> Iterator[Question]:
    yield LongText(key=STOOD_OUT, text="What stood out")
    yield LongText(key=STILL_TO_KNOW, text="What you would still want to know")
    yield LongText(key=TO_DISCUSS, text="What the panel should talk about")


def _entry(kit: InterviewKit, asked: KitQuestion) -> str:
    return f"{entry_name(kit.stage)} {asked.number}"
