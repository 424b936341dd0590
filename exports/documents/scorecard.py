"""The scorecard of one panel member for one candidate at one stage of a recruitment."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, assert_never

from exports.document import LONGEST_LEAD, stage_of_version
from exports.fields import COPY_IDENTIFIER, Field, field_of
from exports.forms import form_fields
from frameworks.interview import InterviewKit, KitQuestion
from frameworks.model import AssessAt, Competency, Level, Polarity
from frameworks.questions import AnswerKey
from frameworks.scorecard import (
    INTEREST,
    INTEREST_DETAILS,
    STILL_TO_KNOW,
    STOOD_OUT,
    TO_DISCUSS,
    asked_by_key,
    entry_name,
    evidence_key,
    evidence_words,
    is_asked_aloud,
    score_key,
    scorecard_questions,
    scored_levels,
)


@dataclass(frozen=True, slots=True)
class StageWords:
    """What a stage is called, who fills the card in, and what they look out for."""

    kind: str
    name: str
    person: str
    signs: str = "What to listen for"


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
    score: Field | None = None
    """Where its score is marked; none where the stage does not score."""

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
    evidence: Field
    asked_by: Field | None = None
    """Who asks it; none where questions are not asked aloud."""

    @property
    def fills_side(self) -> bool:
        """Whether little enough stands above its evidence for the box to take the rest."""
        texts = (
            text
            for each in self.competencies
            for text in (each.title, *each.effective, *each.ineffective, *each.anchors)
        )
        return len(self.text) + sum(map(len, texts)) <= LONGEST_LEAD

    @property
    def fields(self) -> Iterator[Field]:
        """The fields of its side."""
        yield from (each.score for each in self.competencies if each.score is not None)
        yield self.evidence


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that is printed; `levels` is empty where a stage informs and does not score.

    `interest` and `details` are what is declared, `overall` what is said at the end.
    """

    template: ClassVar[str] = "scorecard"

    organisation: str
    vacancy: str
    profile: str
    position: str
    stage: AssessAt
    evidence: str
    interest: Field
    details: Field
    overall: tuple[Field, ...]
    levels: tuple[Level, ...]
    questions: tuple[ScorecardQuestion, ...]
    candidate: str
    assessor: str
    made_on: dt.date
    language: str
    citation: str
    digest: str

    @property
    def mark(self) -> str:
        """What its version is that is not final; nothing for a final one."""
        return stage_of_version(self.citation.partition("@")[2]).upper()

    @property
    def words(self) -> StageWords:
        """The words of this card's stage."""
        return stage_words(self.stage)

    @property
    def entry(self) -> str:
        """What one entry of the card is called."""
        return entry_name(self.stage)

    @property
    def is_asked_aloud(self) -> bool:
        """Whether somebody asks the questions, rather than reads for them."""
        return is_asked_aloud(self.stage)

    @property
    def about_candidate(self) -> Field:
        """Where the number of the candidate is written."""
        return form_fields.CANDIDATE

    @property
    def about_date(self) -> Field:
        """Where the day is written."""
        return form_fields.DATE

    @property
    def about_assessor(self) -> Field:
        """Where the name of whoever fills the card in is written."""
        return form_fields.assessor(self.words.person)

    @property
    def copy_identifier(self) -> Field:
        """Where the identifier of a copy made for one person is written in."""
        return COPY_IDENTIFIER

    @property
    def continuation(self) -> tuple[Field, ...]:
        """The boxes of the last pages, for what did not fit."""
        return form_fields.CONTINUATION

    @property
    def fields(self) -> tuple[Field, ...]:
        """Whom the card is about, every question in printed order, and the continuation."""
        return (
            self.about_candidate,
            self.about_date,
            self.about_assessor,
            COPY_IDENTIFIER,
            self.interest,
            self.details,
            *(each.asked_by for each in self.questions if each.asked_by is not None),
            *(field for each in self.questions for field in each.fields),
            *self.overall,
            *self.continuation,
        )

    @property
    def form(self) -> Mapping[str, str]:
        """The profile, the stage, and a digest of what is asked for which competencies."""
        asked = [
            [each.text, *(one.citation for one in each.competencies)] for each in self.questions
        ]
        digest = hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()
        return {"profile": self.profile, "stage": self.stage.value, "asked": f"sha256:{digest}"}

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
    fields = {each.key: field_of(each) for each in scorecard_questions(kit)}
    return Scorecard(
        organisation=organisation,
        vacancy=vacancy,
        profile=kit.profile.key,
        position=kit.profile.title,
        stage=kit.stage,
        evidence=evidence_words(kit),
        interest=fields[INTEREST],
        details=fields[INTEREST_DETAILS],
        overall=(fields[STOOD_OUT], fields[STILL_TO_KNOW], fields[TO_DISCUSS]),
        levels=scored_levels(kit),
        questions=tuple(_question(kit, question, fields) for question in kit.asked),
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
                "Shortlisting scorecard", "Application", "Assessor", "What to look for"
            )
        case AssessAt.INTERVIEW:
            return StageWords("Interview scorecard", "Interview", "Panel member")
        case AssessAt.PRESENTATION:
            return StageWords("Presentation scorecard", "Presentation", "Panel member")
        case AssessAt.STAKEHOLDER:
            return StageWords("Stakeholder group observations", "Stakeholder group", "Group member")
        case AssessAt.REFERENCE:
            return StageWords("Reference notes", "Reference", "Taken by")
        case _:
            assert_never(stage)


def _question(
    kit: InterviewKit, question: KitQuestion, fields: Mapping[AnswerKey, Field]
) -> ScorecardQuestion:
    return ScorecardQuestion(
        number=question.number,
        text=question.text,
        competencies=tuple(
            _listening(kit, each, fields.get(score_key(question, each.key)))
            for each in question.competencies
        ),
        evidence=fields[evidence_key(question.number)],
        asked_by=fields.get(asked_by_key(question.number)),
    )


def _listening(kit: InterviewKit, competency: Competency, score: Field | None) -> Listening:
    scale = kit.scale.key if kit.scale is not None else ""
    anchors = {each.level: each.text for each in competency.anchors_on(scale)}
    need = kit.requirement(competency.key)
    return Listening(
        code=competency.code,
        title=competency.title,
        statement=competency.statement,
        citation=f"{kit.reference}#{competency.key}",
        essential=need.essential,
        weight=need.weight,
        effective=_texts(competency, Polarity.EFFECTIVE),
        ineffective=_texts(competency, Polarity.INEFFECTIVE),
        anchors=tuple(anchors.get(level.key, "") for level in scored_levels(kit)),
        score=score,
    )


def _texts(competency: Competency, polarity: Polarity) -> tuple[str, ...]:
    return tuple(each.text for each in competency.indicators_of(polarity))
