"""Typing what a form on paper says, section by section, and another person's check of it."""

from __future__ import annotations

import uuid
from dataclasses import replace

import wtforms

from exports.forms.filled import FileRefused
from frameworks.review import Section
from webapp.appraisals import services
from webapp.appraisals.choosing import ChoiceForm, choice_form
from webapp.appraisals.forms import ReasonForm
from webapp.appraisals.merging import ChoiceMissing, Merge
from webapp.appraisals.papers import Paper
from webapp.appraisals.previews import preview
from webapp.appraisals.reviews import Review
from webapp.appraisals.states import NotTheirs, StepRefused
from webapp.appraisals.subjects import review_subject
from webapp.appraisals.views.files import FILES
from webapp.appraisals.views.papers import OF_PAPER, WRITE, the_paper
from webapp.appraisals.views.room import room, the_form, the_review
from webapp.appraisals.views.uploads import CHANGED
from webapp.appraisals.writing import WritingRefused
from webapp.web.errors import Conflict, NotFound
from webapp.web.fields import AnswerForm, answer_form
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

OF_TYPING = f"{OF_PAPER}/sections/<section>"


class RoundForm(ReasonForm):
    """Asks why a transcription is sent back."""

    finished = wtforms.IntegerField()


@room.get(OF_TYPING, permission=WRITE, subject=review_subject)
def typing(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID, section: str) -> Reply:
    """Show a section to type, or lead to where the form stands."""
    review = the_review(visit, review_id)
    paper = the_paper(visit, review_id, paper_id)
    found = _section(visit, review, section)
    if not services.may_type(review, paper, visit.identity):
        return _to_paper(review_id, paper_id)
    typed = services.list_typed(visit.session, paper)
    form = answer_form(
        tuple(found.questions()),
        {key: each.given for key, each in typed.items()},
        revisions={key: each.revision for key, each in typed.items()},
    )
    return _typing_page(visit, review, paper, found, form)


@room.post(OF_TYPING, permission=WRITE, subject=review_subject)
def save_typed(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID, section: str) -> Reply:
    """Keep what was typed in a section."""
    review = the_review(visit, review_id)
    paper = the_paper(visit, review_id, paper_id)
    found = _section(visit, review, section)
    form = answer_form(tuple(found.questions()), {}, visit.form)
    is_valid = form.validate()
    sound = {each.question.key: each.given for each in form if not each.errors}
    try:
        saved = services.save_typed(
            visit.session,
            review_id,
            paper_id,
            found,
            sound,
            form.revisions(),
            identity=visit.identity,
            now=visit.now,
        )
    except (NotTheirs, StepRefused, WritingRefused) as refused:
        return Page.of(
            "appraisals/late.html", review=review, message=str(refused), form=form, status=409
        )
    if is_valid and not saved.stale:
        return _onwards(visit, review, paper, section)
    typed = services.list_typed(visit.session, paper)
    for field in form:
        stored = typed.get(field.question.key)
        if stored is not None and field.question.key not in saved.stale and not field.errors:
            field.given, field.revision = stored.given, stored.revision
    form.show_conflicts({key: (each.given, each.revision) for key, each in saved.stale.items()})
    status = 409 if saved.stale else 422
    # What was sound is kept, whatever is wrong with the rest.
    return _typing_page(visit, review, paper, found, form, status=status, keep=True)


