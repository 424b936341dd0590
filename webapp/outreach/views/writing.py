"""Writing in the log: a new entry, a correction with its reason, striking out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from webapp.consultations.attaching import NotADocument, safe_name
from webapp.consultations.subjects import consultation_subject
from webapp.outreach import services
from webapp.outreach.attachments import ACCEPTED, media_type_of
from webapp.outreach.entries import Attachment, Entry
from webapp.outreach.errors import ChangedMeanwhile
from webapp.outreach.forms import CorrectionForm, EntryForm, StrikeForm
from webapp.outreach.views.room import (
    LOG,
    OF_ENTRY,
    OF_LOG,
    about,
    actor,
    consultation_of,
    entry_of,
    room,
)
from webapp.persistence import new_id
from webapp.web import Page, Reply, SeeOther, Visit
from webapp.web.visit import Desk, FileSent


@dataclass
class FileField:
    """The field for what was sent, with everything that is wrong with it."""

    id: str = "file"
    errors: list[str] = field(default_factory=list)


def looked_at(desk: Desk, sent: FileSent | None) -> Attachment | NotADocument | None:
    """Say what a file is and keep it; what no entry holds is deleted after an hour."""
    if sent is None:
        return None
    try:
        media_type = media_type_of(sent.name, sent.content)
    except NotADocument as refused:
        return refused
    sha256 = desk.files.put(sent.content)
    return Attachment(safe_name(sent.name), media_type, sha256, len(sent.content))


@room.get(f"{OF_LOG}/new", permission=LOG, subject=consultation_subject)
def new_entry(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask who was told."""
    return _new_page(visit, organisation, slug, EntryForm(), FileField())


@room.post(f"{OF_LOG}/new", permission=LOG, subject=consultation_subject, takes_file=looked_at)
def add_entry(visit: Visit, organisation: str, slug: str) -> Reply:
    """Add an entry, once however often this is posted."""
    form, file = EntryForm.posted(visit.form).on(visit.today), FileField()
    if not _is_complete(visit, form, file):
        return _new_page(visit, organisation, slug, form, file, status=422)
    entry_id = _id_of(visit)
    services.add_entry(
        visit.session,
        entry_id=entry_id,
        consultation_id=consultation_of(visit, slug).id,
        told=form.told(visit.sent),
        by=actor(visit),
        now=visit.now,
    )
    return SeeOther.to("outreach.index", organisation=organisation, slug=slug, done="added")


@room.get(f"{OF_ENTRY}/correct", permission=LOG, subject=consultation_subject)
def correct(visit: Visit, organisation: str, slug: str, entry_id: uuid.UUID) -> Reply:
    """Show what an entry says to be corrected."""
    found = entry_of(visit, slug, entry_id)
    if found.strike is not None:
        return _to_entry(organisation, slug, entry_id)
    form = CorrectionForm.of(found.told)
    return _correct_page(visit, organisation, slug, found, form, FileField())


@room.post(
    f"{OF_ENTRY}/correct", permission=LOG, subject=consultation_subject, takes_file=looked_at
)
def save_correction(visit: Visit, organisation: str, slug: str, entry_id: uuid.UUID) -> Reply:
    """Add a version of an entry, from the one that the page showed."""
    found = entry_of(visit, slug, entry_id)
    form, file = CorrectionForm.posted(visit.form).on(visit.today), FileField()
    if not _is_complete(visit, form, file):
        return _correct_page(visit, organisation, slug, found, form, file, status=422)
    kept = None if form.detach.data else found.told.attachment
    try:
        services.correct_entry(
            visit.session,
            consultation_id=consultation_of(visit, slug).id,
            entry_id=entry_id,
            shown=_shown(visit),
            told=form.told(visit.sent or kept),
            reason=form.reason.data,
            by=actor(visit),
            now=visit.now,
        )
    except ChangedMeanwhile:
        return _correct_page(visit, organisation, slug, found, form, file, status=409)
    return _to_entry(organisation, slug, entry_id, done="corrected")


@room.get(f"{OF_ENTRY}/strike-out", permission=LOG, subject=consultation_subject)
def confirm_striking(visit: Visit, organisation: str, slug: str, entry_id: uuid.UUID) -> Reply:
    """Ask why an entry is struck out."""
    found = entry_of(visit, slug, entry_id)
    if found.strike is not None:
        return _to_entry(organisation, slug, entry_id)
    return _strike_page(visit, organisation, slug, found, StrikeForm())


@room.post(f"{OF_ENTRY}/strike-out", permission=LOG, subject=consultation_subject)
def strike_out(visit: Visit, organisation: str, slug: str, entry_id: uuid.UUID) -> Reply:
    """Strike an entry out, from the version that the page showed."""
    found = entry_of(visit, slug, entry_id)
    form = StrikeForm.posted(visit.form)
    if not form.validate():
        return _strike_page(visit, organisation, slug, found, form, status=422)
    try:
        services.strike_entry(
            visit.session,
            consultation_id=consultation_of(visit, slug).id,
            entry_id=entry_id,
            shown=_shown(visit),
            reason=form.reason.data,
            by=actor(visit),
            now=visit.now,
        )
    except ChangedMeanwhile:
        return _strike_page(visit, organisation, slug, found, form, status=409)
    return _to_entry(organisation, slug, entry_id, done="struck")


def _is_complete(visit: Visit, form: EntryForm, file: FileField) -> bool:
    is_complete = form.validate()
    if isinstance(visit.sent, NotADocument):
        file.errors = [str(visit.sent)]
    elif visit.sent is not None and not is_complete:
        # A browser shows no file that it sent before, and an entry without it is easily sent.
        file.errors = ["Choose the file again: it was not kept because of the other mistakes"]
    return is_complete and not file.errors


def _to_entry(organisation: str, slug: str, entry_id: uuid.UUID, **more: str) -> SeeOther:
    return SeeOther.to(
        "outreach.entry", organisation=organisation, slug=slug, entry_id=entry_id, **more
    )


def _new_page(
    visit: Visit,
    organisation: str,
    slug: str,
    form: EntryForm,
    file: FileField,
    *,
    status: int = 200,
) -> Page:
    return Page.of(
        "outreach/new.html",
        status=status,
        form=form,
        file=file,
        accepted=ACCEPTED,
        entry_id=_id_of(visit),
        **about(visit, organisation, slug),
    )


def _correct_page(
    visit: Visit,
    organisation: str,
    slug: str,
    found: Entry,
    form: CorrectionForm,
    file: FileField,
    *,
    status: int = 200,
) -> Page:
    if status == 409 and visit.sent is not None:
        file.errors = ["Choose the file again: it is not saved yet"]
    return Page.of(
        "outreach/correct.html",
        status=status,
        entry=found,
        form=form,
        file=file,
        accepted=ACCEPTED,
        is_stale=status == 409,
        **about(visit, organisation, slug),
    )


def _strike_page(
    visit: Visit,
    organisation: str,
    slug: str,
    found: Entry,
    form: StrikeForm,
    *,
    status: int = 200,
) -> Page:
    return Page.of(
        "outreach/strike.html",
        status=status,
        entry=found,
        form=form,
        is_stale=status == 409,
        **about(visit, organisation, slug),
    )


def _shown(visit: Visit) -> int:
    typed: Any = visit.form.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0


def _id_of(visit: Visit) -> uuid.UUID:
    try:
        return uuid.UUID(visit.form.get("entry", ""))
    except ValueError:
        return new_id()
