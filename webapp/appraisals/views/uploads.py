"""Bringing a filled form back: the file, what it would change, and taking it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import wtforms

from exports.forms.filled import FileRefused, Reason
from webapp.appraisals import services
from webapp.appraisals.acting import relations_of
from webapp.appraisals.brought import Brought, brought_by
from webapp.appraisals.choosing import ChoiceForm, choice_form
from webapp.appraisals.merging import ChoiceMissing, Merge
from webapp.appraisals.papers import shown_name
from webapp.appraisals.previews import preview
from webapp.appraisals.reviews import Review
from webapp.appraisals.states import NotTheirs
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.room import OF_REVIEW, room, the_form, the_review
from webapp.appraisals.writing import WritingRefused, check_may_fill_in
from webapp.security import Permission
from webapp.web.errors import Conflict, Forbidden, NotFound
from webapp.web.forms import Form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Desk, FileSent, Visit

OF_UPLOAD = f"{OF_REVIEW}/uploads/<uuid:upload_id>"
FILL_IN = Permission.REVIEW_FILL_IN
CHANGED = (
    "Somebody changed the review after you opened this page, so nothing was taken. "
    "Look at it again below."
)


class FileForm(Form):
    """Asks for one file."""

    file = wtforms.StringField("The file")

    def refuse(self, refused: FileRefused) -> None:
        """Say beside the field why a file cannot be taken."""
        self.file.errors = [refused.message, *refused.further]


@dataclass(frozen=True, slots=True)
class Sent:
    """A filled form with what it says."""

    name: str
    content: bytes
    brought: Brought


def examined(desk: Desk, sent: FileSent | None) -> Sent | FileRefused | None:
    """Have a filled form read; None where none was sent."""
    if sent is None:
        return None
    try:
        filled = desk.examiner.read(sent.content, desk.keyring)
        return Sent(shown_name(sent.name), sent.content, brought_by(filled))
    except FileRefused as refused:
        return refused


@room.get(f"{OF_REVIEW}/bring-back", permission=FILL_IN, subject=review_subject)
def bring_back(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Ask for a filled form."""
    return _ask(visit, the_review(visit, review_id), FileForm())


@room.post(
    f"{OF_REVIEW}/bring-back", permission=FILL_IN, subject=review_subject, takes_file=examined
)
def send_form(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Keep a filled form and lead on to what it would change."""
    review = the_review(visit, review_id)
    form = FileForm(visit.form)
    sent = visit.sent
    if sent is None:
        form.file.errors = ["Choose the PDF file that you filled in"]
        return _ask(visit, review, form, status=422)
    try:
        if isinstance(sent, FileRefused):
            raise sent
        upload_id = services.keep_upload(
            visit.session,
            visit.files,
            review_id,
            the_form(visit, review),
            sent.brought,
            name=sent.name,
            content=sent.content,
            identity=visit.identity,
            now=visit.now,
        )
    except FileRefused as refused:
        form.refuse(refused)
        return _ask(visit, review, form, status=_status(refused))
    except NotTheirs:
        raise Forbidden from None
    except WritingRefused as refused:
        raise Conflict(str(refused)) from None
    return SeeOther.to("appraisals.look_at_upload", review_id=review_id, upload_id=upload_id)


@room.get(OF_UPLOAD, permission=FILL_IN, subject=review_subject)
def look_at_upload(visit: Visit, review_id: uuid.UUID, upload_id: uuid.UUID) -> Reply:
    """Show what a filled form would change."""
    review = the_review(visit, review_id)
    upload, merged = _found(visit, review, upload_id)
    if upload.is_taken or not review.state.is_drafted:
        return SeeOther.to("appraisals.overview", review_id=review_id)
    form = _choices(visit, upload, merged)(data={"seen": merged.seen})
    return _preview(review, upload, merged, form)


@room.post(f"{OF_UPLOAD}/take", permission=FILL_IN, subject=review_subject)
def take_upload(visit: Visit, review_id: uuid.UUID, upload_id: uuid.UUID) -> Reply:
    """Take what a filled form says, all of it or nothing."""
    review = the_review(visit, review_id)
    upload, merged = _found(visit, review, upload_id)
    if upload.is_taken:
        return SeeOther.to("appraisals.overview", review_id=review_id)
    form = _choices(visit, upload, merged)(visit.form)
    if form.seen.data != merged.seen:
        return _look_again(visit, review, upload_id)
    if not form.validate():
        return _preview(review, upload, merged, form, status=422)
    try:
        services.take_upload(
            visit.session,
            review_id,
            upload_id,
            the_form(visit, review),
            form.choices(merged),
            identity=visit.identity,
            now=visit.now,
        )
    except ChoiceMissing as missing:
        form.refuse(merged, missing)
        return _preview(review, upload, merged, form, status=422)
    except services.ReasonNeeded:
        return _look_again(visit, review, upload_id)
    except services.ChangedSincePreview:
        return _look_again(visit, review, upload_id)
    except NotTheirs:
        raise Forbidden from None
    except (FileRefused, WritingRefused) as refused:
        raise Conflict(str(refused)) from None
    return SeeOther.to("appraisals.overview", review_id=review_id, done="form-taken")


@room.post(f"{OF_UPLOAD}/discard", permission=FILL_IN, subject=review_subject)
def discard_upload(visit: Visit, review_id: uuid.UUID, upload_id: uuid.UUID) -> Reply:
    """Forget a filled form."""
    review = the_review(visit, review_id)
    try:
        services.discard_upload(visit.session, review, upload_id, visit.identity)
    except NotTheirs:
        raise Forbidden from None
    return SeeOther.to("appraisals.files", review_id=review_id)


def _found(visit: Visit, review: Review, upload_id: uuid.UUID) -> tuple[services.Upload, Merge]:
    try:
        upload = services.get_upload(visit.session, review, upload_id, visit.identity)
    except NotTheirs:
        raise Forbidden from None
    except services.UnknownUpload:
        raise NotFound from None
    form = the_form(visit, review)
    return upload, services.merge_upload(visit.session, review, form, upload, visit.identity)


def _choices(visit: Visit, upload: services.Upload, merged: Merge) -> type[ChoiceForm]:
    needs_reason = services.is_correction(visit.session, upload)
    return choice_form(merged, needs_reason=needs_reason, source="the form")


def _look_again(visit: Visit, review: Review, upload_id: uuid.UUID) -> Page:
    upload, merged = _found(visit, review, upload_id)
    form = _choices(visit, upload, merged)(data={"seen": merged.seen})
    form.seen.errors = [CHANGED]
    return _preview(review, upload, merged, form, status=409)


def _preview(
    review: Review, upload: services.Upload, merged: Merge, form: ChoiceForm, status: int = 200
) -> Page:
    return Page.of(
        "appraisals/upload.html",
        status=status,
        review=review,
        upload=upload,
        page=preview(merged),
        form=form,
    )


def _ask(visit: Visit, review: Review, form: FileForm, status: int = 200) -> Page:
    refusal = ""
    try:
        check_may_fill_in(review.state, relations_of(visit.identity, review))
    except WritingRefused as refused:
        refusal = str(refused)
    return Page.of(
        "appraisals/bring_back.html", status=status, review=review, form=form, refusal=refusal
    )


def _status(refused: FileRefused) -> int:
    return 409 if refused.reason is Reason.TAKEN_ALREADY else 422
