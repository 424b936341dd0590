"""The pages that say whether a document is genuine."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from exports.forms.filled import FileRefused
from exports.seals.verifying import Verdict
from frameworks.library import Library
from webapp.catalogue.verification import (
    Basis,
    answer_to_file,
    answer_to_identifier,
    answer_to_refusal,
    basis_of,
    kind_in_words,
)
from webapp.catalogue.verification_words import LATER, Answer
from webapp.issued.register import Entry


@dataclass(frozen=True)
class Found:
    """What is shown of a document: never anything that leads to a person."""

    kind: str
    identifier: str
    base: str
    issued_at: dt.datetime | None = None


@dataclass(frozen=True)
class ResultPage:
    """The answer, what else is to be known, and what the document rests on."""

    answer: Answer
    found: Found | None = None
    basis: Basis | None = None
    later: Answer | None = None


def identifier_page(library: Library, entry: Entry | None) -> ResultPage:
    """Return the page for an identifier, which may be unknown."""
    answer = answer_to_identifier(entry)
    if entry is None:
        return ResultPage(answer)
    return ResultPage(
        answer,
        Found(
            kind=kind_in_words(entry.kind, is_copy=bool(entry.base)),
            identifier=entry.identifier,
            base=entry.base,
            issued_at=entry.issued_at,
        ),
        basis_of(library, entry.citation, entry.framework_digest),
        LATER if entry.has_later else None,
    )


def file_page(library: Library, verdict: Verdict, entry: Entry | None) -> ResultPage:
    """Return the page for a file; `entry` is what the register says of its identifier.

    What a file claims is repeated only where its seal is one of ours and holds.
    """
    answer, seal = answer_to_file(verdict), verdict.seal
    if not verdict.is_ours or seal is None:
        return ResultPage(answer)
    return ResultPage(
        answer,
        Found(
            kind=kind_in_words(seal.kind, is_copy=bool(seal.base)),
            identifier=seal.identifier,
            base=seal.base,
            issued_at=entry.issued_at if entry else None,
        ),
        basis_of(library, seal.citation, seal.digest),
        LATER if entry is not None and entry.has_later else None,
    )


def refused_page(refused: FileRefused) -> ResultPage:
    """Return the page for a file that cannot be looked at."""
    return ResultPage(answer_to_refusal(refused))
