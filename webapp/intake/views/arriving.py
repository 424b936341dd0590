"""The list of what came in, noting something new, and the files that belong to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from exports.forms.examining import Examiner
from exports.forms.filled import FileRefused, Filled, Reason
from exports.incoming.file_names import shown_name
from exports.incoming.source_kinds import SourceKind
from exports.seals.signing import Keyring
from webapp.consultations.errors import NotReceivedThen
from webapp.consultations.subjects import consultation_subject
from webapp.intake import services
from webapp.intake.form_reading import FormRead, is_form_of, read_form
from webapp.intake.forms.arrivals import ArrivalForm, FileForm
from webapp.intake.items import Arrival, AttachedAlready, ItemMoved, TooManySources, UnknownItem
from webapp.intake.pages import imports as import_pages
from webapp.intake.pages import items as pages
from webapp.intake.services import SentSource
from webapp.intake.subjects import item_subject
from webapp.intake.views.items import item_page
from webapp.intake.views.room import (
    OF_CONSULTATION,
    OF_ITEM,
    TAKE_IN,
    Place,
    actor,
    item_of,
    place_of,
    room,
    stored,
)
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import FileReply, Page, Reply, SeeOther
from webapp.web.visit import Desk, FileSent, Visit

LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at; `filled` is what it says where it is a filled form of ours."""

    source: SentSource
    filled: Filled | None


def looked_at(desk: Desk, sent: FileSent | None) -> Looked | FileRefused | None:
    """Say what a file is and read a form of ours, in a process that can come to no harm."""
    if sent is None:
        return None
    try:
        if not sent.content:
            raise FileRefused(Reason.CUT_OFF, "This file is empty: choose it again.")
        if len(sent.content) > LARGEST:
            raise FileRefused(
                Reason.TOO_LARGE,
                "This file is larger than 10 MB. Scan it again in black and white, or at 150 to 200"
                " dots per inch.",
            )
        found = desk.examiner.look_at(sent.content)
    except FileRefused as refused:
        return refused
    source = SentSource(shown_name(sent.name), sent.content, found.kind, found.text)
    filled = None
    if found.kind is SourceKind.PDF:
        filled = _filled(desk.examiner, sent.content, desk.keyring)
    return Looked(source, filled)


def _filled(examiner: Examiner, content: bytes, keyring: Keyring) -> Filled | None:
    try:
        return examiner.read(content, keyring)
    except FileRefused:
        # Most PDFs are letters; a form that cannot be read is transcribed like one.
        return None


@room.get(OF_CONSULTATION, permission=TAKE_IN, subject=consultation_subject)
def index(visit: Visit, organisation: str, slug: str) -> Reply:
    """List what came in, and the tables that were uploaded."""
    place = place_of(visit, organisation, slug)
    items = services.list_items(visit.session, place.consultation.id)
    account_id = visit.identity.account_id
    return Page.of(
        "intake/index.html",
        transcribing=pages.listed(items.transcribing, account_id, visit.now),
        checking=pages.listed(items.checking, account_id, visit.now),
        taken=pages.listed(items.taken, account_id, visit.now),
        removed=pages.listed(items.removed, account_id, visit.now),
        numbers={state.value: number for state, number in items.numbers.items()},
        imports=import_pages.listed(services.list_imports(visit.session, place.consultation.id)),
        done=visit.query.get("done", ""),
        **place.context,
    )


@room.get(f"{OF_CONSULTATION}/new", permission=TAKE_IN, subject=consultation_subject)
def new_item(visit: Visit, organisation: str, slug: str) -> Reply:
    """Ask what came in."""
    return _arrival_page(place_of(visit, organisation, slug), ArrivalForm())


