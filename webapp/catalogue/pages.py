"""What the catalogue's pages show, as frozen values made from published versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from frameworks.library import Library, Published
from frameworks.model import (
    AssessAt,
    Competency,
    Domain,
    Framework,
    Indicator,
    Polarity,
    Profile,
    PromptQuestion,
    SemVer,
    Use,
)

USE_TITLES = {
    Use.INTERVIEW: "At interview",
    Use.APPLICATION: "In the application",
    Use.PRESENTATION: "For a presentation",
    Use.STAKEHOLDER: "For a stakeholder group",
    Use.APPRAISAL: "In an appraisal",
    Use.FEEDBACK: "For colleagues to agree or disagree with",
    Use.SELF_ASSESSMENT: "For self-assessment",
}

STAGE_TITLES = {
    AssessAt.APPLICATION: "Application",
    AssessAt.INTERVIEW: "Interview",
    AssessAt.PRESENTATION: "Presentation",
    AssessAt.STAKEHOLDER: "Stakeholder group",
    AssessAt.REFERENCE: "Reference",
}

STATUS_COLOURS = {
    "draft": "grey",
    "consultation": "yellow",
    "candidate": "orange",
    "final": "aqua-green",
    "in force": "green",
    "superseded": "grey",
    "withdrawn": "red",
}


@dataclass(frozen=True)
class FrameworkEntry:
    """One framework with all its versions, newest first."""

    slug: str
    title: str
    summary: str
    current: Published
    versions: tuple[Published, ...]


@dataclass(frozen=True)
class DomainEntry:
    """A domain as it stands in the list: with its depth, 0 at the top."""

    domain: Domain
    depth: int


@dataclass(frozen=True)
class AskedAs:
    """The questions of a competency for one use."""

    title: str
    questions: tuple[PromptQuestion, ...]


@dataclass(frozen=True)
class ScaleAnchors:
    """The levels of a scale that a competency describes."""

    title: str
    rows: tuple[tuple[str, str], ...]
    """(label of the level, what it looks like)"""


@dataclass(frozen=True)
class Need:
    """What one position needs of a competency."""

    profile: Profile
    essential: bool
    weight: int
    assessed_at: str


@dataclass(frozen=True)
class CompetencyPage:
    """Everything about one competency of one version."""

    competency: Competency
    domain: Domain
    effective: tuple[Indicator, ...]
    ineffective: tuple[Indicator, ...]
    asked: tuple[AskedAs, ...]
    anchors: tuple[ScaleAnchors, ...]
    needs: tuple[Need, ...]
    only_for: tuple[str, ...]
    before: Competency | None
    after: Competency | None


@dataclass(frozen=True)
class RequirementRow:
    """A line of a position's list of requirements."""

    competency: Competency
    weight: int
    assessed_at: str


@dataclass(frozen=True)
class PositionPage:
    """What one position asks for, and who appoints, appraises and signs."""

    profile: Profile
    essential: tuple[RequirementRow, ...]
    desirable: tuple[RequirementRow, ...]


def framework_entries(library: Library) -> tuple[FrameworkEntry, ...]:
    """Return every framework of the library with its versions, by title."""
    by_slug: dict[str, list[Published]] = {}
    for published in library.list():
        by_slug.setdefault(published.framework.slug, []).append(published)
    entries = []
    for slug, versions in by_slug.items():
        versions.sort(key=lambda each: SemVer.parse(each.framework.version).sort_key())
        versions.reverse()
        current = next((each for each in versions if each.status == "in force"), versions[0])
        entries.append(
            FrameworkEntry(
                slug=slug,
                title=current.framework.title,
                summary=current.framework.summary,
                current=current,
                versions=tuple(versions),
            )
        )
    return tuple(sorted(entries, key=lambda each: each.title))


def domain_entries(framework: Framework) -> tuple[DomainEntry, ...]:
    """Return the domains in printed order, each with its depth."""
    return tuple(_walk(framework.domains, 0))


def _walk(domains: tuple[Domain, ...], depth: int) -> Iterator[DomainEntry]:
    for domain in domains:
        yield DomainEntry(domain, depth)
        yield from _walk(domain.domains, depth + 1)


def competency_page(framework: Framework, key: str) -> CompetencyPage | None:
    """Return the page of a competency, or None where the version has none of that key."""
    everything = tuple(framework.all_competencies())
    places = {competency.key: place for place, competency in enumerate(everything)}
    if key not in places:
        return None
    place = places[key]
    competency = everything[place]
    titles = {profile.key: profile.title for profile in framework.profiles}
    return CompetencyPage(
        competency=competency,
        domain=framework.domain_of(key),
        effective=competency.indicators_of(Polarity.EFFECTIVE),
        ineffective=competency.indicators_of(Polarity.INEFFECTIVE),
        asked=tuple(
            AskedAs(title, competency.questions_for(use))
            for use, title in USE_TITLES.items()
            if competency.questions_for(use)
        ),
        anchors=tuple(_anchors(framework, competency)),
        needs=tuple(_needs(framework, key)),
        only_for=tuple(titles[each] for each in competency.only_for),
        before=everything[place - 1] if place else None,
        after=everything[place + 1] if place + 1 < len(everything) else None,
    )


def _anchors(framework: Framework, competency: Competency) -> Iterator[ScaleAnchors]:
    for scale in framework.scales:
        texts = {anchor.level: anchor.text for anchor in competency.anchors_on(scale.key)}
        rows = tuple(
            (level.label, texts[level.key]) for level in scale.levels if level.key in texts
        )
        if rows:
            yield ScaleAnchors(scale.title, rows)


def _needs(framework: Framework, key: str) -> Iterator[Need]:
    for profile in framework.profiles:
        for requirement in profile.requirements:
            if requirement.competency == key:
                stages = stages_in_words(requirement.assess_at)
                yield Need(profile, requirement.essential, requirement.weight, stages)


def position_page(framework: Framework, key: str) -> PositionPage | None:
    """Return the page of a position, or None where the version has none of that key."""
    profile = next((each for each in framework.profiles if each.key == key), None)
    if profile is None:
        return None
    competencies = {each.key: each for each in framework.all_competencies()}
    rows = [
        (
            each.essential,
            RequirementRow(
                competencies[each.competency], each.weight, stages_in_words(each.assess_at)
            ),
        )
        for each in profile.requirements
    ]
    return PositionPage(
        profile=profile,
        essential=tuple(row for essential, row in rows if essential),
        desirable=tuple(row for essential, row in rows if not essential),
    )


def stages_in_words(stages: tuple[AssessAt, ...]) -> str:
    """Return `Application, interview` for the stages at which something is assessed."""
    words = ", ".join(STAGE_TITLES[stage].lower() for stage in stages)
    return words[:1].upper() + words[1:]
