"""Who may read the draft of a review and who may write which of its sections, in which state."""

from __future__ import annotations

from frameworks.review import COMMENTS, ReviewForm, Section
from webapp.appraisals.states import ReviewState
from webapp.security import Relation

APPRAISER_WRITES = (
    ReviewState.PREPARED,
    ReviewState.DRAFT,
    ReviewState.SHARED,
    ReviewState.AMENDING,
)
APPRAISEE_WRITES = (ReviewState.SHARED, ReviewState.AMENDING)


NO_DRAFT = (
    "This review is no longer a draft, so nothing in it changes. "
    "Where something has to change, the appraiser opens it again or amends it first."
)


class WritingRefused(Exception):
    """This person may not write here now; the text says why."""


def check_may_write(section_key: str, state: ReviewState, relations: frozenset[Relation]) -> None:
    """Raise WritingRefused unless somebody with these relations may write a section now.

    The comments are the appraisee's alone, so that nobody puts a disagreement into other words;
    everything else is the appraiser's, and a secretary's until it is handed over.
    """
    if not state.is_drafted:
        raise WritingRefused(
            "This review is no longer a draft, so nothing in it changes. "
            "What you typed was not saved: copy it before you leave this page."
        )
    if section_key == COMMENTS:
        _check_comments(state, relations)
    elif not _writes_assessments(state, relations):
        raise WritingRefused("Only the appraiser writes this section.")


def check_may_fill_in(state: ReviewState, relations: frozenset[Relation]) -> None:
    """Raise WritingRefused unless somebody may take the form with what is drafted, and write."""
    if not state.is_drafted:
        raise WritingRefused(NO_DRAFT)
    if Relation.APPRAISEE in relations and state in APPRAISEE_WRITES:
        return
    if not _writes_assessments(state, relations):
        raise WritingRefused("This review has not been shared with you yet.")


def may_fill_in(state: ReviewState, relations: frozenset[Relation]) -> bool:
    """Say whether somebody may take the form with what is drafted, and bring it back."""
    try:
        check_may_fill_in(state, relations)
    except WritingRefused:
        return False
    return True


def may_transcribe(state: ReviewState, relations: frozenset[Relation]) -> bool:
    """Say whether somebody may attach a form on paper now."""
    try:
        check_may_transcribe(state, relations)
    except WritingRefused:
        return False
    return True


def check_may_transcribe(state: ReviewState, relations: frozenset[Relation]) -> None:
    """Raise WritingRefused unless somebody may attach a form on paper, and type what it says."""
    if not state.is_drafted:
        raise WritingRefused(NO_DRAFT)
    if not _writes_assessments(state, relations):
        raise WritingRefused("Only the appraiser attaches forms to this review.")


def writers(section_key: str) -> tuple[Relation, ...]:
    """Return the relations in which somebody writes a section, if they may at all."""
    if section_key == COMMENTS:
        return (Relation.APPRAISEE,)
    return (Relation.APPRAISER, Relation.PREPARER)


def may_write(section_key: str, state: ReviewState, relations: frozenset[Relation]) -> bool:
    """Say whether somebody with these relations may write a section now."""
    try:
        check_may_write(section_key, state, relations)
    except WritingRefused:
        return False
    return True


def may_read_draft(state: ReviewState, relations: frozenset[Relation]) -> bool:
    """Say whether somebody reads what is drafted now; finished revisions are another matter."""
    if Relation.APPRAISER in relations or Relation.READER in relations:
        return True
    if Relation.PREPARER in relations and state is ReviewState.PREPARED:
        return True
    return Relation.APPRAISEE in relations and state in APPRAISEE_WRITES


def writable_sections(
    form: ReviewForm, state: ReviewState, relations: frozenset[Relation]
) -> tuple[Section, ...]:
    """Return the sections that somebody may write now, in the form's order."""
    return tuple(section for section in form.sections if may_write(section.key, state, relations))


def _check_comments(state: ReviewState, relations: frozenset[Relation]) -> None:
    if Relation.APPRAISEE not in relations:
        raise WritingRefused("Only the person appraised writes the comments.")
    if state not in APPRAISEE_WRITES:
        raise WritingRefused("The review has not been shared with you yet.")


def _writes_assessments(state: ReviewState, relations: frozenset[Relation]) -> bool:
    if Relation.PREPARER in relations and state is ReviewState.PREPARED:
        return True
    return Relation.APPRAISER in relations and state in APPRAISER_WRITES
