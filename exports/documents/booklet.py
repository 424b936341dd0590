"""The booklet: a whole framework version to read, print and cite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, assert_never

from exports.document import Flat, published_day, stage_of_version
from exports.documents.person_specification import stage_letter, stage_name
from frameworks.library import Published
from frameworks.model import (
    Accountability,
    AssessAt,
    ChangeKind,
    Competency,
    Domain,
    Framework,
    Polarity,
    Profile,
    Use,
)

_DEEPEST_HEADING = 6
_FINAL = "Final"


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions of a competency for one use."""

    use: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Anchored:
    """What the levels of one scale look like: pairs of the level's words and the text."""

    scale: str
    levels: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BookletCompetency:
    """A competency with everything that hangs on it, in words."""

    competency: Competency
    heading: int
    citation: str
    digest: str
    only_for: tuple[str, ...]
    effective: tuple[str, ...]
    ineffective: tuple[str, ...]
    anchored: tuple[Anchored, ...]
    stages: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class BookletDomain:
    """A domain at its depth; its own competencies only, since deeper domains follow it."""

    key: str
    title: str
    looks_like: str
    heading: int
    competencies: tuple[BookletCompetency, ...]


@dataclass(frozen=True, slots=True)
class Needed:
    """A line of a position's table."""

    code: str
    title: str
    need: str
    weight: int
    letters: str


@dataclass(frozen=True, slots=True)
class BookletProfile:
    """A position: what it asks for and who answers for it."""

    key: str
    title: str
    needs: tuple[Needed, ...]
    accountability: tuple[Accountability, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a competency since the version before."""

    code: str
    title: str
    change: str
    from_keys: tuple[str, ...]
    rationale: str


@dataclass(frozen=True, slots=True)
class Booklet(Flat):
    """All that is printed of a framework version."""

    template: ClassVar[str] = "booklet"
    kind: ClassVar[str] = "Competency framework"

    framework: Framework
    status: str
    domains: tuple[BookletDomain, ...]
    profiles: tuple[BookletProfile, ...]
    changes: tuple[Changed, ...]
    made_on: dt.date
    withdrawn_on: dt.date | None
    digest: str

    @property
    def title(self) -> str:
        """The framework's title."""
        return self.framework.title

    @property
    def mark(self) -> str:
        """What a version that is not to be relied on is; nothing on a final one."""
        return "" if self.status == _FINAL else self.status.upper()

    @property
    def language(self) -> str:
        """The framework's language."""
        return self.framework.language

    @property
    def citation(self) -> str:
        """The framework's name and version."""
        return str(self.framework.reference)

    @property
    def stage_key(self) -> tuple[tuple[str, str], ...]:
        """The letters of the stages at which something is assessed, with their meaning."""
        return tuple((stage_letter(stage), stage_name(stage)) for stage in AssessAt)


def make_booklet(published: Published) -> Booklet:
    """Return the booklet of a published version, dated on the day of its publication."""
    framework = published.framework
    return Booklet(
        framework=framework,
        status=_status(published),
        domains=tuple(_domains(published, framework.domains, 2)),
        profiles=tuple(_profile(framework, each) for each in framework.profiles),
        changes=tuple(_changes(framework)),
        made_on=published_day(published),
        withdrawn_on=published.withdrawn_on,
        digest=published.digest,
    )


def _status(published: Published) -> str:
    # What a version is by its number never changes, so its booklet stays the same to the byte;
    # only a withdrawal is worth a new one.
    if published.withdrawn_on is not None:
        return "Withdrawn"
    return stage_of_version(published.framework.version) or _FINAL


def _domains(
    published: Published, domains: tuple[Domain, ...], heading: int
) -> Iterator[BookletDomain]:
    below = min(heading + 1, _DEEPEST_HEADING)
    for domain in domains:
        yield BookletDomain(
            key=domain.key,
            title=domain.title,
            looks_like=domain.looks_like,
            heading=heading,
            competencies=tuple(_competency(published, each, below) for each in domain.competencies),
        )
        yield from _domains(published, domain.domains, below)


def _competency(published: Published, competency: Competency, heading: int) -> BookletCompetency:
    framework = published.framework
    titles = {profile.key: profile.title for profile in framework.profiles}
    stages = {stage.key: stage.title for stage in framework.stages}
    return BookletCompetency(
        competency=competency,
        heading=heading,
        citation=published.citation(competency.key),
        digest=published.competency_digest(competency.key),
        only_for=tuple(titles.get(key, key) for key in competency.only_for),
        effective=_texts(competency, Polarity.EFFECTIVE),
        ineffective=_texts(competency, Polarity.INEFFECTIVE),
        anchored=tuple(_anchored(framework, competency)),
        stages=tuple((stages.get(each.stage, each.stage), each.text) for each in competency.stages),
        asked=tuple(
            Asked(use=use_name(use), texts=tuple(each.text for each in questions))
            for use in Use
            if (questions := competency.questions_for(use))
        ),
    )


def _texts(competency: Competency, polarity: Polarity) -> tuple[str, ...]:
    return tuple(each.text for each in competency.indicators_of(polarity))


def _anchored(framework: Framework, competency: Competency) -> Iterator[Anchored]:
    for scale in framework.scales:
        texts = {each.level: each.text for each in competency.anchors_on(scale.key)}
        if texts:
            yield Anchored(
                scale=scale.title,
                levels=tuple(
                    (
                        level.label if level.value is None else f"{level.value} {level.label}",
                        texts[level.key],
                    )
                    for level in scale.levels
                    if level.key in texts
                ),
            )


def use_name(use: Use) -> str:
    """Return where a question is asked, as a heading says it."""
    match use:
        case Use.SELF_ASSESSMENT:
            return "Self-assessment"
        case Use.APPRAISAL:
            return "Appraisal"
        case Use.FEEDBACK:
            return "Feedback from others"
        case Use.INTERVIEW:
            return "Interview"
        case Use.APPLICATION:
            return "Application"
        case Use.PRESENTATION:
            return "Presentation"
        case Use.STAKEHOLDER:
            return "Stakeholder group"
        case _:
            assert_never(use)


def _profile(framework: Framework, profile: Profile) -> BookletProfile:
    needs = {each.competency: each for each in profile.requirements}
    return BookletProfile(
        key=profile.key,
        title=profile.title,
        needs=tuple(
            Needed(
                code=competency.code,
                title=competency.title,
                need="Essential" if needs[competency.key].essential else "Desirable",
                weight=needs[competency.key].weight,
                letters=", ".join(
                    stage_letter(stage)
                    for stage in AssessAt
                    if stage in needs[competency.key].assess_at
                ),
            )
            for competency in framework.all_competencies()
            if competency.key in needs
        ),
        accountability=profile.accountability,
    )


def _changes(framework: Framework) -> Iterator[Changed]:
    if framework.supersedes is None:
        return
    for competency in framework.all_competencies():
        derivation = competency.derivation
        if derivation.change is not ChangeKind.UNCHANGED:
            yield Changed(
                code=competency.code,
                title=competency.title,
                change=derivation.change.value.capitalize(),
                from_keys=derivation.from_keys,
                rationale=derivation.rationale,
            )
