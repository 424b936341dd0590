"""The scorecard of one panel member for one candidate at one stage of a recruitment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, assert_never

from frameworks.interview import InterviewKit, KitQuestion
from frameworks.model import AssessAt, Competency, Level, Polarity, Requirement


@dataclass(frozen=True, slots=True)
class StageWords:
    """What a stage is called, who fills the card in, and what one entry of it is."""

    kind: str
    name: str
    person: str
    entry: str
    asked_aloud: bool = True
    signs: str = "What to listen for"
    evidence: str = "Evidence: what the candidate said and did"


@dataclass(frozen=True, slots=True)
class Listening:
    """A competency that a question covers: what to listen for and what it looks like a level."""

    code: str
    title: str
    statement: str
    citation: str
    essential: bool
    weight: int
    effective: tuple[str, ...]
    ineffective: tuple[str, ...]
    anchors: tuple[str, ...]
    """One text a level of the scale, in its order; empty where the framework has none."""

    @property
    def need(self) -> str:
        """Whether the position needs it, in a word."""
        return "Essential" if self.essential else "Desirable"


@dataclass(frozen=True, slots=True)
class ScorecardQuestion:
    """One question, which fills one side."""

    number: int
    text: str
    competencies: tuple[Listening, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that is printed; `levels` is empty where a stage informs and does not score."""

    template: ClassVar[str] = "scorecard"

    organisation: str
    vacancy: str
    position: str
    stage: AssessAt
    levels: tuple[Level, ...]
    questions: tuple[ScorecardQuestion, ...]
    candidate: str
    assessor: str
    made_on: dt.date
    language: str
    citation: str
    digest: str
    mark: str = ""

    @property
    def words(self) -> StageWords:
        """The words of this card's stage."""
        return stage_words(self.stage)

    @property
    def kind(self) -> str:
        """What the card is called."""
        return self.words.kind

    @property
    def title(self) -> str:
        """The position that it is for."""
        return self.position


def make_scorecard(
    kit: InterviewKit,
    *,
    organisation: str,
    vacancy: str,
    made_on: dt.date,
    candidate: str = "",
    assessor: str = "",
    language: str = "en-GB",
) -> Scorecard:
    """Return the card for a kit; an empty candidate or assessor leaves room to write.

    `made_on` of a card without a candidate is the date on which its framework version was
    published. A stakeholder group and a referee give no scores, whatever the kit says.
    """
    scored = kit.stage not in (AssessAt.STAKEHOLDER, AssessAt.REFERENCE)
    levels = kit.scale.levels if kit.scale is not None and scored else ()
    return Scorecard(
        organisation=organisation,
        vacancy=vacancy,
        position=kit.profile.title,
        stage=kit.stage,
        levels=levels,
        questions=tuple(_question(kit, question, levels) for question in kit.asked),
        candidate=candidate,
        assessor=assessor,
        made_on=made_on,
        language=language,
        citation=str(kit.reference),
        digest=kit.digest,
    )


def stage_words(stage: AssessAt) -> StageWords:
    """Return the words of a stage."""
    match stage:
        case AssessAt.APPLICATION:
            return StageWords(
                "Shortlisting scorecard",
                "Application",
                "Assessor",
                "Criterion",
                asked_aloud=False,
                signs="What to look for",
                evidence="Evidence: what the application says",
            )
        case AssessAt.INTERVIEW:
            return StageWords("Interview scorecard", "Interview", "Panel member", "Question")
        case AssessAt.PRESENTATION:
            return StageWords("Presentation scorecard", "Presentation", "Panel member", "Question")
        case AssessAt.STAKEHOLDER:
            return StageWords(
                "Stakeholder group observations", "Stakeholder group", "Group member", "Question"
            )
        case AssessAt.REFERENCE:
            return StageWords("Reference notes", "Reference", "Taken by", "Question")
        case _:
            assert_never(stage)


def _question(
    kit: InterviewKit, question: KitQuestion, levels: tuple[Level, ...]
) -> ScorecardQuestion:
    return ScorecardQuestion(
        number=question.number,
        text=question.text,
        competencies=tuple(
            _listening(kit, each, kit.requirement(each.key), levels)
            for each in question.competencies
        ),
    )


def _listening(
    kit: InterviewKit, competency: Competency, need: Requirement, levels: tuple[Level, ...]
) -> Listening:
    scale = kit.scale.key if kit.scale is not None else ""
    anchors = {each.level: each.text for each in competency.anchors_on(scale)}
    return Listening(
        code=competency.code,
        title=competency.title,
        statement=competency.statement,
        citation=f"{kit.reference}#{competency.key}",
        essential=need.essential,
        weight=need.weight,
        effective=_texts(competency, Polarity.EFFECTIVE),
        ineffective=_texts(competency, Polarity.INEFFECTIVE),
        anchors=tuple(anchors.get(level.key, "") for level in levels),
    )


def _texts(competency: Competency, polarity: Polarity) -> tuple[str, ...]:
    return tuple(each.text for each in competency.indicators_of(polarity))