@room.post(f"{OF_PAPER}/finish", permission=WRITE, subject=review_subject)
def finish_typing(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    """Hand over what was typed to be checked."""
    try:
        services.finish_typing(
            visit.session, review_id, paper_id, identity=visit.identity, now=visit.now
        )
    except services.UnknownPaper:
        raise NotFound from None
    except (NotTheirs, StepRefused, WritingRefused) as refused:
        raise Conflict(str(refused)) from None
    return _to_paper(review_id, paper_id)


@room.get(f"{OF_PAPER}/check", permission=FILES, subject=review_subject)
def check(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    """Show what was typed to somebody who compares it with the paper."""
    review = the_review(visit, review_id)
    paper = the_paper(visit, review_id, paper_id)
    if not _may_check(visit, review, paper):
        return _to_paper(review_id, paper_id)
    merged = _merged(visit, review, paper)
    return _check_page(visit, review, paper, merged, _choices(merged)(data={"seen": merged.seen}))


@room.post(f"{OF_PAPER}/check", permission=FILES, subject=review_subject)
def confirm(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    """Take what was typed: the paper says the same."""
    review = the_review(visit, review_id)
    paper = the_paper(visit, review_id, paper_id)
    if not _may_check(visit, review, paper):
        raise Conflict("There is nothing for you to check here now.")
    merged = _merged(visit, review, paper)
    form = _choices(merged)(visit.form)
    finished = RoundForm(visit.form).finished.data
    if form.seen.data != merged.seen or finished != paper.round:
        return _look_again(visit, review, paper)
    if not form.validate():
        return _check_page(visit, review, paper, merged, form, status=422)
    try:
        services.confirm_typed(
            visit.session,
            review_id,
            paper_id,
            the_form(visit, review),
            form.choices(merged),
            finished=finished,
            identity=visit.identity,
            now=visit.now,
        )
    except ChoiceMissing as missing:
        form.refuse(merged, missing)
        return _check_page(visit, review, paper, merged, form, status=422)
    except services.ChangedSincePreview:
        return _look_again(visit, review, paper)
    except (NotTheirs, StepRefused, services.SamePerson, FileRefused) as refused:
        raise Conflict(str(refused)) from None
    return SeeOther.to("appraisals.overview", review_id=review_id, done="paper-taken")


@room.post(f"{OF_PAPER}/send-back", permission=FILES, subject=review_subject)
def send_back(visit: Visit, review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    """Ask whoever typed to correct it."""
    review = the_review(visit, review_id)
    paper = the_paper(visit, review_id, paper_id)
    form = RoundForm(visit.form)
    try:
        services.send_back(
            visit.session,
            review_id,
            paper_id,
            the_form(visit, review),
            form.reason.data or "",
            finished=form.finished.data or 0,
            identity=visit.identity,
            now=visit.now,
        )
    except services.ReasonNeeded as needed:
        if not _may_check(visit, review, paper):
            raise Conflict("There is nothing for you to check here now.") from None
        form.reason.errors = [str(needed)]
        merged = _merged(visit, review, paper)
        choices = _choices(merged)(data={"seen": merged.seen})
        return _check_page(visit, review, paper, merged, choices, back=form, status=422)
    except (NotTheirs, StepRefused, services.SamePerson) as refused:
        raise Conflict(str(refused)) from None
    return _to_paper(review_id, paper_id)


def _section(visit: Visit, review: Review, key: str) -> Section:
    try:
        return the_form(visit, review).section(key)
    except KeyError:
        raise NotFound from None


def _onwards(visit: Visit, review: Review, paper: Paper, key: str) -> Reply:
    keys = [section.key for section in the_form(visit, review).sections]
    place = keys.index(key) + 1
    if visit.form.get("then") == "back" or place == len(keys):
        return _to_paper(review.id, paper.id)
    return SeeOther.to(
        "appraisals.typing", review_id=review.id, paper_id=paper.id, section=keys[place]
    )


def _to_paper(review_id: uuid.UUID, paper_id: uuid.UUID) -> Reply:
    return SeeOther.to("appraisals.paper", review_id=review_id, paper_id=paper_id)


def _may_check(visit: Visit, review: Review, paper: Paper) -> bool:
    typed = services.list_typed(visit.session, paper)
    try:
        services.check_may_check(review, the_form(visit, review), paper, typed, visit.identity)
    except (NotTheirs, StepRefused):
        return False
    return True


def _merged(visit: Visit, review: Review, paper: Paper) -> Merge:
    form = the_form(visit, review)
    return services.merge_typed(visit.session, review, form, paper, visit.identity)


def _choices(merged: Merge) -> type[ChoiceForm]:
    return choice_form(merged, needs_reason=False, source="the paper")


def _look_again(visit: Visit, review: Review, paper: Paper) -> Page:
    merged = _merged(visit, review, paper)
    form = _choices(merged)(data={"seen": merged.seen})
    form.seen.errors = [CHANGED]
    return _check_page(visit, review, paper, merged, form, status=409)


def _check_page(
    visit: Visit,
    review: Review,
    paper: Paper,
    merged: Merge,
    form: ChoiceForm,
    *,
    back: RoundForm | None = None,
    status: int = 200,
) -> Page:
    return Page.of(
        "appraisals/check.html",
        status=status,
        review=review,
        paper=paper,
        page=preview(merged),
        form=form,
        back=back or RoundForm(),
    )


def _typing_page(
    visit: Visit,
    review: Review,
    paper: Paper,
    section: Section,
    form: AnswerForm,
    *,
    status: int = 200,
    keep: bool = False,
) -> Page:
    sections = the_form(visit, review).sections
    page = Page.of(
        "appraisals/typing.html",
        status=status,
        review=review,
        paper=paper,
        section=section,
        place=sections.index(section) + 1,
        of=len(sections),
        form=form,
    )
    return page if not keep else replace(page, keep=True)
