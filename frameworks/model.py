"""The frozen shape of a competency framework, whatever its depth, scales or positions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints

# The model's own words for others to import from here.
from frameworks.fields import SLUG_PATTERN as SLUG_PATTERN
from frameworks.fields import (
    CalendarDay,
    Digest,
    ItemKey,
    LanguageTag,
    Line,
    Number,
    Prose,
    Slug,
    Text,
    Truth,
    Url,
    Version,
)
from frameworks.fields import Frozen as Frozen
from frameworks.versions import Reference as Reference
from frameworks.versions import SemVer as SemVer


class Use(StrEnum):
    """What a question is asked for, and what a scale is used for."""

    SELF_ASSESSMENT = "self_assessment"
    APPRAISAL = "appraisal"
    FEEDBACK = "feedback"
    INTERVIEW = "interview"
    APPLICATION = "application"
    PRESENTATION = "presentation"
    STAKEHOLDER = "stakeholder"


class AssessAt(StrEnum):
    """The stage of a recruitment at which a requirement is assessed."""

    APPLICATION = "application"
    INTERVIEW = "interview"
    PRESENTATION = "presentation"
    STAKEHOLDER = "stakeholder"
    REFERENCE = "reference"


class Polarity(StrEnum):
    """Whether an indicator shows the competency or its absence."""

    EFFECTIVE = "effective"
    INEFFECTIVE = "ineffective"


class ChangeKind(StrEnum):
    """How a competency came out of the version before."""

    UNCHANGED = "unchanged"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"


class Licence(Frozen):
    """Under which terms a file may be used, and whom to name."""

    name: Line
    url: Url | None = None
    attribution: Line


class Source(Frozen):
    """A publication that a framework adopts, adapts or was informed by."""

    title: Line
    publisher: Line
    url: Url | None = None
    licence: Line
    use: Annotated[str, StringConstraints(pattern=r"^(adopted|adapted|informed_by)$")]


class AppliesTo(Frozen):
    """The kinds of organisation and the board roles that a framework is for."""

    organisation_types: tuple[Slug, ...] = ()
    roles: tuple[Slug, ...] = ()


class Supersedes(Frozen):
    """The version that this one replaces, with its content digest."""

    version: Version
    digest: Digest


class Level(Frozen):
    """One step of a scale; `value` is None for an answer outside the scale."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$", max_length=60)]
    label: Line
    value: Number | None = None


class Scale(Frozen):
    """A named set of levels that a framework uses for one or more purposes."""

    key: Slug
    title: Line
    levels: Annotated[tuple[Level, ...], Field(min_length=2)]

    def level(self, key: str) -> Level:
        """Return the level with this key; KeyError if the scale has none."""
        for level in self.levels:
            if level.key == key:
                return level
        raise KeyError(key)


class ScaleUse(Frozen):
    """Which scale a framework names for one use."""

    use: Use
    scale: Slug


class Stage(Frozen):
    """A career stage that competencies may describe."""

    key: Slug
    title: Line


class Indicator(Frozen):
    """A behaviour that shows the competency, or its absence."""

    key: ItemKey
    polarity: Polarity
    text: Text


class Anchor(Frozen):
    """What one level of one scale looks like for a competency."""

    scale: Slug
    level: str
    text: Text


class StageDescriptor(Frozen):
    """What the competency looks like at one career stage."""

    stage: Slug
    text: Text


class PromptQuestion(Frozen):
    """A question of the framework, asked as printed."""

    key: ItemKey
    use: Use
    text: Text


class Development(Frozen):
    """A suggestion for getting better at a competency."""

    title: Line
    kind: Line
    url: Url | None = None


