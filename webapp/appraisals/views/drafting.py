"""Writing a review, one section a page, saved as the page is left and while typing."""

from __future__ import annotations

import dataclasses
import uuid

from frameworks.questions import AnswerKey
from frameworks.review import COMMENTS, Section
from webapp.appraisals import pages, services
from webapp.appraisals.acting import relations_of
from webapp.appraisals.reviews import Draft, Review
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.room import OF_REVIEW, room, the_form, the_review
from webapp.appraisals.writing import WritingRefused, may_read_draft, may_write
from webapp.security import Permission
from webapp.web.errors import Forbidden, NotFound
from webapp.web.fields import AnswerForm, answer_form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

STAY, BACK = "stay", "back"
"""What a page may ask for after a save, other than the section that follows."""


@room.get(
    f"{OF_REVIEW}/sections/<section>", permission=Permission.REVIEW_READ, subject=review_subject
)
def section(visit: Visit, review_id: uuid.UUID, section: str) -> Reply:
    """Show a section to whoever writes it, and lead anybody else to where it can be read."""
    if section == COMMENTS:
        return SeeOther.to("appraisals.comments", review_id=review_id)
    return _show(visit, review_id, section)


@room.post(
    f"{OF_REVIEW}/sections/<section>", permission=Permission.REVIEW_WRITE, subject=review_subject
)
def save_section(visit: Visit, review_id: uuid.UUID, section: str) -> Reply:
    """Save a section of the assessment."""
    if section == COMMENTS:
        raise NotFound
    return _save(visit, review_id, section)


@room.get(f"{OF_REVIEW}/comments", permission=Permission.REVIEW_READ, subject=review_subject)
def comments(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Show the person appraised where to comment, and lead anybody else to the record."""
    return _show(visit, review_id, COMMENTS)


@room.post(f"{OF_REVIEW}/comments", permission=Permission.REVIEW_COMMENT, subject=review_subject)
def save_comments(visit: Visit, review_id: uuid.UUID) -> Reply:
    """Save the comments of the person appraised."""
    return _save(visit, review_id, COMMENTS)


def _show(visit: Visit, review_id: uuid.UUID, key: str) -> Reply:
    review = the_review(visit, review_id)
    found = _section(visit, review, key)
    relations = relations_of(visit.identity, review)
    if not may_write(key, review.state, relations):
        if not review.state.is_drafted:
            return SeeOther.to("appraisals.overview", review_id=review_id)
        if not may_read_draft(review.state, relations):
            raise Forbidden
        return SeeOther.to("appraisals.draft", review_id=review_id)
    drafts = services.list_drafts(visit.session, review_id)
    return _section_page(visit, review, found, _form(found, drafts))


def _save(visit: Visit, review_id: uuid.UUID, key: str) -> Reply:
    review = the_review(visit, review_id)
    found = _section(visit, review, key)
    form = answer_form(tuple(found.questions()), {}, visit.form)
    is_valid = form.validate()
    sound = {each.question.key: each.given for each in form if not each.errors}
    try:
        saved = services.save_answers(
            visit.session,
            review_id,
            found,
            sound,
            form.revisions(),
            identity=visit.identity,
            now=visit.now,
        )
    except WritingRefused as refused:
        return Page.of(
            "appraisals/late.html", review=review, message=str(refused), form=form, status=409
        )
    if is_valid and not saved.stale:
        return _onwards(visit, review, key)
    _catch_up(form, services.list_drafts(visit.session, review_id), set(saved.stale))
    page = _section_page(visit, review, found, form, status=409 if saved.stale else 422)
    # What was sound is saved, whatever is wrong with the rest.
    return dataclasses.replace(page, keep=True)


def _onwards(visit: Visit, review: Review, key: str) -> Reply:
    then = visit.form.get("then", "")
    page = pages.section_page(
        review,
        the_form(visit, review),
        _section(visit, review, key),
        {},
        relations_of(visit.identity, review),
    )
    if then == STAY:
        return _to_section(review, key)
    if then == BACK or not page.following:
        return SeeOther.to("appraisals.overview", review_id=review.id)
    return _to_section(review, page.following)


def _to_section(review: Review, key: str) -> Reply:
    if key == COMMENTS:
        return SeeOther.to("appraisals.comments", review_id=review.id)
    return SeeOther.to("appraisals.section", review_id=review.id, section=key)


def _section(visit: Visit, review: Review, key: str) -> Section:
    try:
        return the_form(visit, review).section(key)
    except KeyError:
        raise NotFound from None


def _form(section: Section, drafts: dict[AnswerKey, Draft]) -> AnswerForm:
    return answer_form(
        tuple(section.questions()),
        {key: draft.given for key, draft in drafts.items()},
        revisions={key: draft.revision for key, draft in drafts.items()},
    )


def _catch_up(form: AnswerForm, drafts: dict[AnswerKey, Draft], stale: set[AnswerKey]) -> None:
    """Bring what is not in question up to date, and show both texts of what is."""
    for field in form:
        stored = drafts.get(field.question.key)
        if stored is not None and field.question.key not in stale and not field.errors:
            field.given, field.revision = stored.given, stored.revision
    form.show_conflicts({key: (drafts[key].given, drafts[key].revision) for key in stale})


def _section_page(
    visit: Visit, review: Review, section: Section, form: AnswerForm, status: int = 200
) -> Page:
    page = pages.section_page(
        review,
        the_form(visit, review),
        section,
        services.list_drafts(visit.session, review.id),
        relations_of(visit.identity, review),
    )
    action = (
        ("appraisals.save_comments", {"review_id": review.id})
        if section.key == COMMENTS
        else ("appraisals.save_section", {"review_id": review.id, "section": section.key})
    )
    return Page.of("appraisals/section.html", page=page, form=form, action=action, status=status)
