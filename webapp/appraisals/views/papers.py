"""Forms on paper: attaching a file, what is known of it, and taking it away."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from exports.forms.filled import FileRefused
from webapp.appraisals import services
from webapp.appraisals.acting import relations_of
from webapp.appraisals.papers import Paper, PaperState, media_type_of, shown_name
from webapp.appraisals.reviews import Review
from webapp.appraisals.states import NotTheirs, StepRefused
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.files import FILES, stored
from webapp.appraisals.views.room import OF_REVIEW, room, the_form, the_review
from webapp.appraisals.views.uploads import FileForm
from webapp.appraisals.writing import WritingRefused, may_transcribe
from webapp.security import Permission
from webapp.web.errors import Conflict, NotFound
from webapp.web.replies import FileReply, Page, Reply, SeeOther
from webapp.web.visit import Desk, FileSent, Visit

OF_PAPER = f"{OF_REVIEW}/papers/<uuid:paper_id>"
WRITE = Permission.REVIEW_WRITE


@dataclass(frozen=True, slots=True)
class Scan:
    """A file with what it is by its content."""

    name: str
    content: bytes
    media_type: str


def looked_at(_: Desk, sent: FileSent | None) -> Scan | FileRefused | None:
    """Say what a file is; it is never opened here, so nothing in it can do anything."""
    if sent is None:
        return None
    try:
        return Scan(shown_name(sent.name), sent.content, media_type_of(sent.content))
    except FileRefused as refused:
        return refused


@room.get(f"{OF_REVIEW}/attach", permission=WRITE, subject=review_subject)
def attach(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Ask for a scan or a photograph."""
    review = the_review(visit, review_id)
    if not may_transcribe(review.state, relations_of(visit.identity, review)):
        return SeeOther.to("appraisals.files", review_id=review_id)
    return Page.of("appraisals/attach.html", review=review, form=FileForm())


@room.post(f"{OF_REVIEW}/attach", permission=WRITE, subject=review_subject, takes_file=looked_at)
def attach_paper(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Attach a file and lead on to typing what it says."""
    review = the_review(visit, review_id)
    form = FileForm(visit.form)
    sent = visit.sent
    try:
        if sent is None:
            form.file.errors = ["Choose the file to attach"]
            return Page.of("appraisals/attach.html", status=422, review=review, form=form)
        if isinstance(sent, FileRefused):
            raise sent
        paper_id = services.attach_paper(
            visit.session,
            visit.files,
            review_id,
            name=sent.name,
            content=sent.content,
            media_type=sent.media_type,
            identity=visit.identity,
            now=visit.now,
        )
    except FileRefused as refused:
        form.refuse(refused)
        return Page.of("appraisals/attach.html", status=422, review=review, form=form)
    except services.AttachedAlready:
        form.file.errors = ["This very file is attached to this review already"]
        return Page.of("appraisals/attach.html", status=409, review=review, form=form)
    except WritingRefused as refused:
        raise Conflict(str(refused)) from None
    return SeeOther.to("appraisals.paper", review_id=review_id, paper_id=paper_id)


@room.get(OF_PAPER, permission=FILES, subject=review_subject)
def paper(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    """Show where an attached form stands, and what this person can do with it."""
    review = the_review(visit, review_id)
    found = the_paper(visit, review_id, paper_id)
    form = the_form(visit, review)
    typed = services.list_typed(visit.session, found)
    may_check, why_not = _checking(visit, review, found)
    return Page.of(
        "appraisals/paper.html",
        review=review,
        paper=found,
        sections=services.list_typed_sections(form, typed),
        may_type=services.may_type(review, found, visit.identity),
        may_remove=found.is_open
        and may_transcribe(review.state, relations_of(visit.identity, review)),
        may_check=may_check,
        why_not=why_not,
    )


@room.get(f"{OF_PAPER}/file", permission=FILES, subject=review_subject)
def paper_file(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    """Hand out an attached file, to be saved and never shown as a page of ours."""
    review = the_review(visit, review_id)
    found = the_paper(visit, review_id, paper_id)
    name = f"Form on paper {review.appraisee.name} {found.sha256[:12]}.{found.ending}"
    return FileReply(stored(visit, found.sha256), found.media_type, name)


@room.post(f"{OF_PAPER}/remove", permission=WRITE, subject=review_subject)
def remove_paper(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    """Take an attached form away, with what was typed from it."""
    try:
        services.remove_paper(
            visit.session, review_id, paper_id, identity=visit.identity, now=visit.now
        )
    except services.UnknownPaper:
        raise NotFound from None
    except (StepRefused, WritingRefused) as refused:
        raise Conflict(str(refused)) from None
    return SeeOther.to("appraisals.files", review_id=review_id)


def the_paper(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Paper:
    """Return the attached form of an address; raises NotFound."""
    try:
        return services.get_paper(visit.session, review_id, paper_id)
    except services.UnknownPaper:
        raise NotFound from None


def _checking(visit: Visit, review: Review, paper: Paper) -> tuple[bool, str]:
    if paper.state is not PaperState.FINISHED:
        return False, ""
    typed = services.list_typed(visit.session, paper)
    try:
        services.check_may_check(review, the_form(visit, review), paper, typed, visit.identity)
    except (NotTheirs, StepRefused) as refused:
        return False, str(refused)
    return True, ""
