"""Who may write which section, in every state."""

from __future__ import annotations

from itertools import product

import pytest

from tests.factories.reviews import a_form
from webapp.appraisals.states import ReviewState
from webapp.appraisals.writing import (
    WritingRefused,
    check_may_write,
    may_read_draft,
    may_write,
    writable_sections,
)
from webapp.security import Relation

ASSESSMENTS = "domain.culture"
COMMENTS = "comments"
WRITERS = {
    (ASSESSMENTS, ReviewState.PREPARED): {Relation.PREPARER, Relation.APPRAISER},
    (ASSESSMENTS, ReviewState.DRAFT): {Relation.APPRAISER},
    (ASSESSMENTS, ReviewState.SHARED): {Relation.APPRAISER},
    (ASSESSMENTS, ReviewState.AMENDING): {Relation.APPRAISER},
    (COMMENTS, ReviewState.SHARED): {Relation.APPRAISEE},
    (COMMENTS, ReviewState.AMENDING): {Relation.APPRAISEE},
}
READERS = {
    ReviewState.PREPARED: {Relation.APPRAISER, Relation.READER, Relation.PREPARER},
    ReviewState.SHARED: {Relation.APPRAISER, Relation.READER, Relation.APPRAISEE},
    ReviewState.AMENDING: {Relation.APPRAISER, Relation.READER, Relation.APPRAISEE},
}


@pytest.mark.parametrize(
    ("section", "state", "relation"), list(product((ASSESSMENTS, COMMENTS), ReviewState, Relation))
)
def test_each_section_has_its_writer(section: str, state: ReviewState, relation: Relation) -> None:
    expected = relation in WRITERS.get((section, state), set())

    assert may_write(section, state, frozenset({relation})) == expected


@pytest.mark.parametrize(("state", "relation"), list(product(ReviewState, Relation)))
def test_a_draft_is_read_by_those_whom_it_is_for(state: ReviewState, relation: Relation) -> None:
    expected = relation in READERS.get(state, {Relation.APPRAISER, Relation.READER})

    assert may_read_draft(state, frozenset({relation})) == expected


def test_the_appraiser_cannot_put_words_into_the_comments() -> None:
    with pytest.raises(WritingRefused, match="Only the person appraised"):
        check_may_write(COMMENTS, ReviewState.SHARED, frozenset({Relation.APPRAISER}))


def test_the_person_appraised_is_told_that_it_is_not_shared_yet() -> None:
    with pytest.raises(WritingRefused, match="not been shared"):
        check_may_write(COMMENTS, ReviewState.DRAFT, frozenset({Relation.APPRAISEE}))


def test_whoever_comes_too_late_is_told_to_copy_their_text() -> None:
    with pytest.raises(WritingRefused, match="copy it"):
        check_may_write(ASSESSMENTS, ReviewState.SIGNED, frozenset({Relation.APPRAISER}))


def test_the_person_appraised_writes_the_comments_and_nothing_else() -> None:
    found = writable_sections(a_form(), ReviewState.SHARED, frozenset({Relation.APPRAISEE}))

    assert [section.key for section in found] == [COMMENTS]
