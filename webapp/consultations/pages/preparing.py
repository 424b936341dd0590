"""What the pages show on which a lead prepares a consultation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from webapp.consultations.attaching import SHORT_NAMES, size_in_words
from webapp.consultations.consultation import Details
from webapp.consultations.editions import KIND_LABELS, AttachedDocument
from webapp.consultations.fitness import Missing, Section, is_begun

HEADINGS = {
    Section.ABOUT: "What it is about",
    Section.ASKED: "What is asked",
    Section.WHEN: "When it is open",
    Section.ANSWERS: "What happens with the answers",
    Section.DOCUMENTS: "Documents",
    Section.PRIVACY: "Privacy notice",
    Section.CONTACT: "Other formats and contact",
    Section.AUTHORITY: "Leave to open",
}
HINTS = {
    Section.ABOUT: "Title, address, purpose, what can change and what cannot, alternatives",
    Section.ASKED: "The framework and the questionnaire",
    Section.WHEN: "Opening and closing, in UK time",
    Section.ANSWERS: "How they are used, who decides and when",
    Section.DOCUMENTS: "The impact assessment, and what people should read",
    Section.PRIVACY: "Starts from a text of ours that you complete",
    Section.CONTACT: "Large print, Easy Read and other languages, and whom people can ask",
    Section.AUTHORITY: "Who gives it, by name and role",
}
DONE_WORDS = {
    "created": "The consultation is saved as a draft. Nobody outside sees it yet.",
    "saved": "Your changes are saved.",
    "attached": "The document is attached.",
    "removed": "The document is removed.",
}


@dataclass(frozen=True, slots=True)
class ListedSection:
    """A section on the list, and how far it has come."""

    section: Section
    title: str
    hint: str
    status: str


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as its link says it."""

    document: AttachedDocument
    kind: str
    format: str
    size: str


def listed_sections(
    details: Details, documents: Collection[AttachedDocument], missing: Collection[Missing]
) -> tuple[ListedSection, ...]:
    """Return every section with its status, in order."""
    incomplete = {each.section for each in missing}
    return tuple(
        ListedSection(
            section,
            HEADINGS[section],
            HINTS[section],
            _status(section, details, documents) if section in incomplete else "Completed",
        )
        for section in Section
    )


def listed_documents(documents: Collection[AttachedDocument]) -> tuple[ListedDocument, ...]:
    """Return documents with their kind, format and size in words."""
    return tuple(
        ListedDocument(
            each, KIND_LABELS[each.kind], SHORT_NAMES[each.media_type], size_in_words(each.size)
        )
        for each in documents
    )


def _status(section: Section, details: Details, documents: Collection[AttachedDocument]) -> str:
    begun = documents if section is Section.DOCUMENTS else is_begun(section, details)
    return "Started" if begun else "Not started"
