"""What waits for moderators, and each response before them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from webapp.consultations import services as consultations
from webapp.consultations.pages import receipts
from webapp.consultations.subjects import consultation_subject
from webapp.consultations.views.lead import OF_ONE, actor, consultation_of, owner_of
from webapp.publication import services
from webapp.publication.errors import (
    CutDoesNotFit,
    NothingToRule,
    OwnRuling,
    PermissionChanged,
    RepeatsWords,
    RuledMeanwhile,
)
from webapp.publication.forms import (
    OriginalForm,
    RulingForm,
    SecondLookForm,
    marking_faults,
    read_marking,
)
from webapp.publication.marking import TAKE, PassageMarks, marks_of
from webapp.publication.pages import moderation as pages
from webapp.publication.ruling import Outcome, Stage, Verdict
from webapp.publication.services import Case
from webapp.publication.views.room import MODERATE, page_asked_for, room
from webapp.web.errors import Forbidden, NotFound
from webapp.web.paging import Part
from webapp.web.replies import Page, Reply, SeeOther
from webapp.web.visit import Visit

ALL = f"{OF_ONE}/moderation"
ONE = f"{ALL}/<response>"
STILL_OPEN = "The page was still open when a second person approved the ruling."


@room.get(ALL, permission=MODERATE, subject=consultation_subject)
def queue(visit: Visit, organisation: str, slug: str) -> Reply:
    """List the responses that somebody has to rule on, the oldest first."""
    consultation = consultation_of(visit, slug)
    listed = services.list_to_moderate(visit.session, consultation.id, page_asked_for(visit))
    return _queue_page(visit, organisation, slug, listed, which="to-moderate")


@room.get(f"{ALL}/second-look", permission=MODERATE, subject=consultation_subject)
def second_look(visit: Visit, organisation: str, slug: str) -> Reply:
    """List the rulings that wait for a second person, the oldest first."""
    consultation = consultation_of(visit, slug)
    listed = services.list_to_check(visit.session, consultation.id, page_asked_for(visit))
    return _queue_page(visit, organisation, slug, listed, which="to-check")


@room.get(ONE, permission=MODERATE, subject=consultation_subject)
def case(visit: Visit, organisation: str, slug: str, response: str) -> Reply:
    """Show one response to whoever has to rule on it, or to look at a ruling."""
    found = _case(visit, slug, response)
    if found.stage is Stage.TO_MODERATE:
        return _ruling_page(visit, organisation, slug, found)
    return _case_page(visit, organisation, slug, found)


@room.post(ONE, permission=MODERATE, subject=consultation_subject)
def rule(visit: Visit, organisation: str, slug: str, response: str) -> Reply:
    """Show what was marked so far, or propose the ruling."""
    found = _case(visit, slug, response)
    if found.stage is Stage.OUTSIDE:
        typed = visit.form.get("note", "")
        return _case_page(visit, organisation, slug, found, status=409, is_stale=True, typed=typed)
    if not found.is_open_to(actor(visit).account_id):
        # The page was opened before two people agreed: that it goes on being read is recorded too.
        services.read_original(
            visit.session,
            consultation_id=found.submission.consultation_id,
            reference=found.submission.reference,
            reason=STILL_OPEN,
            by=actor(visit),
            now=visit.now,
        )
        return replace(_rule(visit, organisation, slug, found), keep=True)
    return _rule(visit, organisation, slug, found)


def _rule(visit: Visit, organisation: str, slug: str, found: Case) -> Page | SeeOther:
    form = RulingForm.posted(visit.form)
    marks = read_marking(visit.form, _marks(found))
    if visit.form.get("step") != "propose":
        is_wrong = any(each.has_errors for each in marks.values())
        return _ruling_page(
            visit, organisation, slug, found, form, marks, status=422 if is_wrong else 200
        )
    for each in marks.values():
        each.require_answers()
    is_valid = form.validate()
    if not is_valid or any(each.has_errors for each in marks.values()):
        return _ruling_page(visit, organisation, slug, found, form, marks, status=422)
    answers = [answer for each in marks.values() for answer in each.answers.values()]
    try:
        services.propose_ruling(
            visit.session,
            consultation_id=found.submission.consultation_id,
            reference=found.submission.reference,
            seen=form.seen_number,
            outcome=Outcome(form.outcome.data),
            cuts=[cut for each in marks.values() for cut in each.taken],
            note=form.note.data or "",
            accepted=answers.count(TAKE),
            refused=len(answers) - answers.count(TAKE),
            by=actor(visit),
            now=visit.now,
        )
    except RepeatsWords:
        form.note.errors = [
            "A reason or a note repeats words that are taken out. Describe them instead"
        ]
        return _ruling_page(visit, organisation, slug, found, form, marks, status=422)
    except (RuledMeanwhile, CutDoesNotFit):
        return _stale_page(visit, organisation, slug, found, form, marks)
    except NothingToRule:
        return _case_page(
            visit, organisation, slug, found, status=409, is_stale=True, typed=form.note.data or ""
        )
    return _back_to(organisation, slug, found, "proposed")


@room.post(f"{ONE}/second-look", permission=MODERATE, subject=consultation_subject)
def look(visit: Visit, organisation: str, slug: str, response: str) -> Reply:
    """Approve a ruling as a second person, or send it back."""
    found = _case(visit, slug, response)
    form = SecondLookForm.posted(visit.form)
    if not form.validate():
        return _case_page(visit, organisation, slug, found, form=form, status=422)
    try:
        services.look_at_ruling(
            visit.session,
            consultation_id=found.submission.consultation_id,
            reference=found.submission.reference,
            number=form.ruling_number,
            verdict=Verdict(form.verdict.data),
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except OwnRuling as error:
        raise Forbidden(
            "You proposed this ruling. Publishing takes two people: somebody else looks at it."
        ) from error
    except RepeatsWords:
        form.reason.errors = ["The reason repeats words that are taken out. Describe them instead"]
        return _case_page(visit, organisation, slug, found, form=form, status=422)
    except (RuledMeanwhile, NothingToRule, PermissionChanged):
        return _case_page(
            visit,
            organisation,
            slug,
            _case(visit, slug, response),
            status=409,
            is_stale=True,
            typed=form.reason.data or "",
        )
    return _back_to(organisation, slug, found, f"{form.verdict.data}")


@room.post(f"{ONE}/original", permission=MODERATE, subject=consultation_subject)
def original(visit: Visit, organisation: str, slug: str, response: str) -> Reply:
    """Show a response as it was written after it was ruled on, recording who reads it and why."""
    found = _case(visit, slug, response)
    form = OriginalForm.posted(visit.form)
    if not form.validate():
        return _case_page(visit, organisation, slug, found, original=form, status=422)
    try:
        opened = services.read_original(
            visit.session,
            consultation_id=found.submission.consultation_id,
            reference=found.submission.reference,
            reason=form.reason.data or "",
            by=actor(visit),
            now=visit.now,
        )
    except NothingToRule:
        return _case_page(visit, organisation, slug, found, original=form, status=409)
    return _ruling_page(visit, organisation, slug, opened)


def _case(visit: Visit, slug: str, response: str) -> Case:
    consultation = consultation_of(visit, slug)
    found = services.find_case(visit.session, consultation.id, response)
    if found is None:
        raise NotFound
    return found


def _marks(found: Case) -> dict[str, PassageMarks]:
    return marks_of(found.passages, found.suggestions(), found.cuts)


def _back_to(organisation: str, slug: str, found: Case, done: str) -> SeeOther:
    return SeeOther.to(
        "publication.case",
        organisation=organisation,
        slug=slug,
        response=found.submission.reference,
        done=done,
    )


def _queue_page(
    visit: Visit, organisation: str, slug: str, listed: services.Queue, *, which: str
) -> Page:
    consultation = consultation_of(visit, slug)
    viewer = visit.identity.account_id
    other = services.list_to_check if which == "to-moderate" else services.list_to_moderate
    return Page.of(
        "publication/queue.html",
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        which=which,
        queue=listed,
        part=Part(listed.page, services.IN_A_QUEUE, listed.total),
        rows=pages.queue_rows(listed, visit.today, viewer),
        other_total=other(visit.session, consultation.id, 1).total,
    )


def _stale_page(
    visit: Visit,
    organisation: str,
    slug: str,
    found: Case,
    form: RulingForm,
    marks: Mapping[str, PassageMarks],
) -> Page:
    """Show what somebody else ruled meanwhile, with what was marked and typed still there."""
    present = _case(visit, slug, found.submission.reference)
    form.seen.data = str(present.seen)
    return _ruling_page(visit, organisation, slug, present, form, marks, status=409, is_stale=True)


def _ruling_page(
    visit: Visit,
    organisation: str,
    slug: str,
    found: Case,
    form: RulingForm | None = None,
    marks: Mapping[str, PassageMarks] | None = None,
    *,
    status: int = 200,
    is_stale: bool = False,
) -> Page:
    """Return the page with the words as they were written, on which a moderator marks them."""
    consultation = consultation_of(visit, slug)
    marks = marks if marks is not None else _marks(found)
    form = form or RulingForm(data={"seen": str(found.seen)})
    asking = consultations.get_asking(visit.library, consultation)
    items = pages.shown_items(asking, found.submission, marks)
    return Page.of(
        "publication/rule.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        submission=found.submission,
        who=pages.who_sent(found.submission),
        permission=receipts.permission_words(found.submission),
        items=items,
        rulings=pages.shown_rulings(found.rulings),
        reasons=pages.reasons(),
        form=form,
        faults=(*marking_faults(marks), *form),
        is_stale=is_stale,
        done="" if visit.is_post else visit.query.get("done", ""),
    )


def _case_page(
    visit: Visit,
    organisation: str,
    slug: str,
    found: Case,
    *,
    form: SecondLookForm | None = None,
    original: OriginalForm | None = None,
    status: int = 200,
    is_stale: bool = False,
    typed: str = "",
) -> Page:
    """Return the page of a response that nobody has to rule on just now."""
    consultation = consultation_of(visit, slug)
    asking = consultations.get_asking(visit.library, consultation)
    newest = found.rulings[-1] if found.rulings else None
    waits = found.stage is Stage.TO_CHECK
    is_own = newest is not None and newest.by.account_id == visit.identity.account_id
    # Whoever looks at a ruling sees what was written; later that takes a reason.
    marks = _marks(found) if waits else {}
    everybody = consultations.find_response(
        visit.session, consultation.id, found.submission.reference
    )
    if everybody is None:
        raise NotFound
    return Page.of(
        "publication/case.html",
        status=status,
        organisation=owner_of(visit, organisation),
        consultation=consultation,
        submission=everybody,
        who=pages.who_sent(everybody),
        permission=receipts.permission_words(everybody),
        standing=receipts.standing_words(everybody),
        stage=found.stage,
        is_own=is_own,
        items=pages.shown_items(asking, found.submission, marks) if waits else (),
        said=pages.as_read(asking, everybody),
        rulings=pages.shown_rulings(found.rulings),
        readings=found.readings,
        form=form or SecondLookForm(data={"number": str(found.seen)}),
        original=original or OriginalForm(),
        is_published=pages.is_published(found),
        is_stale=is_stale,
        typed=typed,
        done=visit.query.get("done", ""),
    )
