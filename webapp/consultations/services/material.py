"""What a consultation is about, found in the library and bound together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from frameworks.digest import questionnaire_digest
from frameworks.library import Library, Published, Status, UnknownVersion
from frameworks.model import Reference
from frameworks.questionnaire import Questionnaire
from frameworks.variants import VariantOf
from frameworks.versions import SemVer
from webapp.consultations.asking import Asking, Variants
from webapp.consultations.consultation import Consultation, Details, PinnedQuestionnaire
from webapp.consultations.errors import (
    FrameworkChanged,
    NotOpenToConsultation,
    QuestionnaireMissing,
)

KEPT = 32
Key = tuple[str, tuple[str, ...], tuple[str, ...]]
_asked: dict[Key, Asking] = {}


def consultable_frameworks(library: Library) -> tuple[Published, ...]:
    """Return the framework versions that are published for consultation."""
    return tuple(each for each in library.list() if each.status is Status.CONSULTATION)


def questionnaires(library: Library) -> tuple[Questionnaire, ...]:
    """Return the questionnaires to choose from, the newest version of each in front."""
    newest_first = sorted(
        library.questionnaires(), key=lambda each: SemVer.parse(each.version), reverse=True
    )
    return tuple(sorted(newest_first, key=lambda each: each.slug))


def get_framework(library: Library, details: Details) -> Published:
    """Return the framework version of a consultation; raises NotOpenToConsultation."""
    reference = Reference(slug=details.framework_slug, version=details.framework_version)
    try:
        return library.get(reference)
    except UnknownVersion as error:
        raise NotOpenToConsultation(f"The library has no {reference}") from error


def get_questionnaire(library: Library, details: Details) -> Questionnaire:
    """Return the questionnaire of a consultation; raises QuestionnaireMissing."""
    try:
        return library.questionnaire(details.questionnaire_slug, details.questionnaire_version)
    except UnknownVersion as error:
        raise QuestionnaireMissing(str(error)) from error


def require_consultable(library: Library, details: Details) -> None:
    """Raise NotOpenToConsultation or QuestionnaireMissing unless both can be consulted on."""
    found = get_framework(library, details)
    if found.status is not Status.CONSULTATION:
        raise NotOpenToConsultation(f"{found.reference} is not published for consultation")
    get_questionnaire(library, details)


def get_asking(library: Library, consultation: Consultation, language: str = "") -> Asking:
    """Return what a consultation asks, in a language or in its own, indexed once for its digests.

    Raises FrameworkChanged if the library holds something else than what was pinned.
    """
    details = consultation.details
    now = PinnedQuestionnaire(details.questionnaire_version, consultation.questionnaire_digest)
    asked = (*consultation.replaced, now)
    variants = tuple(_variants(library, _asking(details, each.version)) for each in asked)
    known = tuple(each.digest for of in variants for each in (*of.framework, *of.questionnaire))
    pinned = (consultation.framework_digest, tuple(each.digest for each in asked), known)
    if pinned not in _asked:
        pinned = _index(library, consultation, asked, variants, known)
    return _asked[pinned].in_language(language)


def _index(
    library: Library,
    consultation: Consultation,
    asked: Sequence[PinnedQuestionnaire],
    variants: Sequence[Variants],
    known: tuple[str, ...],
) -> Key:
    details = consultation.details
    framework = get_framework(library, details)
    found = [get_questionnaire(library, _asking(details, each.version)) for each in asked]
    digests = tuple(map(questionnaire_digest, found))
    pinned = (consultation.framework_digest, tuple(each.digest for each in asked))
    if consultation.framework_digest and (framework.digest, digests) != pinned:
        names = " or ".join(map(str, (framework.reference, *(each.reference for each in found))))
        raise FrameworkChanged(f"{names} is not what “{consultation.title}” has asked")
    key = (framework.digest, digests, known)
    if key not in _asked:
        if len(_asked) >= KEPT:
            _asked.clear()
        *earlier, now = (
            Asking(framework.framework, each, framework.digest, digest, of)
            for each, digest, of in zip(found, digests, variants, strict=True)
        )
        _asked[key] = replace(now, earlier=tuple(earlier))
    return key


def _asking(details: Details, version: str) -> Details:
    return replace(details, questionnaire_version=version)


def _variants(library: Library, details: Details) -> Variants:
    framework = Reference(slug=details.framework_slug, version=details.framework_version)
    asked = Reference(slug=details.questionnaire_slug, version=details.questionnaire_version)
    return Variants(library.editions(framework), library.editions(asked, VariantOf.QUESTIONNAIRE))
