"""Typing what a form on paper says: one person types, another compares it with the paper."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

from frameworks.questions import AnswerKey, Given
from frameworks.review import COMMENTS, ReviewForm, Section
from webapp.appraisals.acting import Doer, doer, human_id, relations_of
from webapp.appraisals.merging import Carried, Merge, merge
from webapp.appraisals.papers import Paper, PaperState
from webapp.appraisals.progress import SectionProgress, section_progress
from webapp.appraisals.reasons import checked_reason
from webapp.appraisals.reviews import Draft, EventKind, Review
from webapp.appraisals.services.drafting import Saved
from webapp.appraisals.services.papers import TYPISTS, get_paper
from webapp.appraisals.services.taking import Choices, save_merged
from webapp.appraisals.services.uploads import taken_already
from webapp.appraisals.states import NotTheirs, StepRefused
from webapp.appraisals.store import drafts, events, papers, reviews, takings
from webapp.appraisals.store.papers import NewCheck
from webapp.appraisals.store.takings import FileTakenAlready, NewTaking
from webapp.appraisals.writing import (
    check_may_transcribe,
    may_read_draft,
    may_transcribe,
    may_write,
    writers,
)
from webapp.persistence import Session
from webapp.security import Identity, Relation

CHECKERS = (Relation.APPRAISEE, Relation.APPRAISER, Relation.PREPARER, Relation.READER)
"""Who compares, in the order in which somebody with two relations does it."""

TOO_LATE = "This form is no longer being typed. Look where it stands and try again."


def list_typed(session: Session, paper: Paper) -> dict[AnswerKey, Draft]:
    """Return what was typed from an attachment, by question."""
    return papers.list_typed(session, paper)


def save_typed(
    session: Session,
    review_id: uuid.UUID,
    paper_id: uuid.UUID,
    section: Section,
    answers: Mapping[AnswerKey, Given],
    revisions: Mapping[AnswerKey, int],
    *,
    identity: Identity,
    now: dt.datetime,
) -> Saved:
    """Keep what somebody typed for a section; the first who types is the one who types it all.

    An answer that was typed meanwhile in another window is left and returned as stale. Raises
    UnknownPaper, WritingRefused, NotTheirs, StepRefused.
    """
    review = reviews.lock_review(session, review_id)
    paper = _typists(session, review, paper_id, identity)
    asked = {question.key for question in section.questions()}
    typed = papers.list_typed(session, paper)
    changed = 0
    stale = {}
    for key, given in answers.items():
        if key not in asked:
            raise KeyError(f"not asked in this section: {key}")
        present = typed.get(key) or Draft(key, Given(), 0, now, Relation.APPRAISER)
        if given == present.given:
            continue
        if revisions.get(key, 0) != present.revision:
            stale[key] = present
            continue
        newer = Draft(key, given, present.revision + 1, now, present.saved_by)
        papers.set_typed(session, paper, newer)
        changed += 1
    if changed:
        done_by = doer(identity, review, *TYPISTS)
        typist_id = human_id(identity, review)
        papers.set_typist(session, paper, typist_id, done_by.relation, done_by.name)
    return Saved(changed, stale)


def may_type(review: Review, paper: Paper, identity: Identity) -> bool:
    """Say whether somebody may type what an attached form says now."""
    return (
        paper.state is PaperState.ATTACHED
        and may_transcribe(review.state, relations_of(identity, review))
        and paper.typist_id in (None, human_id(identity, review))
    )


def list_typed_sections(
    form: ReviewForm, typed: Mapping[AnswerKey, Draft]
) -> tuple[SectionProgress, ...]:
    """Return how much of each section was typed, in the form's order."""
    return section_progress(form, {key: each.given for key, each in typed.items()})


