"""What is said about a document that somebody checks, in plain English.

It says what the file is worth and which framework version it rests on, and nothing about people:
no name, no answer and no file name is ever part of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from exports.forms.filled import FileRefused, Reason
from exports.seals.signing import Signature
from exports.seals.verifying import FileState, Verdict
from frameworks.library import Library, Published, Status
from frameworks.model import Reference
from webapp.catalogue import verification_words as words
from webapp.catalogue.verification_words import Answer
from webapp.issued.register import Entry

_KINDS = {
    "booklet": "Framework booklet",
    "consultation_form": "Response form of a consultation",
    "person_specification": "Person specification",
    "receipt": "Copy of a consultation response",
    "review_record": "Review form or record",
    "scorecard": "Scorecard",
}

_COPIES = {
    "review_record": "Review form prefilled for one person",
    "scorecard": "Scorecard prefilled for one person",
}

_REFUSED = {
    Reason.TOO_LARGE: words.TOO_LARGE,
    Reason.NOT_A_PDF: words.NOT_A_PDF,
    Reason.CUT_OFF: words.DAMAGED,
    Reason.ENCRYPTED: words.ENCRYPTED,
}


@dataclass(frozen=True)
class Basis:
    """The framework version that a document rests on; `published` is None where we have none such.

    `successor` is the version in force where that is another one.
    """

    answer: Answer
    citation: str
    digest: str
    published: Published | None = None
    successor: Published | None = None


def kind_in_words(kind: str, *, is_copy: bool) -> str:
    """Return what a document is called."""
    if is_copy:
        return _COPIES.get(kind, "Prefilled form")
    return _KINDS.get(kind, "Document")


def answer_to_file(verdict: Verdict) -> Answer:
    """Return what a file is worth."""
    if verdict.state is FileState.NOT_OURS:
        return words.NOT_OURS
    match verdict.signature:
        case Signature.FORGED:
            return words.FORGED
        case Signature.UNKNOWN_KEY:
            return words.UNKNOWN_KEY
        case Signature.UNSIGNED:
            return words.UNSIGNED if verdict.holds else words.ALTERED_UNSIGNED
        case Signature.SIGNED:
            return _answer_to_signed(verdict)
        case _:
            assert_never(verdict.signature)


def _answer_to_signed(verdict: Verdict) -> Answer:
    match verdict.state:
        case FileState.UNCHANGED:
            return words.UNCHANGED
        case FileState.FILLED_IN:
            has_fields = verdict.seal is not None and verdict.seal.fields
            return words.FILLED_IN if has_fields else words.SAVED_AGAIN
        case FileState.ALTERED:
            return words.ALTERED
        case FileState.NOT_OURS:
            return words.NOT_OURS
        case _:
            assert_never(verdict.state)


def answer_to_refusal(refused: FileRefused) -> Answer:
    """Return what is said of a file that cannot be looked at."""
    return _REFUSED.get(refused.reason, words.TOO_MUCH)


def answer_to_identifier(entry: Entry | None) -> Answer:
    """Return what is said of an identifier that was typed correctly."""
    return words.UNKNOWN_IDENTIFIER if entry is None else words.KNOWN_IDENTIFIER


def basis_of(library: Library, citation: str, digest: str) -> Basis:
    """Return what is known of the framework version that a document names."""
    published = _find(library, citation)
    if _is_damaged(library, citation):
        return Basis(words.DAMAGED_VERSION, citation, digest)
    if published is None:
        return Basis(words.UNKNOWN_VERSION, citation, digest)
    if published.digest != digest:
        return Basis(words.OTHER_TEXT, citation, digest, published)
    in_force = library.in_force(published.framework.slug)
    is_it = in_force is not None and in_force.reference == published.reference
    successor = None if is_it else in_force
    return Basis(_standing(published, successor), citation, digest, published, successor)


def _find(library: Library, citation: str) -> Published | None:
    slug, _, version = citation.partition("@")
    try:
        return library.find(Reference(slug=slug, version=version))
    except ValueError:
        return None


def _is_damaged(library: Library, citation: str) -> bool:
    """Say whether the version's file is no longer what was locked; it is read anew each time."""
    slug, _, version = citation.partition("@")
    file = f"{slug}/{version}.yaml "
    problems = (problem for shelf in library.shelves for problem in shelf.broken_seals())
    return any(problem.message.startswith(file) for problem in problems)


def _standing(published: Published, successor: Published | None) -> Answer:
    match published.status:
        case Status.IN_FORCE:
            return words.IN_FORCE
        case Status.SUPERSEDED:
            return words.replaced_by(successor.framework.version if successor else "")
        case Status.WITHDRAWN:
            return words.WITHDRAWN
        case Status.FINAL:
            return words.NOT_YET_IN_FORCE
        case Status.DRAFT | Status.CONSULTATION | Status.CANDIDATE:
            return words.not_final(published.status.value)
        case _:
            assert_never(published.status)