class Derivation(Frozen):
    """Where a competency comes from and which decisions shaped it."""

    change: ChangeKind = ChangeKind.NEW
    from_keys: tuple[ItemKey, ...] = Field(default=(), alias="from")
    rationale: Prose = ""
    decisions: tuple[Line, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Competency(Frozen):
    """One thing that board members are expected to be able to do."""

    key: ItemKey
    code: Line
    title: Line
    statement: Text
    only_for: tuple[Slug, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    stages: tuple[StageDescriptor, ...] = ()
    questions: tuple[PromptQuestion, ...] = ()
    development: tuple[Development, ...] = ()
    derivation: Derivation = Derivation()

    def indicators_of(self, polarity: Polarity) -> tuple[Indicator, ...]:
        """Return the indicators of one polarity in printed order."""
        return tuple(each for each in self.indicators if each.polarity is polarity)

    def questions_for(self, use: Use) -> tuple[PromptQuestion, ...]:
        """Return the questions for one use in printed order."""
        return tuple(each for each in self.questions if each.use is use)

    def anchors_on(self, scale: str) -> tuple[Anchor, ...]:
        """Return the anchors on one scale in printed order."""
        return tuple(each for each in self.anchors if each.scale == scale)


class Domain(Frozen):
    """A group of competencies, or of further domains, to any depth."""

    key: ItemKey
    title: Line
    looks_like: Prose = ""
    competencies: tuple[Competency, ...] = ()
    domains: tuple[Domain, ...] = ()

    def all_competencies(self) -> Iterator[Competency]:
        """Yield the competencies of this domain and below, in printed order."""
        yield from self.competencies
        for domain in self.domains:
            yield from domain.all_competencies()


class Requirement(Frozen):
    """What a position needs of one competency and where it is assessed."""

    competency: ItemKey
    essential: Truth
    weight: Annotated[Number, Field(ge=1, le=100)]
    assess_at: tuple[AssessAt, ...] = ()


class Signer(StrEnum):
    """The relation to a review of a person who signs it."""

    APPRAISEE = "appraisee"
    APPRAISER = "appraiser"
    SIGNATORY = "signatory"


class SignatureStep(Frozen):
    """One signature of a review: who signs and with which words."""

    key: Slug
    by: Signer
    title: Line
    words: Text


class Accountability(Frozen):
    """Who appoints to, appraises and signs for a position, between two dates (`until` excluded)."""

    from_on: CalendarDay = Field(alias="from")
    until_on: CalendarDay | None = Field(default=None, alias="until")
    appointed_by: Line
    appraised_by: Line
    signatures: Annotated[tuple[SignatureStep, ...], Field(min_length=1)]
    source: Prose = ""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def holds_on(self, day: dt.date) -> bool:
        """Say whether this rule is in force on a day."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


class Profile(Frozen):
    """What one board position asks for."""

    key: Slug
    title: Line
    role: Slug
    organisation_types: tuple[Slug, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    accountability: tuple[Accountability, ...] = ()

    def accountable_on(self, day: dt.date) -> Accountability | None:
        """Return the rule in force on a day, or None where the file names none."""
        for rule in self.accountability:
            if rule.holds_on(day):
                return rule
        return None


class WithdrawalReason(StrEnum):
    """Why a key is no longer in use."""

    SPLIT = "split"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Tombstone(Frozen):
    """A competency key that was in use once and must not be used again."""

    key: ItemKey
    last_version: Version
    reason: WithdrawalReason
    replaced_by: tuple[ItemKey, ...] = ()
    rationale: Prose = ""


class Framework(Frozen):
    """A whole framework version, as read from its file."""

    schema_version: Annotated[Number, Field(ge=1, le=1)] = Field(default=1, alias="schema")
    slug: Slug
    version: Version
    title: Line
    summary: Text
    language: LanguageTag = "en-GB"
    owner: Line
    licence: Licence
    sources: tuple[Source, ...] = ()
    applies_to: AppliesTo = AppliesTo()
    effective_from: CalendarDay | None = None
    supersedes: Supersedes | None = None
    release_notes: Prose = ""
    scales: tuple[Scale, ...] = ()
    uses: tuple[ScaleUse, ...] = ()
    stages: tuple[Stage, ...] = ()
    domains: Annotated[tuple[Domain, ...], Field(min_length=1)]
    profiles: tuple[Profile, ...] = ()
    withdrawn: tuple[Tombstone, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def reference(self) -> Reference:
        """The framework's name and version."""
        return Reference(slug=self.slug, version=self.version)

    def all_domains(self) -> Iterator[Domain]:
        """Yield every domain, parents before children, in printed order."""
        waiting = list(reversed(self.domains))
        while waiting:
            domain = waiting.pop()
            yield domain
            waiting.extend(reversed(domain.domains))

    def all_competencies(self) -> Iterator[Competency]:
        """Yield every competency in printed order."""
        for domain in self.domains:
            yield from domain.all_competencies()

    def competency(self, key: str) -> Competency:
        """Return the competency with this key; KeyError if there is none."""
        for competency in self.all_competencies():
            if competency.key == key:
                return competency
        raise KeyError(key)

    def domain(self, key: str) -> Domain:
        """Return the domain with this key; KeyError if there is none."""
        for domain in self.all_domains():
            if domain.key == key:
                return domain
        raise KeyError(key)

    def domain_of(self, competency_key: str) -> Domain:
        """Return the innermost domain that holds a competency; KeyError if none does."""
        for domain in self.all_domains():
            if any(each.key == competency_key for each in domain.competencies):
                return domain
        raise KeyError(competency_key)

    def profile(self, key: str) -> Profile:
        """Return the position profile with this key; KeyError if there is none."""
        for profile in self.profiles:
            if profile.key == key:
                return profile
        raise KeyError(key)

    def scale(self, key: str) -> Scale:
        """Return the scale with this key; KeyError if there is none."""
        for scale in self.scales:
            if scale.key == key:
                return scale
        raise KeyError(key)

    def scale_for(self, use: Use) -> Scale | None:
        """Return the scale that the framework names for a use, or None."""
        for each in self.uses:
            if each.use is use:
                return self.scale(each.scale)
        return None
