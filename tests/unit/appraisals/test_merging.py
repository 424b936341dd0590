"""What becomes of each answer of a file, by what it was issued with and what is stored now."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from frameworks.questions import AnswerKey, Given
from frameworks.review import COMMENTS
from tests.factories.reviews import a_form
from webapp.appraisals.merging import Carried, ChoiceMissing, Fate, Merge, decide, merge
from webapp.appraisals.reviews import Draft
from webapp.appraisals.seals import seal_answer
from webapp.security import Relation

FORM = a_form()
NOW = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
KEY = AnswerKey("feedback", "summary")
COMMENT = AnswerKey("comments", "appraisee")
PAGE = AnswerKey("continuation", "page-1")
EVERYTHING = {section.key for section in FORM.sections}
BLANK = Given()
OLD, NEW, OTHER = Given(text="Old."), Given(text="New."), Given(text="Other.")


def carried(issued: Given) -> Carried:
    if issued.is_blank:
        return Carried("salt", {})
    return Carried("salt", {KEY: seal_answer(KEY, issued, "salt").digest})


def merged(
    issued: Given, stored: Given, filed: Given, *, key: AnswerKey = KEY, theirs: bool = True
) -> Merge:
    drafts = {} if stored.is_blank else {key: Draft(key, stored, 3, NOW, Relation.APPRAISER)}
    writable = EVERYTHING if theirs else set()
    return merge(FORM, drafts, {key: filed}, carried=carried(issued), writable=writable)


def fate(merged: Merge, key: AnswerKey = KEY) -> Fate:
    (line,) = [each for each in merged.lines if each.key == key]
    return line.fate


@pytest.mark.parametrize(
    ("issued", "stored", "filed", "expected"),
    [
        (BLANK, BLANK, BLANK, Fate.SAME),
        (BLANK, BLANK, NEW, Fate.CHANGES),
        (OLD, OLD, NEW, Fate.CHANGES),
        (OLD, OLD, BLANK, Fate.CHANGES),
        (OLD, NEW, NEW, Fate.SAME),
        (OLD, NEW, OLD, Fate.STAYS),
        (BLANK, NEW, BLANK, Fate.STAYS),
        (OLD, NEW, OTHER, Fate.CLASHES),
        (BLANK, NEW, OTHER, Fate.CLASHES),
        (OLD, BLANK, OTHER, Fate.CLASHES),
    ],
)
def test_each_answer_is_compared_three_ways(
    issued: Given, stored: Given, filed: Given, expected: Fate
) -> None:
    assert fate(merged(issued, stored, filed)) is expected


def test_what_somebody_may_not_write_is_not_taken_from_them() -> None:
    found = merged(BLANK, BLANK, NEW, theirs=False)

    assert fate(found) is Fate.NOT_THEIRS
    assert found.changes_nothing
    assert decide(found, {}, {}) == {}


def test_the_order_of_ticks_is_no_change() -> None:
    assert all(line.fate is Fate.SAME for line in merged(OLD, OLD, OLD).lines)


def test_a_clash_is_decided_by_somebody_and_never_by_default() -> None:
    found = merged(OLD, NEW, OTHER)

    with pytest.raises(ChoiceMissing, match="Choose which answer to keep"):
        decide(found, {}, {})
    assert decide(found, {KEY: True}, {}) == {KEY: OTHER}
    assert decide(found, {KEY: False}, {}) == {}


class TestContinuation:
    def found(self, stored: Given = BLANK, filed: Given = BLANK, text: str = "And more.") -> Merge:
        drafts = {} if stored.is_blank else {KEY: Draft(KEY, stored, 1, NOW, Relation.APPRAISER)}
        return merge(
            FORM,
            drafts,
            {KEY: filed},
            carried=carried(stored),
            writable=EVERYTHING - {COMMENTS},
            continued=[(PAGE, text)],
        )

    def test_it_is_added_to_the_answer_that_was_chosen(self) -> None:
        assert decide(self.found(), {}, {PAGE: KEY}) == {KEY: Given(text="And more.")}
        assert decide(self.found(OLD, OLD), {}, {PAGE: KEY}) == {
            KEY: Given(text="Old.\n\nAnd more.")
        }
        assert decide(self.found(OLD, NEW), {}, {PAGE: KEY}) == {
            KEY: Given(text="New.\n\nAnd more.")
        }

    def test_it_may_be_left_out_but_not_by_default(self) -> None:
        assert decide(self.found(), {}, {PAGE: None}) == {}
        with pytest.raises(ChoiceMissing, match="where this text belongs"):
            decide(self.found(), {}, {})

    def test_it_is_never_put_into_somebody_elses_answer(self) -> None:
        with pytest.raises(ChoiceMissing, match="questions shown"):
            decide(self.found(), {}, {PAGE: COMMENT})

    def test_it_is_not_cut_to_fit(self) -> None:
        found = self.found(Given(text="x" * 3999), Given(text="x" * 3999))
        with pytest.raises(ChoiceMissing, match="4,010 characters"):
            decide(found, {}, {PAGE: KEY})

    def test_a_blank_page_is_nothing(self) -> None:
        assert self.found(text=" \n ").changes_nothing


words = st.sampled_from([BLANK, OLD, NEW, OTHER])


@for_any(issued=words, stored=words, filed=words)
def test_nothing_that_both_left_alone_changes_and_no_web_answer_goes_unasked(
    issued: Given, stored: Given, filed: Given
) -> None:
    found = merged(issued, stored, filed)
    if found.of(Fate.CLASHES):
        assert stored not in (issued, filed)
        return
    after = decide(found, {}, {}).get(KEY, stored)
    if filed == issued:
        assert after == stored
    elif stored == issued:
        assert after == filed
