"""How a document leaves: printed with its stamp, then sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from exports.document import Document
from exports.recipe import printing_digest
from exports.seals.identifiers import new_identifier
from exports.seals.sealing import Seal, Statement, seal_pdf
from exports.seals.signing import Keyring
from exports.seals.stamp import Stamp
from exports.templating import page
from exports.worker import Press


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: the base address of the service that answers for it, and its keys."""

    address: str
    keyring: Keyring


@dataclass(frozen=True, slots=True)
class Issued:
    """A file that may leave, with the seal that is in it."""

    identifier: str
    content: bytes
    seal: Seal


def issue(press: Press, document: Document, issuer: Issuer) -> Issued:
    """Return the document as a sealed file; raises what the press raises.

    The same document, address, key and code give the same bytes.
    """
    stamp = stamp_of(document, issuer.address)
    pdf = press.print_page(page(document, stamp))
    content, seal = seal_pdf(pdf, statement_of(document, stamp.identifier), issuer.keyring)
    return Issued(stamp.identifier, content, seal)


def stamp_of(document: Document, address: str) -> Stamp:
    """Return the stamp of a document that is verified at this address."""
    digest = hashlib.sha256(f"{printing_digest(document)}\n{address}".encode()).digest()
    return Stamp(new_identifier(digest), address)


def statement_of(document: Document, identifier: str) -> Statement:
    """Return what the seal of a document says about it."""
    return Statement(
        identifier=identifier,
        kind=document.template,
        citation=document.citation,
        digest=document.digest,
        made_on=document.made_on,
        form=document.form,
        fields=document.fields,
    )