@room.post(
    f"{OF_CONSULTATION}/new",
    permission=TAKE_IN,
    subject=consultation_subject,
    takes_file=looked_at,
)
def add_item(visit: Visit, organisation: str, slug: str) -> Reply:
    """Note what came in and lead on to transcribing it."""
    place = place_of(visit, organisation, slug)
    form: ArrivalForm = ArrivalForm.posted(visit.form)
    # All that is wrong is said at once, also about the file.
    is_valid = form.validate()
    if isinstance(visit.sent, FileRefused):
        form.refuse(visit.sent)
    elif visit.sent is None and not form.words.data:
        form.file.errors = ["Choose the file that came, or write down what was said"]
    if not is_valid or form.file.errors:
        return _arrival_page(place, form, status=422)
    looked: Looked | None = visit.sent
    read = _read(place, looked)
    try:
        intake_id = services.add_item(
            visit.session,
            visit.files,
            consultation_id=place.consultation.id,
            arrival=_with_words_of(form, place, read),
            sent=looked.source if looked else None,
            read=read,
            by=actor(visit),
            now=visit.now,
        )
    except NotReceivedThen as error:
        form.received_on.errors = [str(error)]
        return _arrival_page(place, form, status=422)
    is_other = looked is not None and looked.filled is not None and read is None
    return SeeOther.to(
        "intake.item",
        intake_id=intake_id,
        done="other-form" if is_other else "added",
        **place.address,
    )


@room.post(f"{OF_ITEM}/sources", permission=TAKE_IN, subject=item_subject, takes_file=looked_at)
def attach(visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID) -> Reply:
    """Attach another file."""
    place = place_of(visit, organisation, slug)
    found = item_of(visit, place, intake_id)
    form = FileForm(visit.form)
    sent: Looked | FileRefused | None = visit.sent
    try:
        if sent is None:
            raise FileRefused(Reason.CUT_OFF, "Choose the file to attach")
        if isinstance(sent, FileRefused):
            raise sent
        services.attach_source(
            visit.session,
            visit.files,
            item_id=intake_id,
            sent=sent.source,
            by=actor(visit),
            now=visit.now,
        )
    except FileRefused as refused:
        form.refuse(refused)
        return item_page(visit, place, found, files=form, status=422)
    except (AttachedAlready, TooManySources) as refused:
        form.file.errors = [str(refused)]
        return item_page(visit, place, found, files=form, status=422)
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    return SeeOther.to("intake.item", intake_id=intake_id, done="attached", **place.address)


@room.get(f"{OF_ITEM}/sources/<uuid:source_id>", permission=TAKE_IN, subject=item_subject)
def source(
    visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID, source_id: uuid.UUID
) -> Reply:
    """Hand out a file: a picture to be shown, anything else to be saved and never run here."""
    for each in services.list_sources(visit.session, intake_id):
        if each.id == source_id:
            kind = SourceKind(each.kind)
            name = f"{each.name.rpartition('.')[0] or each.name}.{kind.ending}"
            return FileReply(
                stored(visit, each.sha256), kind.media_type, name, inline=kind.is_image
            )
    raise NotFound


@room.post(f"{OF_ITEM}/sources/<uuid:source_id>/remove", permission=TAKE_IN, subject=item_subject)
def detach(
    visit: Visit, organisation: str, slug: str, intake_id: uuid.UUID, source_id: uuid.UUID
) -> Reply:
    """Take a file off that was attached by mistake."""
    try:
        services.detach_source(
            visit.session, item_id=intake_id, source_id=source_id, by=actor(visit), now=visit.now
        )
    except UnknownItem:
        raise NotFound from None
    except ItemMoved as moved:
        raise Conflict(str(moved)) from None
    return SeeOther.to(
        "intake.item", organisation=organisation, slug=slug, intake_id=intake_id, done="detached"
    )


def _read(place: Place, looked: Looked | None) -> FormRead | None:
    if looked is None or looked.filled is None:
        return None
    if not is_form_of(looked.filled, place.consultation, place.asking):
        return None
    return read_form(looked.filled, place.asking)


def _with_words_of(form: ArrivalForm, place: Place, read: FormRead | None) -> Arrival:
    arrival = form.arrival(place.consultation)
    if read is None or not read.words:
        return arrival
    words = "\n\n".join(filter(None, (arrival.words, read.words)))
    return replace(arrival, words=words)


def _arrival_page(place: Place, form: ArrivalForm, status: int = 200) -> Page:
    return Page.of("intake/new.html", status=status, form=form, **place.context)
