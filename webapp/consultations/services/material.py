"""What a consultation is about, found in the library and bound together."""

from __future__ import annotations

from frameworks.digest import questionnaire_digest
from frameworks.library import Library, Published, Status, UnknownVersion
from frameworks.model import Reference
from frameworks.questionnaire import Questionnaire
from frameworks.variants import VariantOf
from webapp.consultations.asking import Asking, Variants
from webapp.consultations.consultation import Consultation, Details
from webapp.consultations.errors import (
    FrameworkChanged,
    NotOpenToConsultation,
    QuestionnaireMissing,
)

KEPT = 32
Key = tuple[str, str, tuple[str, ...]]
_asked: dict[Key, Asking] = {}


def consultable_frameworks(library: Library) -> tuple[Published, ...]:
    """Return the framework versions that are published for consultation."""
    return tuple(each for each in library.list() if each.status is Status.CONSULTATION)


def questionnaires(library: Library) -> tuple[Questionnaire, ...]:
    """Return the questionnaires to choose from."""
    return library.questionnaires()


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
    variants = _variants(library, consultation.details)
    known = tuple(each.digest for each in (*variants.framework, *variants.questionnaire))
    pinned = (consultation.framework_digest, consultation.questionnaire_digest, known)
    if pinned not in _asked:
        pinned = _index(library, consultation, variants, known)
    return _asked[pinned].in_language(language)


def _index(
    library: Library, consultation: Consultation, variants: Variants, known: tuple[str, ...]
) -> Key:
    framework = get_framework(library, consultation.details)
    questionnaire = get_questionnaire(library, consultation.details)
    pinned = (consultation.framework_digest, consultation.questionnaire_digest)
    found = (framework.digest, questionnaire_digest(questionnaire))
    if all(pinned) and found != pinned:
        raise FrameworkChanged(
            f"{framework.reference} or {questionnaire.reference} is not what it was"
            f" when “{consultation.title}” was opened"
        )
    key = (*found, known)
    if key not in _asked:
        if len(_asked) >= KEPT:
            _asked.clear()
        _asked[key] = Asking(framework.framework, questionnaire, *found, variants)
    return key


def _variants(library: Library, details: Details) -> Variants:
    framework = Reference(slug=details.framework_slug, version=details.framework_version)
    asked = Reference(slug=details.questionnaire_slug, version=details.questionnaire_version)
    return Variants(library.editions(framework), library.editions(asked, VariantOf.QUESTIONNAIRE))
