"""Whether a document is genuine: by its identifier, or by the file itself."""

from __future__ import annotations

import wtforms

from exports.forms.filled import FileRefused
from exports.seals.identifiers import NotAnIdentifier, parse_identifier
from exports.seals.verifying import Verdict
from webapp.catalogue import verification_pages as pages
from webapp.catalogue.views.room import READ, room
from webapp.issued.services import find_document
from webapp.web.forms import Form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Desk, FileSent, Visit


class CheckForm(Form):
    """Asks for an identifier, or for a file."""

    identifier = wtforms.StringField("Identifier")
    file = wtforms.StringField("The PDF file")


@room.get("/verify", permission=READ)
def verify(visit: Visit) -> Reply:
    """Ask for the identifier or the file, or lead on to an identifier that was typed."""
    typed = visit.query.get("identifier")
    if typed is None:
        return Page.of("catalogue/verify.html", form=CheckForm())
    try:
        identifier = parse_identifier(typed)
    except NotAnIdentifier as wrong:
        return _mistyped(typed, wrong, 422)
    return SeeOther.to("catalogue.verify_identifier", identifier=identifier)


@room.get("/verify/<identifier>", permission=READ)
def verify_identifier(visit: Visit, identifier: str) -> Reply:
    """Say what is known of a document, by its identifier; this is where its QR code leads."""
    try:
        meant = parse_identifier(identifier)
    except NotAnIdentifier as wrong:
        return _mistyped(identifier, wrong, 404)
    if meant != identifier:
        return SeeOther.to("catalogue.verify_identifier", identifier=meant)
    entry = find_document(visit.session, identifier)
    page = pages.identifier_page(visit.library, entry)
    return _result(page, status=200 if entry is not None else 404)


def examined(desk: Desk, sent: FileSent | None) -> Verdict | FileRefused | None:
    """Have a file looked at; None where none was sent."""
    if sent is None or not (sent.name or sent.content):
        return None
    try:
        return desk.public_examiner.verify(sent.content, desk.keyring)
    except FileRefused as refused:
        return refused


@room.post("/verify", permission=READ, takes_file=examined)
def verify_file(visit: Visit) -> Reply:
    """Say what a file is worth; it is looked at and not kept."""
    result = visit.sent
    if result is None:
        form = CheckForm()
        form.file.errors = ["Choose the PDF file to check"]
        return Page.of("catalogue/verify.html", status=422, form=form)
    if isinstance(result, FileRefused):
        return _result(pages.refused_page(result))
    seal = result.seal
    entry = find_document(visit.session, seal.identifier) if seal is not None else None
    return _result(pages.file_page(visit.library, result, entry))


def _mistyped(typed: str, wrong: NotAnIdentifier, status: int) -> Reply:
    form = CheckForm(data={"identifier": typed})
    form.identifier.errors = [str(wrong)]
    return Page.of("catalogue/verify.html", status=status, form=form)


def _result(page: pages.ResultPage, status: int = 200) -> Reply:
    return Page.of("catalogue/verify_result.html", status=status, page=page)
