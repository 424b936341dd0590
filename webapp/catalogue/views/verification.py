"""Whether a document is genuine: by its identifier, or by the file itself."""

from __future__ import annotations

import wtforms

from exports.filled import FileRefused
from exports.identifiers import NotAnIdentifier, parse_identifier
from exports.verifying import Verdict
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
    if "identifier" not in visit.query:
        return Page.of("catalogue/verify.html", form=CheckForm())
    return _by_identifier(visit, visit.query["identifier"])


@room.get("/verify/<identifier>", permission=READ)
def verify_identifier(visit: Visit, identifier: str) -> Reply:
    """Say what is known of a document, by its identifier; this is where its QR code leads."""
    return _by_identifier(visit, identifier)


def examined(desk: Desk, sent: FileSent | None) -> Verdict | FileRefused | None:
    """Have a file looked at; None where none was sent."""
    if sent is None or not (sent.name or sent.content):
        return None
    try:
        return desk.examiner.verify(sent.content, desk.keyring)
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


def _by_identifier(visit: Visit, typed: str) -> Reply:
    try:
        identifier = parse_identifier(typed)
    except NotAnIdentifier as wrong:
        form = CheckForm(data={"identifier": typed})
        form.identifier.errors = [str(wrong)]
        return Page.of("catalogue/verify.html", status=422, form=form)
    address = f"/verify/{identifier}"
    if visit.path != address:
        return SeeOther.to("catalogue.verify_identifier", identifier=identifier)
    entry = find_document(visit.session, identifier)
    status = 200 if entry is not None else 404
    return _result(pages.identifier_page(visit.library, entry), status)


def _result(page: pages.ResultPage, status: int = 200) -> Reply:
    return Page.of("catalogue/verify_result.html", status=status, page=page)