def finish_typing(
    session: Session,
    review_id: uuid.UUID,
    paper_id: uuid.UUID,
    *,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Hand what was typed over to be checked.

    Raises UnknownPaper, WritingRefused, NotTheirs, StepRefused where nothing was typed.
    """
    review = reviews.lock_review(session, review_id)
    paper = _typists(session, review, paper_id, identity)
    if all(each.given.is_blank for each in papers.list_typed(session, paper).values()):
        raise StepRefused("Nothing has been typed from this form yet.")
    finished = paper.round + 1
    papers.add_transcription(session, paper, finished, now)
    papers.set_state(session, paper, PaperState.FINISHED, finished)
    done_by = doer(identity, review, *TYPISTS)
    events.add_event(session, review, EventKind.TYPED, done_by, now)


def merge_typed(
    session: Session, review: Review, form: ReviewForm, paper: Paper, identity: Identity
) -> Merge:
    """Return what confirming a transcription would change now, checked by this person."""
    typed = {key: each.given for key, each in papers.list_typed(session, paper).items()}
    writing = _relations(form, review, paper, identity)
    return merge(
        form,
        drafts.list_drafts(session, review.id),
        typed,
        carried=Carried(reviews.salt_of(session, review.id), {}),
        writable=writing.keys(),
    )


def needs_appraisee(form: ReviewForm, typed: Mapping[AnswerKey, Draft]) -> bool:
    """Say whether only the person appraised can check this, since their comments are in it."""
    return any(
        question.key in typed and not typed[question.key].given.is_blank
        for question in form.section(COMMENTS).questions()
    )


def check_may_check(
    review: Review,
    form: ReviewForm,
    paper: Paper,
    typed: Mapping[AnswerKey, Draft],
    identity: Identity,
) -> Doer:
    """Return as whom somebody compares a transcription with the paper.

    Raises NotTheirs with a sentence that says who can, and StepRefused.
    """
    if paper.state is not PaperState.FINISHED:
        raise StepRefused("There is nothing to check: it is not typed to the end, or was checked.")
    if not review.state.is_drafted:
        raise StepRefused("This review is no longer a draft, so nothing in it changes.")
    relations = relations_of(identity, review)
    if human_id(identity, review) == paper.typist_id:
        raise NotTheirs("You typed this yourself, so somebody else has to check it.")
    if needs_appraisee(form, typed) and Relation.APPRAISEE not in relations:
        raise NotTheirs(
            f"The comments are in it, and they are {review.appraisee.name}’s alone: "
            "only they can check it."
        )
    if not may_read_draft(review.state, relations):
        raise NotTheirs("Only somebody who reads the draft can check it.")
    return doer(identity, review, *CHECKERS)


def confirm_typed(
    session: Session,
    review_id: uuid.UUID,
    paper_id: uuid.UUID,
    form: ReviewForm,
    choices: Choices,
    *,
    finished: int,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Take what was typed into the draft: another person says that the paper says the same.

    `finished` is the round that they saw. Raises UnknownPaper, StepRefused, NotTheirs,
    SamePerson, ChangedSincePreview, ChoiceMissing, FileRefused; then nothing is saved.
    """
    review = reviews.lock_review(session, review_id)
    paper, done_by = _checked(session, review, paper_id, form, finished, identity)
    merged = merge_typed(session, review, form, paper, identity)
    writing = _relations(form, review, paper, identity)
    saves = save_merged(session, review, form, merged, choices, writing, now)
    _add_check(session, review, paper, done_by, identity, now, reason="")
    event_id = events.add_event(
        session, review, EventKind.CHECKED, done_by, now, detail=paper.typed_by
    )
    taking = NewTaking(review.id, paper.sha256, event_id, attachment_id=paper.id)
    try:
        takings.add_taking(session, taking, saves)
    except FileTakenAlready as error:
        raise taken_already() from error
    papers.set_state(session, paper, PaperState.CONFIRMED, paper.round)


def send_back(
    session: Session,
    review_id: uuid.UUID,
    paper_id: uuid.UUID,
    form: ReviewForm,
    reason: str,
    *,
    finished: int,
    identity: Identity,
    now: dt.datetime,
) -> None:
    """Ask whoever typed to correct it. Raises ReasonNeeded and what `confirm_typed` raises."""
    kept = checked_reason(reason)
    review = reviews.lock_review(session, review_id)
    paper, done_by = _checked(session, review, paper_id, form, finished, identity)
    _add_check(session, review, paper, done_by, identity, now, reason=kept)
    papers.set_state(session, paper, PaperState.ATTACHED, paper.round)
    events.add_event(session, review, EventKind.SENT_BACK, done_by, now, detail=kept)


def _typists(session: Session, review: Review, paper_id: uuid.UUID, identity: Identity) -> Paper:
    """Return an attachment that this person may type; raises what `save_typed` raises."""
    paper = get_paper(session, review.id, paper_id)
    check_may_transcribe(review.state, relations_of(identity, review))
    if paper.state is not PaperState.ATTACHED:
        raise StepRefused(TOO_LATE)
    if paper.typist_id not in (None, human_id(identity, review)):
        raise NotTheirs(f"{paper.typed_by} is typing this form, and one person types all of it.")
    return paper


def _checked(
    session: Session,
    review: Review,
    paper_id: uuid.UUID,
    form: ReviewForm,
    finished: int,
    identity: Identity,
) -> tuple[Paper, Doer]:
    paper = get_paper(session, review.id, paper_id)
    if paper.round != finished:
        raise StepRefused("This was typed again after you opened the page. Compare it again.")
    typed = papers.list_typed(session, paper)
    return paper, check_may_check(review, form, paper, typed, identity)


def _add_check(
    session: Session,
    review: Review,
    paper: Paper,
    done_by: Doer,
    identity: Identity,
    now: dt.datetime,
    *,
    reason: str,
) -> None:
    new = NewCheck(
        checker_id=human_id(identity, review),
        relation=done_by.relation,
        name=done_by.name,
        is_right=not reason,
        reason=reason,
    )
    papers.add_check(session, paper, new, now)


def _relations(
    form: ReviewForm, review: Review, paper: Paper, identity: Identity
) -> dict[str, Relation]:
    """Return as what each section is written: the typist's, or else the checker's own."""
    checker = relations_of(identity, review)
    typist = {paper.typist_relation} - {None}
    found = {}
    for section in form.sections:
        # The comments are the appraisee's alone, who never types: only their check counts.
        for relation in writers(section.key):
            its = frozenset({relation})
            if relation in (typist | checker) and may_write(section.key, review.state, its):
                found[section.key] = relation
                break
    return found
